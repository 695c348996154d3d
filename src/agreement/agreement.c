/* SPDX-License-Identifier: EUPL-1.2
 * agreement/agreement.c - see agreement.h.
 *
 * Parsed terms and lists of contact persons are kept by id and a hash of their text:
 * one that was rolled back and its id given to another never answers for it. Everything else is
 * read anew each time. The cache only grows; its ceiling is some ten thousand
 * versions. */
#include "agreement/agreement.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

#include "agreement/agreement.sql.h"
#include "agreement/file.h"
#include "agreement/terms.h"

#define CACHE_MAX ((size_t)128 << 20)
#define BUCKETS 1024
#define HASH_SIZE 16
#define CONTACTS_TEXT_MAX ((size_t)32 << 10)

/* What an entry is: the terms of a version, or a list of contact persons. */
enum kept { KEPT_TERMS, KEPT_CONTACTS };
struct entry {
	struct entry *next;
	enum kept kind;
	int64_t id;
	unsigned char hash[HASH_SIZE];
	struct terms terms; /* of KEPT_CONTACTS only the contacts are filled */
};

struct agreement {
	struct arena arena; /* holds this struct too; under the lock */
	pthread_mutex_t lock;
	struct entry *buckets[BUCKETS];
};

enum rc agreement_open(struct agreement **ret, struct err *err)
{
	struct arena arena;
	arena_init(&arena, CACHE_MAX);
	struct agreement *agreement = ARENA_NEW(&arena, struct agreement);
	if (!agreement)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	agreement->arena = arena;
	pthread_mutex_init(&agreement->lock, NULL);
	*ret = agreement;
	return RC_OK;
}

void agreement_close(struct agreement *agreement)
{
	if (!agreement)
		return;
	pthread_mutex_destroy(&agreement->lock);
	struct arena arena = agreement->arena;
	arena_free(&arena);
}

/* ---- the cache ---- */

struct kept_key {
	enum kept kind;
	int64_t id;
	struct str hash;
};

static struct entry **bucket(struct agreement *agreement, const struct kept_key *key)
{
	return &agreement->buckets[((uint64_t)key->id * 2 + key->kind) % BUCKETS];
}

static bool is_of(const struct entry *e, const struct kept_key *key)
{
	return e->kind == key->kind && e->id == key->id && memcmp(e->hash, key->hash.at, HASH_SIZE) == 0;
}

static const struct terms *cache_find(struct agreement *agreement, const struct kept_key *key)
{
	const struct terms *found = NULL;
	pthread_mutex_lock(&agreement->lock);
	for (struct entry *e = *bucket(agreement, key); e && !found; e = e->next)
		if (is_of(e, key))
			found = &e->terms;
	pthread_mutex_unlock(&agreement->lock);
	return found;
}

static enum rc entry_read(const struct kept_key *key, struct str json, struct arena *arena, struct terms *ret, struct err *err)
{
	if (key->kind == KEPT_TERMS)
		return terms_read(json, arena, ret, err);
	return terms_read_contacts(json, arena, ret->contacts, &ret->contacts_n, err);
}

/* Two threads may put the same; both entries say the same. */
static enum rc cache_put(struct agreement *agreement, const struct kept_key *key, struct str json, const struct terms **ret,
                         struct err *err)
{
	pthread_mutex_lock(&agreement->lock);
	struct entry *e = ARENA_NEW(&agreement->arena, struct entry);
	enum rc rc = e ? entry_read(key, json, &agreement->arena, &e->terms, err)
	               : FAIL(err, RC_LIMIT, "terlalu banyak versi perjanjian dalam memori");
	if (rc == RC_OK) {
		e->kind = key->kind;
		e->id = key->id;
		memcpy(e->hash, key->hash.at, HASH_SIZE);
		e->next = *bucket(agreement, key);
		*bucket(agreement, key) = e;
		*ret = &e->terms;
	}
	pthread_mutex_unlock(&agreement->lock);
	return rc;
}

