/* SPDX-License-Identifier: EUPL-1.2
 * registry/sink.c - see sink.h.
 *
 * A handful of blocks go round: the loader fills an empty one and queues it, the
 * thread inserts it and gives it back. When an insert fails, the thread goes on
 * emptying blocks without storing them, so that the loader never waits for a
 * thread that has given up; the loader learns of it at its next block. */
#include "registry/sink.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "registry/intake.h"
#include "store/bulk.h"
#include "sys/queue.h"

#define BLOCKS 4
#define BLOCK_TEXT (SINK_BLOCK * 64)
#define COMMIT_BLOCKS 4 /* what a transaction was given stays in its arena */
#define UPSERT_BATCH 1024
#define ARENA_MAX ((size_t)64 << 20)
#define URL_MAX 1024
#define KEEP_US (10 * US_PER_S) /* a server ends transactions that say nothing for a minute */

struct block {
	bool upsert;
	size_t n, text_n;
	struct sql_resident_insert_in rows[SINK_BLOCK];
	char text[BLOCK_TEXT];
};

struct sink {
	struct arena arena;
	char url[URL_MAX];
	struct bulk *bulk;   /* NULL: `own` is used, and a slot of it */
	struct store *store; /* of bulk, or own */
	struct store *own;
	struct tx *turn; /* open as long as the load: no other may use the slot meanwhile */
	int64_t kept_us;
	bool delta, threaded;
	struct day as_of;
	struct view view; /* meta is what is in use now; all 0 when nothing is */
	size_t words_stored, regions_stored;
	int64_t slot;
	struct queue *full, *empty;
	struct block *filling;
	pthread_t thread;
	/* the thread's own until it is joined */
	struct tx *tx;
	size_t blocks_in_tx;
	struct sink_counts counts;
	enum rc rc;
	struct err err;
	atomic_bool failed;
};

/* ---- the inserting thread ---- */

static void count(struct sink *s, int64_t facts, int64_t by)
{
	s->counts.by_status[resident_facts_status(facts)] += by;
}

static enum rc insert_block(struct sink *s, const struct block *b, struct err *err)
{
	TRY(sql_resident_insert(s->tx, b->rows, b->n, err));
	for (size_t i = 0; i < b->n; i++)
		count(s, b->rows[i].facts, 1);
	s->counts.inserted += (int64_t)b->n;
	return RC_OK;
}

_Static_assert(sizeof(struct sql_resident_insert_in) == sizeof(struct sql_resident_upsert_in), "the same columns");

static enum rc upsert_batch(struct sink *s, const struct sql_resident_insert_in *rows, size_t n, struct err *err)
{
	struct sql_resident_facts_in *keys = ARENA_ARRAY(tx_arena(s->tx), n, struct sql_resident_facts_in);
	struct sql_resident_upsert_in *in = ARENA_ARRAY(tx_arena(s->tx), n, struct sql_resident_upsert_in);
	struct sql_resident_facts *old = ARENA_ARRAY(tx_arena(s->tx), n, struct sql_resident_facts);
	bool *found = ARENA_ARRAY(tx_arena(s->tx), n, bool);
	if (!keys || !in || !old || !found)
		return FAIL(err, RC_LIMIT, "Memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		keys[i].resident_key = rows[i].resident_key;
	memcpy(in, rows, n * sizeof *in);
	TRY(sql_resident_facts(s->tx, keys, n, old, found, err));
	TRY(sql_resident_upsert(s->tx, in, n, err));
	for (size_t i = 0; i < n; i++) {
		if (found[i])
			count(s, old[i].facts, -1);
		count(s, rows[i].facts, 1);
		s->counts.updated += found[i];
		s->counts.inserted += !found[i];
	}
	return RC_OK;
}

static enum rc upsert_block(struct sink *s, const struct block *b, struct err *err)
{
	for (size_t at = 0; at < b->n; at += UPSERT_BATCH)
		TRY(upsert_batch(s, b->rows + at, b->n - at < UPSERT_BATCH ? b->n - at : UPSERT_BATCH, err));
	return RC_OK;
}

static enum rc store_block(struct sink *s, const struct block *b, struct err *err)
{
	if (!s->tx)
		TRY(tx_begin(s->store, TX_WRITE, &s->tx, err));
	TRY(b->upsert ? upsert_block(s, b, err) : insert_block(s, b, err));
	if (++s->blocks_in_tx < COMMIT_BLOCKS)
		return RC_OK;
	s->blocks_in_tx = 0;
	return tx_commit(&s->tx, err);
}

static void *run(void *arg)
{
	struct sink *s = arg;
	void *item;
	while (queue_take(s->full, &item) == RC_OK) {
		struct block *b = item;
		if (s->rc == RC_OK)
			s->rc = store_block(s, b, &s->err);
		if (s->rc != RC_OK)
			atomic_store(&s->failed, true);
		if (queue_put(s->empty, b) != RC_OK)
			break; /* cannot be: there is a place for every block */
	}
	if (s->rc == RC_OK && s->tx)
		s->rc = tx_commit(&s->tx, &s->err);
	tx_rollback(&s->tx);
	return NULL;
}

static enum rc join(struct sink *s, struct err *err)
{
	if (s->threaded) {
		queue_close(s->full);
		pthread_join(s->thread, NULL);
		s->threaded = false;
	}
	if (s->rc != RC_OK && err)
		*err = s->err;
	return s->rc;
}

/* ---- opening ---- */

static enum rc meta_of_live(struct store *store, struct view *view, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(store, TX_READ, &tx, err));
	TRY(view_meta(tx, &view->meta, err));
	return view_dictionaries(tx, view, err);
}

