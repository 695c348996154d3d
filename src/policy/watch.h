/* SPDX-License-Identifier: EUPL-1.2
 * policy/watch.h - the pattern guard over one tray: states read, asked, taught and
 * written back; for the room `policy` alone.
 *
 * Every user id has a state and so has its instansi. They are read and written in the
 * tray's own transaction, so that all nodes share them and nothing is lost with a
 * process (doc/decision/0015). The rows of the instansi are locked, in order of their
 * ids, before the quota rows; a user id belongs to one instansi, so its row is locked
 * with it. Whether a user id is held is said by the record of its hold alone: people
 * decide there, and the next tray obeys. */
#pragma once
#include "policy/facts.h"
#include "policy/guard.h"
#include "policy/hold.h"

struct watch_conf {
	const struct secret *key; /* SEAL_KEY_SIZE; seals the states */
	bool observe;             /* judge and tell, never hold */
};
struct watched; /* one user id of a tray with its instansi; in tx_arena */

/* The state of those of tray->n with wanted[i]; NULL elsewhere. `ret` holds tray->n. */
MUST_USE enum rc watch_read(const struct watch_conf *conf, const struct policy_tray *tray, const bool *wanted,
                            struct watched **ret, struct err *err);
/* Outside a tray: is the user id under a hold that nobody released? */
MUST_USE enum rc watch_is_user_held(const struct watch_conf *conf, struct tx *tx, int64_t user, bool *ret, struct err *err);
/* Under a hold that nobody released, or held in this tray. Never when observing. */
bool watch_is_held(const struct watched *watched);
/* Ask the guard about the i-th inquiry, which is new. In the order of the tray. */
void watch_look(const struct watch_conf *conf, struct watched *watched, const struct policy_ask *ask,
                struct policy_verdict *verdict, int64_t now_us);
/* What came of it. */
void watch_learn(struct watched *watched, const struct policy_ask *ask, const struct policy_verdict *verdict,
                 enum outcome outcome, int64_t now_us);
/* The record of a hold that verdict->guard tells of: fills in its hold_id. */
MUST_USE enum rc watch_hold(struct watched *watched, struct tx *tx, struct policy_verdict *verdict, struct hold hold,
                            struct err *err);
/* Write what changed; NULLs are skipped. */
MUST_USE enum rc watch_write(const struct watch_conf *conf, struct tx *tx, struct watched *const *all, size_t n, struct err *err);
/* For one inquiry: what the version says, else what is safe. Pure. */
struct guard_thresholds watch_thresholds(const struct standing *standing, enum method method);
