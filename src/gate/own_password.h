/* SPDX-License-Identifier: EUPL-1.2
 * gate/own_password.h - the password of whoever asks, compared before the tray.
 *
 * A worker does not know yet who asks: the session's user id is read in a short
 * transaction of its own, and the finish asks again inside the tray whether that is
 * still who asks, and still his password. */
#pragma once
#include "gate/visit.h"

struct own_password {
	int64_t user;        /* whose password was compared; 0 nobody's: no session */
	struct str user_id;
	struct str hash;     /* the one that was compared */
	bool matches;
};
/* Reads and spends one Argon2. Texts in v->arena. No session is no failure: the
 * entrance sends him to sign in. */
MUST_USE enum rc own_password_slow(struct visit *v, struct str typed, struct own_password *ret, struct err *err);
/* In the tray. RC_CONFLICT: not the same user id any more, or another password since. */
MUST_USE enum rc own_password_still(struct visit *v, const struct own_password *own, struct err *err);
