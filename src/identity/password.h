/* SPDX-License-Identifier: EUPL-1.2
 * identity/password.h - rules for passwords, and Argon2id.
 *
 * Length and a list of common passwords, nothing else (NIST SP 800-63B 5.1.1.2).
 * Hashing costs 19 MiB and two passes (OWASP's floor); it takes tens of
 * milliseconds on purpose, so it never runs on an event thread or in a tray. */
#pragma once
#include "base/base.h"

#define PASSWORD_MIN 10 /* characters */
#define PASSWORD_MAX 128
#define PASSWORD_HASH_MAX 128

/* RC_INVALID with the reason in err->what: too short, too long, not text, common,
 * or it contains the user id. */
MUST_USE enum rc password_check_rules(struct str password, struct str user_id, struct err *err);
/* `out` gets a NUL. RC_BROKEN: no memory. */
MUST_USE enum rc password_hash(struct str password, char out[PASSWORD_HASH_MAX], struct err *err);
/* RC_REFUSED when it does not match. A `hash` that is absent is compared with a
 * hash nobody's password has: it takes the same time and is always refused. */
MUST_USE enum rc password_verify(struct str hash, struct str password, struct err *err);
/* A one-time password people can read out on the telephone: 4 groups of 4
 * unambiguous characters. `out` gets a NUL. */
#define PASSWORD_ONE_TIME_SIZE 20
void password_one_time(char out[PASSWORD_ONE_TIME_SIZE]);
