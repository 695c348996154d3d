/* SPDX-License-Identifier: EUPL-1.2
 * journal/spread.c - see spread.h. Sums and the length of the tail are read in one
 * transaction; then each entry of the tail is put where the sums would have it. */
#include "journal/spread.h"

#include <stdlib.h>

#include "journal/order.h"
#include "journal/tail.h"
#include "store/store.h"

/* What the tail may add to what the sums have; past it the days asked for are too many. */
#define DAYS_MORE 4096
#define USERS_MORE 4096
#define WORDS_MAX 128
#define AGENCIES_MORE 4096

static enum rc too_much(struct err *err)
{
	return FAIL(err, RC_LIMIT, "rentang hari ini memuat terlalu banyak");
}

/* ---- sums ---- */

static void add_sums(struct spread_sum *sum, const struct spread_sum *more)
{
	sum->inquiries += more->inquiries;
	sum->repeats += more->repeats;
	sum->hits += more->hits;
	sum->refused += more->refused;
}

struct spread_sum spread_sum_of(struct str outcome, int64_t n, int64_t repeats)
{
	enum outcome value;
	const struct outcome_row *row = outcome_from_code(outcome, &value) == RC_OK ? outcome_get(value) : NULL;
	bool silent = str_eq(outcome, S("503"));
	struct spread_sum sum = {.inquiries = n, .repeats = repeats};
	if (row && row->hit)
		sum.hits = n - repeats;
	if (silent || (row && row->kind == OUTCOME_KIND_PARAMETER))
		sum.refused = n;
	return sum;
}

static void add_sum(struct spread_sum *sum, struct str outcome, int64_t n, int64_t repeats)
{
	struct spread_sum more = spread_sum_of(outcome, n, repeats);
	add_sums(sum, &more);
}

/* ---- of one instansi ---- */

struct reading {
	struct spread_ask ask;
	struct arena *arena;
	struct spread *out;
	size_t days_max, users_max;
};

static bool add_word(struct arena *arena, struct spread_word *words, size_t *n, struct str word, int64_t more)
{
	size_t i = 0;
	while (i < *n && !str_eq(words[i].word, word))
		i++;
	if (i == WORDS_MAX)
		return false;
	if (i == *n)
		words[(*n)++] = (struct spread_word){arena_str(arena, word), 0};
	words[i].n += more;
	return true;
}

/* What is new is most likely of the last day. */
static struct spread_day *day_at(struct reading *r, struct day day, struct str method)
{
	struct spread *out = r->out;
	for (size_t i = out->days_n; i-- > 0;)
		if (out->days[i].day.n == day.n && str_eq(out->days[i].method, method))
			return &out->days[i];
	if (out->days_n == r->days_max)
		return NULL;
	out->days[out->days_n] = (struct spread_day){.day = day, .method = arena_str(r->arena, method)};
	return &out->days[out->days_n++];
}

static struct spread_user *user_at(struct reading *r, int64_t user_no)
{
	struct spread *out = r->out;
	for (size_t i = out->users_n; i-- > 0;)
		if (out->users[i].user_no == user_no)
			return &out->users[i];
	if (out->users_n == r->users_max)
		return NULL;
	out->users[out->users_n] = (struct spread_user){.user_no = user_no};
	return &out->users[out->users_n++];
}

static enum rc add_row(struct reading *r, const struct sql_usage_of *row, struct err *err)
{
	struct spread *out = r->out;
	struct spread_day *day = day_at(r, (struct day){(int32_t)row->day}, row->method);
	if (!day || !add_word(r->arena, out->outcomes, &out->outcomes_n, row->outcome, row->n))
		return too_much(err);
	add_sum(&day->sum, row->outcome, row->n, row->repeats);
	add_sum(&out->sum, row->outcome, row->n, row->repeats);
	return RC_OK;
}

