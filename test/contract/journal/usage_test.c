/* SPDX-License-Identifier: EUPL-1.2
 * What was asked, counted by day (I5.4, P8): at every moment the sums and what was not
 * counted yet say what the entries say; and what a program reads back of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#include "journal/own.h"
#include "journal/usage.h"
#include "journal/usage.sql.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define PROGRAM 9

static void open_log(struct log *log, struct engine *engine, int log_id)
{
	static const struct schema *const schemas[] = {&journal_schema, &usage_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open_at(log, engine, log_id, 7);
}

/* Entry `i` of a made-up history: three instansi, two methods, nine days, repeats, refusals,
 * and acts that are no inquiry. */
static struct entry history(int64_t i)
{
	static const char *const outcomes[] = {"01", "01", "13", "15", "05"};
	struct entry e = log_entry(i);
	e.time_us = LOG_NOW + i % 9 * US_PER_DAY;
	e.instansi_id = 1 + i % 3;
	e.outcome = outcomes[i % LEN(outcomes)];
	e.method = i % 2 ? "portal" : "CALL_NIK";
	e.user = i % 2 ? 7 : PROGRAM;
	e.session = i % 2 ? 100 : 0;
	e.ground = i % 5 == 4 ? "quota" : NULL;
	e.repeat = i % 7 == 0;
	e.kejadian_id = i % 4;
	if (i % 11 == 0)
		e.act = ACT_SLIP;
	return e;
}

/* ---- the sums ---- */

static bool belongs(const struct entry *e, const struct usage_ask *ask, const struct usage_row *row)
{
	int day = day_of_us(e->time_us).n;
	return e->act == ACT_LOOKUP && e->instansi_id == ask->instansi_id && day == row->day.n &&
	       str_eq(str_c(e->method), row->method) && str_eq(str_c(e->outcome), row->outcome);
}

static int64_t asked_of(int64_t n, const struct usage_ask *ask)
{
	int64_t all = 0;
	for (int64_t i = 0; i < n; i++) {
		struct entry e = history(i);
		int day = day_of_us(e.time_us).n;
		all += e.act == ACT_LOOKUP && e.instansi_id == ask->instansi_id && day >= ask->first.n && day <= ask->last.n;
	}
	return all;
}

/* Entries 0 to n - 1 were appended. */
static void assert_counts(struct engine *engine, int64_t n, struct usage_ask ask)
{
	struct arena arena;
	struct usage_row *rows;
	size_t rows_n;
	int64_t all = 0;
	arena_init(&arena, 1 << 20);
	ENGINE_OK(usage_read(engine->store, ask, &arena, &rows, &rows_n, &engine_err));
	for (size_t i = 0; i < rows_n; i++) {
		int64_t found = 0, repeats = 0;
		for (int64_t k = 0; k < n; k++) {
			struct entry e = history(k);
			bool in = belongs(&e, &ask, &rows[i]);
			found += in;
			repeats += in && e.repeat;
		}
		assert_int_equal(rows[i].n, found);
		assert_int_equal(rows[i].repeats, repeats);
		assert_true(i == 0 || rows[i - 1].day.n <= rows[i].day.n);
		all += found;
	}
	assert_int_equal(all, asked_of(n, &ask));
	arena_free(&arena);
}

static struct usage_ask all_days(int64_t instansi)
{
	struct day first = day_of_us(LOG_NOW);
	return (struct usage_ask){instansi, first, {first.n + 30}};
}

static void assert_all(struct engine *engine, int64_t n)
{
	struct day first = day_of_us(LOG_NOW);
	for (int64_t instansi = 1; instansi <= 4; instansi++)
		assert_counts(engine, n, all_days(instansi));
	assert_counts(engine, n, (struct usage_ask){1, {first.n + 2}, {first.n + 3}});
	assert_counts(engine, n, (struct usage_ask){2, {first.n + 8}, {first.n + 8}});
}

static void check_sums_at_every_moment(struct engine *engine)
{
	struct log log;
	open_log(&log, engine, 0);
	assert_all(engine, 0);
	assert_false(log_count(engine));
	log_append(&log, history, 0, 60);
	assert_all(engine, 60); /* nothing counted yet */
	assert_false(log_count(engine));
	assert_all(engine, 60); /* all of it */
	log_append(&log, history, 60, 95);
	assert_all(engine, 95); /* a part */
	assert_false(log_count(engine));
	assert_false(log_count(engine));
	assert_all(engine, 95);
	log_close(&log);
}

