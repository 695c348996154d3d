/* SPDX-License-Identifier: EUPL-1.2
 * gate/new_user.h - a user id and its one-time password come into being (P2.1c, J.II.A/B):
 * one way for all pages that make one. one_time_slow() goes into the route's `slow`.
 *
 * The user id must change the password at its first sign-in; a BAST is due from that
 * moment (identity/handover.h). A program gets the secret of a credential instead, and where it
 * only rehearses (J.II.D) no BAST: nobody's data is handed over. Who may make which is for
 * the page to decide. */
#pragma once
#include "gate/one_time.h"
#include "identity/user.h"

struct new_user {
	int64_t user;
	struct str password; /* or the secret of a program; in v->arena, shown once */
};
/* password_hash and must_change of `user` are filled in here. Journals ACT_USER
 * "user add USER_ID". RC_INVALID, RC_CONFLICT: as user_add(). */
MUST_USE enum rc new_user_make(struct visit *v, const struct user_new *user, struct new_user *ret, struct err *err);
