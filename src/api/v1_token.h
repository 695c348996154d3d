/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_token.h - POST /api/v1/token and /revoke: an access token for a credential, and its
 * end (RFC 6749 2.3.1, 4.4 and 5; RFC 7009). Errors are those of RFC 6749 5.2, in its own
 * form, which is what every OAuth client reads. */
#pragma once
#include "gate/visit.h"

#define V1_TOKEN_BODY_MAX 4096

MUST_USE enum rc v1_token(struct visit *v, struct err *err);
MUST_USE enum rc v1_revoke(struct visit *v, struct err *err);
