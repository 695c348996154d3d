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

/* The same for the counters of a whole tray, in one statement or two: hold the rows,
 * hand out what is left (`use.used` and `hits` move together), spend. */
struct quota_line {
	int64_t instansi_id; /* the caller fills these two, use.limit and charged */
	enum method method;
	struct quota_use use;
	int64_t charged; /* as many as will be taken, most likely: a right guess saves a statement */
	int64_t hits;    /* taken since quota_hold */
};
/* Lock n rows until the transaction ends, making those that are absent, and fill
 * use.used, use.resets_us. Ascending by instansi, then method, without doubles, so
 * that two trays never wait for each other in a ring. */
MUST_USE enum rc quota_hold(struct tx *tx, struct quota_line *lines, size_t n, int64_t now_us, struct err *err);
/* One hit of a held line: false when none is left. Writes nothing yet. */
bool quota_take(struct quota_line *line);
/* Write what was taken; the same moment as in quota_hold. */
MUST_USE enum rc quota_spend(struct tx *tx, const struct quota_line *lines, size_t n, int64_t now_us, struct err *err);
/* Fill use.used, use.resets_us without locking or making rows. */
MUST_USE enum rc quota_look(struct tx *tx, struct quota_line *lines, size_t n, int64_t now_us, struct err *err);
