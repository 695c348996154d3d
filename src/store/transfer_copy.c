/* SPDX-License-Identifier: EUPL-1.2
 * store/transfer_copy.c - see transfer.h: the pages.
 *
 * A page holds as many rows as come to some megabytes: it grows while rows are small and
 * shrinks when they are not, so that memory is bounded by the largest row and not by the
 * table. Reading goes on behind the highest key of the page before, in a transaction of
 * its own, which nobody else's writing could disturb: there is nobody. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/driver.h"
#include "store/transfer.h"
#include "store/transfer_table.h"

#define PAGE_FIRST 64
#define PAGE_ROWS_MAX 8192
#define PAGE_FEW ((int64_t)4 << 20) /* bytes; fewer, and the next page has twice the rows */
#define PAGE_MANY ((int64_t)12 << 20)
#define KEY_BYTES_MAX ((size_t)64 << 10)
#define CATALOGUE_MAX ((size_t)4 << 20)

struct transfer {
	struct transfer_conf conf;
	struct arena arena; /* the tables and their queries */
	struct transfer_table *tables;
	size_t n;
	int64_t done, all;
};

/* How far one table was read. */
struct place {
	const struct transfer_table *table;
	struct value key[TRANSFER_KEY_MAX]; /* texts stand in `bytes` */
	struct buf bytes;
	bool begun;     /* there is a key */
	int64_t rows;   /* that a page may have */
	int64_t before; /* rows that came before the next page */
};

static void place_end(struct place *p)
{
	buf_free(&p->bytes);
}
#define PLACE_AUTO __attribute__((cleanup(place_end))) struct place

static struct place place_begin(const struct transfer_table *table)
{
	return (struct place){.table = table, .bytes = BUF(KEY_BYTES_MAX), .rows = PAGE_FIRST};
}

/* Go on behind this key. */
static enum rc place_keep(struct place *p, const struct value *const key[], struct err *err)
{
	size_t total = 0;
	for (size_t i = 0; i < p->table->key_n; i++) {
		assert(key[i]);
		if (key[i]->null)
			return FAIL(err, RC_BROKEN, "Tabel %.60s: kunci yang kosong", p->table->name);
		total += key[i]->s.at ? key[i]->s.n : 0;
	}
	buf_clear(&p->bytes);
	if (!buf_room(&p->bytes, total + 1)) /* so that it does not move while views into it are made */
		return FAIL(err, RC_LIMIT, "Tabel %.60s: kunci yang terlalu panjang", p->table->name);
	for (size_t i = 0; i < p->table->key_n; i++) {
		assert(key[i]);
		p->key[i] = *key[i];
		if (p->table->types[p->table->key[i]] == 'I')
			continue;
		p->key[i].s.at = p->bytes.at + p->bytes.n;
		buf_add(&p->bytes, str_from(key[i]->s.n ? key[i]->s.at : "", key[i]->s.n));
	}
	p->begun = true;
	return RC_OK;
}

static enum rc place_keep_row(struct place *p, const struct value *row, struct err *err)
{
	const struct value *key[TRANSFER_KEY_MAX] = {0};
	for (size_t i = 0; i < p->table->key_n; i++)
		key[i] = &row[p->table->key[i]];
	return place_keep(p, key, err);
}

/* ---- pages ---- */

static int64_t bytes_of(const struct transfer_table *t, const struct value *at, size_t n)
{
	int64_t bytes = 0;
	for (size_t i = 0; i < n * t->columns_n; i++)
		bytes += at[i].null ? 0 : t->types[i % t->columns_n] == 'I' ? 8 : (int64_t)at[i].s.n;
	return bytes;
}

static enum rc page_query(struct tx *tx, const struct place *p, struct value **ret, size_t *ret_n, struct err *err)
{
	struct value in[TRANSFER_KEY_MAX + 1];
	size_t n = p->begun ? p->table->key_n : 0;
	for (size_t i = 0; i < n; i++)
		in[i] = p->key[i];
	in[n] = (struct value){.i = p->rows};
	return query_many(tx, p->begun ? &p->table->next : &p->table->first, in, (size_t)p->rows, ret, ret_n, err);
}

