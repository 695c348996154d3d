/* SPDX-License-Identifier: EUPL-1.2
 * identity/user.h - user ids and their passwords at rest.
 *
 * A user id belongs to one role and one instansi (0: the provider) for ever;
 * closing it keeps the row, so that history stays readable. */
#pragma once
#include "identity/principal.h"

#define USER_ID_MAX 32 /* a-z 0-9 . - _, begins with a letter */

struct user {
	int64_t user;
	struct str user_id;
	enum role role;
	int64_t instansi_id;
	struct str password_hash; /* Argon2id, libsodium's encoded form; absent for services, and until one is set */
	bool must_change, closed;
	int64_t last_seen_us;     /* last sign-in; 0 never */
	int64_t made_us;
	int64_t expires_us;       /* 0: with the agreement */
	struct str narrowing;     /* comma-separated CIDRs, "" none */
};

struct user_new {
	struct str user_id;
	enum role role;
	int64_t instansi_id;
	struct str password_hash;
	bool must_change;
	struct str narrowing;
	int64_t expires_us;
	int64_t standing_kejadian; /* services: purpose used when none is named */
};

/* RC_INVALID: user id not well formed, narrowing not CIDRs, role and instansi do
 * not fit each other. RC_CONFLICT: taken. */
MUST_USE enum rc user_add(struct tx *tx, const struct user_new *user, int64_t now_us, int64_t *ret, struct err *err);
/* RC_ABSENT. Texts in tx_arena. Case of the user id does not matter. */
MUST_USE enum rc user_find(struct tx *tx, struct str user_id, struct user *ret, struct err *err);
MUST_USE enum rc user_get(struct tx *tx, int64_t user, struct user *ret, struct err *err);
/* instansi_id < 0: all. In order of user id, at most 1000 after `after`. */
MUST_USE enum rc user_list(struct tx *tx, int64_t instansi_id, struct str after, struct user **ret, size_t *ret_n, struct err *err);
/* Ends every session but `keep_session` (0: none is kept). */
MUST_USE enum rc user_set_password(struct tx *tx, int64_t user, struct str password_hash, bool must_change, int64_t keep_session,
                                   struct err *err);
/* Closing ends every session at once. */
MUST_USE enum rc user_set_closed(struct tx *tx, int64_t user, bool closed, struct err *err);
/* Only forward. Also wakes a dormant user id. */
MUST_USE enum rc user_seen(struct tx *tx, int64_t user, int64_t now_us, struct err *err);
/* The flaw a principal of this user would have now. `dormant_days` <= 0: never dormant. */
enum user_flaw user_flaw(const struct user *user, int dormant_days, int64_t now_us);
