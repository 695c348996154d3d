/* SPDX-License-Identifier: EUPL-1.2
 * identity/access.h - access tokens: what a program shows with each call of /api/v1, in
 * exchange for its credential (RFC 6749 4.4, RFC 6750).
 *
 * 32 random bytes as base64url, kept as a keyed hash, good for an hour and for the scopes
 * that were asked for. It is found inside the tray's transaction together with its
 * credential and its user id, so ending any of the three acts on the very next call. */
#pragma once
#include "identity/scope.h"

#define ACCESS_TEXT_SIZE 48 /* with the NUL */
#define ACCESS_LIFE_S 3600
#define ACCESS_LIVE_MAX 100 /* of one user id; past it the oldest ends */

/* A new token for a principal of a credential (identity/credential.h).
 * RC_INVALID: `scopes` is none, or more than principal_allowed(). */
MUST_USE enum rc access_issue(struct tx *tx, struct str key, const struct principal *who, scope_set scopes, int64_t now_us,
                              char out[ACCESS_TEXT_SIZE], struct err *err);
struct access_ask {
	struct str token;
	const struct fingerprint *certificate; /* what the client has shown; NULL: none */
};
/* n at once. ret[i] NULL: unknown, expired, ended, or its credential is. Of one that comes
 * without the certificate its user id is bound to: as credential_principals(). */
MUST_USE enum rc access_principals(struct tx *tx, struct str key, const struct access_ask *tokens, size_t n, int dormant_days,
                                   int64_t now_us, const struct principal **ret, struct err *err);
/* Nothing happens when it is not his. */
MUST_USE enum rc access_end(struct tx *tx, struct str key, const struct principal *who, struct str token, struct err *err);
/* Rows that nobody can use any more, ACCESS_SWEEP_MAX a call; *ret_gone says how many. */
#define ACCESS_SWEEP_MAX 1000
MUST_USE enum rc access_sweep(struct tx *tx, int64_t now_us, int64_t *ret_gone, struct err *err);
/* Every token there is: the office is another than the one that gave them. *ret: how many. */
MUST_USE enum rc access_end_every(struct tx *tx, int64_t *ret, struct err *err);
