/* SPDX-License-Identifier: EUPL-1.2
 * identity/user.c - see user.h. User ids are kept in lower case, so that the
 * unique key of the table is all it takes to make case irrelevant. */
#include "identity/user.h"

#include <assert.h>

#include "identity/identity.sql.h"
#include "identity/narrowing.h"
#include "identity/session.h"

#define NO_SUCH_USER "user ID tidak ada"

static const struct user_closed_row closings[] = {
	{USER_OPEN, "", "aktif"},
	{USER_CLOSED_REQUEST, "request", "atas permintaan instansi"},
	{USER_CLOSED_ADMIN, "admin", "oleh admin"},
	{USER_CLOSED_DORMANT, "dormant", "lama tidak dipakai"},
	{USER_CLOSED_EXPIRED, "expired", "masa berlakunya habis"},
	{USER_CLOSED_NDA, "nda", "NDA tidak berlaku lagi"},
	{USER_CLOSED_AGREEMENT, "agreement", "perjanjian berakhir"},
};
static_assert(LEN(closings) == USER_CLOSED_COUNT, "every reason has its row");

const struct user_closed_row *user_closed_at(size_t i)
{
	assert(i < LEN(closings) && closings[i].why == (enum user_closed)i);
	return &closings[i];
}

enum rc user_closed_from_key(struct str key, enum user_closed *ret)
{
	for (size_t i = 0; i < LEN(closings); i++) {
		if (!str_eq(key, str_c(closings[i].key)))
			continue;
		*ret = closings[i].why;
		return RC_OK;
	}
	return RC_ABSENT;
}

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

static bool ends_with(struct str s, struct str end)
{
	return s.n >= end.n && str_eq(str_sub(s, s.n - end.n, end.n), end);
}

/* Only what was made as one is a user id of the rehearsal: the name is for the eyes. */
static enum rc check_sandbox(const struct user_new *user, struct str user_id, struct err *err)
{
	bool named = ends_with(user_id, S(USER_SANDBOX_END)) || ends_with(user_id, S(USER_SANDBOX_BALIKAN_END));
	if (user->sandbox && user->role != ROLE_SERVICE)
		return FAIL(err, RC_INVALID, "latihan PoC hanya untuk layanan");
	if (user->sandbox && !named)
		return FAIL(err, RC_INVALID, "user ID latihan PoC berakhir dengan %s, atau %s untuk data balikan", USER_SANDBOX_END,
		            USER_SANDBOX_BALIKAN_END);
	if (!user->sandbox && named)
		return FAIL(err, RC_INVALID, "user ID yang berakhir dengan %s hanya untuk latihan PoC", USER_SANDBOX_END);
	return RC_OK;
}

/* One line of text that is not too long. */
static bool is_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ')
			return false;
	return s.n <= USER_HOLDER_MAX && str_is_text(s);
}

static enum rc check_person(struct str holder, struct str position, struct err *err)
{
	if (!is_line(holder))
		return FAIL(err, RC_INVALID, "nama pemegang: satu baris teks, paling panjang %d huruf", USER_HOLDER_MAX);
	if (!is_line(position))
		return FAIL(err, RC_INVALID, "jabatan: satu baris teks, paling panjang %d huruf", USER_HOLDER_MAX);
	return RC_OK;
}

/* What a search is compared with: the typed text in lower case, as ASCII knows it. */
static struct str lower(struct str s, struct arena *arena)
{
	struct str copy = arena_str(arena, s);
	char *at = (char *)(uintptr_t)copy.at;
	for (size_t i = 0; i < copy.n; i++)
		if (at[i] >= 'A' && at[i] <= 'Z')
			at[i] = (char)(at[i] - 'A' + 'a');
	return copy;
}

enum rc user_add(struct tx *tx, const struct user_new *user, int64_t now_us, int64_t *ret, struct err *err)
{
	char room[USER_ID_MAX];
	struct str user_id;
	if (user_id_fold(user->user_id, room, &user_id) != RC_OK)
		return FAIL(err, RC_INVALID,
		            "user ID: huruf a-z di depan, lalu huruf, angka, titik, '-' atau '_', paling banyak %d", USER_ID_MAX);
	TRY(check_role(user, err));
	TRY(check_sandbox(user, user_id, err));
	TRY(check_person(user->holder, user->position, err));
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
	                                                         .expires_us = user->expires_us,
	                                                         .holder = user->holder,
	                                                         .holder_key = lower(user->holder, tx_arena(tx)),
	                                                         .position = user->position,
	                                                         .sandbox = user->sandbox},
	                             &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_CONFLICT, "user ID %.*s sudah ada", STR_ARG(user_id));
	TRY(rc);
	*ret = row.user_key;
	return RC_OK;
}

