/* SPDX-License-Identifier: EUPL-1.2
 * identity/user_roster.c - see user_roster.h. */
#include "identity/user_roster.h"

#include <assert.h>

#include "identity/user_roster.sql.h"

static const struct user_roster_state_row states[USER_ROSTER_STATE_COUNT] = {
        {USER_ROSTER_ACTIVE, "aktif", "Aktif"},
        {USER_ROSTER_FRESH, "ganti-sandi", "Wajib ganti sandi"},
        {USER_ROSTER_DORMANT, "dorman", "Lama tidak dipakai"},
        {USER_ROSTER_EXPIRED, "berakhir", "Masa berlaku habis"},
        {USER_ROSTER_CLOSED, "ditutup", "Ditutup"},
};
static const char *const sorts[USER_ROSTER_SORT_COUNT] = {"user", "pemegang", "masuk"};

const struct user_roster_state_row *user_roster_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum user_roster_state user_roster_state_of(struct str key)
{
	size_t i = 0;
	while (i < LEN(states) && !str_eq(key, str_c(states[i].key)))
		i++;
	return (enum user_roster_state)i;
}

enum user_roster_state user_roster_state(const struct user *user, int dormant_days, int64_t now_us)
{
	switch (user_flaw(user, dormant_days, now_us)) {
	case USER_FLAW_CLOSED: return USER_ROSTER_CLOSED;
	case USER_FLAW_DORMANT: return USER_ROSTER_DORMANT;
	case USER_FLAW_EXPIRED: return USER_ROSTER_EXPIRED;
	case USER_FLAW_NONE: break;
	}
	return user->must_change ? USER_ROSTER_FRESH : USER_ROSTER_ACTIVE;
}

enum user_roster_sort user_roster_sort_of(struct str key)
{
	for (size_t i = 0; i < LEN(sorts); i++)
		if (str_eq(key, str_c(sorts[i])))
			return (enum user_roster_sort)i;
	return USER_ROSTER_BY_ID;
}

const char *user_roster_sort_key(enum user_roster_sort sort)
{
	assert((size_t)sort < LEN(sorts));
	return sorts[sort];
}

/* ---- a page ---- */