/* A file of its own. A delta goes on from what is in use; of anything else only the
 * generation matters, and a broken registry may simply be replaced. */
static enum rc open_bulk(struct sink *s, struct err *err)
{
	struct store *live;
	s->store = bulk_store(s->bulk);
	enum rc rc = store_open_frozen(s->url, &live, err);
	if (rc == RC_OK) {
		rc = meta_of_live(live, &s->view, err);
		store_close(live);
	}
	if (s->delta)
		return rc;
	int64_t generation = rc == RC_OK ? s->view.meta.generation : 0;
	view_free(&s->view);
	view_init(&s->view);
	s->view.meta.generation = generation;
	return RC_OK;
}

/* Loads on one database come one after another: the row lock of a transaction that
 * stays open until the sink is closed, or its process is gone. */
static enum rc turn_take(struct sink *s, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(s->store, TX_WRITE, &tx, err));
	TRY(sql_registry_turn_make(tx, NULL, err));
	TRY(tx_commit(&tx, err));
	TRY(tx_begin(s->store, TX_WRITE, &s->turn, err));
	s->kept_us = -KEEP_US;
	return sink_keep(s, err);
}

enum rc sink_keep(struct sink *s, struct err *err)
{
	struct sql_registry_turn_take row;
	int64_t now_us = clock_steady_us();
	if (!s->turn || now_us - s->kept_us < KEEP_US)
		return RC_OK;
	s->kept_us = now_us;
	return sql_registry_turn_take(s->turn, &row, err);
}

static enum rc slot_clear(struct sink *s, int64_t slot, struct err *err)
{
	int64_t changed = 0;
	struct sql_resident_clear_in in = {.first = slot * VIEW_SLOT, .before = (slot + 1) * VIEW_SLOT};
	do {
		TX_AUTO *tx = NULL;
		TRY(sink_keep(s, err));
		TRY(tx_begin(s->store, TX_WRITE, &tx, err));
		TRY(sql_resident_clear(tx, in, &changed, err));
		TRY(tx_commit(&tx, err));
	} while (changed);
	return RC_OK;
}

/* One page of the live slot after the other; where the last one ended is read back. */
static enum rc slot_copy(struct sink *s, struct err *err)
{
	int64_t from = s->view.meta.slot, shift = (s->slot - from) * VIEW_SLOT, changed = 0;
	struct sql_resident_copy_in in = {.shift = shift, .after = from * VIEW_SLOT, .before = (from + 1) * VIEW_SLOT};
	do {
		TX_AUTO *tx = NULL;
		struct sql_resident_last last;
		struct sql_resident_last_in copied = {.first = s->slot * VIEW_SLOT, .before = (s->slot + 1) * VIEW_SLOT};
		TRY(sink_keep(s, err));
		TRY(tx_begin(s->store, TX_WRITE, &tx, err));
		TRY(sql_resident_copy(tx, in, &changed, err));
		TRY(sql_resident_last(tx, copied, &last, err));
		TRY(tx_commit(&tx, err));
		in.after = last.resident_key - shift;
	} while (changed);
	return RC_OK;
}