/* The queries that read a whole user give rows of the same columns. */
#define USER_FROM_ROW(row)                                                                                                         \
	(struct user)                                                                                                              \
	{                                                                                                                          \
		.user = (row)->user_key, .user_id = (row)->user_id, .instansi_id = (row)->instansi_id,                             \
		.password_hash = (row)->password_hash, .must_change = (row)->must_change, .closed = (row)->closed,                 \
		.last_seen_us = (row)->last_seen_us, .made_us = (row)->made_us, .expires_us = (row)->expires_us,                   \
		.reopened_us = (row)->reopened_us, .closed_us = (row)->closed_us, .narrowing = (row)->narrowing,                   \
		.code_since_us = (row)->code_since_us, .holder = (row)->holder, .position = (row)->position,                       \
		.sandbox = (row)->sandbox                                                                                          \
	}

static enum rc with_words(struct user user, struct str role, struct str why, struct user *ret, struct err *err)
{
	if (user_closed_from_key(why, &user.why) != RC_OK)
		return FAIL(err, RC_BROKEN, "alasan penutupan user ID di basis data tidak dikenal");
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
	return with_words(USER_FROM_ROW(&row), row.role, row.closed_reason, ret, err);
}

enum rc user_get(struct tx *tx, int64_t user, struct user *ret, struct err *err)
{
	struct sql_user_get row;
	TRY(absent(sql_user_get(tx, (struct sql_user_get_in){.user_key = user}, &row, err), err));
	return with_words(USER_FROM_ROW(&row), row.role, row.closed_reason, ret, err);
}

/* Rows of a :many query as users in tx_arena; used where `rows`, `ret` and `ret_n` are. */
#define USERS_FROM_ROWS(tx, rows, ret, ret_n, err)                                                                                 \
	do {                                                                                                                       \
		struct user *users = ARENA_ARRAY(tx_arena(tx), (rows).n + 1, struct user);                                         \
		if (!users)                                                                                                        \
			return FAIL(err, RC_BROKEN, "memori tidak cukup");                                                         \
		for (size_t i = 0; i < (rows).n; i++)                                                                              \
			TRY(with_words(USER_FROM_ROW(&(rows).at[i]), (rows).at[i].role, (rows).at[i].closed_reason, &users[i],     \
			               err));                                                                                      \
		*(ret) = users;                                                                                                    \
		*(ret_n) = (rows).n;                                                                                               \
	} while (0)

/* ---- lists ---- */

#define LIKE_ESCAPE '!' /* as the queries say */

struct str user_like(struct str text, const char *before, struct arena *arena)
{
	struct buf out = BUF((size_t)4 * USER_HOLDER_MAX);
	struct str small = lower(text, arena);
	buf_addz(&out, before);
	for (size_t i = 0; i < small.n; i++) {
		if (small.at[i] == '%' || small.at[i] == '_' || small.at[i] == LIKE_ESCAPE)
			buf_addc(&out, LIKE_ESCAPE);
		buf_addc(&out, small.at[i]);
	}
	buf_addc(&out, '%');
	struct str pattern = arena_str(arena, buf_str(&out));
	buf_free(&out);
	return pattern;
}

/* What a list and its count ask alike. */
struct asked {
	struct str role, prefix, part;
	int64_t closed;
};

static enum rc ask(struct tx *tx, const struct user_filter *filter, struct asked *ret, struct err *err)
{
	if (!is_line(filter->text))
		return FAIL(err, RC_INVALID, "yang dicari: satu baris teks, paling panjang %d huruf", USER_HOLDER_MAX);
	*ret = (struct asked){
		.role = filter->by_role ? str_c(role_at(filter->role)->key) : S(""),
		.prefix = user_like(filter->text, "", tx_arena(tx)),
		.part = user_like(filter->text, "%", tx_arena(tx)),
		.closed = filter->which == USER_WHICH_ALL ? -1 : filter->which == USER_WHICH_CLOSED,
	};
	return RC_OK;
}

enum rc user_list(struct tx *tx, const struct user_filter *filter, struct user **ret, size_t *ret_n, struct err *err)
{
	struct sql_user_page_rows rows;
	struct asked asked;
	bool all = filter->most <= 0 || filter->most > USER_LIST_MAX;
	TRY(ask(tx, filter, &asked, err));
	TRY(sql_user_page(tx,
	                  (struct sql_user_page_in){.after = filter->after,
	                                            .instansi_id = filter->instansi_id,
	                                            .role = asked.role,
	                                            .closed = asked.closed,
	                                            .prefix = asked.prefix,
	                                            .part = asked.part,
	                                            .most = all ? USER_LIST_MAX : filter->most},
	                  &rows, err));
	USERS_FROM_ROWS(tx, rows, ret, ret_n, err);
	return RC_OK;
}

