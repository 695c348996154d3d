/* SPDX-License-Identifier: EUPL-1.2
 * What the PostgreSQL driver does when the server ends its connections: the
 * transaction at hand is broken, the connection is thrown away, the next one works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "engines.h"
#include "test/contract/store/sample.sql.c"

#define OK ENGINE_OK

/* The store under a name of its own, so that only its connections are ended. */
static void reopen_named(struct engine *e, char name[64])
{
	const struct schema *schemas[] = {&sample_schema};
	static int count;
	snprintf(name, 64, "padan_test_%ld_%d", (long)getpid(), ++count);
	store_close(e->store);
	e->store = NULL;
	size_t n = strlen(e->url);
	snprintf(e->url + n, sizeof e->url - n, "&application_name=%s", name);
	OK(store_open(e->url, &e->store, &engine_err));
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
}

static void end_connections(const char *name)
{
	char sql[256];
	snprintf(sql, sizeof sql,
	         "DO $$ BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = "
	         "'%s'; END $$",
	         name);
	engine_sql(getenv("PADAN_TEST_POSTGRES"), sql);
}

static enum rc keep(struct tx *tx, struct str name)
{
	return sql_item_keep(tx, (struct sql_item_keep_in){.name = name}, NULL, &engine_err);
}

static void check_lost_in_transaction(struct engine *e)
{
	char name[64];
	struct tx *tx;
	if (store_is_sqlite(e->store))
		return;
	reopen_named(e, name);
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(keep(tx, S("a")));
	end_connections(name);
	assert_int_equal(keep(tx, S("b")), RC_BROKEN);
	assert_int_equal(tx_savepoint(tx, &engine_err), RC_BROKEN);
	assert_int_equal(tx_commit(&tx, &engine_err), RC_BROKEN);
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(keep(tx, S("c")));
	OK(tx_commit(&tx, &engine_err));
}

static void check_lost_in_batch(struct engine *e)
{
	char name[64];
	struct tx *tx;
	struct sql_item_find_in in[3] = {{1}, {2}, {3}};
	struct sql_item_find out[3];
	bool found[3];
	if (store_is_sqlite(e->store))
		return;
	reopen_named(e, name);
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_find(tx, in, 3, out, found, &engine_err));
	end_connections(name);
	assert_int_equal(sql_item_find(tx, in, 3, out, found, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_find(tx, in, 3, out, found, &engine_err));
	tx_rollback(&tx);
}

static void check_lost_while_idle(struct engine *e)
{
	char name[64];
	struct tx *tx[3];
	if (store_is_sqlite(e->store))
		return;
	reopen_named(e, name);
	for (int i = 0; i < 3; i++)
		OK(tx_begin(e->store, TX_READ, &tx[i], &engine_err));
	for (int i = 0; i < 3; i++)
		tx_rollback(&tx[i]);
	end_connections(name); /* all three */
	for (int i = 0; i < 3; i++) {
		OK(tx_begin(e->store, TX_WRITE, &tx[i], &engine_err));
		tx_rollback(&tx[i]);
	}
}

/* COMMIT of a transaction that met an error is answered with success by the server. */
static void check_commit_after_error(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	struct sql_item_insert row;
	struct tx *tx;
	if (store_is_sqlite(e->store))
		return;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(keep(tx, S("a")));
	assert_int_equal(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("a")}, &row, &engine_err),
	                 RC_CONFLICT);
	assert_int_equal(tx_commit(&tx, &engine_err), RC_BROKEN);
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	struct sql_item_total total;
	OK(sql_item_total(tx, &total, &engine_err));
	assert_int_equal(total.n, 0);
	tx_rollback(&tx);
}

/* A turn that is not waited for for long. */
static enum rc turn_now(struct store *store, enum tx_turn turn)
{
	static const struct query hurry = {
	        .name = "hurry", .postgres = "SET LOCAL lock_timeout = '200ms'", .params = "", .columns = ""};
	TX_AUTO *tx = NULL;
	OK(tx_begin(store, TX_WRITE, &tx, &engine_err));
	OK(query_exec(tx, &hurry, NULL, NULL, &engine_err));
	return tx_take_turn(tx, turn, &engine_err);
}

static void check_turns(struct engine *e) /* as two nodes would */
{
	struct tx *tx;
	if (store_is_sqlite(e->store))
		return;
	struct store *other;
	OK(store_open(e->url, &other, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(turn_now(other, TURN_ALONE));
	OK(tx_take_turn(tx, TURN_SHARED, &engine_err));
	OK(turn_now(other, TURN_SHARED));
	assert_int_equal(turn_now(other, TURN_ALONE), RC_BROKEN);
	OK(tx_commit(&tx, &engine_err));
	OK(turn_now(other, TURN_ALONE));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(tx_take_turn(tx, TURN_ALONE, &engine_err));
	assert_int_equal(turn_now(other, TURN_SHARED), RC_BROKEN);
	assert_int_equal(turn_now(other, TURN_ALONE), RC_BROKEN);
	tx_rollback(&tx);
	OK(turn_now(other, TURN_SHARED));
	store_close(other);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(lost_in_transaction)
EACH(lost_in_batch)
EACH(lost_while_idle)
EACH(commit_after_error)
EACH(turns)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_lost_in_transaction),
	        cmocka_unit_test(test_lost_in_batch),
	        cmocka_unit_test(test_lost_while_idle),
	        cmocka_unit_test(test_commit_after_error),
	        cmocka_unit_test(test_turns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
