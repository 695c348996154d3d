/* SPDX-License-Identifier: EUPL-1.2
 * journal/count.c - see usage.h: entries into sums, and into the lists of user ids. A bite is
 * sorted before it is written: what belongs together is added up first, and one leaf of an
 * index takes all that a bite has for it. */
#include <stdlib.h>

#include "journal/archive.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/order.h"
#include "journal/spread.h"
#include "journal/tile.h"
#include "journal/usage.h"
#include "journal/usage.sql.h"
#include "store/store.h"

#define BITE 512 /* entries counted at once, inside a tray */

static struct str text_or_none(struct str s)
{
	return s.at ? s : S("");
}

/* ---- the sums ---- */

static struct sql_usage_add_in sum_of(const struct line *line)
{
	return (struct sql_usage_add_in){.instansi_id = line->instansi_id,
	                                 .day = day_of_us(line->time_us).n,
	                                 .user_no = line->user,
	                                 .method = text_or_none(line->method),
	                                 .outcome = text_or_none(line->outcome),
	                                 .ground = text_or_none(line->ground),
	                                 .kejadian_id = line->kejadian_id,
	                                 .n = 1,
	                                 .repeats = line->repeat};
}

/* In the order of the table's key. */
static int order_sums(const void *left, const void *right)
{
	const struct sql_usage_add_in *a = left, *b = right;
	const int orders[] = {order_ints(a->instansi_id, b->instansi_id), order_ints(a->day, b->day),
	                      order_ints(a->user_no, b->user_no),         order_texts(a->method, b->method),
	                      order_texts(a->outcome, b->outcome),        order_texts(a->ground, b->ground),
	                      order_ints(a->kejadian_id, b->kejadian_id)};
	for (size_t i = 0; i < LEN(orders); i++)
		if (orders[i])
			return orders[i];
	return 0;
}

/* How many are left when what belongs together was added up. */
static size_t add_up(struct sql_usage_add_in *sums, size_t n)
{
	size_t kept = 0;
	qsort(sums, n, sizeof *sums, order_sums);
	for (size_t i = 0; i < n; i++) {
		if (kept && order_sums(&sums[kept - 1], &sums[i]) == 0) {
			sums[kept - 1].n += sums[i].n;
			sums[kept - 1].repeats += sums[i].repeats;
		} else {
			sums[kept++] = sums[i];
		}
	}
	return kept;
}

/* ---- instansi, and all of them ---- */

static struct sql_usage_agency_add_in agency_of(const struct sql_usage_add_in *row)
{
	struct spread_sum sum = spread_sum_of(row->outcome, row->n, row->repeats);
	return (struct sql_usage_agency_add_in){.days = 1,
	                                        .day = row->day,
	                                        .instansi_id = row->instansi_id,
	                                        .n = sum.inquiries,
	                                        .repeats = sum.repeats,
	                                        .hits = sum.hits,
	                                        .refused = sum.refused};
}

static struct sql_usage_agency_add_in week_of(struct sql_usage_agency_add_in day)
{
	day.days = 7;
	day.day -= day_weekday((struct day){(int32_t)day.day});
	return day;
}

static int order_agencies(const void *left, const void *right)
{
	const struct sql_usage_agency_add_in *a = left, *b = right;
	int order = order_ints(a->days, b->days);
	if (!order)
		order = order_ints(a->day, b->day);
	return order ? order : order_ints(a->instansi_id, b->instansi_id);
}

static size_t add_up_agencies(struct sql_usage_agency_add_in *rows, size_t n)
{
	size_t kept = 0;
	qsort(rows, n, sizeof *rows, order_agencies);
	for (size_t i = 0; i < n; i++) {
		if (!kept || order_agencies(&rows[kept - 1], &rows[i]) != 0) {
			rows[kept++] = rows[i];
			continue;
		}
		rows[kept - 1].n += rows[i].n;
		rows[kept - 1].repeats += rows[i].repeats;
		rows[kept - 1].hits += rows[i].hits;
		rows[kept - 1].refused += rows[i].refused;
	}
	return kept;
}

/* Rows that were added up: the days come first, in their order. */
static size_t totals_of(const struct sql_usage_agency_add_in *rows, size_t n, struct sql_usage_total_add_in *totals)
{
	size_t kept = 0;
	for (size_t i = 0; i < n && rows[i].days == 1; i++) {
		if (!kept || totals[kept - 1].day != rows[i].day)
			totals[kept++] = (struct sql_usage_total_add_in){.day = rows[i].day};
		totals[kept - 1].n += rows[i].n;
		totals[kept - 1].repeats += rows[i].repeats;
		totals[kept - 1].hits += rows[i].hits;
		totals[kept - 1].refused += rows[i].refused;
	}
	return kept;
}

static enum rc write_agencies(struct tx *tx, const struct sql_usage_add_in *sums, size_t n, struct err *err)
{
	struct sql_usage_agency_add_in *rows = ARENA_ARRAY(tx_arena(tx), 2 * n, struct sql_usage_agency_add_in);
	struct sql_usage_total_add_in *totals = ARENA_ARRAY(tx_arena(tx), n, struct sql_usage_total_add_in);
	if (!rows || !totals)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		rows[2 * i] = agency_of(&sums[i]);
		rows[2 * i + 1] = week_of(rows[2 * i]);
	}
	size_t kept = add_up_agencies(rows, 2 * n);
	TRY(sql_usage_agency_add(tx, rows, kept, err));
	return sql_usage_total_add(tx, totals, totals_of(rows, kept, totals), err);
}

