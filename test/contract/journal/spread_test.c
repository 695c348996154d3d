/* SPDX-License-Identifier: EUPL-1.2
 * How what was asked spreads (I7.3): at every moment, whatever of it was counted already,
 * days, outcomes, grounds, hours, user ids and instansi say what the entries say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#include "journal/spread.h"
#include "journal/usage.h"
#include "journal/usage.sql.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define INSTANSI 3
#define DAYS 24
#define USERS 5

static struct day first_day(void)
{
	return day_of_us(LOG_NOW);
}

static void open_log(struct log *log, struct engine *engine, int log_id)
{
	static const struct schema *const schemas[] = {&journal_schema, &usage_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open_at(log, engine, log_id, 7);
}

/* Entry `i` of a made-up history. */
static struct entry history(int64_t i)
{
	static const char *const outcomes[] = {"01", "13", "15", "05", "17", "01", "11", "503"};
	static const char *const grounds[] = {NULL, NULL, "nik_format", "quota", "guard_hold", NULL, NULL, "relay_timeout"};
	struct entry e = log_entry(i);
	e.time_us = day_begin_us((struct day){first_day().n + (int32_t)(i % DAYS)}) + i * 37 % 24 * US_PER_HOUR;
	e.instansi_id = 1 + i % INSTANSI;
	e.outcome = outcomes[i % LEN(outcomes)];
	e.ground = grounds[i % LEN(grounds)];
	e.method = i % 4 ? "portal" : "CALL_NIK";
	e.user = 10 + i % USERS;
	e.repeat = i % 13 == 0;
	e.kejadian_id = i % 4;
	if (i % 11 == 0)
		e.act = ACT_SLIP;
	return e;
}

/* ---- the same, counted from the entries ---- */

struct wanted {
	int64_t instansi; /* 0: any */
	int32_t first, last, day;
	int64_t user; /* 0: any */
	const char *outcome, *ground, *method;
	int hour; /* -1: any */
};

static bool fits(const struct entry *e, const struct wanted *w)
{
	struct day day = day_of_us(e->time_us);
	int64_t hour = (e->time_us - day_begin_us(day)) / US_PER_HOUR;
	return e->act == ACT_LOOKUP && (!w->instansi || e->instansi_id == w->instansi) && day.n >= w->first && day.n <= w->last &&
	       (!w->day || day.n == w->day) && (!w->user || e->user == w->user) &&
	       (!w->outcome || strcmp(e->outcome, w->outcome) == 0) && (!w->method || strcmp(e->method, w->method) == 0) &&
	       (!w->ground || (e->ground && strcmp(e->ground, w->ground) == 0)) && (w->hour < 0 || hour == w->hour);
}

static struct spread_sum sum_of(int64_t n, struct wanted w)
{
	struct spread_sum sum = {0};
	for (int64_t i = 0; i < n; i++) {
		struct entry e = history(i);
		if (!fits(&e, &w))
			continue;
		bool hit = strcmp(e.outcome, "01") == 0 || strcmp(e.outcome, "13") == 0 || strcmp(e.outcome, "11") == 0;
		sum.inquiries++;
		sum.repeats += e.repeat;
		sum.hits += hit && !e.repeat;
		sum.refused += strcmp(e.outcome, "05") == 0 || strcmp(e.outcome, "17") == 0 || strcmp(e.outcome, "503") == 0;
	}
	return sum;
}

static void assert_sum(const struct spread_sum *sum, int64_t n, struct wanted w)
{
	struct spread_sum right = sum_of(n, w);
	assert_int_equal(sum->inquiries, right.inquiries);
	assert_int_equal(sum->repeats, right.repeats);
	assert_int_equal(sum->hits, right.hits);
	assert_int_equal(sum->refused, right.refused);
}

static void z(char room[32], struct str s)
{
	assert_true(s.n < 32);
	memcpy(room, s.at, s.n);
	room[s.n] = 0;
}

static void assert_days(const struct spread *spread, int64_t n, struct wanted w)
{
	int64_t all = 0;
	for (size_t i = 0; i < spread->days_n; i++) {
		char method[32];
		z(method, spread->days[i].method);
		struct wanted one = w;
		one.day = spread->days[i].day.n;
		one.method = method;
		assert_sum(&spread->days[i].sum, n, one);
		assert_true(i == 0 || spread->days[i - 1].day.n <= spread->days[i].day.n);
		all += spread->days[i].sum.inquiries;
	}
	assert_int_equal(all, sum_of(n, w).inquiries);
}

static void assert_words(const struct spread *spread, int64_t n, struct wanted w)
{
	int64_t outcomes = 0, grounds = 0;
	for (size_t i = 0; i < spread->outcomes_n; i++) {
		char word[32];
		z(word, spread->outcomes[i].word);
		struct wanted one = w;
		one.outcome = word;
		assert_int_equal(spread->outcomes[i].n, sum_of(n, one).inquiries);
		outcomes += spread->outcomes[i].n;
	}
	for (size_t i = 0; i < spread->grounds_n; i++) {
		char word[32];
		z(word, spread->grounds[i].word);
		struct wanted one = w;
		one.ground = word;
		grounds += spread->grounds[i].n;
		if (*word)
			assert_int_equal(spread->grounds[i].n, sum_of(n, one).inquiries);
	}
	assert_int_equal(outcomes, sum_of(n, w).inquiries);
	assert_int_equal(grounds, sum_of(n, w).inquiries);
}

