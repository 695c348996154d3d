/* SPDX-License-Identifier: EUPL-1.2
 * journal/history_index.c - see history.h: entries into the index, and how often one may ask.
 * A bite is sorted before it is written, so that entries which share a leaf of the tree touch it once. */
#include <stdlib.h>

#include "journal/archive.h"
#include "journal/history_inside.h"
#include "journal/order.h"
#include "journal/tile.h"
#include "store/store.h"

#define BITE 256 /* entries at once, inside a tray: each dirties a page of its own (doc/decision/0038) */

static int order_rows(const void *left, const void *right)
{
	const struct sql_history_add_in *a = left, *b = right;
	int order = order_ints(a->epoch, b->epoch);
	if (!order)
		order = order_ints(a->hash8, b->hash8);
	return order ? order : order_ints(a->entry_id, b->entry_id);
}

static enum rc index_range(struct tx *tx, int64_t begin_id, int64_t end_id, struct err *err)
{
	struct sql_history_range_rows rows;
	TRY(sql_history_range(tx, (struct sql_history_range_in){.begin_id = begin_id, .end_id = end_id}, &rows, err));
	struct sql_history_add_in *add = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_history_add_in);
	if (!add)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		if (!history_is_hash(rows.at[i].nik_hash))
			return FAIL(err, RC_BROKEN, "sidik NIK pada entri jurnal tidak berbentuk baku");
		add[i] = (struct sql_history_add_in){.epoch = epoch_of_us(rows.at[i].time_us),
		                                     .hash8 = history_hash8((const unsigned char *)rows.at[i].nik_hash.at),
		                                     .entry_id = rows.at[i].entry_id};
	}
	if (rows.n == 0)
		return RC_OK;
	qsort(add, rows.n, sizeof *add, order_rows);
	return sql_history_add(tx, add, rows.n, err);
}

static enum rc index_log(struct tx *tx, const struct sql_history_log_each *log, bool *ret_more, struct err *err)
{
	int64_t moved, end = log->size - log->upto > BITE ? log->upto + BITE : log->size;
	int id = (int)log->log_id;
	struct sql_history_log_move_in move = {.log_id = id, .from = log->upto, .upto = end};
	TRY(archive_not_behind(tx, id, log->upto, err));
	TRY(sql_history_log_make(tx, (struct sql_history_log_make_in){.log_id = id}, NULL, err));
	TRY(sql_history_log_move(tx, move, &moved, err));
	if (moved != 1)
		return FAIL(err, RC_CONFLICT, "riwayat akses sedang disusun oleh simpul lain");
	*ret_more = *ret_more || end < log->size;
	return index_range(tx, number_of(id, log->upto), number_of(id, end), err);
}

/* ---- months without a key ---- */

static enum rc drop_of(struct tx *tx, int epoch, size_t *ret_n, struct err *err)
{
	struct sql_history_of_month_rows rows;
	TRY(sql_history_of_month(tx, (struct sql_history_of_month_in){.epoch = epoch}, &rows, err));
	struct sql_history_drop_in *drop = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_history_drop_in);
	*ret_n = rows.n;
	if (!drop)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		drop[i] = (struct sql_history_drop_in){epoch, rows.at[i].hash8, rows.at[i].entry_id};
	return rows.n ? sql_history_drop(tx, drop, rows.n, err) : RC_OK;
}

/* A bite of what the index still says of them: nobody can look it up any more. */
static enum rc drop_destroyed(struct tx *tx, bool *ret_more, struct err *err)
{
	struct sql_history_destroyed_rows rows;
	size_t n = 0;
	TRY(sql_history_destroyed(tx, &rows, err));
	for (size_t i = 0; i < rows.n && n == 0; i++) {
		int epoch;
		struct str month = str_sub(rows.at[i].name, HISTORY_KEY_PREFIX, rows.at[i].name.n);
		if (epoch_from_str(month, &epoch) != RC_OK)
			return FAIL(err, RC_BROKEN, "nama kunci masa tidak berbentuk baku");
		TRY(drop_of(tx, epoch, &n, err));
	}
	*ret_more = n > 0;
	return RC_OK;
}

enum rc history_index(struct tx *tx, bool *ret_more, struct err *err)
{
	struct sql_history_log_each_rows logs;
	bool dropped = false;
	*ret_more = false;
	TRY(drop_destroyed(tx, &dropped, err));
	TRY(sql_history_log_each(tx, &logs, err));
	for (size_t i = 0; i < logs.n; i++)
		if (logs.at[i].upto < logs.at[i].size)
			TRY(index_log(tx, &logs.at[i], ret_more, err));
	*ret_more = *ret_more || dropped;
	return RC_OK;
}

/* ---- how often ---- */

enum rc history_made(struct tx *tx, int64_t user, struct day day, int64_t *ret, struct err *err)
{
	struct sql_history_asked_find row;
	enum rc rc = sql_history_asked_find(tx, (struct sql_history_asked_find_in){.user_no = user, .day = day.n}, &row, err);
	*ret = rc == RC_OK ? row.n : 0;
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc too_often(int64_t most, struct err *err)
{
	return FAIL(err, RC_REFUSED, "Batas %lld pencarian riwayat sehari telah tercapai.", (long long)most);
}

/* The row is locked by being written to; who came second undoes it with the rest. */
enum rc history_ask_once(struct tx *tx, int64_t user, struct day day, int64_t most, int64_t *ret_n, struct err *err)
{
	struct sql_history_asked_add now;
	int64_t made;
	TRY(history_made(tx, user, day, &made, err));
	if (made >= most)
		return too_often(most, err);
	TRY(sql_history_asked_add(tx, (struct sql_history_asked_add_in){.user_no = user, .day = day.n}, &now, err));
	*ret_n = now.n;
	return now.n <= most ? RC_OK : too_often(most, err);
}

enum rc history_asked(struct tx *tx, struct day day, struct history_day *ret, struct err *err)
{
	struct sql_history_asked_day row;
	TRY(sql_history_asked_day(tx, (struct sql_history_asked_day_in){.day = day.n}, &row, err));
	*ret = (struct history_day){.n = row.n, .users = row.users};
	return RC_OK;
}