static enum rc terms_of(struct agreement *agreement, struct tx *tx, int64_t version_id, struct str hash, const struct terms **ret,
                        struct err *err)
{
	const struct kept_key key = {KEPT_TERMS, version_id, hash};
	if (hash.n != HASH_SIZE)
		return FAIL(err, RC_BROKEN, "versi perjanjian di basis data rusak");
	*ret = cache_find(agreement, &key);
	if (*ret)
		return RC_OK;
	struct sql_version_terms row;
	enum rc rc = sql_version_terms(tx, (struct sql_version_terms_in){.version_id = version_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_BROKEN, "versi perjanjian di basis data hilang");
	TRY(rc);
	return cache_put(agreement, &key, row.terms_json, ret, err);
}

/* The text comes with the hash: a list changes rarely, and is short. */
static enum rc contacts_of(struct agreement *agreement, struct tx *tx, int64_t contact_list_id, struct standing *ret,
                           struct err *err)
{
	struct sql_contact_get row;
	TRY(sql_contact_get(tx, (struct sql_contact_get_in){.contact_list_id = contact_list_id}, &row, err));
	if (row.contacts_hash.n != HASH_SIZE)
		return FAIL(err, RC_BROKEN, "daftar narahubung di basis data rusak");
	const struct kept_key key = {KEPT_CONTACTS, contact_list_id, row.contacts_hash};
	const struct terms *kept = cache_find(agreement, &key);
	if (!kept)
		TRY(cache_put(agreement, &key, row.contacts_json, &kept, err));
	ret->contacts = kept->contacts;
	ret->contacts_n = kept->contacts_n;
	return RC_OK;
}

/* ---- how an instansi stands ---- */

/* standing_find gives one bit a method; J.IV leaves the card reader none. */
static void read_poc(int64_t bits, bool poc[METHOD_COUNT])
{
	poc[METHOD_PORTAL] = bits & 1;
	poc[METHOD_CALL_NIK] = bits & 2;
	poc[METHOD_VERIFY] = bits & 4;
}

/* P4: ending by term is stored nowhere; it shows in a version that has begun and is
 * no longer in force. */
static enum rc is_term_over(struct tx *tx, int64_t instansi_id, struct day on, bool *ret, struct err *err)
{
	struct sql_version_doorway row;
	struct sql_version_doorway_in in = {.instansi_id = instansi_id, .day = on.n};
	enum rc rc = sql_version_doorway(tx, in, &row, err);
	*ret = rc == RC_OK && row.begin_day <= on.n;
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc from_row(struct agreement *agreement, struct tx *tx, const struct sql_standing_find *row,
                        const struct sql_standing_find_in *in, struct standing *ret, struct err *err)
{
	*ret = (struct standing){.instansi_id = in->instansi_id,
	                         .code = row->code,
	                         .name = row->name,
	                         .state_us = row->state_us,
	                         .last_day = {(int32_t)row->last_day},
	                         .sptjm = row->sptjm > 0};
	if (instansi_state_from_key(row->state, &ret->state) != RC_OK)
		return FAIL(err, RC_BROKEN, "keadaan instansi di basis data tidak dikenal");
	if (!row->poc_null)
		read_poc(row->poc & ~(row->unproved_null ? 0 : row->unproved), ret->poc_passed);
	if (!row->contact_list_null)
		TRY(contacts_of(agreement, tx, row->contact_list, ret, err));
	if (row->version_id_null)
		return is_term_over(tx, in->instansi_id, (struct day){(int32_t)in->day}, &ret->term_over, err);
	ret->version_id = row->version_id;
	ret->version_number = (int)row->number;
	ret->ministry_approval = row->ministry > 0;
	TRY(terms_of(agreement, tx, row->version_id, row->terms_hash, &ret->terms, err));
	if (!ret->contacts) {
		ret->contacts = ret->terms->contacts;
		ret->contacts_n = ret->terms->contacts_n;
	}
	return RC_OK;
}

enum rc agreement_standings(struct agreement *agreement, struct tx *tx, const int64_t *instansi_ids, size_t n, int64_t now_us,
                            struct standing *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_standing_find_in *in = ARENA_ARRAY(arena, n, struct sql_standing_find_in);
	struct sql_standing_find *rows = ARENA_ARRAY(arena, n, struct sql_standing_find);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_standing_find_in){.day = day_of_us(now_us).n, .instansi_id = instansi_ids[i]};
	TRY(sql_standing_find(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		if (!found[i])
			return FAIL(err, RC_ABSENT, "instansi tidak ada");
		TRY(from_row(agreement, tx, &rows[i], &in[i], &ret[i], err));
	}
	return RC_OK;
}

enum rc agreement_standing(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t now_us, struct standing *ret,
                           struct err *err)
{
	return agreement_standings(agreement, tx, &instansi_id, 1, now_us, ret, err);
}

/* ---- allow-lists (P2.1b, J.I.A) ---- */

bool terms_allow(const struct terms *terms, const struct addr *peer)
{
	assert(terms);
	for (size_t i = 0; i < terms->allow_n; i++)
		if (cidr_has(&terms->allow[i], peer))
			return true;
	return false;
}

enum rc agreement_last_terms(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t now_us,
                             const struct terms **ret, struct err *err)
{
	struct sql_version_doorway row;
	struct sql_version_doorway_in in = {.instansi_id = instansi_id, .day = day_of_us(now_us).n};
	*ret = NULL;
	enum rc rc = sql_version_doorway(tx, in, &row, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	return terms_of(agreement, tx, row.version_id, row.terms_hash, ret, err);
}

enum rc agreement_allows(struct agreement *agreement, struct tx *tx, int64_t instansi_id, const struct addr *peer, int64_t now_us,
                         bool *ret, struct err *err)
{
	const struct terms *terms;
	*ret = false;
	TRY(agreement_last_terms(agreement, tx, instansi_id, now_us, &terms, err));
	*ret = terms && terms_allow(terms, peer);
	return RC_OK;
}

enum rc agreement_knows_peer(struct agreement *agreement, struct tx *tx, const struct addr *peer, int64_t now_us, bool *ret,
                             struct err *err)
{
	struct sql_version_doorways_rows rows;
	*ret = false;
	TRY(sql_version_doorways(tx, (struct sql_version_doorways_in){.day = day_of_us(now_us).n}, &rows, err));
	for (size_t i = 0; i < rows.n && !*ret; i++) {
		const struct terms *terms;
		TRY(terms_of(agreement, tx, rows.at[i].version_id, rows.at[i].terms_hash, &terms, err));
		*ret = terms_allow(terms, peer);
	}
	return RC_OK;
}

enum rc agreement_mark(struct tx *tx, int64_t *ret, struct err *err)
{
	return tx_mark(tx, agreement_marks, ret, err);
}

/* ---- versions ---- */

enum rc agreement_versions(struct agreement *agreement, struct tx *tx, int64_t instansi_id, struct version **ret, size_t *ret_n,
                           struct err *err)
{
	struct sql_version_all_rows rows;
	TRY(sql_version_all(tx, (struct sql_version_all_in){.instansi_id = instansi_id}, &rows, err));
	struct version *list = rows.n ? ARENA_ARRAY(tx_arena(tx), rows.n, struct version) : NULL;
	if (rows.n && !list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_version_all *row = &rows.at[i];
		list[i] = (struct version){.version_id = row->version_id,
		                           .made_us = row->made_us,
		                           .number = (int)row->number,
		                           .begin = {(int32_t)row->begin_day},
		                           .end = {(int32_t)row->end_day}};
		TRY(terms_of(agreement, tx, row->version_id, row->terms_hash, &list[i].terms, err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc agreement_version_page(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most,
                               struct version_list *ret, struct err *err)
{
	struct sql_version_page_rows rows;
	struct sql_version_count count;
	struct sql_version_page_in in = {.instansi_id = instansi_id, .most = most, .skip = skip};
	TRY(sql_version_count(tx, (struct sql_version_count_in){.instansi_id = instansi_id}, &count, err));
	TRY(sql_version_page(tx, in, &rows, err));
	*ret = (struct version_list){.all = count.n, .n = rows.n};
	ret->at = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct version);
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_version_page *row = &rows.at[i];
		ret->at[i] = (struct version){.version_id = row->version_id,
		                              .made_us = row->made_us,
		                              .number = (int)row->number,
		                              .begin = {(int32_t)row->begin_day},
		                              .end = {(int32_t)row->end_day}};
		TRY(terms_of(agreement, tx, row->version_id, row->terms_hash, &ret->at[i].terms, err));
	}
	return RC_OK;
}

enum rc agreement_version(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int number, struct version *ret,
                          struct err *err)
{
	struct sql_version_get row;
	enum rc rc = sql_version_get(tx, (struct sql_version_get_in){.instansi_id = instansi_id, .number = number}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "versi %d tidak ada", number);
	TRY(rc);
	*ret = (struct version){.version_id = row.version_id,
	                        .made_us = row.made_us,
	                        .number = number,
	                        .begin = {(int32_t)row.begin_day},
	                        .end = {(int32_t)row.end_day}};
	return terms_of(agreement, tx, row.version_id, row.terms_hash, &ret->terms, err);
}

enum rc agreement_version_number(struct tx *tx, int64_t version_id, int *ret, struct err *err)
{
	struct sql_version_number row;
	enum rc rc = sql_version_number(tx, (struct sql_version_number_in){.version_id = version_id}, &row, err);
	*ret = rc == RC_OK ? (int)row.number : 0;
	return rc;
}

enum rc agreement_base(struct tx *tx, int64_t instansi_id, int number, int *ret, struct err *err)
{
	struct sql_version_base row;
	enum rc rc = sql_version_base(tx, (struct sql_version_base_in){.instansi_id = instansi_id, .number = number}, &row, err);
	*ret = rc == RC_OK ? (int)row.number : 0;
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc agreement_terms_json(struct tx *tx, int64_t instansi_id, int number, struct str *ret, struct err *err)
{
	struct sql_version_get row;
	enum rc rc = sql_version_get(tx, (struct sql_version_get_in){.instansi_id = instansi_id, .number = number}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "versi %d tidak ada", number);
	TRY(rc);
	*ret = row.terms_json;
	return RC_OK;
}

enum rc agreement_set_contacts(struct tx *tx, int64_t instansi_id, struct str json, int64_t now_us, struct err *err)
{
	BUF_AUTO text = BUF(CONTACTS_TEXT_MAX);
	unsigned char hash[HASH_SIZE];
	TRY(agreement_file_check_contacts(json, &text, err));
	if (!buf_ok(&text))
		return FAIL(err, RC_LIMIT, "daftar narahubung terlalu panjang");
	crypto_generichash(hash, sizeof hash, (const unsigned char *)text.at, text.n, NULL, 0);
	return sql_contact_insert(tx,
	                          (struct sql_contact_insert_in){.instansi_id = instansi_id,
	                                                         .contacts_json = buf_str(&text),
	                                                         .contacts_hash = str_from((const char *)hash, sizeof hash),
	                                                         .now_us = now_us},
	                          NULL, err);
}
