/* SPDX-License-Identifier: EUPL-1.2
 * identity/credential.c - see credential.h. */
#include "identity/credential.h"

#include <sodium.h>
#include <stdlib.h>

#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "identity/principal_inside.h"
#include "identity/secret_text.h"

#define SEEN_EVERY_US (INT64_C(3600) * US_PER_S)

_Static_assert(CREDENTIAL_TEXT_SIZE == SECRET_TEXT_SIZE, "a credential is such a secret");

static struct credential_number number_of(struct str hash)
{
	struct credential_number number;
	sodium_bin2hex(number.z, sizeof number.z, (const unsigned char *)hash.at, (sizeof number.z - 1) / 2);
	return number;
}

static bool is_live(int64_t ended_us, int64_t expires_us, int64_t now_us)
{
	return ended_us == 0 && (expires_us == 0 || now_us < expires_us);
}

/* ---- making ---- */

/* RC_ABSENT, RC_INVALID: as the doors say. */
static enum rc lock_service(struct tx *tx, int64_t user, struct sql_credential_lock *ret, struct err *err)
{
	enum rc rc = sql_credential_lock(tx, (struct sql_credential_lock_in){user}, ret, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "user ID tidak ada");
	TRY(rc);
	return str_eq(ret->role, S("service")) ? RC_OK : FAIL(err, RC_INVALID, "kredensial hanya untuk layanan");
}

static enum rc make_room(struct tx *tx, const struct credential_new *credential, int64_t now_us, struct err *err)
{
	struct sql_credential_live live;
	struct sql_credential_shorten_in others = {.until_us = now_us + credential->overlap_us, .user_key = credential->user};
	if (credential->overlap_us >= 0)
		TRY(sql_credential_shorten(tx, others, NULL, err));
	TRY(sql_credential_live(tx, (struct sql_credential_live_in){credential->user, now_us}, &live, err));
	if (live.n >= CREDENTIAL_LIVE_MAX)
		return FAIL(err, RC_LIMIT, "sudah ada %d kredensial yang berlaku; akhiri salah satu dahulu", CREDENTIAL_LIVE_MAX);
	return RC_OK;
}

enum rc credential_issue(struct tx *tx, struct str key, const struct credential_new *credential, int64_t now_us,
                         struct credential_made *ret, struct err *err)
{
	struct sql_credential_lock user;
	TRY(secret_key_check(key, err));
	TRY(lock_service(tx, credential->user, &user, err));
	if (user.closed)
		return FAIL(err, RC_REFUSED, "user ID itu telah ditutup");
	if (credential->expires_us && credential->expires_us <= now_us)
		return FAIL(err, RC_INVALID, "hari terakhir kredensial telah lewat");
	TRY(make_room(tx, credential, now_us, err));
	secret_text_make(ret->secret);
	struct secret_hash hash = secret_hash(key, str_c(ret->secret));
	struct str bytes = secret_hash_str(&hash);
	ret->number = number_of(bytes);
	return sql_credential_insert(tx,
	                             (struct sql_credential_insert_in){.secret_hash = bytes,
	                                                               .user_key = credential->user,
	                                                               .made_us = now_us,
	                                                               .expires_us = credential->expires_us,
	                                                               .made_by = credential->by},
	                             NULL, err);
}

/* ---- looking and ending ---- */

static struct credential_seen seen_of(const struct sql_credential_list *row, int64_t now_us)
{
	return (struct credential_seen){
	        .credential_id = row->credential_id,
	        .number = number_of(row->secret_hash),
	        .state = row->ended_us                                        ? CREDENTIAL_ENDED
	                 : is_live(row->ended_us, row->expires_us, now_us) ? CREDENTIAL_LIVE
	                                                                      : CREDENTIAL_EXPIRED,
	        .made_us = row->made_us,
	        .expires_us = row->expires_us,
	        .ended_us = row->ended_us,
	        .used_us = row->used_us,
	        .by = row->made_by,
	        .ended_by = row->ended_by,
	};
}

