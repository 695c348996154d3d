/* SPDX-License-Identifier: EUPL-1.2
 * identity/credential.h - secrets of programs, from being made to being ended.
 *
 * A service user id has up to three live credentials: 32 random bytes made by Padan and
 * shown once as base64url; the table keeps a hash keyed by the office key, so no slow hash
 * is needed and a stolen table is useless. Each has a public number, the first four bytes
 * of that hash: it names the credential on screens and in the journal, and says nothing of
 * the secret.
 *
 * Rotating makes another one and gives those that live an end, so that the program can be
 * changed over meanwhile. Whatever ends, ends for the very next request: every ask reads
 * the row inside the caller's transaction. */
#pragma once
#include "identity/certificate.h"
#include "identity/principal.h"

#define CREDENTIAL_TEXT_SIZE 48 /* with the NUL */
#define CREDENTIAL_LIVE_MAX 3   /* of one user id: in use, its successor, and one in need */
#define CREDENTIAL_OVERLAP_DAYS 7
#define CREDENTIAL_OVERLAP_DAYS_MAX 90

struct credential_number {
	char z[9]; /* eight hex digits */
};
struct credential_new {
	int64_t user;
	int64_t expires_us; /* 0: never */
	/* Those that live end so long from now at the latest; 0: at once. < 0: they stay as
	 * they are. */
	int64_t overlap_us;
	struct str by; /* the user id that makes it; "" the command line */
};
struct credential_made {
	char secret[CREDENTIAL_TEXT_SIZE]; /* for the caller to wipe */
	struct credential_number number;
};
/* A new secret for a service user id. RC_ABSENT: no such user id. RC_INVALID: not a
 * service, or the end has passed. RC_REFUSED: it is closed. RC_LIMIT: too many live. */
MUST_USE enum rc credential_issue(struct tx *tx, struct str key, const struct credential_new *credential, int64_t now_us,
                                  struct credential_made *ret, struct err *err);

enum credential_state { CREDENTIAL_LIVE, CREDENTIAL_EXPIRED, CREDENTIAL_ENDED };
struct credential_seen {
	int64_t credential_id;
	struct credential_number number;
	enum credential_state state;
	int64_t made_us, expires_us, ended_us; /* 0: never */
	int64_t used_us;                       /* to the hour; 0 never */
	struct str by, ended_by;               /* "" the command line */
};
/* Of one user id, those that live first; at most 50. Texts in tx_arena. */
MUST_USE enum rc credential_list(struct tx *tx, int64_t user, int64_t now_us, struct credential_seen **ret, size_t *ret_n,
                                 struct err *err);
/* End one at once, by its number. RC_ABSENT: no live one of that user id has it. */
MUST_USE enum rc credential_end(struct tx *tx, int64_t user, struct str number, struct str by, int64_t now_us, struct err *err);
/* End all that live; *ret_n says how many. */
MUST_USE enum rc credential_end_all(struct tx *tx, int64_t user, struct str by, int64_t now_us, size_t *ret_n, struct err *err);

/* ---- programs as people look through them ---- */

struct service_row {
	int64_t user, instansi_id, live;
	int64_t last_us; /* the end of the one that lives longest; 0: never */
	int64_t used_us; /* 0: never */
	struct str user_id, narrowing;
	enum user_flaw flaw;
	size_t certificates;
};
#define SERVICE_PAGE_MAX 200
struct service_ask {
	int64_t instansi_id; /* < 0: all */
	int dormant_days;
	int64_t now_us, skip, most;
};
/* In order of user id. */
MUST_USE enum rc service_page(struct tx *tx, const struct service_ask *ask, struct service_row **ret, size_t *ret_n,
                              struct err *err);
MUST_USE enum rc service_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);

/* Open service user ids of an instansi that are left without a secret before until_us:
 * the last one they have ends then. At most 50, the soonest first. */
struct credential_ending {
	struct str user_id;
	int64_t last_us;
};
MUST_USE enum rc credential_ending(struct tx *tx, int64_t instansi_id, int64_t until_us, struct credential_ending **ret,
                                   size_t *ret_n, struct err *err);

/* ---- certificates ---- */

/* RC_ABSENT: no such user id. RC_INVALID: not a service. */
MUST_USE enum rc credential_bind(struct tx *tx, int64_t user, const struct certificates *certificates, struct err *err);
/* RC_ABSENT: no such service. */
MUST_USE enum rc credential_bound(struct tx *tx, int64_t user, struct certificates *ret, struct err *err);

/* ---- who is asking ---- */

struct credential_ask {
	struct str user_id, secret;
	const struct fingerprint *certificate; /* what the client has shown; NULL: none */
};
/* A bearer token is such a secret sent without its user id (doc/decision/0006; `user_id`
 * is not looked at): found by its hash alone. *ret NULL: unknown, ended, expired, or not
 * one that could ever be ours; one look-up by index whatever was sent. */
MUST_USE enum rc credential_bearer(struct tx *tx, struct str key, const struct credential_ask *ask, int dormant_days,
                                   int64_t now_us, const struct principal **ret, struct err *err);
/* n at once. ret[i] NULL: unknown user id, not a service, wrong, ended or expired secret.
 * A right one without the right certificate has its principal, and a ground stands against
 * it (principal_lacks_certificate). */
MUST_USE enum rc credential_principals(struct tx *tx, struct str key, const struct credential_ask *asks, size_t n, int dormant_days,
                                       int64_t now_us, const struct principal **ret, struct err *err);
