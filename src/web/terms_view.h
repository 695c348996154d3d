/* SPDX-License-Identifier: EUPL-1.2
 * web/terms_view.h - the terms of an agreement for people: all of them by sections, or
 * what changed between two sets of them. Both are drawn from agreement/field.h. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"

/* `json` is a text of terms, `number` the version's. RC_BROKEN: not JSON, no memory. */
MUST_USE enum rc terms_view_write(struct visit *v, struct str json, int number, struct buf *out, struct err *err);
/* `before` may be "". `empty` is what is said when nothing changed; *ret_n, how much did
 * (NULL is allowed). */
struct terms_pair {
	struct str before, after;
	const char *empty;
};
MUST_USE enum rc terms_view_changes(struct visit *v, const struct terms_pair *pair, struct buf *out, size_t *ret_n,
                                    struct err *err);
