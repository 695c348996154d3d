/* SPDX-License-Identifier: EUPL-1.2
 * What quota.h promises, asked of every engine: exact under concurrency, exact at
 * the limit, one counter per instansi, method and WIB day, nothing left behind by a
 * rollback, and a clock that steps back. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engines.h"
#include "policy/policy.sql.h"
#include "policy/quota.h"

#define OK ENGINE_OK /* its calls tell engine_err what went wrong */
#define BPBD INT64_C(7)

/* 24 November 2026, 23.59.59 WIB */
static int64_t before_midnight(void)
{
	return day_begin_us(day_from_ymd(2026, 11, 25)) - US_PER_S;
}

static struct tx *begin(struct engine *e, enum tx_mode mode)
{
	struct tx *tx;
	OK(tx_begin(e->store, mode, &tx, &engine_err));
	return tx;
}

static void migrate(struct engine *e)
{
	const struct schema *schemas[] = {&policy_schema};
	OK(store_migrate(e->store, schemas, 1, before_midnight(), &engine_err));
}

struct charged {
	int64_t spent;
	struct quota_use use;
};

static struct charged charge(struct engine *e, enum method method, int64_t limit, int64_t hits, int64_t now_us)
{
	struct charged c;
	struct tx *tx = begin(e, TX_WRITE);
	OK(quota_charge(tx, BPBD, method, limit, hits, now_us, &c.spent, &c.use, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return c;
}

static struct quota_use look(struct engine *e, int64_t instansi_id, enum method method, int64_t limit, int64_t now_us)
{
	struct quota_use use;
	TX_AUTO *tx = begin(e, TX_READ);
	OK(quota_read(tx, instansi_id, method, limit, now_us, &use, &engine_err));
	return use;
}

static void check_queries(struct engine *e)
{
	migrate(e);
	for (const struct query *const *q = policy_queries; *q; q++)
		OK(query_check(e->store, *q, &engine_err));
}

static void check_limit(struct engine *e)
{
	int64_t now = before_midnight();
	migrate(e);
	assert_int_equal(look(e, BPBD, METHOD_PORTAL, 200, now).used, 0);
	assert_int_equal(charge(e, METHOD_PORTAL, 200, 150, now).spent, 150);
	struct charged c = charge(e, METHOD_PORTAL, 200, 64, now);
	assert_int_equal(c.spent, 50);
	assert_int_equal(c.use.used, 200);
	assert_int_equal(quota_left(&c.use), 0);
	assert_int_equal(c.use.resets_us, now + US_PER_S);
	assert_int_equal(charge(e, METHOD_PORTAL, 200, 1, now).spent, 0);
	assert_int_equal(charge(e, METHOD_PORTAL, 200, 0, now).use.used, 200);
	/* counters of other methods and instansi are their own */
	assert_int_equal(look(e, BPBD, METHOD_CALL_NIK, 200, now).used, 0);
	assert_int_equal(look(e, BPBD + 1, METHOD_PORTAL, 200, now).used, 0);
	assert_int_equal(charge(e, METHOD_VERIFY, 3, 9, now).spent, 3);
}

static void check_limit_moves(struct engine *e)
{
	int64_t now = before_midnight();
	migrate(e);
	assert_int_equal(charge(e, METHOD_PORTAL, 200, 180, now).spent, 180);
	struct charged lowered = charge(e, METHOD_PORTAL, 100, 5, now);
	assert_int_equal(lowered.spent, 0);
	assert_int_equal(lowered.use.used, 180);
	assert_int_equal(quota_left(&lowered.use), 0);
	assert_int_equal(charge(e, METHOD_PORTAL, 300, 500, now).spent, 120);
	struct charged unlimited = charge(e, METHOD_PORTAL, -1, 1000, now);
	assert_int_equal(unlimited.spent, 1000);
	assert_int_equal(unlimited.use.used, 1300);
	assert_int_equal(quota_left(&unlimited.use), -1);
	assert_int_equal(charge(e, METHOD_PORTAL, 200, 1, now).spent, 0);
	assert_int_equal(charge(e, METHOD_CALL_NIK, 0, 1, now).spent, 0);
}

static void check_midnight(struct engine *e)
{
	int64_t now = before_midnight(), after = now + 2 * US_PER_S;
	migrate(e);
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 10, now).spent, 10);
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 1, now + US_PER_S - 1).spent, 0);
	struct charged next = charge(e, METHOD_PORTAL, 10, 4, now + US_PER_S);
	assert_int_equal(next.spent, 4);
	assert_int_equal(next.use.resets_us, now + US_PER_S + US_PER_DAY);
	/* midnight in Greenwich is seven in the morning here: the same day */
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 1, after + 7 * 3600 * US_PER_S).use.used, 5);
	/* the clock steps back over midnight, and forth again: both rows are as they were */
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 1, now).spent, 0);
	assert_int_equal(look(e, BPBD, METHOD_PORTAL, 10, now).used, 10);
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 9, after).spent, 5);
}

