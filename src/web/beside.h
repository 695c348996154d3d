/* SPDX-License-Identifier: EUPL-1.2
 * web/beside.h - the pages of one agency, side by side, over each of them: agreement,
 * user ids, papers, heads. */
#pragma once
#include "http/html.h"
#include "web/subject.h"

/* `at` is the path of the page itself. Written to `out`, whose view is the result. */
struct html beside_write(struct buf *out, struct visit *v, const struct office_subject *subject, const char *at);
