/* SPDX-License-Identifier: EUPL-1.2
 * base/fingerprint.h - the SHA-256 of a certificate's DER bytes, by which it is known
 * again. It is no secret: whoever has the certificate can tell it. */
#pragma once
#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"

#define FINGERPRINT_SIZE 32
struct fingerprint {
	bool is; /* false: there is none, and `at` is all zero */
	unsigned char at[FINGERPRINT_SIZE];
};
struct fingerprint_text {
	char z[2 * FINGERPRINT_SIZE + 1];
};
/* 64 hex digits of either case, or the same as 32 pairs with a colon between each, as
 * `openssl x509 -fingerprint -sha256` prints them. RC_INVALID otherwise. */
MUST_USE enum rc fingerprint_from_str(struct str s, struct fingerprint *ret);
/* 64 small hex digits; "" when there is none. */
struct fingerprint_text fingerprint_text(const struct fingerprint *fingerprint);
/* Takes the same time whatever differs. Two that are none are not equal: nothing is
 * proved by showing nothing. */
bool fingerprint_eq(const struct fingerprint *a, const struct fingerprint *b);