enum rc user_count(struct tx *tx, const struct user_filter *filter, int64_t *ret, struct err *err)
{
	struct sql_user_count row;
	struct asked asked;
	TRY(ask(tx, filter, &asked, err));
	TRY(sql_user_count(tx,
	                   (struct sql_user_count_in){.instansi_id = filter->instansi_id,
	                                              .role = asked.role,
	                                              .closed = asked.closed,
	                                              .prefix = asked.prefix,
	                                              .part = asked.part},
	                   &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc user_dormant(struct tx *tx, int64_t before_us, int64_t after, struct user **ret, size_t *ret_n, struct err *err)
{
	struct sql_user_dormant_rows rows;
	TRY(sql_user_dormant(tx, (struct sql_user_dormant_in){.after = after, .before_us = before_us}, &rows, err));
	USERS_FROM_ROWS(tx, rows, ret, ret_n, err);
	return RC_OK;
}

enum rc user_expired(struct tx *tx, int64_t now_us, int64_t after, struct user **ret, size_t *ret_n, struct err *err)
{
	struct sql_user_expired_rows rows;
	TRY(sql_user_expired(tx, (struct sql_user_expired_in){.after = after, .now_us = now_us}, &rows, err));
	USERS_FROM_ROWS(tx, rows, ret, ret_n, err);
	return RC_OK;
}

/* ---- changes ---- */

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

static enum rc reopen(struct tx *tx, int64_t id, int64_t now_us, struct err *err)
{
	struct user user;
	int64_t changed = 0;
	TRY(user_get(tx, id, &user, err));
	if (user.expires_us != 0 && user.expires_us <= now_us)
		return FAIL(err, RC_REFUSED, "masa berlaku user ID %.*s sudah habis; ubah dahulu tanggal berakhirnya",
		            STR_ARG(user.user_id));
	enum rc rc = sql_user_reopen(tx, (struct sql_user_reopen_in){.now_us = now_us, .user_key = id}, &changed, err);
	return one_changed(rc, changed, err);
}

enum rc user_set_closed(struct tx *tx, int64_t user, enum user_closed why, int64_t now_us, struct err *err)
{
	int64_t changed = 0;
	if (why == USER_OPEN)
		return reopen(tx, user, now_us, err);
	enum rc rc = sql_user_close(
	        tx,
	        (struct sql_user_close_in){.closed_reason = str_c(user_closed_at(why)->key), .now_us = now_us, .user_key = user},
	        &changed, err);
	TRY(one_changed(rc, changed, err));
	return session_end_all(tx, user, 0, err);
}

enum rc user_change(struct tx *tx, int64_t user, const struct user_change *change, struct err *err)
{
	struct cidr *ranges;
	size_t n;
	int64_t changed = 0;
	TRY(check_person(change->holder, change->position, err));
	TRY(narrowing_read(change->narrowing, tx_arena(tx), &ranges, &n, err));
	enum rc rc = sql_user_change(tx,
	                             (struct sql_user_change_in){.holder = change->holder,
	                                                         .holder_key = lower(change->holder, tx_arena(tx)),
	                                                         .position = change->position,
	                                                         .narrowing = narrowing_text(ranges, n, tx_arena(tx)),
	                                                         .expires_us = change->expires_us,
	                                                         .user_key = user},
	                             &changed, err);
	return one_changed(rc, changed, err);
}

enum rc user_seen(struct tx *tx, int64_t user, int64_t now_us, struct err *err)
{
	return sql_user_seen(tx, &(struct sql_user_seen_in){.now_us = now_us, .user_key = user}, 1, err);
}

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

enum user_flaw user_flaw(const struct user *user, int dormant_days, int64_t now_us)
{
	int64_t awake_us = latest(latest(user->last_seen_us, user->made_us), user->reopened_us);
	if (user->closed)
		return USER_FLAW_CLOSED;
	if (dormant_days > 0 && now_us - awake_us > dormant_days * US_PER_DAY)
		return USER_FLAW_DORMANT;
	if (user->expires_us != 0 && now_us >= user->expires_us)
		return USER_FLAW_EXPIRED;
	return USER_FLAW_NONE;
}

enum stage user_stage(enum role role, int64_t code_since_us, unsigned code_roles)
{
	if (code_since_us != 0)
		return STAGE_CODE;
	return code_roles & ROLE_BIT(role) ? STAGE_ENROL : STAGE_OPEN;
}