static enum rc open_slot(struct sink *s, struct err *err)
{
	static const struct schema *const schemas[] = {&registry_schema};
	TRY(store_open(s->url, &s->own, err));
	s->store = s->own;
	TRY(store_migrate(s->store, schemas, 1, day_begin_us(s->as_of), err));
	TRY(turn_take(s, err));
	enum rc rc = meta_of_live(s->store, &s->view, err);
	if (rc == RC_ABSENT && !s->delta)
		rc = RC_OK;
	TRY(rc);
	if (s->view.meta.generation)
		s->slot = 1 - s->view.meta.slot;
	TRY(slot_clear(s, s->slot, err));
	return s->delta ? slot_copy(s, err) : RC_OK;
}

static enum rc open_target(struct sink *s, struct err *err)
{
	static const struct schema *const schemas[] = {&registry_schema};
	enum rc rc = bulk_begin(s->url, s->delta, &s->bulk, err);
	if (rc == RC_REFUSED)
		return open_slot(s, err);
	TRY(rc);
	TRY(store_migrate(bulk_store(s->bulk), schemas, 1, day_begin_us(s->as_of), err));
	return open_bulk(s, err);
}

static enum rc start(struct sink *s, struct err *err)
{
	TRY(queue_open(BLOCKS + 1, &s->full, err));
	TRY(queue_open(BLOCKS + 1, &s->empty, err));
	for (int i = 0; i < BLOCKS; i++) {
		struct block *b = ARENA_NEW(&s->arena, struct block);
		if (!b || queue_put(s->empty, b) != RC_OK)
			return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	}
	if (pthread_create(&s->thread, NULL, run, s) != 0)
		return FAIL(err, RC_BROKEN, "Utas kerja tidak dapat dijalankan");
	s->threaded = true;
	return RC_OK;
}

static enum rc open_all(struct sink *s, struct err *err)
{
	TRY(open_target(s, err));
	s->words_stored = s->view.words.n;
	s->regions_stored = s->view.regions.n;
	if (s->view.words.n == 0)
		TRY(intake_begin(&s->view, err));
	if (s->delta) {
		const struct sql_registry_meta_find *m = &s->view.meta;
		s->counts = (struct sink_counts){.by_status = {m->active, m->deceased, m->doubled, m->nonactive}};
	}
	return start(s, err);
}

enum rc sink_open(const char *url, bool delta, struct day as_of, struct sink **ret, struct err *err)
{
	struct arena arena;
	*ret = NULL;
	if (strlen(url) >= URL_MAX)
		return FAIL(err, RC_INVALID, "Alamat basis data terlalu panjang");
	arena_init(&arena, ARENA_MAX);
	struct sink *s = ARENA_NEW(&arena, struct sink);
	if (!s)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	s->arena = arena; /* it lives in the arena it owns */
	memcpy(s->url, url, strlen(url) + 1);
	s->delta = delta;
	s->as_of = as_of;
	view_init(&s->view);
	enum rc rc = open_all(s, err);
	if (rc != RC_OK) {
		sink_close(s);
		return rc;
	}
	*ret = s;
	return RC_OK;
}

void sink_close(struct sink *sink)
{
	if (!sink)
		return;
	(void)!join(sink, NULL);
	if (sink->full)
		queue_free(sink->full);
	if (sink->empty)
		queue_free(sink->empty);
	bulk_abandon(&sink->bulk);
	tx_rollback(&sink->turn);
	store_close(sink->own);
	view_free(&sink->view);
	struct arena arena = sink->arena;
	arena_free(&arena);
}

struct view *sink_view(struct sink *sink)
{
	return &sink->view;
}

/* ---- filling ---- */

static enum rc hand_over(struct sink *s, struct err *err)
{
	struct block *b = s->filling;
	s->filling = NULL;
	if (b && queue_put_wait(s->full, b) != RC_OK)
		return FAIL(err, RC_BROKEN, "Pemuatan data terhenti");
	return atomic_load(&s->failed) ? join(s, err) : RC_OK;
}

static struct str keep(struct block *b, struct str s)
{
	char *at = b->text + b->text_n;
	if (s.n)
		memcpy(at, s.at, s.n);
	b->text_n += s.n;
	return str_from(at, s.n);
}

