/* SPDX-License-Identifier: EUPL-1.2
 * identity/narrowing.h - a user id's own narrowing of the allow-list (P2.1b): a
 * comma-separated list of ranges, "" for none. */
#pragma once
#include "base/base.h"

#define NARROWING_MAX 16 /* ranges of one user id */

/* RC_INVALID names the range that is none; RC_LIMIT: too many. *ret is NULL when
 * there is none. */
MUST_USE enum rc narrowing_read(struct str text, struct arena *arena, struct cidr **ret, size_t *ret_n, struct err *err);
/* The canonical text of what was read, without blanks; absent when out of memory. */
struct str narrowing_text(const struct cidr *ranges, size_t n, struct arena *arena);
