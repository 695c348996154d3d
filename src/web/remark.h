/* SPDX-License-Identifier: EUPL-1.2
 * web/remark.h - the sentence a page shows after something was done. A redirect carries
 * only its key (`catatan`), so that nobody can put words of his own on our pages. */
#pragma once
#include "gate/visit.h"

struct remark {
	const char *key, *text;
};
/* "" when none is asked for, or none of these; `rows` ends with a NULL key. */
struct str remark_of(struct visit *v, const struct remark *rows);
