/* SPDX-License-Identifier: EUPL-1.2
 * gate/code.h - one-time codes at the door: giving one, enrolling, turning them off.
 *
 * A right password alone leaves a session half open (principal_stage): the entrance lets
 * it reach nothing but the routes of ROUTE_CODE, and its inquiries are none. Whoever
 * guesses here knows the password already, so failures are counted for the user id as a
 * whole, whatever the address, except on a browser that has come all the way in before
 * (gate/device.h), which counts for itself.
 *
 * Each journals what it did. A refusal is RC_REFUSED with err->what for the form; it is
 * counted and journaled too, so the page must return RC_OK for that to be kept. */
#pragma once
#include "gate/visit.h"
#include "identity/totp.h"

/* Where somebody at this stage must go; absent when he is in. */
struct str code_page(enum stage stage);
/* Must the role of who asks use codes (totp.roles)? */
bool code_is_required(const struct visit *v);

/* STAGE_CODE: a code from the telephone, or a recovery code, opens the session. */
MUST_USE enum rc code_sign_in(struct visit *v, struct str code, struct err *err);
MUST_USE enum rc code_sign_in_recovery(struct visit *v, struct str code, struct err *err);

/* What is changed from inside needs the password too, lest an open screen be enough.
 * Goes into the route's `slow`. */
MUST_USE enum rc code_slow(struct visit *v, struct str password, struct err *err);
/* The secret to show while enrolling, in v->arena. RC_CONFLICT: enrolled already. */
MUST_USE enum rc code_offer(struct visit *v, struct str *ret_base32, struct err *err);
/* The first code ends enrolling. At STAGE_OPEN the password of code_slow() must match;
 * at STAGE_ENROL it was given a moment ago. RC_CONFLICT, RC_ABSENT as totp_confirm(). */
MUST_USE enum rc code_enrol(struct visit *v, struct str code, struct totp_recovery *ret, struct err *err);
/* Password and code: no codes any more; every other session ends. */
MUST_USE enum rc code_off(struct visit *v, struct str code, struct err *err);
/* Password and code: ten new recovery codes. */
MUST_USE enum rc code_renew(struct visit *v, struct str code, struct totp_recovery *ret, struct err *err);
