/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: a log as people read it, held against a model that looks at every entry: each filter,
 * page after page, bounded work, a clock that stepped back, lines that are none. */
#include "journal/browse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#define SIZE 300
#define PAGE 7

static const char *const acts[] = {"lookup", "login", "slip"};

static struct entry entry_of(int64_t i)
{
	struct entry e = log_entry(i);
	e.act = i % 3 == 0 ? ACT_LOOKUP : i % 3 == 1 ? ACT_LOGIN : ACT_SLIP;
	e.outcome = i % 4 ? "ok" : "refused";
	e.instansi_id = i % 5;
	e.user = i % 7;
	e.nik = (struct nik){0};
	/* four hours forward an entry, and now and then twenty back */
	e.time_us = LOG_NOW + (i - i / 50 * 5) * 4 * US_PER_HOUR;
	return e;
}

static void fill(struct log *log)
{
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	for (int64_t i = 0; i < SIZE; i++) {
		struct entry e = entry_of(i);
		const struct receipt *receipt;
		ENGINE_OK(journal_append(log->journal, tx, &e, 1, &receipt, &engine_err));
	}
	ENGINE_OK(tx_commit(&tx, &engine_err));
}

static bool fits(const struct browse_ask *ask, int64_t i)
{
	struct entry e = entry_of(i);
	bool instansi =
	        ask->instansi_id == 0 || ask->instansi_id == e.instansi_id || (ask->instansi_id == -1 && e.instansi_id == 0);
	return instansi && (ask->act.n == 0 || str_eq(ask->act, str_c(acts[i % 3]))) &&
	       (ask->outcome.n == 0 || str_eq(ask->outcome, str_c(e.outcome))) && (ask->user == 0 || ask->user == e.user) &&
	       e.time_us >= ask->from_us && e.time_us < ask->until_us;
}

/* All pages of a filter are the entries that fit, newest first, each once. */
static void hold_against_model(struct engine *engine, struct browse_ask ask)
{
	int64_t i = SIZE - 1;
	ask.before = -1;
	ask.most = PAGE;
	do {
		struct arena arena;
		struct browse page;
		arena_init(&arena, 1 << 20);
		ENGINE_OK(browse_read(engine->store, &ask, &arena, &page, &engine_err));
		assert_int_equal(page.size, SIZE);
		assert_false(page.stopped);
		for (size_t row = 0; row < page.n; row++, i--) {
			while (i >= 0 && !fits(&ask, i))
				i--;
			assert_int_equal(page.at[row].place, i);
			assert_false(page.at[row].unfit);
			assert_int_equal(page.at[row].line.seq, i);
		}
		ask.before = page.next;
		arena_free(&arena);
	} while (ask.before >= 0);
	while (i >= 0 && !fits(&ask, i))
		i--;
	assert_int_equal(i, -1);
}

static void check_filters(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	fill(&log);
	for (int i = 0; i < 3 * 3 * 4 * 3 * 4; i++) {
		static const char *const outcomes[] = {"", "ok", "refused"};
		static const int64_t instansi[] = {0, -1, 3, 99}, users[] = {0, 5, 6};
		/* each bound is a moment that the clock passed twice */
		int64_t from = LOG_NOW + (8 + (int64_t)(i / 108) * 180) * US_PER_HOUR;
		struct browse_ask ask = {.act = i % 3 ? str_c(acts[i % 3]) : S(""),
		                         .outcome = str_c(outcomes[i / 3 % 3]),
		                         .instansi_id = instansi[i / 9 % 4],
		                         .user = users[i / 36 % 3],
		                         .from_us = i / 108 ? from : 0,
		                         .until_us = i / 108 ? from + 180 * US_PER_HOUR : BROWSE_ANY_TIME};
		hold_against_model(engine, ask);
	}
	log_close(&log);
}

/* One entry at each end of a range of 150,000 places: a page looks at so many and says where it stopped. */
static void check_bounded(struct engine *engine)
{
	static const struct query far = LOG_SQL(
	        "INSERT INTO journal_entry SELECT 150000, time_us, act, outcome, instansi_id, version_id, user_no, nik_hash, leaf, "
	        "line FROM journal_entry WHERE entry_id = 2");
	struct log log;
	struct arena arena;
	struct browse page;
	struct browse_ask ask = {.act = S("login"), .until_us = BROWSE_ANY_TIME, .before = -1, .most = PAGE};
	int pages = 0;
	log_open(&log, engine);
	fill(&log);
	log_tamper(&log, &far);
	arena_init(&arena, 1 << 20);
	do {
		ENGINE_OK(browse_read(engine->store, &ask, &arena, &page, &engine_err));
		assert_int_equal(page.stopped, pages < 2);
		assert_int_equal(page.n, pages < 2 ? 0 : PAGE);
		ask.before = page.next;
	} while (++pages < 3);
	assert_int_equal(page.at[0].place, 298);
	assert_int_equal(page.size, 150001);
	arena_free(&arena);
	log_close(&log);
}

