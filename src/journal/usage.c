/* SPDX-License-Identifier: EUPL-1.2
 * journal/usage.c - see usage.h: the sums, and what was not counted yet. (Counting: count.c.) */
#include "journal/usage.h"

#include <stdlib.h>

#include "journal/order.h"
#include "journal/tail.h"
#include "store/store.h"

#define GROUPS_MAX 4096 /* of day, method and outcome that were not counted yet */

struct reading {
	struct usage_ask ask;
	struct arena *arena;
	struct usage_row *rows;
	size_t n, max;
};

static enum rc too_much(struct err *err)
{
	return FAIL(err, RC_LIMIT, "rentang hari ini memuat terlalu banyak");
}

static enum rc keep_sums(struct reading *r, const struct sql_usage_of_rows *rows, struct err *err)
{
	r->max = rows->n + GROUPS_MAX;
	r->rows = ARENA_ARRAY(r->arena, r->max, struct usage_row);
	if (!r->rows)
		return too_much(err);
	for (size_t i = 0; i < rows->n; i++)
		r->rows[r->n++] = (struct usage_row){.day = {(int32_t)rows->at[i].day},
		                                     .method = arena_str(r->arena, rows->at[i].method),
		                                     .outcome = arena_str(r->arena, rows->at[i].outcome),
		                                     .n = rows->at[i].n,
		                                     .repeats = rows->at[i].repeats};
	return RC_OK;
}

static enum rc read_sums(struct reading *r, struct store *office, struct tail *tail, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_usage_of_rows rows;
	struct sql_usage_of_in in = {r->ask.instansi_id, r->ask.first.n, r->ask.last.n};
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tail_begin(tx, tail, err));
	TRY(sql_usage_of(tx, in, &rows, err));
	return keep_sums(r, &rows, err);
}

/* Its row, made when there was none; NULL: no room. What is new is most likely of the last. */
static struct usage_row *row_of(struct reading *r, struct day day, struct str method, struct str outcome)
{
	for (size_t i = r->n; i-- > 0;) {
		struct usage_row *row = &r->rows[i];
		if (row->day.n == day.n && str_eq(row->method, method) && str_eq(row->outcome, outcome))
			return row;
	}
	if (r->n == r->max)
		return NULL;
	r->rows[r->n] = (struct usage_row){day, arena_str(r->arena, method), arena_str(r->arena, outcome), 0, 0};
	return &r->rows[r->n++];
}

static enum rc take(void *arg, int64_t entry_id, const struct line *line, struct err *err)
{
	struct reading *r = arg;
	struct day day = day_of_us(line->time_us);
	(void)entry_id;
	if (day.n < r->ask.first.n || day.n > r->ask.last.n)
		return RC_OK;
	struct str method = line->method.at ? line->method : S("");
	struct usage_row *row = row_of(r, day, method, line->outcome);
	if (!row)
		return too_much(err);
	row->n++;
	row->repeats += line->repeat;
	return RC_OK;
}

static int order_rows(const void *left, const void *right)
{
	const struct usage_row *a = left, *b = right;
	int order = order_ints(a->day.n, b->day.n);
	if (!order)
		order = order_texts(a->method, b->method);
	return order ? order : order_texts(a->outcome, b->outcome);
}

enum rc usage_read(struct store *office, struct usage_ask ask, struct arena *arena, struct usage_row **ret, size_t *ret_n,
                   struct err *err)
{
	struct tail tail;
	struct reading r = {.ask = ask, .arena = arena};
	struct tail_reader reader = {.instansi_id = ask.instansi_id, .take = take, .arg = &r};
	TRY(read_sums(&r, office, &tail, err));
	TRY(tail_each(office, &tail, &reader, err));
	qsort(r.rows, r.n, sizeof *r.rows, order_rows);
	*ret = r.rows;
	*ret_n = r.n;
	return arena->broken ? too_much(err) : RC_OK;
}