static void assert_users(const struct spread *spread, int64_t n, struct wanted w)
{
	int64_t all = 0;
	for (size_t i = 0; i < spread->users_n; i++) {
		struct wanted one = w;
		one.user = spread->users[i].user_no;
		assert_sum(&spread->users[i].sum, n, one);
		assert_true(i == 0 || spread->users[i - 1].sum.inquiries >= spread->users[i].sum.inquiries);
		all += spread->users[i].sum.inquiries;
	}
	assert_int_equal(all, sum_of(n, w).inquiries);
	for (int hour = 0; hour < SPREAD_HOURS; hour++) {
		struct wanted one = w;
		one.hour = hour;
		assert_int_equal(spread->hours[hour], sum_of(n, one).inquiries);
	}
}

static void assert_one(struct engine *engine, int64_t n, struct wanted w)
{
	struct arena arena;
	struct spread spread;
	arena_init(&arena, 4 << 20);
	ENGINE_OK(spread_read(engine->store, (struct spread_ask){w.instansi, {w.first}, {w.last}}, &arena, &spread, &engine_err));
	assert_sum(&spread.sum, n, w);
	assert_days(&spread, n, w);
	assert_words(&spread, n, w);
	assert_users(&spread, n, w);
	arena_free(&arena);
}

static void assert_whole(struct engine *engine, int64_t n, struct wanted w)
{
	struct arena arena;
	struct spread_all all;
	int64_t agencies = 0, days = 0;
	arena_init(&arena, 4 << 20);
	ENGINE_OK(spread_read_all(engine->store, (struct day){w.first}, (struct day){w.last}, &arena, &all, &engine_err));
	assert_sum(&all.sum, n, w);
	for (size_t i = 0; i < all.agencies_n; i++) {
		struct wanted one = w;
		one.instansi = all.agencies[i].instansi_id;
		assert_sum(&all.agencies[i].sum, n, one);
		assert_true(i == 0 || all.agencies[i - 1].sum.inquiries >= all.agencies[i].sum.inquiries);
		agencies += all.agencies[i].sum.inquiries;
	}
	for (size_t i = 0; i < all.days_n; i++) {
		struct wanted one = w;
		one.day = all.days[i].day.n;
		assert_sum(&all.days[i].sum, n, one);
		days += all.days[i].sum.inquiries;
	}
	assert_int_equal(agencies, all.sum.inquiries);
	assert_int_equal(days, all.sum.inquiries);
	arena_free(&arena);
}

/* Entries 0 to n - 1 were appended. */
static void assert_all(struct engine *engine, int64_t n)
{
	int32_t day = first_day().n;
	int32_t spans[8 + DAYS][2] = {{day, day + 30},      {day + 2, day + 4}, {day + 8, day + 8}, {day - 5, day - 1},
	                              {day - 30, day + 30}, {day, day + 6},     {day + 1, day + 7}, {day + 1, day + 40}};
	for (int32_t i = 0; i < DAYS; i++) { /* each first day of a week, of two weeks and a day */
		spans[8 + i][0] = day - 14 + i;
		spans[8 + i][1] = day + i;
	}
	for (size_t i = 0; i < LEN(spans); i++) {
		struct wanted w = {.first = spans[i][0], .last = spans[i][1], .hour = -1};
		assert_whole(engine, n, w);
		for (w.instansi = 1; w.instansi <= INSTANSI + 1; w.instansi++)
			assert_one(engine, n, w);
	}
}

static void check_it_says_what_the_entries_say_at_every_moment(struct engine *engine)
{
	struct log log;
	open_log(&log, engine, 0);
	assert_all(engine, 0);
	log_append(&log, history, 0, 120);
	assert_all(engine, 120); /* nothing was counted */
	while (log_count(engine))
		;
	assert_all(engine, 120);
	log_append(&log, history, 120, 200);
	assert_all(engine, 200); /* some was */
	while (log_count(engine))
		;
	assert_all(engine, 200);
	log_close(&log);
}
EACH(it_says_what_the_entries_say_at_every_moment)

static void check_a_span_has_an_end(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct spread spread;
	struct spread_all all;
	int32_t day = first_day().n;
	open_log(&log, engine, 0);
	arena_init(&arena, 1 << 20);
	assert_int_equal(
	        spread_read(engine->store, (struct spread_ask){1, {day}, {day + SPREAD_DAYS_MAX}}, &arena, &spread, &engine_err),
	        RC_INVALID);
	assert_int_equal(spread_read(engine->store, (struct spread_ask){1, {day}, {day - 1}}, &arena, &spread, &engine_err),
	                 RC_INVALID);
	assert_int_equal(spread_read_all(engine->store, (struct day){day}, (struct day){day - 1}, &arena, &all, &engine_err),
	                 RC_INVALID);
	arena_free(&arena);
	log_close(&log);
}
EACH(a_span_has_an_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(it_says_what_the_entries_say_at_every_moment),
	        cmocka_unit_test(a_span_has_an_end),
	};
	return cmocka_run_group_tests_name("journal/spread", tests, NULL, NULL);
}
