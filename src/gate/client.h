/* SPDX-License-Identifier: EUPL-1.2
 * gate/client.h - a program that shows its credential to get an access token, or to end one
 * (RFC 6749 2.3 and 4.4, RFC 7009). For pages of public routes.
 *
 * Unknown user id, wrong secret and an address outside the allow-list are one refusal, which
 * says and costs the same. Wrong ones are counted by their address, whomever they name, and a right
 * one is never held up. */
#pragma once
#include "gate/visit.h"
#include "identity/access.h"

enum client_fault {
	CLIENT_GOOD,
	CLIENT_UNKNOWN,
	CLIENT_WAIT,   /* too many wrong ones */
	CLIENT_STOPPED /* known, but the user id is closed, dormant or over */
};
struct client {
	enum client_fault fault;
	int wait_s; /* CLIENT_WAIT */
};
/* CLIENT_GOOD: v->who and v->standing are filled in. Refusals are journaled. */
MUST_USE enum rc client_enter(struct visit *v, struct str user_id, struct str secret, struct client *ret, struct err *err);
/* A token for whom client_enter() let in; journaled. RC_INVALID: access_issue(). */
MUST_USE enum rc client_token(struct visit *v, scope_set scopes, char out[ACCESS_TEXT_SIZE], struct err *err);
/* End one of his; journaled whatever it was. */
MUST_USE enum rc client_revoke(struct visit *v, struct str token, struct err *err);