static void check_unfit(struct engine *engine)
{
	static const struct query bad = LOG_SQL("UPDATE journal_entry SET line = '{\"x\":1}' WHERE entry_id = 299");
	struct log log;
	struct arena arena;
	struct browse page;
	struct browse_entry one;
	struct browse_ask ask = {.until_us = BROWSE_ANY_TIME, .before = -1, .most = 2};
	log_open(&log, engine);
	fill(&log);
	log_tamper(&log, &bad);
	arena_init(&arena, 1 << 20);
	ENGINE_OK(browse_read(engine->store, &ask, &arena, &page, &engine_err));
	assert_true(page.at[0].unfit);
	assert_false(page.at[1].unfit);
	ask.most = BROWSE_PAGE_MAX + 1;
	assert_int_equal(browse_read(engine->store, &ask, &arena, &page, &engine_err), RC_INVALID);
	ask = (struct browse_ask){.log_id = 5, .until_us = BROWSE_ANY_TIME, .before = -1, .most = 2};
	assert_int_equal(browse_read(engine->store, &ask, &arena, &page, &engine_err), RC_ABSENT);
	arena_free(&arena);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(browse_entry(tx, 0, 299, &one, &engine_err));
	assert_true(one.row.unfit);
	ENGINE_OK(browse_entry(tx, 0, 298, &one, &engine_err));
	assert_int_equal(one.row.line.seq, 298);
	assert_int_equal(one.leaf.n, 32);
	assert_int_equal(browse_entry(tx, 0, 300, &one, &engine_err), RC_ABSENT);
	assert_int_equal(browse_entry(tx, 0, -1, &one, &engine_err), RC_ABSENT);
	assert_int_equal(browse_entry(tx, 64, 0, &one, &engine_err), RC_ABSENT);
	assert_int_equal(browse_entry(tx, 0, INT64_MAX, &one, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
	log_close(&log);
}

static void check_checkpoints(struct engine *engine)
{
	struct log log;
	struct browse_checkpoint at[3];
	struct browse_log logs[BROWSE_LOGS_MAX];
	size_t n;
	log_open(&log, engine);
	for (int64_t size = 10; size <= 40; size += 10) {
		log_fill(&log, size - 10, size);
		log_checkpoint(&log);
	}
	log_fill(&log, 40, 41);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(browse_checkpoints(tx, 0, -1, 3, at, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_int_equal(at[0].size, 40);
	assert_int_equal(at[2].size, 20);
	ENGINE_OK(browse_checkpoints(tx, 0, 20, 3, at, &n, &engine_err));
	assert_int_equal(n, 1);
	ENGINE_OK(browse_covered(tx, 0, 9, at, &engine_err));
	assert_int_equal(at[0].size, 10);
	ENGINE_OK(browse_covered(tx, 0, 10, at, &engine_err));
	assert_int_equal(at[0].size, 20);
	ENGINE_OK(browse_covered(tx, 0, 40, at, &engine_err));
	assert_int_equal(at[0].size, -1);
	ENGINE_OK(browse_logs(tx, logs, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(logs[0].size, 41);
	assert_true(str_eq(logs[0].origin, S(LOG_ORIGIN)));
	tx_rollback(&tx);
	log_close(&log);
}

static bool first_time(struct tx *tx, int64_t session, int day)
{
	bool first;
	ENGINE_OK(browse_begin(tx, session, (struct day){day}, &first, &engine_err));
	return first;
}

static void check_readers(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_true(first_time(tx, 7, 100));
	assert_false(first_time(tx, 7, 100));
	assert_true(first_time(tx, 8, 100));
	assert_true(first_time(tx, 7, 101));
	assert_false(first_time(tx, 7, 101));
	assert_true(first_time(tx, 9, 110)); /* sweeps */
	assert_true(first_time(tx, 7, 101));
	tx_rollback(&tx);
	log_close(&log);
}

static void check_sql(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	for (size_t i = 0; browse_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, browse_queries[i], &engine_err));
	log_close(&log);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(filters)
EACH(bounded)
EACH(unfit)
EACH(checkpoints)
EACH(readers)
EACH(sql)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(filters),     cmocka_unit_test(bounded), cmocka_unit_test(unfit),
	        cmocka_unit_test(checkpoints), cmocka_unit_test(readers), cmocka_unit_test(sql),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