/* A block of this kind with room for one more. */
static enum rc room(struct sink *s, bool upsert, struct err *err)
{
	struct block *b = s->filling;
	bool fits = b && b->upsert == upsert && b->n < SINK_BLOCK &&
	            b->text_n + RESIDENT_NAME_MAX + RESIDENT_ADDRESS_MAX <= BLOCK_TEXT;
	if (fits)
		return RC_OK;
	void *item;
	TRY(hand_over(s, err));
	if (queue_take(s->empty, &item) != RC_OK)
		return FAIL(err, RC_BROKEN, "Pemuatan data terhenti");
	b = s->filling = item;
	b->n = b->text_n = 0;
	b->upsert = upsert;
	return RC_OK;
}

static enum rc put(struct sink *s, const struct resident *r, bool upsert, struct err *err)
{
	assert(r->name.n <= RESIDENT_NAME_MAX && r->address.n <= RESIDENT_ADDRESS_MAX);
	TRY(room(s, upsert, err));
	struct block *b = s->filling;
	b->rows[b->n++] = (struct sql_resident_insert_in){
		.resident_key = view_key(s->slot, r->nik),
		.kk = r->kk,
		.name = keep(b, r->name),
		.address = keep(b, r->address),
		.facts = resident_facts(r),
		.birthplace_id = r->birthplace_id,
		.job_id = r->job_id,
		.region_id = r->region_id,
	};
	return RC_OK;
}

enum rc sink_insert(struct sink *sink, const struct resident *r, struct err *err)
{
	return put(sink, r, false, err);
}

enum rc sink_upsert(struct sink *sink, const struct resident *r, struct err *err)
{
	return put(sink, r, true, err);
}

/* ---- publishing ---- */

#define DICT_BATCH 500

static enum rc words_store(struct sink *s, struct tx *tx, struct err *err)
{
	struct sql_word_insert_in in[DICT_BATCH];
	while (s->words_stored < s->view.words.n) {
		size_t n = 0;
		for (; n < DICT_BATCH && s->words_stored < s->view.words.n; n++) {
			int32_t id = (int32_t)++s->words_stored;
			in[n] = (struct sql_word_insert_in){.word_id = id, .word = dict_text(&s->view.words, id)};
		}
		TRY(sql_word_insert(tx, in, n, err));
	}
	return RC_OK;
}

static enum rc regions_store(struct sink *s, struct tx *tx, struct err *err)
{
	struct sql_region_insert_in in[DICT_BATCH];
	while (s->regions_stored < s->view.regions.n) {
		size_t n = 0;
		for (; n < DICT_BATCH && s->regions_stored < s->view.regions.n; n++) {
			int32_t id = (int32_t)++s->regions_stored;
			struct str names = dict_text(&s->view.regions, id), code = str_split(&names, '\t');
			in[n] = (struct sql_region_insert_in){.region_id = id, .names = names};
			TRY(str_int(code, 0, INT64_C(9999999999), &in[n].code));
		}
		TRY(sql_region_insert(tx, in, n, err));
	}
	return RC_OK;
}

static enum rc meta_put(const struct sink *s, struct tx *tx, struct err *err)
{
	const int64_t *n = s->counts.by_status;
	return sql_registry_meta_put(tx,
	                             (struct sql_registry_meta_put_in){.format = VIEW_FORMAT,
	                                                               .generation = s->view.meta.generation + 1,
	                                                               .slot = s->slot,
	                                                               .as_of_day = s->as_of.n,
	                                                               .active = n[STATUS_ACTIVE],
	                                                               .deceased = n[STATUS_DECEASED],
	                                                               .doubled = n[STATUS_DOUBLE],
	                                                               .nonactive = n[STATUS_NONACTIVE]},
	                             NULL, err);
}

static enum rc finish(struct sink *s, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(s->store, TX_WRITE, &tx, err));
	TRY(words_store(s, tx, err));
	TRY(regions_store(s, tx, err));
	TRY(meta_put(s, tx, err));
	return tx_commit(&tx, err);
}

enum rc sink_publish(struct sink *sink, struct sink_counts *ret, struct err *err)
{
	TRY(hand_over(sink, err));
	TRY(join(sink, err));
	TRY(finish(sink, err));
	*ret = sink->counts;
	if (sink->bulk)
		return bulk_publish(&sink->bulk, err);
	/* The old slot is nobody's any more; if it cannot be emptied now, the next load does. */
	(void)!slot_clear(sink, 1 - sink->slot, NULL);
	return RC_OK;
}
