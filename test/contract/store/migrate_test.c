/* SPDX-License-Identifier: EUPL-1.2
 * What migrate.h promises, asked of every engine. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "engines.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK
#define SAME(text) .sqlite = text, .postgres = text

static const struct migration first_steps[] = {
        {.number = 1, SAME("CREATE TABLE a (n BIGINT); INSERT INTO a VALUES (1);")},
        {.number = 2, SAME("INSERT INTO a SELECT n + 1 FROM a;")}, /* gives another result in another order */
        {.number = 3, SAME("INSERT INTO a SELECT n * 10 FROM a;")},
        {.number = 4, SAME("INSERT INTO a VALUES (7); INSERT INTO nowhere VALUES (1);")},
};
static const struct query sum = {.name = "sum",
	                                  .sqlite = "SELECT sum(n) FROM a",
	                                  .postgres = "SELECT CAST(sum(n) AS BIGINT) FROM a",
	                                  .params = "", .columns = "i"};

static enum rc take(struct engine *e, const char *room, size_t n)
{
	const struct schema schema = {room, first_steps, n};
	const struct schema *schemas[] = {&schema};
	return store_migrate(e->store, schemas, 1, 1, &engine_err);
}

static int64_t total(struct engine *e)
{
	TX_AUTO *tx = NULL;
	struct value got = {0};
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(query_one(tx, &sum, NULL, &got, &engine_err));
	return got.i;
}

static void check_order_and_repeat(struct engine *e)
{
	OK(take(e, "a", 3));
	assert_int_equal(total(e), 33); /* 1, 2, 10, 20 */
	OK(take(e, "a", 3));
	assert_int_equal(total(e), 33);
}

static void check_further(struct engine *e)
{
	OK(take(e, "a", 1));
	assert_int_equal(total(e), 1);
	OK(take(e, "a", 3));
	assert_int_equal(total(e), 33);
}

static void check_newer(struct engine *e)
{
	OK(take(e, "a", 3));
	assert_int_equal(take(e, "a", 2), RC_REFUSED);
	/* and nothing was done for a room that stands before it in the list */
	static const struct migration other_step = {.number = 1, SAME("CREATE TABLE other (n BIGINT);")};
	const struct schema other = {"other", &other_step, 1}, older = {"a", first_steps, 2};
	const struct schema *schemas[] = {&other, &older};
	assert_int_equal(store_migrate(e->store, schemas, 2, 1, &engine_err), RC_REFUSED);
	static const struct query look = {.name = "look",
	                                  .sqlite = "SELECT n FROM other",
	                                  .postgres = "SELECT n FROM other",
	                                  .params = "", .columns = "i"};
	assert_int_equal(query_check(e->store, &look, &engine_err), RC_BROKEN);
}

static void check_failing_step(struct engine *e)
{
	OK(take(e, "a", 1));
	assert_int_equal(take(e, "a", 4), RC_BROKEN); /* steps 2 to 4 share a transaction */
	assert_int_equal(total(e), 1);
	OK(take(e, "a", 3));
	assert_int_equal(total(e), 33);
}

static void *take_at_once(void *url)
{
	struct engine e = {0};
	enum rc rc = store_open(url, &e.store, NULL);
	if (rc == RC_OK) {
		const struct schema schema = {"a", first_steps, 3};
		const struct schema *schemas[] = {&schema};
		rc = store_migrate(e.store, schemas, 1, 1, NULL);
	}
	store_close(e.store);
	return rc == RC_OK ? NULL : "failed";
}

static void check_nodes_at_once(struct engine *e)
{
	pthread_t nodes[4];
	for (size_t i = 0; i < LEN(nodes); i++)
		assert_int_equal(pthread_create(&nodes[i], NULL, take_at_once, e->url), 0);
	for (size_t i = 0; i < LEN(nodes); i++) {
		void *failed;
		pthread_join(nodes[i], &failed);
		assert_null(failed);
	}
	assert_int_equal(total(e), 33);
}

struct asked {
	int n;
	struct schema_state state;
	enum rc say;
};

static enum rc ask(void *arg, struct store *store, const struct schema_state *state, struct err *err)
{
	struct asked *asked = arg;
	(void)store;
	asked->n++;
	asked->state = *state;
	return asked->say == RC_OK ? RC_OK : FAIL(err, asked->say, "no");
}

static enum rc take_asking(struct engine *e, size_t n, struct asked *asked)
{
	const struct schema schema = {"a", first_steps, n};
	const struct schema *schemas[] = {&schema};
	struct upgrade upgrade = {.schemas = schemas, .n = 1, .now_us = 1, .before = ask, .arg = asked};
	return store_upgrade(e->store, &upgrade, &engine_err);
}

/* Only a database that has steps and lacks others is upgraded; who says no leaves it as it is. */
static void check_asked_before(struct engine *e)
{
	struct asked asked = {0};
	OK(take_asking(e, 1, &asked));
	assert_int_equal(asked.n, 0);
	OK(take_asking(e, 1, &asked));
	assert_int_equal(asked.n, 0);
	asked.say = RC_REFUSED;
	assert_int_equal(take_asking(e, 3, &asked), RC_REFUSED);
	assert_int_equal(asked.n, 1);
	assert_int_equal(asked.state.taken, 1);
	assert_int_equal(asked.state.missing, 2);
	assert_int_equal(total(e), 1);
	asked.say = RC_OK;
	OK(take_asking(e, 3, &asked));
	assert_int_equal(asked.n, 2);
	assert_int_equal(total(e), 33);
}

static void check_steps(struct engine *e)
{
	TX_AUTO *tx = NULL;
	struct schema_at *rooms;
	size_t n;
	OK(take(e, "a", 3));
	OK(take(e, "b", 0));
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(store_steps(tx, &rooms, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_true(str_eq(rooms[0].room, S("a")));
	assert_int_equal(rooms[0].number, 3);
	assert_int_equal(rooms[0].n, 3);
}

/* A moment of the log by name: PostgreSQL alone has one. */
static void check_restore_point(struct engine *e)
{
	char out[STORE_POINT_MAX];
	enum rc rc = store_restore_point(e->store, "padan-uji", out, &engine_err);
	if (store_is_sqlite(e->store)) {
		assert_int_equal(rc, RC_REFUSED);
		return;
	}
	OK(rc);
	assert_non_null(strchr(out, '/'));
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(order_and_repeat)
EACH(further)
EACH(newer)
EACH(failing_step)
EACH(nodes_at_once)
EACH(asked_before)
EACH(steps)
EACH(restore_point)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_order_and_repeat),
	        cmocka_unit_test(test_further),
	        cmocka_unit_test(test_newer),
	        cmocka_unit_test(test_failing_step),
	        cmocka_unit_test(test_nodes_at_once),
	        cmocka_unit_test(test_asked_before),
	        cmocka_unit_test(test_steps),
	        cmocka_unit_test(test_restore_point),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
