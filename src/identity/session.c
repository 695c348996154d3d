/* SPDX-License-Identifier: EUPL-1.2
 * identity/session.c - see session.h.
 *
 * One keyed BLAKE2b-512 of the cookie gives two independent halves: the first is
 * what the table keeps, the second is the session's CSRF key, which therefore need
 * not be stored and cannot be read out of a stolen table.
 *
 * The row carries its own end (expires_us: idle or absolute, the nearer), so that
 * lists and the sweep need no settings; settings that became stricter since act at
 * once all the same. `seen` is written at most every SESSION_TOUCH_US, so idling may
 * end a session up to that much early, never late.
 *
 * When the clock steps back, `seen` stands in for the moment: time never runs
 * backwards for a session. A session seen further in the future than the idle time
 * is not believed and ends, or a wrong clock would lengthen it for good. What was
 * found expired is deleted on the spot, so no step back revives it. */
#include "identity/session.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#include "identity/identity.sql.h"
#include "identity/principal_inside.h"

#define DEVICE_MAX 120

struct token_keys {
	unsigned char hash[32], csrf[PRINCIPAL_CSRF_SIZE];
};

static struct token_keys derive(const unsigned char token[SESSION_TOKEN_SIZE])
{
	static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = "padan session 1";
	struct token_keys keys;
	static_assert(sizeof keys == crypto_generichash_blake2b_BYTES_MAX, "two halves of one hash");
	crypto_generichash_blake2b_salt_personal(keys.hash, sizeof keys, NULL, 0, token, SESSION_TOKEN_SIZE, NULL, personal);
	return keys;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static struct str hash_str(const struct token_keys *keys)
{
	return str_from((const char *)keys->hash, sizeof keys->hash);
}

/* Cut at a character, not inside one, and without control characters. */
static struct str device_text(struct str typed)
{
	if (!str_is_text(typed))
		return S("");
	return str_cut(typed, DEVICE_MAX);
}

enum rc session_begin(struct tx *tx, const struct session_new *session, const struct session_limits *limits, int64_t now_us,
                      unsigned char token[SESSION_TOKEN_SIZE], int64_t *ret, struct err *err)
{
	secret_random(token, SESSION_TOKEN_SIZE);
	struct token_keys keys = derive(token);
	int64_t last_us = now_us + limits->absolute_s * US_PER_S;
	struct sql_session_insert row;
	enum rc rc = sql_session_insert(tx,
	                                (struct sql_session_insert_in){
	                                        .token_hash = hash_str(&keys),
	                                        .user_key = session->user,
	                                        .peer = str_c(addr_text(&session->peer).z),
	                                        .device = device_text(session->device),
	                                        .kejadian_id = session->kejadian_id,
	                                        .document = str_c(document_at(DOCUMENT_NONE)->key),
	                                        .now_us = now_us,
	                                        .expires_us = least(now_us + limits->idle_s * US_PER_S, last_us),
	                                        .last_us = last_us,
	                                },
	                                &row, err);
	secret_wipe(&keys, sizeof keys);
	TRY(rc);
	*ret = row.session_id;
	return RC_OK;
}

enum rc session_token_from_cookie(struct str cookie, unsigned char token[SESSION_TOKEN_SIZE])
{
	size_t n = 0;
	if (cookie.n != sodium_base64_ENCODED_LEN(SESSION_TOKEN_SIZE, sodium_base64_VARIANT_URLSAFE_NO_PADDING) - 1)
		return RC_INVALID;
	if (base64url_read(cookie, token, SESSION_TOKEN_SIZE, &n) != RC_OK || n != SESSION_TOKEN_SIZE)
		return RC_INVALID;
	return RC_OK;
}

/* ---- from tokens to principals ---- */

/* One tray's look-up: everything stands in tx_arena. */
struct lookup {
	size_t n;
	struct token_keys *keys;
	struct sql_session_find_in *asks;
	struct sql_session_find *rows;
	bool *found;
	struct principal *principals;
	struct sql_session_touch_in *touch;
	size_t touch_n;
	struct sql_session_drop_in *drop;
	size_t drop_n;
};

static bool lookup_room(struct lookup *l, struct arena *arena, size_t n)
{
	*l = (struct lookup){.n = n,
	                     .keys = ARENA_ARRAY(arena, n, struct token_keys),
	                     .asks = ARENA_ARRAY(arena, n, struct sql_session_find_in),
	                     .rows = ARENA_ARRAY(arena, n, struct sql_session_find),
	                     .found = ARENA_ARRAY(arena, n, bool),
	                     .principals = ARENA_ARRAY(arena, n, struct principal),
	                     .touch = ARENA_ARRAY(arena, n, struct sql_session_touch_in),
	                     .drop = ARENA_ARRAY(arena, n, struct sql_session_drop_in)};
	return !arena->broken;
}

/* When the session ends, as things stand; at or before `now_us`: it has ended. */
static int64_t ends_us(const struct sql_session_find *row, const struct session_limits *limits, int64_t now_us)
{
	int64_t idle_us = limits->idle_s * US_PER_S;
	if (row->seen_us - now_us > idle_us)
		return now_us;
	int64_t ends = least(row->expires_us, row->last_us);
	ends = least(ends, row->seen_us + idle_us);
	return least(ends, row->begun_us + limits->absolute_s * US_PER_S);
}

/* The row's end after being seen now. */
static int64_t touched_us(const struct sql_session_find *row, const struct session_limits *limits, int64_t now_us)
{
	int64_t ends = least(now_us + limits->idle_s * US_PER_S, row->last_us);
	return least(ends, row->begun_us + limits->absolute_s * US_PER_S);
}

static enum rc principal_from_row(struct principal *p, const struct sql_session_find *row, const struct token_keys *keys,
                                  struct err *err)
{
	p->session = row->session_id;
	p->kejadian_id = row->kejadian_id;
	memcpy(p->csrf, keys->csrf, sizeof p->csrf);
	if (document_from_key(row->document, &p->document) != RC_OK)
		return FAIL(err, RC_BROKEN, "dokumen pada sesi di basis data tidak dikenal");
	return RC_OK;
}

static enum rc take_row(struct lookup *l, size_t i, const struct session_limits *limits, int64_t now_us, struct arena *arena,
                        struct err *err)
{
	const struct sql_session_find *row = &l->rows[i];
	struct principal *p = &l->principals[i];
	struct principal_row user = {
	        .user = row->user_key,
	        .instansi_id = row->instansi_id,
	        .must_change = row->must_change,
	        .closed = row->closed,
	        .last_seen_us = row->last_seen_us,
	        .made_us = row->made_us,
	        .reopened_us = row->reopened_us,
	        .expires_us = row->user_expires_us,
	        .user_id = row->user_id,
	        .role = row->role,
	        .narrowing = row->narrowing,
	        .sandbox = &row->sandbox,
	};
	TRY(principal_fill(p, &user, limits->dormant_days, now_us, arena, err));
	TRY(principal_from_row(p, row, &l->keys[i], err));
	p->stage = row->code_given ? STAGE_OPEN : user_stage(p->role, row->code_since_us, limits->code_roles);
	p->idle_expires_us = row->expires_us;
	if (limits->still || now_us - row->seen_us < SESSION_TOUCH_US)
		return RC_OK;
	p->idle_expires_us = touched_us(row, limits, now_us);
	l->touch[l->touch_n++] = (struct sql_session_touch_in){now_us, p->idle_expires_us, row->session_id};
	return RC_OK;
}

static int by_session(const void *a, const void *b)
{
	int64_t left = ((const struct sql_session_touch_in *)a)->session_id;
	int64_t right = ((const struct sql_session_touch_in *)b)->session_id;
	return (left > right) - (left < right);
}

/* Rows are written in order of their id, so that two nodes cannot wait for each other. */
static enum rc write_back(struct lookup *l, struct tx *tx, struct err *err)
{
	if (l->touch_n > 1)
		qsort(l->touch, l->touch_n, sizeof *l->touch, by_session);
	TRY(sql_session_touch(tx, l->touch, l->touch_n, err));
	return sql_session_drop(tx, l->drop, l->drop_n, err);
}

enum rc session_principals(struct tx *tx, const unsigned char (*tokens)[SESSION_TOKEN_SIZE], size_t n,
                           const struct session_limits *limits, int64_t now_us, const struct principal **ret, struct err *err)
{
	struct lookup l;
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	if (!lookup_room(&l, arena, n))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		l.keys[i] = derive(tokens[i]);
		l.asks[i].token_hash = hash_str(&l.keys[i]);
	}
	TRY(sql_session_find(tx, l.asks, n, l.rows, l.found, err));
	for (size_t i = 0; i < n; i++) {
		ret[i] = NULL;
		if (!l.found[i])
			continue;
		if (ends_us(&l.rows[i], limits, now_us) <= now_us) {
			l.drop[l.drop_n++] = (struct sql_session_drop_in){l.rows[i].session_id, l.rows[i].seen_us};
			continue;
		}
		TRY(take_row(&l, i, limits, now_us, arena, err));
		ret[i] = l.principals + i;
	}
	return write_back(&l, tx, err);
}

