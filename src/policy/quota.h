/* SPDX-License-Identifier: EUPL-1.2
 * policy/quota.h - how many hits an instansi has left today, and spending them.
 *
 * A quota belongs to one instansi, one method and one WIB day (J.II.B). Charging
 * happens inside the caller's transaction: if the inquiry is not journaled, the
 * charge never was. Two nodes may charge at once; the row is locked, so the total
 * is never exceeded. A clock that steps back finds the row it already used. */
#pragma once
#include "base/base.h"

struct tx;
struct quota_use {
	int64_t used, limit; /* limit < 0: unlimited */
	int64_t resets_us;   /* when the next WIB day begins */
};

/* Hits left, or -1 without limit. */
int64_t quota_left(const struct quota_use *use);
/* Spend up to `hits` of today's quota: all or as many as are left.
 * *ret_spent says how many; *ret is the state afterwards. */
MUST_USE enum rc quota_charge(struct tx *tx, int64_t instansi_id, enum method method, int64_t limit, int64_t hits, int64_t now_us,
                              int64_t *ret_spent, struct quota_use *ret, struct err *err);
/* Look without spending or locking. */
MUST_USE enum rc quota_read(struct tx *tx, int64_t instansi_id, enum method method, int64_t limit, int64_t now_us,
                            struct quota_use *ret, struct err *err);
