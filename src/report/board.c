/* SPDX-License-Identifier: EUPL-1.2
 * report/board.c - see board.h: numbers into columns. The pictures are in board_chart.c. */
#include "report/board.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "feedback/reconcile.h"
#include "report/board.sql.h"
#include "report/board_inside.h"
#include "store/store.h"

/* ---- what was allowed ---- */

/* As policy/policy.c reads it. */
static int64_t quota_of(const struct standing *standing, enum method method)
{
	if (!standing->terms || !standing->terms->methods[method].granted)
		return 0;
	const struct terms_method *terms = &standing->terms->methods[method];
	int64_t quota = standing->poc_passed[method] ? terms->quota_after_poc : terms->quota_before_poc;
	return quota < 0 ? BOARD_UNLIMITED : quota;
}

enum rc board_quotas(struct agreement *agreement, struct tx *tx, struct spread_ask ask, struct arena *arena,
                     struct board_quota **ret, struct err *err)
{
	struct board_quota *list = ARENA_ARRAY(arena, (size_t)(ask.last.n - ask.first.n) + 1, struct board_quota);
	if (!list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (int32_t day = ask.first.n; day <= ask.last.n; day++) {
		struct standing standing;
		TRY(agreement_standing(agreement, tx, ask.instansi_id, day_begin_us((struct day){day}), &standing, err));
		for (size_t m = 0; m < METHOD_COUNT; m++)
			list[day - ask.first.n].of[m] = quota_of(&standing, (enum method)m);
	}
	*ret = list;
	return RC_OK;
}

/* ---- columns ---- */

static int32_t monday_of(struct day day)
{
	return day.n - day_weekday(day);
}

bool board_by_weeks(struct day first, struct day last)
{
	return last.n - first.n >= BOARD_DAYS;
}

size_t board_column_of(struct day first, struct day day, bool weeks)
{
	assert(day.n >= first.n);
	return (size_t)(weeks ? (monday_of(day) - monday_of(first)) / 7 : day.n - first.n);
}

struct day board_column_begin(struct day first, size_t i, bool weeks)
{
	if (!weeks || i == 0)
		return (struct day){first.n + (weeks ? 0 : (int32_t)i)};
	return (struct day){monday_of(first) + 7 * (int32_t)i};
}

static void put_columns(struct board *board)
{
	board->columns_n = board_column_of(board->first, board->last, board->weeks) + 1;
	assert(board->columns_n <= BOARD_COLUMNS_MAX);
	for (size_t i = 0; i < board->columns_n; i++)
		board->columns[i].day = board_column_begin(board->first, i, board->weeks);
}

static void put_days(struct board *board, const struct spread *spread)
{
	for (size_t i = 0; i < spread->days_n; i++) {
		const struct spread_day *day = &spread->days[i];
		size_t at = board_column_of(board->first, day->day, board->weeks);
		enum method method;
		board->columns[at].inquiries += day->sum.inquiries;
		board->columns[at].refused += day->sum.refused;
		bool today = day->day.n == board->last.n;
		if (today)
			board_add(&board->today, &day->sum);
		if (method_from_key(day->method, &method) != RC_OK)
			continue;
		board->methods[method].used = true;
		board->methods[method].hits[at] += day->sum.hits;
		board->methods[method].today += today ? day->sum.hits : 0;
	}
}

/* A column without a limit on one of its days has none. */
static void put_quota(struct board *board, const struct board_quota *quotas, enum method m)
{
	struct board_method *method = &board->methods[m];
	bool open[BOARD_COLUMNS_MAX] = {false};
	for (int32_t day = board->first.n; day <= board->last.n; day++) {
		size_t at = board_column_of(board->first, (struct day){day}, board->weeks);
		int64_t quota = quotas[day - board->first.n].of[m];
		open[at] = open[at] || quota <= 0;
		method->quota[at] += quota;
		if (day == board->last.n) {
			method->today_quota = quota > 0 ? quota : 0;
			method->granted = quota != 0;
		}
	}
	for (size_t i = 0; i < board->columns_n; i++)
		if (open[i])
			method->quota[i] = 0;
}

void board_add(struct spread_sum *sum, const struct spread_sum *more)
{
	sum->inquiries += more->inquiries;
	sum->repeats += more->repeats;
	sum->hits += more->hits;
	sum->refused += more->refused;
}

/* ---- words, user ids ---- */

static int order_words(const void *left, const void *right)
{
	const struct board_word *a = left, *b = right;
	int order = (a->n < b->n) - (a->n > b->n);
	return order ? order : strcmp(a->word, b->word);
}

static size_t put_words(struct board_word words[BOARD_WORDS_MAX], const struct spread_word *from, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n && kept < BOARD_WORDS_MAX; i++) {
		if (!from[i].word.n)
			continue;
		struct board_word *word = &words[kept++];
		word->n = from[i].n;
		(void)snprintf(word->word, sizeof word->word, "%.*s", STR_ARG(from[i].word));
	}
	qsort(words, kept, sizeof *words, order_words);
	return kept;
}

static void put_users(struct board *board, const struct spread *spread)
{
	for (size_t i = 0; i < spread->users_n; i++) {
		const struct spread_user *user = &spread->users[i];
		if (board->users_n < BOARD_USERS_MAX) {
			board->users[board->users_n++] = (struct board_user){.user_no = user->user_no, .sum = user->sum};
			continue;
		}
		board->others_n++;
		board_add(&board->others, &user->sum);
	}
}

void board_fill(struct board *board, struct spread_ask ask, const struct spread *spread, const struct board_quota *quotas)
{
	*board = (struct board){.first = ask.first, .last = ask.last, .sum = spread->sum};
	board->weeks = board_by_weeks(ask.first, ask.last);
	put_columns(board);
	put_days(board, spread);
	for (size_t m = 0; m < METHOD_COUNT && quotas; m++)
		put_quota(board, quotas, (enum method)m);
	board->outcomes_n = put_words(board->outcomes, spread->outcomes, spread->outcomes_n);
	board->grounds_n = put_words(board->grounds, spread->grounds, spread->grounds_n);
	memcpy(board->hours, spread->hours, sizeof board->hours);
	put_users(board, spread);
}

/* ---- what is owed ---- */

enum rc board_owed(struct tx *tx, int64_t instansi_id, int64_t now_us, struct board *board, struct err *err)
{
	struct reconcile figures;
	struct debt_total total;
	struct sql_board_debt_ages ages;
	struct sql_board_debt_ages_in in = {.week_us = now_us - 7 * US_PER_DAY,
	                                    .month_us = now_us - 30 * US_PER_DAY,
	                                    .quarter_us = now_us - 90 * US_PER_DAY,
	                                    .instansi_id = instansi_id};
	TRY(reconcile_of(tx, &instansi_id, 1, &figures, err));
	TRY(debt_totals(tx, &instansi_id, 1, &total, err));
	TRY(sql_board_debt_ages(tx, in, &ages, err));
	board->debt = figures.sum;
	board->debt.oldest_us = total.oldest_us;
	board->ages[0] = ages.week_n;
	board->ages[1] = ages.month_n;
	board->ages[2] = ages.quarter_n;
	board->ages[3] = ages.older_n;
	return RC_OK;
}