/* The rows stand in the arena of *ret_tx. A page that does not fit is asked for anew, smaller. */
static enum rc page_read(struct store *store, enum tx_mode mode, struct place *p, struct tx **ret_tx, struct value **ret,
                         size_t *ret_n, struct err *err)
{
	for (;;) {
		TRY(tx_begin(store, mode, ret_tx, err));
		enum rc rc = page_query(*ret_tx, p, ret, ret_n, err);
		if (rc != RC_LIMIT || p->rows == 1)
			return rc;
		tx_rollback(ret_tx);
		p->rows = p->rows > 8 ? p->rows / 8 : 1;
	}
}

static void page_resize(struct place *p, int64_t bytes)
{
	if (bytes < PAGE_FEW && p->rows < PAGE_ROWS_MAX)
		p->rows *= 2;
	else if (bytes > PAGE_MANY && p->rows > 1)
		p->rows /= 2;
}

static void tell(struct transfer *x, const struct place *p, size_t n)
{
	x->done += (int64_t)n;
	if (x->conf.progress)
		x->conf.progress(x->conf.arg, p->table->name, x->done, x->all);
}

static enum rc page_move(struct transfer *x, struct place *p, struct transfer_result *sum, size_t *ret_n, struct err *err)
{
	TX_AUTO *from = NULL;
	TX_AUTO *to = NULL;
	struct value *rows;
	TRY(page_read(x->conf.from, TX_READ, p, &from, &rows, ret_n, err));
	if (*ret_n == 0)
		return RC_OK;
	struct transfer_page page = {p->table, rows, *ret_n, p->before};
	TRY(tx_begin(x->conf.to, TX_WRITE, &to, err));
	TRY(to->driver->transfer->load(to, &page, err));
	TRY(tx_commit(&to, err));
	TRY(place_keep_row(p, rows + (*ret_n - 1) * p->table->columns_n, err));
	int64_t bytes = bytes_of(p->table, rows, *ret_n);
	p->before += (int64_t)*ret_n;
	sum->rows += (int64_t)*ret_n;
	sum->bytes += bytes;
	page_resize(p, bytes);
	tell(x, p, *ret_n);
	return RC_OK;
}

/* ---- copying ---- */

static enum rc count_rows(struct store *store, enum tx_mode mode, const struct transfer_table *t, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct value out = {0};
	TRY(tx_begin(store, mode, &tx, err));
	TRY(query_one(tx, &t->count, NULL, &out, err));
	*ret = out.i;
	return RC_OK;
}

static enum rc count_all(struct transfer *x, struct err *err)
{
	x->done = x->all = 0;
	for (size_t i = 0; i < x->n; i++) {
		int64_t rows;
		TRY(count_rows(x->conf.from, TX_READ, &x->tables[i], &rows, err));
		x->all += rows;
	}
	return RC_OK;
}

/* What an earlier run brought over is there up to the target's highest key. */
static enum rc take_up(struct transfer *x, struct place *p, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct value key[TRANSFER_KEY_MAX];
	const struct value *at[TRANSFER_KEY_MAX] = {0};
	TRY(count_rows(x->conf.to, TX_WRITE, p->table, &p->before, err));
	if (p->before == 0)
		return RC_OK;
	TRY(tx_begin(x->conf.to, TX_WRITE, &tx, err));
	TRY(query_one(tx, &p->table->last, NULL, key, err));
	for (size_t i = 0; i < p->table->key_n; i++)
		at[i] = &key[i];
	tell(x, p, (size_t)p->before);
	return place_keep(p, at, err);
}

static enum rc settle(struct transfer *x, const struct transfer_table *t, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(x->conf.to, TX_WRITE, &tx, err));
	TRY(tx->driver->transfer->settle(tx, t, err));
	return tx_commit(&tx, err);
}

static enum rc table_copy(struct transfer *x, const struct transfer_table *t, struct transfer_result *sum, struct err *err)
{
	PLACE_AUTO p = place_begin(t);
	size_t n;
	TRY(take_up(x, &p, err));
	do {
		TRY(page_move(x, &p, sum, &n, err));
	} while (n);
	sum->tables++;
	return settle(x, t, err);
}

