/* SPDX-License-Identifier: EUPL-1.2
 * identity/access.c - see access.h. */
#include "identity/access.h"

#include "identity/access.sql.h"
#include "identity/principal_inside.h"
#include "identity/secret_text.h"
#include "store/store.h"

_Static_assert(ACCESS_TEXT_SIZE == SECRET_TEXT_SIZE, "a token is such a secret");

enum rc access_issue(struct tx *tx, struct str key, const struct principal *who, scope_set scopes, int64_t now_us,
                     char out[ACCESS_TEXT_SIZE], struct err *err)
{
	TRY(secret_key_check(key, err));
	if (scopes == 0 || (scopes & ~who->allowed) || who->credential == 0)
		return FAIL(err, RC_INVALID, "Cakupan ini tidak dibuka bagi user ID ini");
	secret_text_make(out);
	struct secret_hash hash = secret_hash(key, str_c(out));
	struct scopes_text text = scopes_text(scopes);
	const struct sql_access_insert_in in = {.token_hash = secret_hash_str(&hash),
	                                        .user_key = who->user,
	                                        .credential_id = who->credential,
	                                        .scopes = str_c(text.z),
	                                        .made_us = now_us,
	                                        .expires_us = now_us + ACCESS_LIFE_S * US_PER_S};
	TRY(sql_access_insert(tx, in, NULL, err));
	return sql_access_keep(tx, (struct sql_access_keep_in){.user_key = who->user, .keep = ACCESS_LIVE_MAX}, NULL, err);
}

/* ---- from tokens to principals ---- */

static bool live(const struct sql_access_find *row, int64_t now_us)
{
	bool credential = row->credential_expires_us == 0 || now_us < row->credential_expires_us;
	return credential && row->ended_us == 0 && now_us < row->expires_us && str_eq(row->role, S("service"));
}

/* What was taken from the user id since is taken from the token too. */
static enum rc take_scopes(const struct sql_access_find *row, struct principal *p, struct err *err)
{
	if (scopes_from_text(row->scopes, &p->scopes, err) != RC_OK)
		return FAIL(err, RC_BROKEN, "Cakupan token di basis data tidak dikenal");
	TRY(scopes_allowed(row->user_id, row->allowed, &p->allowed, err));
	p->scopes &= p->allowed;
	return RC_OK;
}

static enum rc take_row(const struct sql_access_find *row, const struct fingerprint *certificate, struct principal *p,
                        int dormant_days, int64_t now_us, struct arena *arena, struct err *err)
{
	struct principal_row user = {.user = row->user_key,
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
	                             .certificates = row->certificates,
	                             .shown = certificate};
	TRY(principal_fill(p, &user, dormant_days, now_us, arena, err));
	p->credential = row->credential_id;
	p->kejadian_id = row->standing_kejadian;
	return take_scopes(row, p, err);
}

enum rc access_principals(struct tx *tx, struct str key, const struct access_ask *tokens, size_t n, int dormant_days,
                          int64_t now_us, const struct principal **ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct secret_hash *hashes = ARENA_ARRAY(arena, n, struct secret_hash);
	struct sql_access_find_in *asks = ARENA_ARRAY(arena, n, struct sql_access_find_in);
	struct sql_access_find *rows = ARENA_ARRAY(arena, n, struct sql_access_find);
	struct principal *principals = ARENA_ARRAY(arena, n, struct principal);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (n == 0)
		return RC_OK;
	TRY(secret_key_check(key, err));
	if (!hashes || !asks || !rows || !principals || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		hashes[i] = secret_hash(key, tokens[i].token);
		asks[i] = (struct sql_access_find_in){secret_hash_str(&hashes[i])};
	}
	TRY(sql_access_find(tx, asks, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		ret[i] = NULL;
		if (!found[i] || !live(&rows[i], now_us))
			continue;
		TRY(take_row(&rows[i], tokens[i].certificate, &principals[i], dormant_days, now_us, arena, err));
		ret[i] = &principals[i];
	}
	return RC_OK;
}

enum rc access_end(struct tx *tx, struct str key, const struct principal *who, struct str token, struct err *err)
{
	TRY(secret_key_check(key, err));
	struct secret_hash hash = secret_hash(key, token);
	return sql_access_end(tx, (struct sql_access_end_in){.token_hash = secret_hash_str(&hash), .user_key = who->user}, NULL,
	                      err);
}

enum rc access_sweep(struct tx *tx, int64_t now_us, int64_t *ret_gone, struct err *err)
{
	return sql_access_sweep(tx, (struct sql_access_sweep_in){.now_us = now_us, .most = ACCESS_SWEEP_MAX}, ret_gone, err);
}

enum rc access_end_every(struct tx *tx, int64_t *ret, struct err *err)
{
	return sql_access_end_every(tx, ret, err);
}
