/* SPDX-License-Identifier: EUPL-1.2
 * gate/password_change.h - changing one's own password, in two parts like signing in:
 * the slow part compares and hashes without a transaction, the finish writes. */
#pragma once
#include "gate/visit.h"

struct password_form {
	struct str old, fresh, again;
};
/* Runs before the tray, so it does not know yet who asks: the session's user id is
 * read in a short transaction of its own and compared again by the finish. */
MUST_USE enum rc password_change_slow(struct visit *v, const struct password_form *form, struct err *err);
/* RC_OK       changed and journaled; every other session is ended
 * RC_INVALID  the new one breaks a rule, or was not typed the same twice
 * RC_REFUSED  the old one is wrong (counted by the throttle), or too many tries
 * RC_CONFLICT somebody changed it meanwhile
 * with err->what for the form in all but the first. The failure itself is journaled
 * too, so the page must return RC_OK for it to be kept. */
MUST_USE enum rc password_change_finish(struct visit *v, struct err *err);
