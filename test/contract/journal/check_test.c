/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: checks that were asked for: one of a log at a time, one node's at a time, and an alarm that
 * only a later good check takes away. */
#include "journal/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal/check.sql.h"
#include "log.h"

static void open_log(struct log *log, struct engine *engine)
{
	static const struct schema *const schemas[] = {&check_schema};
	log_open(log, engine);
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
}

static int64_t due(struct tx *tx, int64_t now_us)
{
	int64_t id;
	int log_id;
	enum rc rc = check_due(tx, now_us, &id, &log_id, &engine_err);
	assert_true(rc == RC_OK || rc == RC_ABSENT);
	return rc == RC_OK ? id : 0;
}

static void finish(struct tx *tx, int64_t id, enum check_state state, int64_t bad_seq, int64_t now_us)
{
	struct check_verdict verdict = {.state = state, .result = {.entries = 9, .bad_seq = bad_seq, .reason = "sebab"}};
	ENGINE_OK(check_finish(tx, id, &verdict, now_us, &engine_err));
}

/* Ask, take, finish; gives its number. */
static int64_t done(struct tx *tx, int log_id, enum check_state state, int64_t now_us)
{
	ENGINE_OK(check_ask(tx, log_id, S("admin"), now_us, &engine_err));
	struct check_hand hand = {.check_id = due(tx, now_us), .node = 1};
	ENGINE_OK(check_take(tx, &hand, now_us, &engine_err));
	finish(tx, hand.check_id, state, 3, now_us);
	return hand.check_id;
}

static void check_hands(struct engine *engine)
{
	struct log log;
	struct check all[CHECK_RECENT_MAX];
	size_t n;
	open_log(&log, engine);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(due(tx, LOG_NOW), 0);
	ENGINE_OK(check_ask(tx, 0, S("admin"), LOG_NOW, &engine_err));
	assert_int_equal(check_ask(tx, 0, S("admin2"), LOG_NOW, &engine_err), RC_CONFLICT);
	ENGINE_OK(check_ask(tx, 1, S("admin2"), LOG_NOW, &engine_err));
	struct check_hand one = {.check_id = due(tx, LOG_NOW), .node = 1}, two = {one.check_id, 2, 0, 0};
	ENGINE_OK(check_take(tx, &one, LOG_NOW, &engine_err));
	assert_int_equal(check_take(tx, &two, LOG_NOW, &engine_err), RC_CONFLICT);
	assert_int_not_equal(due(tx, LOG_NOW), one.check_id);
	one.done = 5;
	one.all = 9;
	ENGINE_OK(check_progress(tx, &one, LOG_NOW + CHECK_LEASE_US - 1, &engine_err));
	assert_int_equal(check_progress(tx, &two, LOG_NOW, &engine_err), RC_CONFLICT);
	ENGINE_OK(check_recent(tx, 0, all, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(all[0].state, CHECK_RUNNING);
	assert_int_equal(all[0].done, 5);
	assert_int_equal(all[0].all, 9);
	/* a node that died loses it, and cannot tell any more */
	int64_t later = LOG_NOW + 3 * CHECK_LEASE_US;
	assert_int_equal(due(tx, later), one.check_id);
	ENGINE_OK(check_take(tx, &two, later, &engine_err));
	assert_int_equal(check_progress(tx, &one, later, &engine_err), RC_CONFLICT);
	/* one that stops lets go at once */
	ENGINE_OK(check_release(tx, 2, &engine_err));
	assert_int_equal(due(tx, later), one.check_id);
	ENGINE_OK(check_take(tx, &one, later, &engine_err));
	finish(tx, one.check_id, CHECK_WHOLE, -1, later);
	ENGINE_OK(check_recent(tx, 0, all, &n, &engine_err));
	assert_int_equal(all[0].state, CHECK_WHOLE);
	assert_int_equal(all[0].finished_us, later);
	assert_int_equal(all[0].root.n, 32);
	assert_true(str_eq(all[0].asked_by, S("admin")));
	tx_rollback(&tx);
	log_close(&log);
}

static size_t alarms_of(struct tx *tx)
{
	struct check_alarm at[CHECK_ALARMS_MAX];
	size_t n;
	ENGINE_OK(check_alarm(tx, at, &n, &engine_err));
	return n;
}

static void check_alarms(struct engine *engine)
{
	struct log log;
	open_log(&log, engine);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(alarms_of(tx), 0);
	done(tx, 0, CHECK_BROKEN, LOG_NOW);
	assert_int_equal(alarms_of(tx), 1);
	done(tx, 0, CHECK_FAILED, LOG_NOW); /* says nothing either way */
	assert_int_equal(alarms_of(tx), 1);
	done(tx, 1, CHECK_WHOLE, LOG_NOW); /* another log */
	assert_int_equal(alarms_of(tx), 1);
	ENGINE_OK(check_ask(tx, 0, S("admin"), LOG_NOW, &engine_err));
	assert_int_equal(alarms_of(tx), 1);
	finish(tx, due(tx, LOG_NOW), CHECK_WHOLE, -1, LOG_NOW);
	assert_int_equal(alarms_of(tx), 0);
	tx_rollback(&tx);
	log_close(&log);
}

/* The newest are kept, and the verdict that stands, however long ago. */
static void check_forgotten(struct engine *engine)
{
	struct log log;
	struct check all[CHECK_RECENT_MAX];
	size_t n;
	open_log(&log, engine);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	done(tx, 0, CHECK_BROKEN, LOG_NOW);
	int64_t last = 0;
	for (int i = 0; i < 60; i++)
		last = done(tx, 0, CHECK_FAILED, LOG_NOW);
	ENGINE_OK(check_recent(tx, 0, all, &n, &engine_err));
	assert_int_equal(n, CHECK_RECENT_MAX);
	assert_int_equal(all[0].check_id, last);
	assert_int_equal(alarms_of(tx), 1);
	struct check_alarm at[CHECK_ALARMS_MAX];
	ENGINE_OK(check_alarm(tx, at, &n, &engine_err));
	assert_int_equal(at[0].found_us, LOG_NOW);
	tx_rollback(&tx);
	log_close(&log);
}

static void check_sql(struct engine *engine)
{
	struct log log;
	open_log(&log, engine);
	for (size_t i = 0; check_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, check_queries[i], &engine_err));
	log_close(&log);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(hands)
EACH(alarms)
EACH(forgotten)
EACH(sql)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(hands),
	        cmocka_unit_test(alarms),
	        cmocka_unit_test(forgotten),
	        cmocka_unit_test(sql),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