enum rc transfer_copy(struct transfer *x, struct transfer_result *ret, struct err *err)
{
	*ret = (struct transfer_result){0};
	TRY(count_all(x, err));
	for (size_t i = 0; i < x->n; i++)
		TRY(table_copy(x, &x->tables[i], ret, err));
	return RC_OK;
}

/* ---- comparing ---- */

static bool value_same(char type, const struct value *a, const struct value *b)
{
	if (a->null || b->null)
		return a->null && b->null;
	return type == 'I' ? a->i == b->i : str_eq(a->s, b->s);
}

static bool row_same(const struct transfer_table *t, const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (!value_same(t->types[i], &a[i], &b[i]))
			return false;
	return true;
}

static enum rc page_compare(struct transfer *x, struct place *p, struct transfer_result *sum, size_t *ret_n, struct err *err)
{
	TX_AUTO *from = NULL;
	TX_AUTO *to = NULL;
	struct value *a, *b;
	size_t other, same = 0;
	const struct transfer_table *t = p->table;
	TRY(page_read(x->conf.from, TX_READ, p, &from, &a, ret_n, err));
	TRY(page_read(x->conf.to, TX_WRITE, p, &to, &b, &other, err));
	*ret_n = *ret_n > (size_t)p->rows ? (size_t)p->rows : *ret_n; /* that one had to ask for fewer */
	while (same < *ret_n && same < other && row_same(t, a + same * t->columns_n, b + same * t->columns_n))
		same++;
	if (same < *ret_n || same < other)
		return FAIL(err, RC_REFUSED, "Sumber dan tujuan berbeda: tabel %.60s, baris ke-%lld menurut kunci", t->name,
		            (long long)(p->before + (int64_t)same + 1));
	if (same == 0)
		return RC_OK;
	TRY(place_keep_row(p, a + (same - 1) * t->columns_n, err));
	int64_t bytes = bytes_of(t, a, same);
	p->before += (int64_t)same;
	sum->rows += (int64_t)same;
	sum->bytes += bytes;
	page_resize(p, bytes);
	tell(x, p, same);
	return RC_OK;
}

static enum rc table_compare(struct transfer *x, const struct transfer_table *t, struct transfer_result *sum, struct err *err)
{
	PLACE_AUTO p = place_begin(t);
	size_t n;
	do {
		TRY(page_compare(x, &p, sum, &n, err));
	} while (n);
	sum->tables++;
	return RC_OK;
}

enum rc transfer_compare(struct transfer *x, struct transfer_result *ret, struct err *err)
{
	*ret = (struct transfer_result){0};
	TRY(count_all(x, err));
	for (size_t i = 0; i < x->n; i++)
		TRY(table_compare(x, &x->tables[i], ret, err));
	return RC_OK;
}

/* ---- opening ---- */

static enum rc read_catalogue(struct transfer *x, struct store *store, enum tx_mode mode, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(store, mode, &tx, err));
	return tx->driver->transfer->catalogue(tx, &x->arena, &x->tables, &x->n, err);
}

enum rc transfer_open(const struct transfer_conf *conf, struct transfer **ret, struct err *err)
{
	*ret = NULL;
	bool from = conf->from->driver->transfer->catalogue != NULL;
	if (from == (conf->to->driver->transfer->catalogue != NULL))
		return FAIL(err, RC_REFUSED, "Sumber dan tujuan sejenis; gunakan alat cadangan basis datanya");
	struct transfer *x = calloc(1, sizeof *x);
	if (!x)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	x->conf = *conf;
	arena_init(&x->arena, CATALOGUE_MAX);
	enum rc rc = from ? read_catalogue(x, conf->from, TX_READ, err) : read_catalogue(x, conf->to, TX_WRITE, err);
	if (rc != RC_OK) {
		transfer_close(x);
		return rc;
	}
	*ret = x;
	return RC_OK;
}

void transfer_close(struct transfer *x)
{
	if (!x)
		return;
	arena_free(&x->arena);
	free(x);
}
