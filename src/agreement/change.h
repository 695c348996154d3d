/* SPDX-License-Identifier: EUPL-1.2
 * agreement/change.h - what an addendum changes (P9.2), field by field, in words. */
#pragma once
#include "base/base.h"

struct change {
	const char *section, *label;
	struct str before, after; /* "" where there is nothing; several lines for lists */
};
#define CHANGES_MAX 80
/* `before` and `after` are texts of terms; "" for before: there was no version. Texts
 * stand in the arena. RC_BROKEN: not JSON, or no memory. */
MUST_USE enum rc change_list(struct str before, struct str after, struct arena *arena, struct change **ret, size_t *ret_n,
                             struct err *err);
