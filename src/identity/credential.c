/* SPDX-License-Identifier: EUPL-1.2
 * identity/credential.c - see credential.h. */
#include "identity/credential.h"

#include "identity/identity.sql.h"
#include "identity/principal_inside.h"
#include "identity/secret_text.h"

#define SEEN_EVERY_US (INT64_C(3600) * US_PER_S)

_Static_assert(CREDENTIAL_TEXT_SIZE == SECRET_TEXT_SIZE, "a credential is such a secret");

enum rc credential_issue(struct tx *tx, struct str key, int64_t user, int64_t expires_us, int64_t now_us,
                         char out[CREDENTIAL_TEXT_SIZE], struct err *err)
{
	struct user row;
	TRY(secret_key_check(key, err));
	TRY(user_get(tx, user, &row, err));
	if (row.role != ROLE_SERVICE)
		return FAIL(err, RC_INVALID, "kredensial hanya untuk layanan");
	secret_text_make(out);
	struct secret_hash hash = secret_hash(key, str_c(out));
	struct sql_credential_insert_in in = {.secret_hash = secret_hash_str(&hash),
	                                      .user_key = user,
	                                      .made_us = now_us,
	                                      .expires_us = expires_us};
	return sql_credential_insert(tx, in, NULL, err);
}

/* ---- from credentials to principals ---- */

struct lookup {
	struct secret_hash *hashes;
	struct sql_credential_find_in *asks;
	struct sql_credential_find *rows;
	bool *found;
	struct principal *principals;
	struct sql_user_seen_in *seen;
	size_t seen_n;
};

static bool lookup_room(struct lookup *l, struct arena *arena, size_t n)
{
	*l = (struct lookup){.hashes = ARENA_ARRAY(arena, n, struct secret_hash),
	                     .asks = ARENA_ARRAY(arena, n, struct sql_credential_find_in),
	                     .rows = ARENA_ARRAY(arena, n, struct sql_credential_find),
	                     .found = ARENA_ARRAY(arena, n, bool),
	                     .principals = ARENA_ARRAY(arena, n, struct principal),
	                     .seen = ARENA_ARRAY(arena, n, struct sql_user_seen_in)};
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
	        .sandbox = (row)->sandbox,                                                                                         \
	})

/* Not at every call: dormancy counts in days. */
static bool is_seen_now(const struct principal *p, int64_t last_seen_us, int64_t now_us)
{
	return p->flaw == USER_FLAW_NONE && now_us - last_seen_us >= SEEN_EVERY_US;
}

static enum rc take_row(struct lookup *l, size_t i, int dormant_days, int64_t now_us, struct arena *arena, struct err *err)
{
	const struct sql_credential_find *row = &l->rows[i];
	struct principal *p = &l->principals[i];
	struct principal_row user = ROW_OF(row);
	TRY(principal_fill(p, &user, dormant_days, now_us, arena, err));
	TRY(scopes_allowed(row->user_id, row->scopes, &p->allowed, err));
	p->credential = row->credential_id;
	p->kejadian_id = row->standing_kejadian;
	if (is_seen_now(p, row->last_seen_us, now_us))
		l->seen[l->seen_n++] = (struct sql_user_seen_in){now_us, row->user_key};
	return RC_OK;
}

static bool live(struct str role, int64_t expires_us, int64_t now_us)
{
	return str_eq(role, S("service")) && (expires_us == 0 || now_us < expires_us);
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
		if (!l.found[i] || !live(l.rows[i].role, l.rows[i].expires_us, now_us))
			continue;
		TRY(take_row(&l, i, dormant_days, now_us, arena, err));
		ret[i] = l.principals + i;
	}
	return sql_user_seen(tx, l.seen, l.seen_n, err);
}

enum rc credential_bearer(struct tx *tx, struct str key, struct str token, int dormant_days, int64_t now_us,
                          const struct principal **ret, struct err *err)
{
	struct sql_credential_bearer row;
	struct arena *arena = tx_arena(tx);
	*ret = NULL;
	TRY(secret_key_check(key, err));
	struct secret_hash hash = secret_hash(key, token);
	enum rc rc = sql_credential_bearer(tx, (struct sql_credential_bearer_in){secret_hash_str(&hash)}, &row, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	if (!live(row.role, row.expires_us, now_us))
		return RC_OK;
	struct principal *p = ARENA_NEW(arena, struct principal);
	if (!p)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	struct principal_row user = ROW_OF(&row);
	TRY(principal_fill(p, &user, dormant_days, now_us, arena, err));
	p->credential = row.credential_id;
	p->kejadian_id = row.standing_kejadian;
	*ret = p;
	const struct sql_user_seen_in seen = {now_us, row.user_key};
	return sql_user_seen(tx, &seen, is_seen_now(p, row.last_seen_us, now_us) ? 1 : 0, err);
}
