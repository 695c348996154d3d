/* SPDX-License-Identifier: EUPL-1.2
 * web/envelope.h - a one-time password on the screen, once (P2.1c); printed, the page
 * holds the user id and the password alone, to be sealed in an envelope. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "identity/user.h"

/* The answer to the POST that made the password, or the secret of a program; it cannot be asked for again. `request`:
 * the page of the request it was made for, where its BAST is recorded; empty: none. */
MUST_USE enum rc envelope_draw(struct visit *v, const struct user *user, struct str password, struct url request, struct err *err);
