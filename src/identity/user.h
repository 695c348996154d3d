/* SPDX-License-Identifier: EUPL-1.2
 * identity/user.h - user ids and their passwords at rest.
 *
 * A user id belongs to one role and one instansi (0: the provider) for ever;
 * closing it keeps the row and says why, so that history stays readable. */
#pragma once
#include "identity/principal.h"

#define USER_ID_MAX 32      /* a-z 0-9 . - _, begins with a letter */
#define USER_HOLDER_MAX 120 /* bytes; also of the position */

/* Why a user id is closed. Keys are stored: add rows, never rename one. */
enum user_closed {
	USER_OPEN,
	USER_CLOSED_REQUEST,   /* its instansi asked (J.II.A/B) */
	USER_CLOSED_ADMIN,
	USER_CLOSED_DORMANT,   /* not used for user.dormant_days */
	USER_CLOSED_EXPIRED,
	USER_CLOSED_NDA,       /* its NDA ran out (J.VI.E) */
	USER_CLOSED_AGREEMENT, /* the agreement ended (P5) */
	USER_CLOSED_COUNT
};
struct user_closed_row {
	enum user_closed why;
	const char *key;   /* "dormant"; "" of USER_OPEN */
	const char *label; /* "lama tidak dipakai" */
};
const struct user_closed_row *user_closed_at(size_t i);
/* RC_ABSENT. "" is USER_OPEN. */
MUST_USE enum rc user_closed_from_key(struct str key, enum user_closed *ret);

struct user {
	int64_t user;
	struct str user_id;
	enum role role;
	int64_t instansi_id;
	struct str password_hash; /* Argon2id, libsodium's encoded form; absent for services, and until one is set */
	bool must_change, closed;
	enum user_closed why;     /* USER_OPEN unless closed */
	int64_t closed_us;        /* 0 unless closed */
	int64_t last_seen_us;     /* last sign-in; 0 never */
	int64_t made_us;
	int64_t reopened_us;      /* counts as being seen; 0 never */
	int64_t code_since_us;    /* one-time codes are asked since (identity/totp.h); 0: not */
	int64_t expires_us;       /* 0: with the agreement */
	struct str narrowing;     /* comma-separated CIDRs, "" none */
	struct str holder;        /* the person who holds it; "" not on record */
	struct str position;      /* jabatan */
	bool sandbox;             /* of the rehearsal, for ever */
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
	struct str holder, position;
	bool sandbox; /* a service of the rehearsal (J.II.D); nothing changes it later */
};
/* How the name of a user id of the rehearsal ends, and no other's: so that nobody takes one
 * for the other in a list, a letter or the journal. */
#define USER_SANDBOX_END "-uji"
#define USER_SANDBOX_BALIKAN_END "-uji-balikan" /* of one that tells data balikan */

/* RC_INVALID: user id not well formed, narrowing not CIDRs, role and instansi do
 * not fit each other, holder or position too long or no text, `sandbox` and the name
 * say different things. RC_CONFLICT: taken. */
MUST_USE enum rc user_add(struct tx *tx, const struct user_new *user, int64_t now_us, int64_t *ret, struct err *err);
/* RC_ABSENT. Texts in tx_arena. Case of the user id does not matter. */
MUST_USE enum rc user_find(struct tx *tx, struct str user_id, struct user *ret, struct err *err);
MUST_USE enum rc user_get(struct tx *tx, int64_t user, struct user *ret, struct err *err);

/* Which user ids a list shows. */
enum user_which { USER_WHICH_ALL, USER_WHICH_OPEN, USER_WHICH_CLOSED };
struct user_filter {
	int64_t instansi_id; /* < 0: all; 0: the provider's */
	bool by_role;
	enum role role;      /* with by_role */
	enum user_which which;
	struct str text;     /* how the user id begins, or a part of the holder's name; "" any */
	struct str after;    /* the last user id of the page before; "" from the start */
	int most;            /* rows; 0: USER_LIST_MAX, which is also the ceiling */
};
#define USER_LIST_MAX 1000
/* In order of user id. */
MUST_USE enum rc user_list(struct tx *tx, const struct user_filter *filter, struct user **ret, size_t *ret_n, struct err *err);
/* How many the filter shows, wherever `after` stands. */
MUST_USE enum rc user_count(struct tx *tx, const struct user_filter *filter, int64_t *ret, struct err *err);

/* `text` in lower case as a LIKE pattern of user_id or holder_key, `before` ("" or "%") in
 * front of it and % behind; the escape is '!'. `text` is at most USER_HOLDER_MAX bytes. */
struct str user_like(struct str text, const char *before, struct arena *arena);

/* Work of the night: at most USER_BATCH user ids that are still open, in order of
 * their row id, those after `after` (0: from the start).
 * Dormant: of an instansi, and neither seen, made nor reopened since before_us.
 * Expired: whoever's term is over, the provider's too. */
#define USER_BATCH 200
MUST_USE enum rc user_dormant(struct tx *tx, int64_t before_us, int64_t after, struct user **ret, size_t *ret_n, struct err *err);
MUST_USE enum rc user_expired(struct tx *tx, int64_t now_us, int64_t after, struct user **ret, size_t *ret_n, struct err *err);

/* Ends every session but `keep_session` (0: none is kept). */
MUST_USE enum rc user_set_password(struct tx *tx, int64_t user, struct str password_hash, bool must_change, int64_t keep_session,
                                   struct err *err);
/* Closing ends every session at once; of a closed user id it only changes the reason.
 * USER_OPEN reopens: the user id is awake from now on. RC_REFUSED: its term is over, and
 * user_change() must give it another first. */
MUST_USE enum rc user_set_closed(struct tx *tx, int64_t user, enum user_closed why, int64_t now_us, struct err *err);
struct user_change {
	struct str holder, position, narrowing;
	int64_t expires_us;
};
/* All four as they shall stand from now on. RC_ABSENT; RC_INVALID as user_add(). */
MUST_USE enum rc user_change(struct tx *tx, int64_t user, const struct user_change *change, struct err *err);
/* Only forward. Also wakes a dormant user id. */
MUST_USE enum rc user_seen(struct tx *tx, int64_t user, int64_t now_us, struct err *err);
/* The flaw a principal of this user would have now. `dormant_days` <= 0: never dormant. */
enum user_flaw user_flaw(const struct user *user, int dormant_days, int64_t now_us);
/* How far a right password alone opens: `code_since_us` of the user id, `code_roles` of
 * the settings. */
enum stage user_stage(enum role role, int64_t code_since_us, unsigned code_roles);
