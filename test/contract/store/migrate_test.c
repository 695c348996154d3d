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

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_order_and_repeat),
	        cmocka_unit_test(test_further),
	        cmocka_unit_test(test_newer),
	        cmocka_unit_test(test_failing_step),
	        cmocka_unit_test(test_nodes_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