static enum rc check(const struct user_roster_ask *ask, struct err *err)
{
	if (ask->text.n > USER_HOLDER_MAX || !str_is_text(ask->text))
		return FAIL(err, RC_INVALID, "yang dicari: satu baris teks, paling panjang %d huruf", USER_HOLDER_MAX);
	if (ask->skip < 0 || ask->most < 1 || ask->most > USER_ROSTER_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	return RC_OK;
}

static struct str role_key(enum role role)
{
	return role == ROLE_COUNT ? S("") : str_c(role_at((size_t)role)->key);
}

static struct str state_key(enum user_roster_state state)
{
	return state == USER_ROSTER_STATE_COUNT ? S("") : str_c(states[state].key);
}

/* Asleep is who was last awake before it; as user_flaw() counts. */
static int64_t before_us(const struct user_roster_ask *ask)
{
	return ask->dormant_days > 0 ? ask->now_us - ask->dormant_days * US_PER_DAY : INT64_MIN;
}

/* The rows of both queries have the same columns. */
#define USER_ROSTER_FROM_ROW(row, ask)                                                                                             \
	(struct user_roster_row)                                                                                                   \
	{                                                                                                                          \
		.user = (row)->user_key, .instansi_id = (row)->instansi_id, .last_seen_us = (row)->last_seen_us,                   \
		.given_us = (row)->given_us_null ? (row)->made_us : (row)->given_us, .user_id = (row)->user_id,                    \
		.holder = (row)->holder, .position = (row)->position,                                                              \
		.state = user_roster_state(&(struct user){.closed = (row)->closed != 0,                                            \
		                                          .must_change = (row)->must_change != 0,                                  \
		                                          .last_seen_us = (row)->last_seen_us,                                     \
		                                          .made_us = (row)->made_us,                                               \
		                                          .reopened_us = (row)->reopened_us,                                       \
		                                          .expires_us = (row)->expires_us},                                        \
		                           (ask)->dormant_days, (ask)->now_us)                                                     \
	}

static enum rc words(struct user_roster_row *row, struct str role, struct str why, struct err *err)
{
	if (role_from_key(role, &row->role) != RC_OK || user_closed_from_key(why, &row->why) != RC_OK)
		return FAIL(err, RC_BROKEN, "peran user ID di basis data tidak dikenal");
	return RC_OK;
}

static enum rc room(struct tx *tx, size_t n, struct user_roster_row **ret, struct err *err)
{
	*ret = ARENA_ARRAY(tx_arena(tx), n + 1, struct user_roster_row);
	return *ret ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc by_id(struct tx *tx, const struct user_roster_ask *ask, struct user_roster_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_user_roster_by_id_rows rows;
	struct sql_user_roster_by_id_in in = {.instansi_id = ask->instansi_id,
	                                      .role = role_key(ask->role),
	                                      .prefix = user_like(ask->text, "", tx_arena(tx)),
	                                      .part = user_like(ask->text, "%", tx_arena(tx)),
	                                      .state = state_key(ask->state),
	                                      .before_us = before_us(ask),
	                                      .now_us = ask->now_us,
	                                      .most = ask->most,
	                                      .skip = ask->skip};
	TRY(sql_user_roster_by_id(tx, in, &rows, err));
	TRY(room(tx, rows.n, ret, err));
	for (*ret_n = 0; *ret_n < rows.n; (*ret_n)++) {
		struct user_roster_row *row = &(*ret)[*ret_n];
		*row = USER_ROSTER_FROM_ROW(&rows.at[*ret_n], ask);
		TRY(words(row, rows.at[*ret_n].role, rows.at[*ret_n].closed_reason, err));
	}
	return RC_OK;
}

static enum rc by_other(struct tx *tx, const struct user_roster_ask *ask, struct user_roster_row **ret, size_t *ret_n,
                        struct err *err)
{
	struct sql_user_roster_by_other_rows rows;
	struct sql_user_roster_by_other_in in = {
	        .instansi_id = ask->instansi_id,
	        .role = role_key(ask->role),
	        .prefix = user_like(ask->text, "", tx_arena(tx)),
	        .part = user_like(ask->text, "%", tx_arena(tx)),
	        .state = state_key(ask->state),
	        .before_us = before_us(ask),
	        .now_us = ask->now_us,
	        .sort = arena_printf(tx_arena(tx), "%s%s", sorts[ask->sort], ask->down ? "-turun" : ""),
	        .most = ask->most,
	        .skip = ask->skip};
	TRY(sql_user_roster_by_other(tx, in, &rows, err));
	TRY(room(tx, rows.n, ret, err));
	for (*ret_n = 0; *ret_n < rows.n; (*ret_n)++) {
		struct user_roster_row *row = &(*ret)[*ret_n];
		*row = USER_ROSTER_FROM_ROW(&rows.at[*ret_n], ask);
		TRY(words(row, rows.at[*ret_n].role, rows.at[*ret_n].closed_reason, err));
	}
	return RC_OK;
}

enum rc user_roster_page(struct tx *tx, const struct user_roster_ask *ask, struct user_roster_row **ret, size_t *ret_n,
                         struct err *err)
{
	TRY(check(ask, err));
	return ask->sort == USER_ROSTER_BY_ID && !ask->down ? by_id(tx, ask, ret, ret_n, err) : by_other(tx, ask, ret, ret_n, err);
}

enum rc user_roster_count(struct tx *tx, const struct user_roster_ask *ask, int64_t *ret, struct err *err)
{
	struct sql_user_roster_count row;
	TRY(check(ask, err));
	struct sql_user_roster_count_in in = {.instansi_id = ask->instansi_id,
	                                      .role = role_key(ask->role),
	                                      .prefix = user_like(ask->text, "", tx_arena(tx)),
	                                      .part = user_like(ask->text, "%", tx_arena(tx)),
	                                      .state = state_key(ask->state),
	                                      .before_us = before_us(ask),
	                                      .now_us = ask->now_us};
	TRY(sql_user_roster_count(tx, in, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc user_roster_spare_admin(struct tx *tx, int64_t user, struct err *err)
{
	struct sql_user_roster_admins_rows rows;
	size_t spare = 0;
	TRY(sql_user_roster_admins(tx, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		spare += rows.at[i].user_key != user && !rows.at[i].closed && rows.at[i].expires_us == 0;
	return spare ? RC_OK : FAIL(err, RC_REFUSED, "Paling sedikit satu admin harus tetap terbuka tanpa batas waktu.");
}
