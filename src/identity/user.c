/* SPDX-License-Identifier: EUPL-1.2
 * identity/user.c - see user.h. User ids are kept in lower case, so that the
 * unique key of the table is all it takes to make case irrelevant. */
#include "identity/user.h"

#include "identity/identity.sql.h"
#include "identity/narrowing.h"
#include "identity/session.h"

#define NO_SUCH_USER "user ID tidak ada"

static bool user_id_char(char c, bool first)
{
	if (c >= 'a' && c <= 'z')
		return true;
	return !first && ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_');
}

/* Lower case into `room`. RC_INVALID: never a user id of ours. */
static enum rc user_id_fold(struct str typed, char room[USER_ID_MAX], struct str *ret)
{
	if (typed.n == 0 || typed.n > USER_ID_MAX)
		return RC_INVALID;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.at[i];
		room[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		if (!user_id_char(room[i], i == 0))
			return RC_INVALID;
	}
	*ret = str_from(room, typed.n);
	return RC_OK;
}

static enum rc check_role(const struct user_new *user, struct err *err)
{
	if ((unsigned)user->role >= ROLE_COUNT)
		return FAIL(err, RC_INVALID, "peran tidak dikenal");
	bool of_instansi = (ROLES_INSTANSI & ROLE_BIT(user->role)) != 0;
	const char *label = role_at(user->role)->label;
	if (of_instansi && user->instansi_id <= 0)
		return FAIL(err, RC_INVALID, "peran %s memerlukan instansi", label);
	if (!of_instansi && user->instansi_id != 0)
		return FAIL(err, RC_INVALID, "peran %s hanya untuk penyedia, bukan instansi", label);
	if (user->role == ROLE_SERVICE && user->password_hash.at)
		return FAIL(err, RC_INVALID, "layanan memakai kredensial, bukan kata sandi");
	if (user->role != ROLE_SERVICE && user->standing_kejadian != 0)
		return FAIL(err, RC_INVALID, "kejadian tetap hanya untuk layanan");
	return RC_OK;
}

enum rc user_add(struct tx *tx, const struct user_new *user, int64_t now_us, int64_t *ret, struct err *err)
{
	char room[USER_ID_MAX];
	struct str user_id;
	if (user_id_fold(user->user_id, room, &user_id) != RC_OK)
		return FAIL(err, RC_INVALID,
		            "user ID: huruf a-z di depan, lalu huruf, angka, titik, '-' atau '_', paling banyak %d", USER_ID_MAX);
	TRY(check_role(user, err));
	struct cidr *ranges;
	size_t n;
	TRY(narrowing_read(user->narrowing, tx_arena(tx), &ranges, &n, err));
	struct sql_user_insert row;
	enum rc rc = sql_user_insert(tx,
	                             (struct sql_user_insert_in){.user_id = user_id,
	                                                         .role = str_c(role_at(user->role)->key),
	                                                         .instansi_id = user->instansi_id,
	                                                         .password_hash = user->password_hash,
	                                                         .must_change = user->must_change,
	                                                         .narrowing = narrowing_text(ranges, n, tx_arena(tx)),
	                                                         .standing_kejadian = user->standing_kejadian,
	                                                         .made_us = now_us,
	                                                         .expires_us = user->expires_us},
	                             &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_CONFLICT, "user ID %.*s sudah ada", STR_ARG(user_id));
	TRY(rc);
	*ret = row.user_key;
	return RC_OK;
}

/* The three queries that read a whole user give rows of the same columns. */
#define USER_FROM_ROW(row)                                                                                                         \
	(struct user)                                                                                                              \
	{                                                                                                                          \
		.user = (row)->user_key, .user_id = (row)->user_id, .instansi_id = (row)->instansi_id,                             \
		.password_hash = (row)->password_hash, .must_change = (row)->must_change, .closed = (row)->closed,                 \
		.last_seen_us = (row)->last_seen_us, .made_us = (row)->made_us, .expires_us = (row)->expires_us,                   \
		.narrowing = (row)->narrowing                                                                                      \
	}

