/* SPDX-License-Identifier: EUPL-1.2
 * gate/program.h - programs that send user id and secret with every inquiry (P2.1c,
 * DOMAIN 4.1).
 *
 * There is no session and no CSRF token: what is sent is looked up in the tray's own
 * transaction, all of a tray at once, so that closing a user id acts on the very next
 * inquiry. Whether the user id, the secret or both are wrong costs the same and says the
 * same. A user id for data balikan asks for nobody's data (doc/decision/0006): to this
 * door it is unknown.
 *
 * Wrong secrets are counted by address, whomever they name (gate/throttle.h): a durable write
 * that some wrong ones cost and others do not would tell which user ids there are. During the wait a wrong one is
 * still answered, and leaves no trace: neither journal nor counter grow under a flood. A
 * right one is never held up: it has 256 random bits, so that nobody's guesses are slowed
 * by waiting, while a whole post behind one address would be locked out by its loudest
 * neighbour. */
#pragma once
#include "gate/call.h"

/* For n inquiries of routes with ROUTE_PROGRAM: fill in v->who, and of the inquiry
 * path_instansi, untold and the grounds that follow. */
MUST_USE enum rc program_enter(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err);