static enum rc read_days(struct reading *r, struct tx *tx, struct err *err)
{
	struct sql_usage_of_rows rows;
	TRY(sql_usage_of(tx, (struct sql_usage_of_in){r->ask.instansi_id, r->ask.first.n, r->ask.last.n}, &rows, err));
	r->days_max = rows.n + DAYS_MORE;
	r->out->days = ARENA_ARRAY(r->arena, r->days_max, struct spread_day);
	if (!r->out->days)
		return too_much(err);
	for (size_t i = 0; i < rows.n; i++)
		TRY(add_row(r, &rows.at[i], err));
	return RC_OK;
}

static enum rc read_users(struct reading *r, struct tx *tx, struct err *err)
{
	struct sql_usage_by_user_rows rows;
	TRY(sql_usage_by_user(tx, (struct sql_usage_by_user_in){r->ask.instansi_id, r->ask.first.n, r->ask.last.n}, &rows, err));
	r->users_max = rows.n + USERS_MORE;
	r->out->users = ARENA_ARRAY(r->arena, r->users_max, struct spread_user);
	if (!r->out->users)
		return too_much(err);
	for (size_t i = 0; i < rows.n; i++) {
		struct spread *out = r->out;
		bool same = out->users_n && out->users[out->users_n - 1].user_no == rows.at[i].user_no; /* they come in order */
		if (!same)
			out->users[out->users_n++] = (struct spread_user){.user_no = rows.at[i].user_no};
		add_sum(&out->users[out->users_n - 1].sum, rows.at[i].outcome, rows.at[i].n, rows.at[i].repeats);
	}
	return RC_OK;
}

static enum rc read_rest(struct reading *r, struct tx *tx, struct err *err)
{
	struct sql_usage_by_ground_rows grounds;
	struct sql_usage_by_hour_rows hours;
	struct spread *out = r->out;
	TRY(sql_usage_by_ground(tx, (struct sql_usage_by_ground_in){r->ask.instansi_id, r->ask.first.n, r->ask.last.n}, &grounds,
	                        err));
	TRY(sql_usage_by_hour(tx, (struct sql_usage_by_hour_in){r->ask.instansi_id, r->ask.first.n, r->ask.last.n}, &hours, err));
	for (size_t i = 0; i < grounds.n; i++)
		if (!add_word(r->arena, out->grounds, &out->grounds_n, grounds.at[i].ground, grounds.at[i].n))
			return too_much(err);
	for (size_t i = 0; i < hours.n; i++)
		if (hours.at[i].hour >= 0 && hours.at[i].hour < SPREAD_HOURS)
			out->hours[hours.at[i].hour] += hours.at[i].n;
	return RC_OK;
}

static enum rc read_sums(struct reading *r, struct store *office, struct tail *tail, struct err *err)
{
	TX_AUTO *tx = NULL;
	r->out->outcomes = ARENA_ARRAY(r->arena, WORDS_MAX, struct spread_word);
	r->out->grounds = ARENA_ARRAY(r->arena, WORDS_MAX, struct spread_word);
	if (!r->out->outcomes || !r->out->grounds)
		return too_much(err);
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tail_begin(tx, tail, err));
	TRY(read_days(r, tx, err));
	TRY(read_users(r, tx, err));
	return read_rest(r, tx, err);
}

static struct str text_or_none(struct str s)
{
	return s.at ? s : S("");
}

static enum rc take(void *arg, int64_t entry_id, const struct line *line, struct err *err)
{
	struct reading *r = arg;
	struct spread *out = r->out;
	struct day day = day_of_us(line->time_us);
	(void)entry_id;
	if (day.n < r->ask.first.n || day.n > r->ask.last.n)
		return RC_OK;
	struct sql_usage_of row = {
	        .day = day.n, .method = text_or_none(line->method), .outcome = text_or_none(line->outcome), .n = 1};
	struct spread_user *user = user_at(r, line->user);
	row.repeats = line->repeat;
	if (!user || !add_word(r->arena, out->grounds, &out->grounds_n, text_or_none(line->ground), 1))
		return too_much(err);
	add_sum(&user->sum, row.outcome, 1, row.repeats);
	out->hours[(line->time_us - day_begin_us(day)) / US_PER_HOUR]++;
	return add_row(r, &row, err);
}

