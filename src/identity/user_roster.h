/* SPDX-License-Identifier: EUPL-1.2
 * identity/user_roster.h - user ids as people look through them: filtered, sorted, a page at
 * a time. Programs (services) have credentials, and are not in it. */
#pragma once
#include "identity/user.h"

enum user_roster_state {
	USER_ROSTER_ACTIVE,
	USER_ROSTER_FRESH, /* must change the one-time password */
	USER_ROSTER_DORMANT,
	USER_ROSTER_EXPIRED,
	USER_ROSTER_CLOSED,
	USER_ROSTER_STATE_COUNT
};
struct user_roster_state_row {
	enum user_roster_state state;
	const char *key, *label; /* "ganti-sandi", "Wajib ganti sandi" */
};
/* NULL past the end. */
const struct user_roster_state_row *user_roster_state_at(size_t i);
/* USER_ROSTER_STATE_COUNT: no such key. */
enum user_roster_state user_roster_state_of(struct str key);
/* The state a user id is in, as user_flaw() sees it. */
enum user_roster_state user_roster_state(const struct user *user, int dormant_days, int64_t now_us);

enum user_roster_sort { USER_ROSTER_BY_ID, USER_ROSTER_BY_HOLDER, USER_ROSTER_BY_SEEN, USER_ROSTER_SORT_COUNT };
/* "user", "pemegang", "masuk"; unknown ones are by id. */
enum user_roster_sort user_roster_sort_of(struct str key);
const char *user_roster_sort_key(enum user_roster_sort sort);

#define USER_ROSTER_PAGE_MAX 200
struct user_roster_ask {
	int64_t instansi_id; /* < 0: all; 0: the provider's */
	enum role role;      /* ROLE_COUNT: any */
	enum user_roster_state state; /* USER_ROSTER_STATE_COUNT: any */
	struct str text;     /* how the user id begins, or a part of the holder's name */
	enum user_roster_sort sort;
	bool down;
	int dormant_days;    /* <= 0: never dormant */
	int64_t now_us;
	int64_t skip, most;  /* most <= USER_ROSTER_PAGE_MAX */
};
struct user_roster_row {
	int64_t user, instansi_id, last_seen_us;
	int64_t given_us; /* since when a BAST is due: handover.h */
	struct str user_id, holder, position;
	enum role role;
	enum user_roster_state state;
	enum user_closed why;
};
MUST_USE enum rc user_roster_page(struct tx *tx, const struct user_roster_ask *ask, struct user_roster_row **ret, size_t *ret_n,
                                  struct err *err);
MUST_USE enum rc user_roster_count(struct tx *tx, const struct user_roster_ask *ask, int64_t *ret, struct err *err);
/* May this admin be closed, or not last for ever? Only while another one is open
 * without an end. Nobody else asks before this transaction is over. RC_REFUSED. */
MUST_USE enum rc user_roster_spare_admin(struct tx *tx, int64_t user, struct err *err);