static void check_bites(struct engine *engine)
{
	struct log log;
	int bites = 1;
	open_log(&log, engine, 0);
	log_fill(&log, 0, 1100);
	while (log_count(engine))
		bites++;
	assert_int_equal(bites, 3); /* some hundred entries each */
	struct arena arena;
	struct usage_row *rows;
	size_t n;
	arena_init(&arena, 1 << 20);
	ENGINE_OK(usage_read(engine->store, all_days(1), &arena, &rows, &n, &engine_err));
	assert_int_equal(n, 2); /* 01 and 13, on one day */
	assert_int_equal(rows[0].n + rows[1].n, 550);
	assert_int_equal(rows[1].n, 110);
	arena_free(&arena);
	log_close(&log);
}

/* Every node has a log of its own; one of them counts all. */
static void check_two_logs(struct engine *engine)
{
	struct log one, other;
	open_log(&one, engine, 0);
	open_log(&other, engine, 5);
	log_append(&one, history, 0, 20);
	log_append(&other, history, 20, 40);
	assert_all(engine, 40);
	assert_false(log_count(engine));
	log_append(&other, history, 40, 50);
	assert_all(engine, 50);
	assert_false(log_count(engine));
	assert_all(engine, 50);
	log_close(&other);
	log_close(&one);
}

/* What was undone is counted again, and once. */
static void check_undone(struct engine *engine)
{
	struct log log;
	bool more;
	open_log(&log, engine, 0);
	log_append(&log, history, 0, 30);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(usage_count(tx, &more, &engine_err));
	tx_rollback(&tx);
	assert_all(engine, 30);
	assert_false(log_count(engine));
	assert_all(engine, 30);
	log_close(&log);
}

static void check_too_far_behind(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct usage_row *rows;
	size_t n;
	static const struct query ahead = LOG_SQL("UPDATE journal_head SET size = 65537");
	open_log(&log, engine, 0);
	log_tamper(&log, &ahead);
	arena_init(&arena, 1 << 20);
	assert_int_equal(usage_read(engine->store, all_days(1), &arena, &rows, &n, &engine_err), RC_LIMIT);
	arena_free(&arena);
	log_close(&log);
}

/* ---- a program's own ---- */

struct own_page {
	struct arena arena;
	struct own_list list;
};

static struct own_page own(struct engine *engine, struct own_ask ask)
{
	struct own_page page;
	arena_init(&page.arena, 4 << 20);
	ENGINE_OK(own_inquiries(engine->store, &ask, &page.arena, &page.list, &engine_err));
	return page;
}

static size_t own_count(struct engine *engine, struct own_ask ask)
{
	struct own_page page = own(engine, ask);
	size_t n = page.list.n;
	arena_free(&page.arena);
	return n;
}

#define ALL_OF(u, m) ((struct own_ask){.user = (u), .until_us = LOG_NOW + 100 * US_PER_DAY, .most = (m)})

static void assert_row(const struct own_row *row, struct own_after after)
{
	struct entry e = history(row->seq);
	assert_int_equal(e.user, PROGRAM);
	assert_int_equal(row->time_us, e.time_us);
	assert_int_equal(row->kejadian_id, e.kejadian_id);
	assert_int_equal(row->repeat, e.repeat);
	assert_true(str_eq(row->outcome, str_c(e.outcome)) && str_eq(row->method, S("CALL_NIK")));
	assert_true(str_eq(row->ground, str_c(e.ground)));
	assert_true(after.time_us == 0 || row->time_us < after.time_us || (row->time_us == after.time_us && row->seq < after.seq));
}

/* Page by page each inquiry of the program once, newest first, and of nobody else. */
static void assert_own_pages(struct engine *engine, int64_t n)
{
	struct own_ask ask = ALL_OF(PROGRAM, 4);
	int64_t seen = 0, wanted = 0;
	bool more = true;
	for (int64_t i = 0; i < n; i++)
		wanted += history(i).act == ACT_LOOKUP && history(i).user == PROGRAM;
	for (int pages = 0; more; pages++) {
		struct own_page page = own(engine, ask);
		assert_true(pages < 20 && page.list.n > 0);
		for (size_t i = 0; i < page.list.n; i++, seen++) {
			assert_row(&page.list.at[i], ask.after);
			ask.after = (struct own_after){page.list.at[i].time_us, page.list.at[i].seq};
		}
		more = page.list.more;
		arena_free(&page.arena);
	}
	assert_int_equal(seen, wanted);
	assert_true(own_count(engine, ALL_OF(7, 4)) > 0); /* a person's */
	assert_int_equal(own_count(engine, ALL_OF(0, 4)), 0);
}

