/* SPDX-License-Identifier: EUPL-1.2
 * gate/one_time.h - a fresh one-time password for somebody else (P2.1c), in two parts
 * like signing in: the worker makes and hashes it, the tray stores it.
 *
 * The text exists once, in the visit's arena, which is wiped with the answer; only the
 * hash is kept. Who may do this to whom is for the page to decide before it finishes. */
#pragma once
#include "gate/visit.h"

/* Goes into the route's `slow`; sets v->own. */
MUST_USE enum rc one_time_slow(struct visit *v, struct err *err);

struct one_time {
	struct str password, hash; /* in v->arena */
};
/* What one_time_slow() made, for user_add() with must_change. */
struct one_time one_time_take(const struct visit *v);

/* Give it to a user id that is there: must be changed at the next sign-in, every session
 * of his ends. A BAST is due from now on (identity/handover.h). Journals ACT_USER "user reset-password
 * USER_ID".
 * RC_ABSENT: no such user id. RC_INVALID: a service has no password. */
MUST_USE enum rc one_time_finish(struct visit *v, int64_t user, struct str *ret_password, struct err *err);
