/* SPDX-License-Identifier: EUPL-1.2
 * gate/token.h - programs that come with an access token (RFC 6750, /api/v1).
 *
 * Looked up in the tray's own transaction, all of a tray at once. Who has none, or one that
 * is not good, never reaches a page and is no inquiry: v->fault says why, and the door
 * words it. A token that is good may still be stopped by what stands against its owner; of
 * inquiries the verdict says so, of pages token_page().
 *
 * A token of the rehearsal (gate/sandbox.h) asks the corridor, and opens no page that does not
 * say with ROUTE_SANDBOX that it knows what to do with it: the others are about real things.
 *
 * Tokens nobody knows are counted by address (gate/throttle.h): past a few, nothing is written
 * of them any more. They are answered as before, 401: one that has just expired is such a
 * token, its program asks for another when it hears so, and all of a post come from one
 * address. There is nothing to slow down in guessing 256 bits; a right one is never held up. */
#pragma once
#include "gate/call.h"

/* Is it a route for access tokens, with this visit's token or without? */
bool token_is_wanted(const struct visit *v);
/* For n visits of such routes: fill in v->who, or v->fault. Journals the first refusals. */
MUST_USE enum rc token_enter(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err);
/* Of a page, once what stands against its owner is known: fills in v->fault, and journals the first refusals. A route with
 * ROUTE_ENDED is open whatever the agreement has come to, one with ROUTE_DEBT as long as data
 * balikan is (gate/bearer.h); a closed user id and a wrong address close all. */
MUST_USE enum rc token_page(struct visit *v, ground_set against, struct err *err);
/* The status of a refusal: 401 or 403. */
int token_status(enum token_fault fault);
