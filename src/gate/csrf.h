/* SPDX-License-Identifier: EUPL-1.2
 * gate/csrf.h - was this form made by us, for this browser?
 *
 * A token is a 16-byte mask and the mask XOR a MAC. The MAC is fixed for a session
 * (or, before sign-in, for a cookie of its own); the mask is new in every answer,
 * so that a compressed page never repeats the same bytes (BREACH). Nothing is
 * stored. Beside the token the Origin of the request must be ours. */
#pragma once
#include "base/base.h"
#include "http/http.h"

#define CSRF_MAC 16
#define CSRF_TOKEN_TEXT 43 /* base64url of mask and masked MAC, without padding */

/* `key` is 32 bytes: the session's, or the one below. Writes CSRF_TOKEN_TEXT
 * characters and a NUL. */
void csrf_make(struct str key, char out[CSRF_TOKEN_TEXT + 1]);
bool csrf_is_valid(struct str key, struct str token);
/* The key of a browser that has not signed in: from our key and its cookie. */
void csrf_key_of_cookie(struct str gate_key, struct str cookie, unsigned char out[32]);
/* Origin, where the browser sends one, must be `ours` (portal.origin), or, when that
 * is empty, scheme://Host of this request; where it sends none, Sec-Fetch-Site must
 * not name a foreign site. */
bool csrf_origin_is_ours(const struct http_request *rq, struct str ours);