static int order_days(const void *left, const void *right)
{
	const struct spread_day *a = left, *b = right;
	int order = order_ints(a->day.n, b->day.n);
	return order ? order : order_texts(a->method, b->method);
}

static int order_words(const void *left, const void *right)
{
	return order_texts(((const struct spread_word *)left)->word, ((const struct spread_word *)right)->word);
}

static int order_users(const void *left, const void *right)
{
	const struct spread_user *a = left, *b = right;
	int order = order_ints(b->sum.inquiries, a->sum.inquiries);
	return order ? order : order_ints(a->user_no, b->user_no);
}

static bool too_long(struct day first, struct day last)
{
	return last.n < first.n || last.n - first.n >= SPREAD_DAYS_MAX;
}

enum rc spread_read(struct store *office, struct spread_ask ask, struct arena *arena, struct spread *ret, struct err *err)
{
	struct tail tail;
	struct reading r = {.ask = ask, .arena = arena, .out = ret};
	struct tail_reader reader = {.instansi_id = ask.instansi_id, .take = take, .arg = &r};
	*ret = (struct spread){0};
	if (too_long(ask.first, ask.last))
		return FAIL(err, RC_INVALID, "rentang hari tidak dapat dipakai");
	TRY(read_sums(&r, office, &tail, err));
	TRY(tail_each(office, &tail, &reader, err));
	qsort(ret->days, ret->days_n, sizeof *ret->days, order_days);
	qsort(ret->outcomes, ret->outcomes_n, sizeof *ret->outcomes, order_words);
	qsort(ret->grounds, ret->grounds_n, sizeof *ret->grounds, order_words);
	qsort(ret->users, ret->users_n, sizeof *ret->users, order_users);
	return arena->broken ? too_much(err) : RC_OK;
}

/* ---- of all ---- */

struct reading_all {
	struct day first, last;
	struct spread_all *out;
	size_t sorted, agencies_max, days_max; /* `sorted` agencies came from the sums, in order of their number */
};

static struct spread_agency *agency_at(struct reading_all *r, int64_t instansi_id)
{
	struct spread_agency *all = r->out->agencies;
	size_t low = 0, high = r->sorted;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (all[mid].instansi_id < instansi_id)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < r->sorted && all[low].instansi_id == instansi_id)
		return &all[low];
	for (size_t i = r->sorted; i < r->out->agencies_n; i++)
		if (all[i].instansi_id == instansi_id)
			return &all[i];
	if (r->out->agencies_n == r->agencies_max)
		return NULL;
	all[r->out->agencies_n] = (struct spread_agency){.instansi_id = instansi_id};
	return &all[r->out->agencies_n++];
}

static struct spread_day *any_day_at(struct reading_all *r, struct day day)
{
	for (size_t i = r->out->days_n; i-- > 0;)
		if (r->out->days[i].day.n == day.n)
			return &r->out->days[i];
	if (r->out->days_n == r->days_max)
		return NULL;
	r->out->days[r->out->days_n] = (struct spread_day){.day = day, .method = S("")};
	return &r->out->days[r->out->days_n++];
}