/* ---- lists and endings ---- */

enum rc session_list(struct tx *tx, int64_t user, int64_t now_us, struct session_seen **ret, size_t *ret_n, struct err *err)
{
	struct sql_session_by_user_rows rows;
	TRY(sql_session_by_user(tx, (struct sql_session_by_user_in){.user_key = user, .now_us = now_us}, &rows, err));
	struct session_seen *seen = rows.n ? ARENA_ARRAY(tx_arena(tx), rows.n, struct session_seen) : NULL;
	if (rows.n && !seen)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_session_by_user *row = &rows.at[i];
		seen[i] = (struct session_seen){row->session_id, row->begun_us, row->seen_us, row->peer, row->device};
	}
	*ret = seen;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc session_end(struct tx *tx, int64_t user, int64_t session, struct err *err)
{
	int64_t changed = 0;
	TRY(sql_session_end(tx, (struct sql_session_end_in){.user_key = user, .session_id = session}, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_ABSENT, "sesi tidak ada atau sudah berakhir");
}

enum rc session_end_all(struct tx *tx, int64_t user, int64_t keep, struct err *err)
{
	return sql_session_end_all(tx, (struct sql_session_end_all_in){.user_key = user, .keep = keep}, NULL, err);
}

enum rc session_end_every(struct tx *tx, int64_t *ret, struct err *err)
{
	return sql_session_end_every(tx, ret, err);
}

enum rc session_code_given(struct tx *tx, int64_t session, struct err *err)
{
	int64_t changed = 0;
	TRY(sql_session_code_given(tx, (struct sql_session_code_given_in){.session_id = session}, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_ABSENT, "sesi tidak ada atau sudah berakhir");
}

enum rc session_choose(struct tx *tx, int64_t session, int64_t kejadian_id, enum document document, struct err *err)
{
	int64_t changed = 0;
	if ((unsigned)document >= DOCUMENT_COUNT || kejadian_id < 0)
		return FAIL(err, RC_INVALID, "pilihan kejadian atau dokumen tidak dikenal");
	TRY(sql_session_choose(tx,
	                       (struct sql_session_choose_in){.kejadian_id = kejadian_id,
	                                                      .document = str_c(document_at(document)->key),
	                                                      .session_id = session},
	                       &changed, err));
	return changed ? RC_OK : FAIL(err, RC_ABSENT, "sesi tidak ada atau sudah berakhir");
}

enum rc session_sweep(struct tx *tx, int64_t now_us, struct err *err)
{
	return sql_session_sweep(tx, (struct sql_session_sweep_in){.now_us = now_us}, NULL, err);
}

enum rc session_peek(struct tx *tx, const unsigned char token[SESSION_TOKEN_SIZE], int64_t now_us, int64_t *ret_user,
                     struct err *err)
{
	struct token_keys keys = derive(token);
	struct sql_session_peek row;
	TRY(sql_session_peek(tx, (struct sql_session_peek_in){.token_hash = hash_str(&keys), .now_us = now_us}, &row, err));
	*ret_user = row.user_key;
	return RC_OK;
}