static enum rc with_role(struct user user, struct str role, struct user *ret, struct err *err)
{
	if (role_from_key(role, &user.role) != RC_OK)
		return FAIL(err, RC_BROKEN, "peran user ID di basis data tidak dikenal");
	*ret = user;
	return RC_OK;
}

static enum rc absent(enum rc rc, struct err *err)
{
	return rc == RC_ABSENT ? FAIL(err, RC_ABSENT, NO_SUCH_USER) : rc;
}

enum rc user_find(struct tx *tx, struct str user_id, struct user *ret, struct err *err)
{
	char room[USER_ID_MAX];
	struct str folded;
	if (user_id_fold(user_id, room, &folded) != RC_OK)
		return FAIL(err, RC_ABSENT, NO_SUCH_USER);
	struct sql_user_find row;
	TRY(absent(sql_user_find(tx, (struct sql_user_find_in){.user_id = folded}, &row, err), err));
	return with_role(USER_FROM_ROW(&row), row.role, ret, err);
}

enum rc user_get(struct tx *tx, int64_t user, struct user *ret, struct err *err)
{
	struct sql_user_get row;
	TRY(absent(sql_user_get(tx, (struct sql_user_get_in){.user_key = user}, &row, err), err));
	return with_role(USER_FROM_ROW(&row), row.role, ret, err);
}

enum rc user_list(struct tx *tx, int64_t instansi_id, struct str after, struct user **ret, size_t *ret_n, struct err *err)
{
	struct sql_user_page_rows rows;
	TRY(sql_user_page(tx, (struct sql_user_page_in){.after = after, .instansi_id = instansi_id}, &rows, err));
	struct user *users = rows.n ? ARENA_ARRAY(tx_arena(tx), rows.n, struct user) : NULL;
	if (rows.n && !users)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		TRY(with_role(USER_FROM_ROW(&rows.at[i]), rows.at[i].role, &users[i], err));
	*ret = users;
	*ret_n = rows.n;
	return RC_OK;
}

static enum rc one_changed(enum rc rc, int64_t changed, struct err *err)
{
	TRY(rc);
	return changed == 1 ? RC_OK : FAIL(err, RC_ABSENT, NO_SUCH_USER);
}

enum rc user_set_password(struct tx *tx, int64_t user, struct str password_hash, bool must_change, int64_t keep_session,
                          struct err *err)
{
	int64_t changed = 0;
	enum rc rc = sql_user_set_password(
	        tx, (struct sql_user_set_password_in){.password_hash = password_hash, .must_change = must_change, .user_key = user},
	        &changed, err);
	TRY(one_changed(rc, changed, err));
	return session_end_all(tx, user, keep_session, err);
}

enum rc user_set_closed(struct tx *tx, int64_t user, bool closed, struct err *err)
{
	int64_t changed = 0;
	enum rc rc = sql_user_set_closed(tx, (struct sql_user_set_closed_in){.closed = closed, .user_key = user}, &changed, err);
	TRY(one_changed(rc, changed, err));
	return closed ? session_end_all(tx, user, 0, err) : RC_OK;
}

enum rc user_seen(struct tx *tx, int64_t user, int64_t now_us, struct err *err)
{
	return sql_user_seen(tx, &(struct sql_user_seen_in){.now_us = now_us, .user_key = user}, 1, err);
}

enum user_flaw user_flaw(const struct user *user, int dormant_days, int64_t now_us)
{
	int64_t awake_us = user->last_seen_us > user->made_us ? user->last_seen_us : user->made_us;
	if (user->closed)
		return USER_FLAW_CLOSED;
	if (dormant_days > 0 && now_us - awake_us > dormant_days * US_PER_DAY)
		return USER_FLAW_DORMANT;
	if (user->expires_us != 0 && now_us >= user->expires_us)
		return USER_FLAW_EXPIRED;
	return USER_FLAW_NONE;
}
