/* SPDX-License-Identifier: EUPL-1.2
 * gate/login.h - signing in: the rows of DOMAIN 2 that apply before there is a
 * principal, in equal time for every `Gagal Login`.
 *
 * login_slow() goes into the route's `slow`: reads the user, spends one Argon2
 * whatever it found. login_finish() goes into `page`: inside the tray it decides
 * anew (allow-list, throttle, narrowing, papers, state), journals, counts the
 * failure or begins the session. */
#pragma once
#include "gate/visit.h"

struct login_form {
	struct str user_id, password;
};
struct login_result {
	enum outcome outcome;  /* OUTCOME_DATA: signed in; else 03 10 04 16 17 09 */
	enum ground ground;
	bool must_change;
	enum stage stage;      /* signed in: how far; see gate/code.h */
	int64_t user;
	enum role role;
	int64_t wait_s;        /* throttled: seconds until the next try is weighed; shown to nobody but the log */
	struct standing standing; /* whom to call; instansi_id 0 when nothing may be told */
};
MUST_USE enum rc login_slow(struct visit *v, const struct login_form *form, struct err *err);
/* On success the session cookie is set on the answer, and the device cookie, unless a
 * one-time code is still missing. */
MUST_USE enum rc login_finish(struct visit *v, const struct login_form *form, struct login_result *ret, struct err *err);
