/* SPDX-License-Identifier: EUPL-1.2
 * web/envelope.h - a one-time password on the screen, once (P2.1c); printed, the page
 * holds the user id and the password alone, to be sealed in an envelope. */
#pragma once
#include "gate/visit.h"
#include "identity/user.h"

/* The answer to the POST that made the password; it cannot be asked for again. */
MUST_USE enum rc envelope_draw(struct visit *v, const struct user *user, struct str password, struct err *err);
