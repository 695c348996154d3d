/* SPDX-License-Identifier: EUPL-1.2
 * identity/totp.h - one-time codes from a telephone (RFC 6238), and what helps when it
 * is lost.
 *
 * Enrolling takes two steps: a secret is offered, and a first code proves that the
 * telephone holds it. From then on every sign-in of the user id asks for a code. A code
 * is good for its own half minute and one on either side; each half minute is used once
 * only, and none before the last one used: a clock that steps back reopens nothing (one
 * that was far ahead leaves the user id to its recovery codes or to totp_reset).
 *
 * Ten recovery codes are shown once, when enrolling ends, and each works once. The
 * secret is stored sealed under the office key, bound to its user id; of the recovery
 * codes a hash under the same key. Guesses are counted by the caller (gate/throttle.h).
 * What comes back in clear stands where the caller says; he wipes it. */
#pragma once
#include "base/base.h"

struct tx;

#define TOTP_STEP_S 30
#define TOTP_DIGITS 6
#define TOTP_SECRET_SIZE 20
#define TOTP_SECRET_TEXT 33   /* base32 and a NUL */
#define TOTP_URI_SIZE 121     /* with the NUL */
#define TOTP_RECOVERY_N 10
#define TOTP_RECOVERY_TEXT 12 /* "7K2MQ-94XAB" and a NUL */

/* Whose codes, in which transaction. */
struct totp_owner {
	struct tx *tx;
	const struct secret *key; /* the office key */
	int64_t user;
	int64_t session;          /* the one that asks; offers are made to it alone */
	int64_t now_us;
};
struct totp_recovery {
	char at[TOTP_RECOVERY_N][TOTP_RECOVERY_TEXT];
};

/* The secret to enrol with, as base32: the same for as long as this session asks,
 * another for every other session, so that nobody learns beforehand what will be used.
 * RC_CONFLICT: enrolled already. RC_ABSENT: no such user id. */
MUST_USE enum rc totp_offer(const struct totp_owner *o, char ret[TOTP_SECRET_TEXT], struct err *err);
/* The first code: from now on codes are asked. This session counts as one that gave
 * its code, every other one ends.
 * RC_REFUSED: a wrong code. RC_ABSENT: nothing was offered to this session. RC_CONFLICT:
 * enrolled already. */
MUST_USE enum rc totp_confirm(const struct totp_owner *o, struct str code, struct totp_recovery *ret, struct err *err);

/* Is this code right, now and for the first time? It is used by that. Blanks in it do
 * not matter. RC_REFUSED: wrong, used, or not enrolled. */
MUST_USE enum rc totp_check(const struct totp_owner *o, struct str code, struct err *err);
/* The same for a recovery code; case, dashes and blanks do not matter. */
MUST_USE enum rc totp_recover(const struct totp_owner *o, struct str code, struct err *err);

/* Ten new recovery codes; the old ones are worth nothing from now on. */
MUST_USE enum rc totp_renew(const struct totp_owner *o, struct totp_recovery *ret, struct err *err);
MUST_USE enum rc totp_recovery_left(struct tx *tx, int64_t user, int64_t *ret, struct err *err);
/* Forget secret and recovery codes: no code is asked any more until the user id enrols
 * anew. Ends every session but `keep_session` (0: none is kept). For a lost telephone,
 * and for turning codes off. RC_ABSENT: no such user id, or not enrolled. */
MUST_USE enum rc totp_reset(struct tx *tx, int64_t user, int64_t keep_session, struct err *err);

/* ---- pure ---- */
/* What an authenticator app scans: otpauth://totp/Padan:USER_ID?secret=...; a NUL
 * after it. The user id is one of ours, so nothing in it needs escaping. */
void totp_uri(struct str user_id, const char base32[TOTP_SECRET_TEXT], char out[TOTP_URI_SIZE]);
void totp_base32(const unsigned char secret[TOTP_SECRET_SIZE], char out[TOTP_SECRET_TEXT]);
/* The half minute of a moment. */
int64_t totp_step(int64_t now_us);
/* The code of a half minute; `out` gets a NUL. RC_BROKEN: no memory. */
MUST_USE enum rc totp_code(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step, char out[TOTP_DIGITS + 1], struct err *err);
