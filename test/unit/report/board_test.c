/* SPDX-License-Identifier: EUPL-1.2
 * A dashboard's columns (I7.3): nothing is lost between days and weeks, quotas are those of
 * their days, and what does not fit is counted together. */
#include "report/board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define USERS 50
#define SPAN_MAX 366

static struct spread_day days[SPAN_MAX];
static struct spread_user users[USERS];
static struct board_quota quotas[SPAN_MAX];
static struct board board;

/* Day i: i + 1 inquiries, all of them hits but the first. */
static struct spread spread_of(struct spread_ask ask)
{
	struct spread spread = {.days = days, .users = users};
	for (int32_t i = 0; i <= ask.last.n - ask.first.n; i++) {
		days[i] = (struct spread_day){{ask.first.n + i}, S("portal"), {i + 1, 0, i, 1}};
		quotas[i] = (struct board_quota){.of = {[METHOD_PORTAL] = 200}};
		spread.days_n++;
		spread.sum.inquiries += i + 1;
	}
	return spread;
}

static struct spread_ask span(int32_t n)
{
	struct day last = day_from_ymd(2026, 11, 26); /* a Thursday */
	return (struct spread_ask){1, {last.n - n + 1}, last};
}

static void fill(int32_t n)
{
	struct spread spread = spread_of(span(n));
	board_fill(&board, span(n), &spread, quotas);
}

static void every_day_is_in_one_column(void **state)
{
	(void)state;
	for (int32_t n = 1; n <= SPAN_MAX; n++) {
		int64_t inquiries = 0, refused = 0, hits = 0;
		fill(n);
		for (size_t i = 0; i < board.columns_n; i++) {
			inquiries += board.columns[i].inquiries;
			refused += board.columns[i].refused;
			hits += board.methods[METHOD_PORTAL].hits[i];
			assert_true(board.columns[i].day.n >= board.first.n && board.columns[i].day.n <= board.last.n);
			assert_true(i == 0 || board.columns[i].day.n > board.columns[i - 1].day.n);
		}
		assert_int_equal(inquiries, (int64_t)n * (n + 1) / 2);
		assert_int_equal(refused, n);
		assert_int_equal(hits, (int64_t)n * (n - 1) / 2);
		assert_int_equal(board.today.inquiries, n);
		assert_int_equal(board.methods[METHOD_PORTAL].today, n - 1);
	}
}

static void past_two_months_a_column_is_a_week_from_monday(void **state)
{
	(void)state;
	fill(BOARD_DAYS);
	assert_false(board.weeks);
	assert_int_equal(board.columns_n, BOARD_DAYS);
	fill(BOARD_DAYS + 1);
	assert_true(board.weeks);
	fill(184);
	assert_int_equal(board.columns[0].day.n, board.first.n);
	for (size_t i = 1; i < board.columns_n; i++)
		assert_int_equal(day_weekday(board.columns[i].day), 0);
}

/* The addendum in the middle: each day under the version of its day (J.II.B). */
static void a_quota_is_that_of_its_day(void **state)
{
	(void)state;
	struct spread spread = spread_of(span(10));
	for (size_t i = 5; i < 10; i++)
		quotas[i].of[METHOD_PORTAL] = 500;
	board_fill(&board, span(10), &spread, quotas);
	assert_int_equal(board.methods[METHOD_PORTAL].quota[4], 200);
	assert_int_equal(board.methods[METHOD_PORTAL].quota[5], 500);
	assert_int_equal(board.methods[METHOD_PORTAL].today_quota, 500);
	assert_true(board.methods[METHOD_PORTAL].granted);
	assert_false(board.methods[METHOD_CALL_NIK].granted);
}

static void a_week_has_the_quotas_of_its_days_or_none(void **state)
{
	(void)state;
	struct spread spread = spread_of(span(184));
	quotas[20].of[METHOD_PORTAL] = BOARD_UNLIMITED;
	board_fill(&board, span(184), &spread, quotas);
	size_t none = 0;
	for (size_t i = 1; i + 1 < board.columns_n; i++) {
		int64_t quota = board.methods[METHOD_PORTAL].quota[i];
		assert_true(quota == 0 || quota == 7 * 200);
		none += quota == 0;
	}
	assert_int_equal(none, 1);
	assert_int_equal(board.methods[METHOD_PORTAL].quota[board.columns_n - 1], 4 * 200); /* Monday to Thursday */
}

static void without_limit_is_open_and_has_no_line(void **state)
{
	(void)state;
	struct spread spread = spread_of(span(7));
	for (size_t i = 0; i < 7; i++)
		quotas[i].of[METHOD_CALL_NIK] = BOARD_UNLIMITED;
	board_fill(&board, span(7), &spread, quotas);
	assert_true(board.methods[METHOD_CALL_NIK].granted);
	assert_false(board.methods[METHOD_CALL_NIK].used);
	assert_int_equal(board.methods[METHOD_CALL_NIK].today_quota, 0);
	assert_int_equal(board.methods[METHOD_CALL_NIK].quota[6], 0);
}

static void those_beyond_are_counted_together(void **state)
{
	(void)state;
	struct spread spread = spread_of(span(7));
	int64_t all = 0, shown = 0;
	for (size_t i = 0; i < USERS; i++) {
		users[i] = (struct spread_user){(int64_t)i + 1, {(int64_t)(USERS - i), 0, 0, 1}};
		all += users[i].sum.inquiries;
	}
	spread.users_n = USERS;
	board_fill(&board, span(7), &spread, quotas);
	for (size_t i = 0; i < board.users_n; i++)
		shown += board.users[i].sum.inquiries;
	assert_int_equal(board.users_n, BOARD_USERS_MAX);
	assert_int_equal(board.others_n, USERS - BOARD_USERS_MAX);
	assert_int_equal(shown + board.others.inquiries, all);
}

/* Every picture of a full board, and of an empty one. */
static void every_picture_is_drawn(void **state)
{
	(void)state;
	struct spread spread = spread_of(span(184));
	size_t drawn = 0;
	bool wide;
	for (int full = 0; full < 2; full++) {
		BUF_AUTO out = BUF((size_t)1 << 20);
		struct spread none = {0};
		board_fill(&board, span(184), full ? &spread : &none, quotas);
		for (size_t i = 0; board_chart(&board, i, &wide, &out); i++)
			drawn++;
		assert_true(buf_ok(&out));
		buf_addc(&out, 0);
		assert_non_null(strstr(out.at, full ? "Hit per minggu: Web portal" : "Semuanya 0."));
	}
	assert_int_equal(drawn, 2 * (METHOD_COUNT + 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_day_is_in_one_column),
	        cmocka_unit_test(past_two_months_a_column_is_a_week_from_monday),
	        cmocka_unit_test(a_quota_is_that_of_its_day),
	        cmocka_unit_test(a_week_has_the_quotas_of_its_days_or_none),
	        cmocka_unit_test(without_limit_is_open_and_has_no_line),
	        cmocka_unit_test(those_beyond_are_counted_together),
	        cmocka_unit_test(every_picture_is_drawn),
	};
	return cmocka_run_group_tests_name("report/board", tests, NULL, NULL);
}