enum rc credential_list(struct tx *tx, int64_t user, int64_t now_us, struct credential_seen **ret, size_t *ret_n, struct err *err)
{
	struct sql_credential_list_rows rows;
	TRY(sql_credential_list(tx, (struct sql_credential_list_in){user, now_us}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct credential_seen);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = seen_of(&rows.at[i], now_us);
	*ret_n = rows.n;
	return RC_OK;
}

/* All that live when `number` is absent. They are few, and stand first in the list. */
static enum rc end_some(struct tx *tx, int64_t user, struct str number, struct str by, int64_t now_us, size_t *ret_n,
                        struct err *err)
{
	struct sql_credential_lock locked;
	struct credential_seen *rows;
	size_t n;
	*ret_n = 0;
	TRY(lock_service(tx, user, &locked, err));
	TRY(credential_list(tx, user, now_us, &rows, &n, err));
	for (size_t i = 0; i < n && rows[i].state == CREDENTIAL_LIVE; i++) {
		struct sql_credential_end_in in = {now_us, by, rows[i].credential_id};
		if (number.at && !str_ieq(number, str_c(rows[i].number.z)))
			continue;
		TRY(sql_credential_end(tx, in, NULL, err));
		++*ret_n;
	}
	return RC_OK;
}

enum rc credential_end(struct tx *tx, int64_t user, struct str number, struct str by, int64_t now_us, struct err *err)
{
	size_t n;
	TRY(end_some(tx, user, number.at ? number : S(""), by, now_us, &n, err));
	return n ? RC_OK : FAIL(err, RC_ABSENT, "tidak ada kredensial berlaku dengan nomor itu");
}

enum rc credential_end_all(struct tx *tx, int64_t user, struct str by, int64_t now_us, size_t *ret_n, struct err *err)
{
	return end_some(tx, user, (struct str){NULL, 0}, by, now_us, ret_n, err);
}

/* ---- programs ---- */

static enum rc row_of(const struct sql_service_page *row, const struct service_ask *ask, struct service_row *ret, struct err *err)
{
	struct certificates certificates;
	struct user user = {.closed = row->closed != 0,
	                    .last_seen_us = row->last_seen_us,
	                    .made_us = row->made_us,
	                    .reopened_us = row->reopened_us,
	                    .expires_us = row->expires_us};
	TRY(certificates_read(row->certificates, &certificates, err));
	*ret = (struct service_row){.user = row->user_key,
	                            .instansi_id = row->instansi_id,
	                            .live = row->live,
	                            .last_us = row->last_us,
	                            .used_us = row->used_us,
	                            .user_id = row->user_id,
	                            .narrowing = row->narrowing,
	                            .flaw = user_flaw(&user, ask->dormant_days, ask->now_us),
	                            .certificates = certificates.n};
	return RC_OK;
}

enum rc service_page(struct tx *tx, const struct service_ask *ask, struct service_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_service_page_rows rows;
	struct sql_service_page_in in = {
	        .now_us = ask->now_us, .instansi_id = ask->instansi_id, .most = ask->most, .skip = ask->skip};
	TRY(sql_service_page(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct service_row);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		TRY(row_of(&rows.at[i], ask, &(*ret)[i], err));
	*ret_n = rows.n;
	return RC_OK;
}

enum rc service_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_service_count row;
	TRY(sql_service_count(tx, (struct sql_service_count_in){instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc credential_ending(struct tx *tx, int64_t instansi_id, int64_t until_us, struct credential_ending **ret, size_t *ret_n,
                          struct err *err)
{
	struct sql_credential_ending_rows rows;
	TRY(sql_credential_ending(tx, (struct sql_credential_ending_in){instansi_id, until_us}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct credential_ending);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct credential_ending){rows.at[i].user_id, rows.at[i].last_us};
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- certificates ---- */

enum rc credential_bind(struct tx *tx, int64_t user, const struct certificates *certificates, struct err *err)
{
	struct sql_credential_lock locked;
	TRY(lock_service(tx, user, &locked, err));
	struct str text = certificates_text(certificates, tx_arena(tx));
	if (!text.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return sql_certificates_set(tx, (struct sql_certificates_set_in){text, user}, NULL, err);
}

enum rc credential_bound(struct tx *tx, int64_t user, struct certificates *ret, struct err *err)
{
	struct sql_certificates_get row;
	enum rc rc = sql_certificates_get(tx, (struct sql_certificates_get_in){user}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "layanan tidak ada");
	TRY(rc);
	return certificates_read(row.certificates, ret, err);
}

/* ---- from credentials to principals ---- */

struct lookup {
	struct secret_hash *hashes;
	struct sql_credential_find_in *asks;
	struct sql_credential_find *rows;
	bool *found;
	struct principal *principals;
	struct sql_user_seen_in *seen;
	struct sql_credential_used_in *used;
	size_t seen_n, used_n;
};

static bool lookup_room(struct lookup *l, struct arena *arena, size_t n)
{
	*l = (struct lookup){.hashes = ARENA_ARRAY(arena, n, struct secret_hash),
	                     .asks = ARENA_ARRAY(arena, n, struct sql_credential_find_in),
	                     .rows = ARENA_ARRAY(arena, n, struct sql_credential_find),
	                     .found = ARENA_ARRAY(arena, n, bool),
	                     .principals = ARENA_ARRAY(arena, n, struct principal),
	                     .seen = ARENA_ARRAY(arena, n, struct sql_user_seen_in),
	                     .used = ARENA_ARRAY(arena, n, struct sql_credential_used_in)};
	return !arena->broken;
}

/* What no user id is longer than; an over-long one is cut, and then matches none. */
static struct str fold_user_id(struct arena *arena, struct str typed)
{
	struct str folded = arena_str(arena, str_sub(typed, 0, USER_ID_MAX + 1));
	char *at = (char *)(uintptr_t)folded.at;
	for (size_t i = 0; i < folded.n; i++)
		if (at[i] >= 'A' && at[i] <= 'Z')
			at[i] = (char)(at[i] - 'A' + 'a');
	return str_is_text(folded) ? folded : S("");
}

/* The two queries give the same columns. */
#define ROW_OF(row)                                                                                                                \
	((struct principal_row){                                                                                                   \
	        .user = (row)->user_key,                                                                                           \
	        .instansi_id = (row)->instansi_id,                                                                                 \
	        .must_change = (row)->must_change,                                                                                 \
	        .closed = (row)->closed,                                                                                           \
	        .last_seen_us = (row)->last_seen_us,                                                                               \
	        .made_us = (row)->made_us,                                                                                         \
	        .reopened_us = (row)->reopened_us,                                                                                 \
	        .expires_us = (row)->user_expires_us,                                                                              \
	        .user_id = (row)->user_id,                                                                                         \
	        .role = (row)->role,                                                                                               \
	        .narrowing = (row)->narrowing,                                                                                     \
	        .sandbox = &(row)->sandbox,                                                                                        \
	        .certificates = (row)->certificates,                                                                               \
	})

/* Not at every call: dormancy counts in days. */
static bool is_seen_now(const struct principal *p, int64_t last_seen_us, int64_t now_us)
{
	return p->flaw == USER_FLAW_NONE && now_us - last_seen_us >= SEEN_EVERY_US;
}

static bool is_used_now(int64_t used_us, int64_t now_us)
{
	return now_us - used_us >= SEEN_EVERY_US;
}

static enum rc take_row(struct lookup *l, size_t i, const struct fingerprint *certificate, int dormant_days, int64_t now_us,
                        struct arena *arena, struct err *err)
{
	const struct sql_credential_find *row = &l->rows[i];
	struct principal *p = &l->principals[i];
	struct principal_row user = ROW_OF(row);
	user.shown = certificate;
	TRY(principal_fill(p, &user, dormant_days, now_us, arena, err));
	if (is_used_now(row->used_us, now_us))
		l->used[l->used_n++] = (struct sql_credential_used_in){now_us, row->credential_id};
	TRY(scopes_allowed(row->user_id, row->scopes, &p->allowed, err));
	p->credential = row->credential_id;
	p->kejadian_id = row->standing_kejadian;
	if (is_seen_now(p, row->last_seen_us, now_us))
		l->seen[l->seen_n++] = (struct sql_user_seen_in){now_us, row->user_key};
	return RC_OK;
}

/* In one order, whatever the order of the tray: two nodes must not wait for each other. */
static int by_number(const void *left, const void *right)
{
	const struct sql_credential_used_in *l = left, *r = right;
	return (l->credential_id > r->credential_id) - (l->credential_id < r->credential_id);
}

static enum rc write_used(struct tx *tx, struct sql_credential_used_in *used, size_t n, struct err *err)
{
	qsort(used, n, sizeof *used, by_number);
	return sql_credential_used(tx, used, n, err);
}

enum rc credential_principals(struct tx *tx, struct str key, const struct credential_ask *asks, size_t n, int dormant_days,
                              int64_t now_us, const struct principal **ret, struct err *err)
{
	struct lookup l;
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	TRY(secret_key_check(key, err));
	if (!lookup_room(&l, arena, n))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		l.hashes[i] = secret_hash(key, asks[i].secret);
		l.asks[i] = (struct sql_credential_find_in){secret_hash_str(&l.hashes[i]),
		                                            fold_user_id(arena, asks[i].user_id)};
	}
	TRY(sql_credential_find(tx, l.asks, n, l.rows, l.found, err));
	for (size_t i = 0; i < n; i++) {
		ret[i] = NULL;
		const struct sql_credential_find *row = &l.rows[i];
		if (!l.found[i] || !str_eq(row->role, S("service")) || !is_live(row->ended_us, row->expires_us, now_us))
			continue;
		TRY(take_row(&l, i, asks[i].certificate, dormant_days, now_us, arena, err));
		ret[i] = l.principals + i;
	}
	TRY(write_used(tx, l.used, l.used_n, err));
	return sql_user_seen(tx, l.seen, l.seen_n, err);
}

enum rc credential_bearer(struct tx *tx, struct str key, const struct credential_ask *ask, int dormant_days, int64_t now_us,
                          const struct principal **ret, struct err *err)
{
	struct sql_credential_bearer row;
	struct arena *arena = tx_arena(tx);
	*ret = NULL;
	TRY(secret_key_check(key, err));
	struct secret_hash hash = secret_hash(key, ask->secret);
	enum rc rc = sql_credential_bearer(tx, (struct sql_credential_bearer_in){secret_hash_str(&hash)}, &row, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	if (!str_eq(row.role, S("service")) || !is_live(row.ended_us, row.expires_us, now_us))
		return RC_OK;
	struct principal *p = ARENA_NEW(arena, struct principal);
	if (!p)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	struct principal_row user = ROW_OF(&row);
	user.shown = ask->certificate;
	TRY(principal_fill(p, &user, dormant_days, now_us, arena, err));
	p->credential = row.credential_id;
	p->kejadian_id = row.standing_kejadian;
	*ret = p;
	struct sql_credential_used_in used = {now_us, row.credential_id};
	TRY(write_used(tx, &used, is_used_now(row.used_us, now_us) ? 1 : 0, err));
	const struct sql_user_seen_in seen = {now_us, row.user_key};
	return sql_user_seen(tx, &seen, is_seen_now(p, row.last_seen_us, now_us) ? 1 : 0, err);
}