static void check_own_pages(struct engine *engine)
{
	struct log log;
	open_log(&log, engine, 0);
	log_append(&log, history, 0, 60);
	assert_own_pages(engine, 60); /* nothing counted yet */
	assert_false(log_count(engine));
	assert_own_pages(engine, 60);
	log_append(&log, history, 60, 90);
	assert_own_pages(engine, 90); /* a part */
	log_close(&log);
}

static void check_own_time(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct own_list list;
	struct own_ask ask = ALL_OF(PROGRAM, OWN_PAGE_MAX);
	open_log(&log, engine, 0);
	log_append(&log, history, 0, 40);
	assert_false(log_count(engine));
	log_append(&log, history, 40, 60);
	ask.from_us = LOG_NOW + 2 * US_PER_DAY;
	ask.until_us = ask.from_us + 1;
	struct own_page page = own(engine, ask);
	assert_true(page.list.n > 1 && !page.list.more);
	for (size_t i = 0; i < page.list.n; i++)
		assert_int_equal(page.list.at[i].time_us, ask.from_us);
	arena_free(&page.arena);
	ask.until_us = ask.from_us;
	assert_int_equal(own_count(engine, ask), 0);
	ask.most = OWN_PAGE_MAX + 1;
	arena_init(&arena, 4 << 20);
	assert_int_equal(own_inquiries(engine->store, &ask, &arena, &list, &engine_err), RC_INVALID);
	arena_free(&arena);
	log_close(&log);
}

/* A list that was bent shows nobody another's entry. */
static void check_bent_list(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct own_list list;
	struct own_ask ask = ALL_OF(8, 9);
	static const struct query bent = LOG_SQL("UPDATE usage_own SET user_no = 8 WHERE entry_id = 2");
	open_log(&log, engine, 0);
	log_append(&log, history, 0, 10);
	assert_false(log_count(engine));
	log_tamper(&log, &bent);
	arena_init(&arena, 4 << 20);
	assert_int_equal(own_inquiries(engine->store, &ask, &arena, &list, &engine_err), RC_BROKEN);
	arena_free(&arena);
	log_close(&log);
}

static void check_own_reference(struct engine *engine)
{
	struct log log;
	struct journal_seen seen;
	open_log(&log, engine, 0);
	log_append(&log, history, 0, 25);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	struct ref_text mine = journal_ref(log.journal, 2), persons = journal_ref(log.journal, 3),
	                slip = journal_ref(log.journal, 22);
	ENGINE_OK(own_find(log.journal, tx, PROGRAM, str_c(mine.z), &seen, &engine_err));
	assert_int_equal(seen.seq, 2);
	assert_int_equal(own_find(log.journal, tx, PROGRAM, str_c(persons.z), &seen, &engine_err), RC_ABSENT);
	assert_int_equal(own_find(log.journal, tx, PROGRAM, str_c(slip.z), &seen, &engine_err), RC_ABSENT); /* no inquiry */
	assert_int_equal(own_find(log.journal, tx, 8, str_c(mine.z), &seen, &engine_err), RC_ABSENT);
	assert_int_equal(own_find(log.journal, tx, 0, str_c(mine.z), &seen, &engine_err), RC_ABSENT);
	assert_int_equal(own_find(log.journal, tx, PROGRAM, S("nonsense"), &seen, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
	log_close(&log);
}

static void check_queries(struct engine *engine)
{
	struct log log;
	open_log(&log, engine, 0);
	for (size_t i = 0; usage_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, usage_queries[i], &engine_err));
	log_close(&log);
}

EACH(sums_at_every_moment)
EACH(bites)
EACH(two_logs)
EACH(undone)
EACH(too_far_behind)
EACH(own_pages)
EACH(own_time)
EACH(bent_list)
EACH(own_reference)
EACH(queries)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sums_at_every_moment),
	        cmocka_unit_test(bites),
	        cmocka_unit_test(two_logs),
	        cmocka_unit_test(undone),
	        cmocka_unit_test(too_far_behind),
	        cmocka_unit_test(own_pages),
	        cmocka_unit_test(own_time),
	        cmocka_unit_test(bent_list),
	        cmocka_unit_test(own_reference),
	        cmocka_unit_test(queries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