static enum rc keep_all(struct reading_all *r, struct arena *arena, const struct sql_usage_by_agency_rows *agencies,
                        const struct sql_usage_by_day_rows *days, struct err *err)
{
	struct spread_all *out = r->out;
	r->agencies_max = agencies->n + AGENCIES_MORE;
	r->days_max = SPREAD_DAYS_MAX;
	out->agencies = ARENA_ARRAY(arena, r->agencies_max, struct spread_agency);
	out->days = ARENA_ARRAY(arena, r->days_max, struct spread_day);
	if (!out->agencies || !out->days)
		return too_much(err);
	for (size_t i = 0; i < agencies->n; i++) {
		const struct sql_usage_by_agency *row = &agencies->at[i];
		struct spread_sum sum = {row->n, row->repeats, row->hits, row->refused};
		out->agencies[out->agencies_n++] = (struct spread_agency){row->instansi_id, sum};
		add_sums(&out->sum, &sum);
	}
	r->sorted = out->agencies_n;
	for (size_t i = 0; i < days->n && i < r->days_max; i++) {
		const struct sql_usage_by_day *row = &days->at[i];
		struct spread_sum sum = {row->n, row->repeats, row->hits, row->refused};
		out->days[out->days_n++] = (struct spread_day){{(int32_t)row->day}, S(""), sum};
	}
	return RC_OK;
}

static int32_t monday_from(int32_t day)
{
	return day + (7 - day_weekday((struct day){day})) % 7;
}

/* Whole weeks as weeks, what is over before and behind them as days. */
static struct sql_usage_by_agency_in pieces_of(const struct reading_all *r)
{
	struct sql_usage_by_agency_in in = {.first = r->first.n, .last = r->last.n};
	in.weeks_begin = monday_from(r->first.n);
	in.weeks_end = r->last.n + 1 - day_weekday((struct day){r->last.n + 1});
	if (in.weeks_end < in.weeks_begin)
		in.weeks_begin = in.weeks_end = in.last + 1; /* within one week: days alone */
	return in;
}

static enum rc read_all(struct reading_all *r, struct store *office, struct arena *arena, struct tail *tail, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_usage_by_agency_rows agencies;
	struct sql_usage_by_day_rows days;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tail_begin(tx, tail, err));
	TRY(sql_usage_by_agency(tx, pieces_of(r), &agencies, err));
	TRY(sql_usage_by_day(tx, (struct sql_usage_by_day_in){r->first.n, r->last.n}, &days, err));
	return keep_all(r, arena, &agencies, &days, err);
}

static enum rc take_any(void *arg, int64_t entry_id, const struct line *line, struct err *err)
{
	struct reading_all *r = arg;
	struct day day = day_of_us(line->time_us);
	struct spread_sum sum = {0};
	(void)entry_id;
	if (day.n < r->first.n || day.n > r->last.n)
		return RC_OK;
	struct spread_agency *agency = agency_at(r, line->instansi_id);
	struct spread_day *of_day = any_day_at(r, day);
	if (!agency || !of_day)
		return too_much(err);
	add_sum(&sum, text_or_none(line->outcome), 1, line->repeat);
	add_sums(&agency->sum, &sum);
	add_sums(&of_day->sum, &sum);
	add_sums(&r->out->sum, &sum);
	return RC_OK;
}

static int order_agencies(const void *left, const void *right)
{
	const struct spread_agency *a = left, *b = right;
	int order = order_ints(b->sum.inquiries, a->sum.inquiries);
	return order ? order : order_ints(a->instansi_id, b->instansi_id);
}

enum rc spread_read_all(struct store *office, struct day first, struct day last, struct arena *arena, struct spread_all *ret,
                        struct err *err)
{
	struct tail tail;
	struct reading_all r = {.first = first, .last = last, .out = ret};
	struct tail_reader reader = {.take = take_any, .arg = &r};
	*ret = (struct spread_all){0};
	if (too_long(first, last))
		return FAIL(err, RC_INVALID, "rentang hari tidak dapat dipakai");
	TRY(read_all(&r, office, arena, &tail, err));
	TRY(tail_each(office, &tail, &reader, err));
	qsort(ret->days, ret->days_n, sizeof *ret->days, order_days);
	qsort(ret->agencies, ret->agencies_n, sizeof *ret->agencies, order_agencies);
	return arena->broken ? too_much(err) : RC_OK;
}
