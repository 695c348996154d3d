/* SPDX-License-Identifier: EUPL-1.2
 * gate/made.c - see made.h. */
#include "gate/made.h"

#include <sodium.h>

#include "gate/call.h"
#include "gate/made.sql.h"

/* A length before each part: no two inputs read the same. */
static void mix(crypto_generichash_state *state, struct str part)
{
	uint64_t n = part.n;
	crypto_generichash_update(state, (const unsigned char *)&n, sizeof n);
	if (part.n)
		crypto_generichash_update(state, (const unsigned char *)part.at, part.n);
}

static void hash(const struct visit *v, const char *purpose, struct str text, unsigned char out[MADE_HASH])
{
	const struct secret *key = &v->gate->conf.key;
	int64_t user = principal_user(v->who);
	crypto_generichash_state state;
	crypto_generichash_init(&state, key->at, key->n, MADE_HASH);
	mix(&state, S("made"));
	mix(&state, str_c(purpose));
	mix(&state, str_from((const char *)&user, sizeof user));
	mix(&state, text);
	crypto_generichash_final(&state, out, MADE_HASH);
	sodium_memzero(&state, sizeof state);
}

static struct str hash_str(const unsigned char hash[MADE_HASH])
{
	return str_from((const char *)hash, MADE_HASH);
}

enum rc made_hold(struct visit *v, const char *purpose, struct str key, struct str body, struct made *ret, struct err *err)
{
	struct sql_made_hold row;
	*ret = (struct made){.clash = false};
	hash(v, purpose, key, ret->key);
	hash(v, purpose, body, ret->body);
	TRY(sql_made_hold(v->tx, (struct sql_made_hold_in){hash_str(ret->key), hash_str(ret->body), v->now_us}, &row, err));
	if (row.made_id == 0 || row.made_us <= v->now_us - MADE_LIFE_US) /* a clock that stepped back ends none */
		return RC_OK;
	ret->clash = !str_eq(row.body_hash, hash_str(ret->body));
	ret->made_id = row.made_id;
	return RC_OK;
}

enum rc made_set(struct visit *v, const struct made *made, int64_t id, struct err *err)
{
	struct sql_made_set_in in = {
	        .body_hash = hash_str(made->body), .now_us = v->now_us, .made_id = id, .key_hash = hash_str(made->key)};
	return sql_made_set(v->tx, in, NULL, err);
}

enum rc made_drop(struct visit *v, const struct made *made, struct err *err)
{
	return sql_made_drop(v->tx, (struct sql_made_drop_in){hash_str(made->key)}, NULL, err);
}

enum rc made_sweep(struct tx *tx, int64_t now_us, struct err *err)
{
	return sql_made_sweep(tx, (struct sql_made_sweep_in){now_us - MADE_LIFE_US, MADE_SWEEP_MAX}, NULL, err);
}