/* ---- hours ---- */

static struct sql_usage_hour_add_in hour_of(const struct line *line)
{
	struct day day = day_of_us(line->time_us);
	return (struct sql_usage_hour_add_in){.instansi_id = line->instansi_id,
	                                      .day = day.n,
	                                      .hour = (line->time_us - day_begin_us(day)) / US_PER_HOUR,
	                                      .n = 1};
}

static int order_hours(const void *left, const void *right)
{
	const struct sql_usage_hour_add_in *a = left, *b = right;
	int order = order_ints(a->instansi_id, b->instansi_id);
	if (!order)
		order = order_ints(a->day, b->day);
	return order ? order : order_ints(a->hour, b->hour);
}

static size_t add_up_hours(struct sql_usage_hour_add_in *hours, size_t n)
{
	size_t kept = 0;
	qsort(hours, n, sizeof *hours, order_hours);
	for (size_t i = 0; i < n; i++) {
		if (kept && order_hours(&hours[kept - 1], &hours[i]) == 0)
			hours[kept - 1].n++;
		else
			hours[kept++] = hours[i];
	}
	return kept;
}

/* ---- the lists ---- */

static int order_own(const void *left, const void *right)
{
	const struct sql_usage_own_add_in *a = left, *b = right;
	int order = order_ints(a->user_no, b->user_no);
	if (!order)
		order = order_ints(a->time_us, b->time_us);
	return order ? order : order_ints(a->entry_id, b->entry_id);
}

/* ---- a bite ---- */

struct bite {
	struct sql_usage_add_in *sums;
	struct sql_usage_hour_add_in *hours;
	struct sql_usage_own_add_in *own;
	size_t n, own_n;
};

static enum rc bite_take(struct bite *bite, const struct sql_journal_lookup_range *row, struct err *err)
{
	struct line line;
	if (line_read(row->line, &line) != RC_OK)
		return FAIL(err, RC_BROKEN, "entri jurnal tidak berbentuk baku");
	bite->hours[bite->n] = hour_of(&line);
	bite->sums[bite->n++] = sum_of(&line);
	if (line.user > 0)
		bite->own[bite->own_n++] = (struct sql_usage_own_add_in){line.user, line.time_us, row->entry_id};
	return RC_OK;
}

static enum rc bite_write(struct tx *tx, struct bite *bite, struct err *err)
{
	if (bite->n) {
		size_t sums_n = add_up(bite->sums, bite->n);
		TRY(sql_usage_add(tx, bite->sums, sums_n, err));
		TRY(write_agencies(tx, bite->sums, sums_n, err));
		TRY(sql_usage_hour_add(tx, bite->hours, add_up_hours(bite->hours, bite->n), err));
	}
	if (bite->own_n == 0)
		return RC_OK;
	qsort(bite->own, bite->own_n, sizeof *bite->own, order_own);
	return sql_usage_own_add(tx, bite->own, bite->own_n, err);
}

static enum rc count_range(struct tx *tx, int64_t begin_id, int64_t end_id, struct err *err)
{
	struct sql_journal_lookup_range_rows rows;
	struct sql_journal_lookup_range_in in = {.begin_id = begin_id, .end_id = end_id};
	TRY(sql_journal_lookup_range(tx, in, &rows, err));
	struct bite bite = {.sums = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_usage_add_in),
	                    .hours = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_usage_hour_add_in),
	                    .own = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_usage_own_add_in)};
	if (!bite.sums || !bite.hours || !bite.own)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		TRY(bite_take(&bite, &rows.at[i], err));
	return bite_write(tx, &bite, err);
}

static enum rc count_log(struct tx *tx, const struct sql_usage_log_each *log, bool *ret_more, struct err *err)
{
	int64_t moved, end = log->size - log->upto > BITE ? log->upto + BITE : log->size;
	int id = (int)log->log_id;
	struct sql_usage_log_move_in move = {.log_id = id, .from = log->upto, .upto = end};
	TRY(archive_not_behind(tx, id, log->upto, err));
	TRY(sql_usage_log_make(tx, (struct sql_usage_log_make_in){.log_id = id}, NULL, err));
	TRY(sql_usage_log_move(tx, move, &moved, err));
	if (moved != 1)
		return FAIL(err, RC_CONFLICT, "pemakaian sedang dihitung oleh simpul lain");
	*ret_more = *ret_more || end < log->size;
	return count_range(tx, number_of(id, log->upto), number_of(id, end), err);
}

enum rc usage_count(struct tx *tx, bool *ret_more, struct err *err)
{
	struct sql_usage_log_each_rows logs;
	*ret_more = false;
	TRY(sql_usage_log_each(tx, &logs, err));
	for (size_t i = 0; i < logs.n; i++)
		if (logs.at[i].upto < logs.at[i].size)
			TRY(count_log(tx, &logs.at[i], ret_more, err));
	return RC_OK;
}
