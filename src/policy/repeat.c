/* SPDX-License-Identifier: EUPL-1.2
 * policy/repeat.c - see repeat.h.
 *
 * The hash of the key covers user id and method, that of the body covers also what
 * the door parsed out of it: a door that forgot the body could otherwise be made to
 * ask for another person for nothing.
 *
 * Hashes are random, so each new key would dirty a page of its own and a tray of 64
 * would write 64 pages. Keys that the door made itself therefore begin, in the store,
 * with the moment they were made (doc/decision/0005); 88 bits of hash are left. */
#include "policy/repeat.h"

#include <assert.h>
#include <sodium.h>

#include "policy/policy.sql.h"
#include "store/store.h"

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* BLAKE2b under the key, over a few fixed numbers and one text: no two inputs read
 * the same. The first number tells the two kinds of hash apart. */
static void hash(const struct repeat_rules *rules, const int64_t *numbers, size_t n, struct str text,
                 unsigned char out[REPEAT_HASH])
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, (const unsigned char *)rules->key.at, rules->key.n, REPEAT_HASH);
	crypto_generichash_update(&state, (const unsigned char *)numbers, n * sizeof *numbers);
	if (text.n)
		crypto_generichash_update(&state, (const unsigned char *)text.at, text.n);
	crypto_generichash_final(&state, out, REPEAT_HASH);
	sodium_memzero(&state, sizeof state);
}

static void repeat_name(const struct repeat_rules *rules, const struct policy_ask *ask, struct repeat *ret)
{
	int64_t of_key[] = {1, principal_user(ask->who), ask->method};
	int64_t of_body[] = {2, ask->nik.n, ask->wanted, policy_kejadian(ask)};
	hash(rules, of_key, LEN(of_key), ask->repeat_key, ret->key);
	hash(rules, of_body, LEN(of_body), ask->repeat_body, ret->body);
	for (int i = 0; ask->repeat_order && i < REPEAT_ORDER; i++)
		ret->key[i] = (unsigned char)(ask->repeat_order >> 8 * (REPEAT_ORDER - 1 - i));
}

static bool hash_eq(const unsigned char *a, const unsigned char *b)
{
	return memcmp(a, b, REPEAT_HASH) == 0;
}

/* The distinct ones of a tray, at most TRAY_MAX: a straight search costs less than
 * a table would. `fresh` joins them, unless it is there already. */
static struct repeat *repeat_join(struct repeat *all, size_t *n, const struct repeat *fresh)
{
	struct repeat *same_key = NULL;
	for (size_t i = 0; i < *n; i++) {
		if (!hash_eq(all[i].key, fresh->key))
			continue;
		if (hash_eq(all[i].body, fresh->body))
			return &all[i];
		same_key = all[i].same_key;
	}
	struct repeat *place = &all[(*n)++];
	*place = *fresh;
	place->same_key = same_key ? same_key : place;
	return place;
}

static struct str hash_str(const unsigned char *at)
{
	return str_from((const char *)at, REPEAT_HASH);
}

static void repeat_meet(struct repeat *repeat, const struct sql_repeat_find *row)
{
	repeat->other_body = row->made_us_null && row->bodies > 0;
	if (row->made_us_null)
		return;
	repeat->live = true;
	repeat->made_us = row->made_us;
	repeat->uses = (int)row->uses;
	repeat->seq = row->seq;
	repeat->same_key->bodies++;
}

static enum rc repeat_load(struct tx *tx, struct repeat *all, size_t n, int64_t since_us, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_repeat_find_in *in = ARENA_ARRAY(arena, n, struct sql_repeat_find_in);
	struct sql_repeat_find *rows = ARENA_ARRAY(arena, n, struct sql_repeat_find);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (!in || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_repeat_find_in){
			.key_hash = hash_str(all[i].key), .body_hash = hash_str(all[i].body), .since_us = since_us};
	TRY(sql_repeat_find(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++)
		if (found[i])
			repeat_meet(&all[i], &rows[i]);
	return RC_OK;
}

enum rc repeat_read(const struct repeat_rules *rules, const struct policy_tray *tray, const bool *wanted, struct repeat **ret,
                    struct err *err)
{
	const struct policy_ask *asks = tray->asks;
	size_t keyed = 0, distinct = 0;
	for (size_t i = 0; i < tray->n; i++)
		keyed += wanted[i] && asks[i].repeat_key.n > 0;
	if (keyed == 0)
		return RC_OK;
	struct repeat *all = ARENA_ARRAY(tx_arena(tray->tx), keyed, struct repeat);
	if (!all)
		return no_memory(err);
	for (size_t i = 0; i < tray->n; i++) {
		struct repeat fresh = {0};
		if (!wanted[i] || asks[i].repeat_key.n == 0)
			continue;
		repeat_name(rules, &asks[i], &fresh);
		ret[i] = repeat_join(all, &distinct, &fresh);
	}
	return repeat_load(tray->tx, all, distinct, tray->now_us - rules->life_us, err);
}

bool repeat_take(struct repeat *repeat, const struct repeat_rules *rules)
{
	if (!repeat->live || repeat->uses >= rules->max)
		return false;
	repeat->uses++;
	repeat->changed = true;
	return true;
}

void repeat_begin(struct repeat *repeat, size_t at, int64_t now_us)
{
	if (!repeat->live)
		repeat->same_key->bodies++;
	repeat->live = repeat->in_tray = repeat->changed = true;
	repeat->at = at;
	repeat->made_us = now_us;
	repeat->uses = 0;
}

bool repeat_is_clash(const struct repeat *repeat)
{
	return repeat->other_body || repeat->same_key->bodies > (repeat->live ? 1 : 0);
}

void repeat_forget(struct repeat *repeat)
{
	repeat->forgotten = repeat->live;
	repeat->changed = false;
}

void repeat_hit(const struct repeat_rules *rules, const struct repeat *repeat, unsigned char *out, size_t n)
{
	unsigned char both[2 * REPEAT_HASH], made[REPEAT_HASH];
	int64_t of_hit[] = {3};
	assert(n <= REPEAT_HASH);
	memcpy(both, repeat->key, REPEAT_HASH);
	memcpy(both + REPEAT_HASH, repeat->body, REPEAT_HASH);
	hash(rules, of_hit, LEN(of_hit), str_from((const char *)both, sizeof both), made);
	memcpy(out, made, n);
}

static enum rc repeat_drop(struct tx *tx, struct repeat *const *repeats, size_t n, struct err *err)
{
	struct sql_repeat_drop_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_repeat_drop_in);
	size_t count = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (!repeats[i] || !repeats[i]->forgotten)
			continue;
		repeats[i]->forgotten = false;
		in[count++] = (struct sql_repeat_drop_in){hash_str(repeats[i]->key), hash_str(repeats[i]->body)};
	}
	return count ? sql_repeat_drop(tx, in, count, err) : RC_OK;
}

enum rc repeat_write(struct tx *tx, struct repeat *const *repeats, size_t n, struct err *err)
{
	TRY(repeat_drop(tx, repeats, n, err));
	struct sql_repeat_keep_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_repeat_keep_in);
	size_t count = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		struct repeat *r = repeats[i];
		if (!r || !r->changed || r->written)
			continue;
		r->written = true;
		in[count++] = (struct sql_repeat_keep_in){hash_str(r->key), hash_str(r->body), r->made_us, r->uses, r->seq};
	}
	return sql_repeat_keep(tx, in, count, err);
}
