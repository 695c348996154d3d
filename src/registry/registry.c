/* SPDX-License-Identifier: EUPL-1.2
 * registry/registry.c - see registry.h: open, change over, answer.
 *
 * Two things can move under a serving process. The database file may have been
 * replaced as a whole (store_is_stale): then it is opened again, dictionaries and
 * all, before the tray is answered. Or, on an engine of its own, a load moved
 * registry_meta to another generation: that is seen in the same transaction as the
 * look-ups, so a tray never mixes the two. What cannot be read is never answered
 * from memory: an old answer might say "aktif" of somebody reported dead today. */
#include "registry/registry.h"

#include <stdlib.h>

#include "registry/compare.h"
#include "registry/resident.h"
#include "registry/reveal.h"
#include "store/bulk.h"

#define URL_MAX 1024
#define TRAY_MAX 4096 /* permits in one call */

struct registry {
	char url[URL_MAX];
	struct store *store;
	struct view view;
	struct patience *patience;
};

static void forget(struct registry *r)
{
	view_free(&r->view);
	store_close(r->store);
	r->store = NULL;
}

/* The dictionaries of whatever generation this transaction sees. */
static enum rc catch_up(struct registry *r, struct tx *tx, struct err *err)
{
	struct sql_registry_meta_find now;
	TRY(view_meta(tx, &now, err));
	if (now.generation != r->view.meta.generation)
		TRY(view_dictionaries(tx, &r->view, err));
	r->view.meta = now;
	return RC_OK;
}

/* On an engine of its own the tables may be missing still. A frozen store refuses to write,
 * and had its tables when it was built; so does a read replica, which has those of its primary. */
static enum rc tables_make(struct store *store, struct err *err)
{
	static const struct schema *const schemas[] = {&registry_schema};
	TX_AUTO *tx = NULL;
	if (tx_begin(store, TX_WRITE, &tx, NULL) == RC_REFUSED)
		return RC_OK;
	tx_rollback(&tx);
	return store_migrate(store, schemas, 1, 0, err);
}

static enum rc open_store(struct registry *r, struct err *err)
{
	view_init(&r->view);
	TRY(store_open_frozen(r->url, &r->store, err));
	return tables_make(r->store, err);
}

/* A transaction on the newest registry there is. What is remembered of it may be older. */
static enum rc begin(struct registry *r, struct tx **ret, struct err *err)
{
	*ret = NULL;
	if (r->store && store_is_stale(r->store))
		forget(r);
	if (!r->store)
		TRY(open_store(r, err));
	return tx_begin_within(r->store, TX_READ, r->patience, ret, err);
}

static enum rc begin_newest(struct registry *r, struct tx **ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(begin(r, &tx, err));
	TRY(catch_up(r, tx, err));
	*ret = tx;
	tx = NULL;
	return RC_OK;
}

enum rc registry_open(const char *url, struct registry **ret, struct err *err)
{
	*ret = NULL;
	if (strlen(url) >= URL_MAX)
		return FAIL(err, RC_INVALID, "Alamat basis data terlalu panjang");
	struct registry *r = calloc(1, sizeof *r); /* tidy: allow, lives as long as the process */
	if (!r)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	memcpy(r->url, url, strlen(url) + 1);
	TX_AUTO *tx = NULL;
	enum rc rc = begin_newest(r, &tx, err);
	if (rc != RC_OK) {
		registry_close(r);
		return rc;
	}
	*ret = r;
	return RC_OK;
}

void registry_close(struct registry *registry)
{
	if (!registry)
		return;
	forget(registry);
	free(registry); /* tidy: allow */
}

void registry_patience(struct registry *registry, struct patience *patience)
{
	registry->patience = patience;
}

void registry_distrust(struct registry *registry)
{
	if (registry->store)
		store_distrust(registry->store);
}

/* ---- answering ---- */

struct tray {
	size_t n; /* that ask; NULL permits left out */
	struct sql_resident_find_in *in;
	struct sql_resident_find *rows;
	bool *found;
};

static bool tray_make(struct arena *arena, size_t n, struct tray *ret)
{
	ret->in = ARENA_ARRAY(arena, n, struct sql_resident_find_in);
	ret->rows = ARENA_ARRAY(arena, n, struct sql_resident_find);
	ret->found = ARENA_ARRAY(arena, n, bool);
	return ret->in && ret->rows && ret->found;
}

/* Where one tray's answers are made. */
struct desk {
	const struct view *view;
	struct arena *arena;   /* of the answers */
	struct arena *scratch; /* wiped before anybody is answered */
};

