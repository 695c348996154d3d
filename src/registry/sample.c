/* SPDX-License-Identifier: EUPL-1.2
 * registry/sample.c - load_sample() of load.h: a few NIKs of each outcome, for the
 * demo. It walks the whole registry once and keeps a fair choice (reservoir
 * sampling), always the same one. */
#include "registry/chance.h"
#include "registry/load.h"
#include "registry/resident.h"
#include "registry/view.h"
#include "store/bulk.h"

#define SEED 33
#define SERIAL_FIRST 9900
#define SERIALS 100

struct sample {
	enum outcome outcome; /* 13: of anybody, to look for gaps beside them */
	struct chance chance;
	struct nik *chosen;
	size_t n, max;
	int64_t seen, slot;
};

static void consider(struct sample *s, const struct sql_resident_page *row)
{
	enum outcome outcome = resident_outcome(resident_facts_status(row->facts));
	if (s->outcome != OUTCOME_ABSENT && outcome != s->outcome)
		return;
	struct nik nik = {row->resident_key - s->slot * VIEW_SLOT};
	s->seen++;
	if (s->n < s->max) {
		s->chosen[s->n++] = nik;
		return;
	}
	size_t at = (size_t)(chance_next(&s->chance) % (uint64_t)s->seen);
	if (at < s->max)
		s->chosen[at] = nik;
}

/* A transaction a page: what it returns stays in its arena. */
static enum rc page(struct store *store, struct sample *s, int64_t *after, size_t *ret_n, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_resident_page_rows rows;
	TRY(tx_begin(store, TX_READ, &tx, err));
	TRY(sql_resident_page(
		tx, (struct sql_resident_page_in){.after = *after, .before = (s->slot + 1) * VIEW_SLOT}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		consider(s, &rows.at[i]);
	if (rows.n)
		*after = rows.at[rows.n - 1].resident_key;
	*ret_n = rows.n;
	return RC_OK;
}

/* The same day and region, the first serial nobody has; 0: all are taken. */
static enum rc neighbour(struct tx *tx, const struct sample *s, struct nik nik, struct chance *chance, struct nik *ret,
                         struct err *err)
{
	struct sql_resident_facts_in in[SERIALS];
	struct sql_resident_facts row[SERIALS];
	bool found[SERIALS];
	int first = chance_below(chance, SERIALS);
	for (int i = 0; i < SERIALS; i++) {
		struct nik other = {nik.n / 10000 * 10000 + SERIAL_FIRST + (first + i) % SERIALS};
		in[i].resident_key = view_key(s->slot, other);
	}
	TRY(sql_resident_facts(tx, in, SERIALS, row, found, err));
	*ret = (struct nik){0};
	for (int i = 0; i < SERIALS && !ret->n; i++)
		if (!found[i])
			ret->n = in[i].resident_key - s->slot * VIEW_SLOT;
	return RC_OK;
}

static bool is_chosen(const struct sample *s, size_t n, struct nik nik)
{
	for (size_t i = 0; i < n; i++)
		if (s->chosen[i].n == nik.n)
			return true;
	return false;
}

static enum rc to_absent(struct store *store, struct sample *s, struct err *err)
{
	TX_AUTO *tx = NULL;
	size_t kept = 0;
	TRY(tx_begin(store, TX_READ, &tx, err));
	for (size_t i = 0; i < s->n; i++) {
		struct nik other;
		TRY(neighbour(tx, s, s->chosen[i], &s->chance, &other, err));
		if (other.n && !is_chosen(s, kept, other))
			s->chosen[kept++] = other;
	}
	s->n = kept;
	return RC_OK;
}

static enum rc slot_in_use(struct store *store, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_registry_meta_find meta;
	TRY(tx_begin(store, TX_READ, &tx, err));
	TRY(view_meta(tx, &meta, err));
	*ret = meta.slot;
	return RC_OK;
}

static enum rc choose(struct store *store, struct sample *s, struct err *err)
{
	TRY(slot_in_use(store, &s->slot, err));
	int64_t after = s->slot * VIEW_SLOT;
	size_t n;
	do
		TRY(page(store, s, &after, &n, err));
	while (n);
	return s->outcome == OUTCOME_ABSENT ? to_absent(store, s, err) : RC_OK;
}

enum rc load_sample(const char *url, enum outcome outcome, struct nik *ret, size_t n, size_t *ret_n, struct err *err)
{
	struct store *store;
	struct sample s = {.outcome = outcome, .chance = {SEED}, .chosen = ret, .max = n};
	*ret_n = 0;
	TRY(store_open_frozen(url, &store, err));
	enum rc rc = choose(store, &s, err);
	store_close(store);
	*ret_n = s.n;
	return rc;
}
