/* SPDX-License-Identifier: EUPL-1.2
 * identity/credential.h - secrets of programs.
 *
 * A service user id has one or more credentials: 32 random bytes made by Padan and
 * shown once as base64url; the table keeps a hash keyed by the office key, so no
 * slow hash is needed and a stolen table is useless. */
#pragma once
#include "identity/principal.h"

#define CREDENTIAL_TEXT_SIZE 48 /* with the NUL */

/* A new secret for a service user id. RC_INVALID: not a service. expires_us 0: never. */
MUST_USE enum rc credential_issue(struct tx *tx, struct str key, int64_t user, int64_t expires_us, int64_t now_us,
                                  char out[CREDENTIAL_TEXT_SIZE], struct err *err);
struct credential_ask {
	struct str user_id, secret;
};
/* A bearer token is such a secret sent without its user id (doc/decision/0006): found by
 * its hash alone. *ret NULL: unknown, expired, or not one that could ever be ours; one
 * look-up by index whatever was sent. */
MUST_USE enum rc credential_bearer(struct tx *tx, struct str key, struct str token, int dormant_days, int64_t now_us,
                                   const struct principal **ret, struct err *err);
/* n at once. ret[i] NULL: unknown user id, not a service, wrong or expired secret. */
MUST_USE enum rc credential_principals(struct tx *tx, struct str key, const struct credential_ask *asks, size_t n, int dormant_days,
                                       int64_t now_us, const struct principal **ret, struct err *err);