/* What is only compared never lies in the answers' memory. */
static enum rc answer_fill(const struct desk *desk, const struct permit *permit, const struct sql_resident_find *row,
                           struct answer *a, struct err *err)
{
	struct nik nik = permit_nik(permit);
	element_set granted = permit_elements(permit);
	if (permit_method(permit) != METHOD_VERIFY)
		return reveal(desk->view, nik, row, granted, desk->arena, a, err);
	struct answer held = {0};
	const struct claim *claim = permit_claim(permit);
	element_set asked = granted & compare_asked(claim);
	TRY(reveal(desk->view, nik, row, asked, desk->scratch, &held, err));
	a->accords = compare(claim, asked, held.element, desk->arena);
	return a->accords ? RC_OK : FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
}

static enum rc answer_make(const struct desk *desk, const struct permit *permit, const struct sql_resident_find *row,
                           const struct answer **ret, struct err *err)
{
	struct answer *a = ARENA_NEW(desk->arena, struct answer);
	if (!a)
		return FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
	a->as_of = (struct day){(int32_t)desk->view->meta.as_of_day};
	a->outcome = row ? resident_outcome(resident_facts_status(row->facts)) : OUTCOME_ABSENT;
	if (a->outcome == OUTCOME_DATA)
		TRY(answer_fill(desk, permit, row, a, err));
	*ret = a;
	return RC_OK;
}

static enum rc tray_ask(const struct registry *r, struct tx *tx, const struct permit *const *permits, size_t n, struct tray *t,
                        struct err *err)
{
	t->n = 0;
	for (size_t i = 0; i < n; i++)
		if (permits[i])
			t->in[t->n++].resident_key = view_key(r->view.meta.slot, permit_nik(permits[i]));
	return sql_resident_find(tx, t->in, t->n, t->rows, t->found, err);
}

/* Every row says which data it was found in, so asking for that first would be a round trip
 * for nothing. Of other data than we know: catch up, and ask again. */
static enum rc tray_find(struct registry *r, struct tx *tx, const struct permit *const *permits, size_t n, struct tray *t,
                         struct err *err)
{
	TRY(tray_ask(r, tx, permits, n, t, err));
	if (t->n == 0 || (t->found[0] && t->rows[0].generation == r->view.meta.generation))
		return RC_OK;
	TRY(catch_up(r, tx, err));
	return tray_ask(r, tx, permits, n, t, err);
}

static enum rc answer_all(struct registry *r, struct tx *tx, const struct permit *const *permits, size_t n,
                          struct arena *arena, const struct answer **ret, struct err *err)
{
	struct tray t = {0};
	const struct desk desk = {&r->view, arena, tx_arena(tx)};
	if (!tray_make(tx_arena(tx), n, &t))
		return FAIL(err, RC_LIMIT, "Terlalu banyak permintaan sekaligus");
	TRY(tray_find(r, tx, permits, n, &t, err));
	for (size_t i = 0, at = 0; i < n; i++) {
		if (!permits[i])
			continue;
		TRY(answer_make(&desk, permits[i], t.rows[at].found_null ? NULL : &t.rows[at], &ret[i], err));
		at++;
	}
	return RC_OK;
}

/* *ret_again: its connection was closed meanwhile, and another may serve. Nothing was written, so
 * nothing speaks against asking once more. */
static enum rc answer_once(struct registry *r, const struct permit *const *permits, size_t n, struct arena *arena,
                           const struct answer **ret, bool *ret_again, struct err *err)
{
	TX_AUTO *tx = NULL;
	for (size_t i = 0; i < n; i++)
		ret[i] = NULL;
	TRY(begin(r, &tx, err));
	enum rc rc = answer_all(r, tx, permits, n, arena, ret, err);
	for (size_t i = 0; rc != RC_OK && i < n; i++)
		ret[i] = NULL;
	*ret_again = rc == RC_BROKEN && tx_fate(tx) == TX_AGAIN;
	return rc;
}

enum rc registry_answer(struct registry *registry, const struct permit *const *permits, size_t n, struct arena *arena,
                        const struct answer **ret, struct err *err)
{
	bool again = false;
	if (n > TRAY_MAX)
		return FAIL(err, RC_LIMIT, "Terlalu banyak permintaan sekaligus");
	enum rc rc = answer_once(registry, permits, n, arena, ret, &again, err);
	return again ? answer_once(registry, permits, n, arena, ret, &again, err) : rc;
}

enum rc registry_as_of(struct registry *registry, struct day *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(begin_newest(registry, &tx, err));
	*ret = (struct day){(int32_t)registry->view.meta.as_of_day};
	return RC_OK;
}

/* ---- stat ---- */

enum rc registry_stat(const char *url, struct registry_stat *ret, struct err *err)
{
	struct registry *r;
	TRY(registry_open(url, &r, err));
	const struct sql_registry_meta_find *m = &r->view.meta;
	*ret = (struct registry_stat){
		.rows = m->active + m->deceased + m->doubled + m->nonactive,
		.by_status = {m->active, m->deceased, m->doubled, m->nonactive},
		.as_of = {(int32_t)m->as_of_day},
		.bytes = store_bytes(url),
	};
	registry_close(r);
	return RC_OK;
}
