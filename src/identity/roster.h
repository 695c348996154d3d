/* SPDX-License-Identifier: EUPL-1.2
 * identity/roster.h - user ids as people look through them: filtered, sorted, a page at
 * a time. Programs (services) have credentials, and are not in it. */
#pragma once
#include "identity/user.h"

enum roster_state { ROSTER_ACTIVE, ROSTER_FRESH, ROSTER_DORMANT, ROSTER_EXPIRED, ROSTER_CLOSED, ROSTER_STATE_COUNT };
struct roster_state_row {
	enum roster_state state;
	const char *key, *label; /* "ganti-sandi", "Wajib ganti sandi" */
};
/* NULL past the end. */
const struct roster_state_row *roster_state_at(size_t i);
/* ROSTER_STATE_COUNT: no such key. */
enum roster_state roster_state_of(struct str key);
/* The state a user id is in, as user_flaw() sees it. */
enum roster_state roster_state(const struct user *user, int dormant_days, int64_t now_us);

enum roster_sort { ROSTER_BY_ID, ROSTER_BY_HOLDER, ROSTER_LATEST, ROSTER_LONGEST, ROSTER_SORT_COUNT };
/* "", "pemegang", "terbaru", "terlama"; unknown ones are by id. */
enum roster_sort roster_sort_of(struct str key);
const char *roster_sort_key(enum roster_sort sort);

#define ROSTER_PAGE_MAX 200
struct roster_ask {
	int64_t instansi_id; /* < 0: all; 0: the provider's */
	enum role role;      /* ROLE_COUNT: any */
	enum roster_state state; /* ROSTER_STATE_COUNT: any */
	struct str text;     /* how the user id begins, or a part of the holder's name */
	enum roster_sort sort;
	int dormant_days;    /* <= 0: never dormant */
	int64_t now_us;
	int64_t skip, most;  /* most <= ROSTER_PAGE_MAX */
};
struct roster_row {
	int64_t user, instansi_id, last_seen_us;
	int64_t given_us; /* since when a BAST is due: handover.h */
	struct str user_id, holder, position;
	enum role role;
	enum roster_state state;
	enum user_closed why;
};
MUST_USE enum rc roster_page(struct tx *tx, const struct roster_ask *ask, struct roster_row **ret, size_t *ret_n, struct err *err);
MUST_USE enum rc roster_count(struct tx *tx, const struct roster_ask *ask, int64_t *ret, struct err *err);
/* May this admin be closed, or not last for ever? Only while another one is open
 * without an end. Nobody else asks before this transaction is over. RC_REFUSED. */
MUST_USE enum rc roster_spare_admin(struct tx *tx, int64_t user, struct err *err);