static void check_rollback(struct engine *e)
{
	int64_t now = before_midnight(), spent;
	struct quota_use use;
	migrate(e);
	struct tx *tx = begin(e, TX_WRITE);
	OK(quota_charge(tx, BPBD, METHOD_PORTAL, 10, 7, now, &spent, &use, &engine_err));
	assert_int_equal(spent, 7);
	tx_rollback(&tx);
	assert_int_equal(look(e, BPBD, METHOD_PORTAL, 10, now).used, 0);
	assert_int_equal(charge(e, METHOD_PORTAL, 10, 11, now).spent, 10);
}

/* A tray: rows held together, taken one by one, written in one go. */
static void check_tray(struct engine *e)
{
	int64_t now = before_midnight();
	struct quota_line lines[] = {
		{.instansi_id = 3, .method = METHOD_PORTAL, .use.limit = 2},
		{.instansi_id = 3, .method = METHOD_VERIFY, .use.limit = -1},
		{.instansi_id = 9, .method = METHOD_PORTAL, .use.limit = 1},
	};
	migrate(e);
	struct tx *tx = begin(e, TX_WRITE);
	OK(quota_hold(tx, lines, LEN(lines), now, &engine_err));
	assert_true(quota_take(&lines[0]));
	assert_true(quota_take(&lines[0]));
	assert_false(quota_take(&lines[0]));
	assert_true(quota_take(&lines[1]));
	OK(quota_spend(tx, lines, LEN(lines), now, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(look(e, 3, METHOD_PORTAL, 2, now).used, 2);
	assert_int_equal(look(e, 3, METHOD_VERIFY, -1, now).used, 1);
	assert_int_equal(look(e, 9, METHOD_PORTAL, 1, now).used, 0);
}

/* ---- concurrency ---- */

#define THREADS 8
#define TRIES 40
#define LIMIT 200

struct race {
	struct engine *engine;
	pthread_barrier_t start;
	atomic_long spent, asked, broken;
};

/* Trays of one to three hits, on two rows, each in a transaction of its own; every seventh is rolled back. */
static bool race_once(struct race *r, int k)
{
	TX_AUTO *tx = NULL;
	int64_t now = before_midnight();
	struct quota_line lines[] = {
		{.instansi_id = BPBD, .method = METHOD_PORTAL, .use.limit = LIMIT},
		{.instansi_id = BPBD + 1, .method = METHOD_PORTAL, .use.limit = -1},
	};
	if (engine_begin(r->engine->store, &tx) != RC_OK || quota_hold(tx, lines, 2, now, NULL) != RC_OK)
		return false;
	int64_t took = 0;
	for (int i = 0; i <= k % 3; i++)
		took += quota_take(&lines[0]);
	quota_take(&lines[1]);
	if (quota_spend(tx, lines, 2, now, NULL) != RC_OK)
		return false;
	if (k % 7 == 6)
		return true;
	if (tx_commit(&tx, NULL) != RC_OK)
		return false;
	r->spent += took;
	r->asked++;
	return true;
}

static void *race_run(void *arg)
{
	struct race *r = arg;
	pthread_barrier_wait(&r->start);
	for (int k = 0; k < TRIES; k++)
		r->broken += !race_once(r, k);
	return NULL;
}

static void check_race(struct engine *e)
{
	pthread_t threads[THREADS];
	struct race race = {.engine = e};
	migrate(e);
	pthread_barrier_init(&race.start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, race_run, &race), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&race.start);
	assert_int_equal(race.broken, 0);
	assert_int_equal(race.spent, LIMIT);
	assert_int_equal(look(e, BPBD, METHOD_PORTAL, LIMIT, before_midnight()).used, LIMIT);
	assert_int_equal(look(e, BPBD + 1, METHOD_PORTAL, -1, before_midnight()).used, race.asked);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(queries)
EACH(limit)
EACH(limit_moves)
EACH(midnight)
EACH(rollback)
EACH(tray)
EACH(race)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries),  cmocka_unit_test(test_limit), cmocka_unit_test(test_limit_moves),
		cmocka_unit_test(test_midnight), cmocka_unit_test(test_rollback), cmocka_unit_test(test_tray),
		cmocka_unit_test(test_race),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
