/* SPDX-License-Identifier: EUPL-1.2
 * What the PostgreSQL driver does when the server ends its connections: the
 * transaction at hand is broken, the connection is thrown away, the next one works.
 * And how long somebody waits who has little time, on either engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "engines.h"
#include "store/postgres_connect.h"
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
	enum tx_fate fate = TX_UNKNOWN;
	assert_int_equal(tx_fate(tx), TX_AGAIN);
	assert_int_equal(tx_commit_fate(&tx, &fate, &engine_err), RC_BROKEN);
	assert_int_equal(fate, TX_AGAIN); /* COMMIT never went out */
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
		OK(keep(tx[i], S("a")));
		tx_rollback(&tx[i]);
	}
}

/* The plan of a query is kept, and was made when the table was empty and known to be. */
static void check_by_the_index(struct engine *e)
{
	enum { BEFORE = 10, AFTER = 50 };
	const struct schema *schemas[] = {&sample_schema};
	struct sql_item_find_in in = {.item_id = 1};
	struct sql_item_find out;
	struct tx *tx;
	bool found;
	if (store_is_sqlite(e->store))
		return;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	engine_sql(e->url, "VACUUM ANALYZE item");
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	for (int i = 0; i < BEFORE; i++)
		OK(sql_item_find(tx, &in, 1, &out, &found, &engine_err));
	tx_rollback(&tx);
	engine_sql(e->url, "INSERT INTO item (name, amount) SELECT n::text, 1 FROM generate_series(1, 5000) n");
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	for (int i = 0; i < AFTER; i++)
		OK(sql_item_find(tx, &in, 1, &out, &found, &engine_err));
	assert_true(found);
	tx_rollback(&tx);
	store_close(e->store);
	e->store = NULL;
	engine_counted(e->url, "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relid = 'item'::regclass",
	               BEFORE + AFTER);
	assert_true(engine_number(e->url, "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relid = 'item'::regclass") < AFTER);
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
	OK(tx_take_turn(tx, turn, &engine_err)); /* it goes out with the next query */
	return query_exec(tx, &hurry, NULL, NULL, &engine_err);
}

static void check_turns(struct engine *e) /* as two nodes would */
{
	static const struct query nothing = {
	        .name = "nothing", .postgres = "SET LOCAL lock_timeout = '5s'", .params = "", .columns = ""};
	struct tx *tx;
	if (store_is_sqlite(e->store))
		return;
	struct store *other;
	OK(store_open(e->url, &other, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(turn_now(other, TURN_ALONE));
	OK(tx_take_turn(tx, TURN_SHARED, &engine_err));
	OK(query_exec(tx, &nothing, NULL, NULL, &engine_err));
	OK(turn_now(other, TURN_SHARED));
	assert_int_equal(turn_now(other, TURN_ALONE), RC_BROKEN);
	OK(tx_commit(&tx, &engine_err));
	OK(turn_now(other, TURN_ALONE));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(tx_take_turn(tx, TURN_ALONE, &engine_err));
	OK(query_exec(tx, &nothing, NULL, NULL, &engine_err));
	assert_int_equal(turn_now(other, TURN_SHARED), RC_BROKEN);
	assert_int_equal(turn_now(other, TURN_ALONE), RC_BROKEN);
	tx_rollback(&tx);
	OK(turn_now(other, TURN_SHARED));
	store_close(other);
}

/* Somebody else has the row: the step is given up in time, and the rest goes on. */
static void check_row_of_another(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	struct patience patience = {.us = 3 * US_PER_S}; /* the server gives up after half of it, this side after all */
	struct sql_item_insert row;
	struct tx *other, *tx;
	if (store_is_sqlite(e->store))
		return;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("a"), .amount = 1}, &row, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &other, &engine_err));
	OK(sql_item_set(other, (struct sql_item_set_in){.amount = 2, .item_id = row.item_id}, NULL, &engine_err));
	OK(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err));
	OK(tx_savepoint(tx, &engine_err));
	int64_t began_us = clock_steady_us();
	struct sql_item_set_in mine = {.amount = 3, .item_id = row.item_id};
	assert_int_equal(sql_item_set(tx, mine, NULL, &engine_err), RC_BROKEN);
	assert_true(clock_steady_us() - began_us < 4 * US_PER_S); /* one with time waits for 5 s */
	assert_int_equal(patience.since_us, 0);
	assert_int_equal(tx_fate(tx), TX_AGAIN);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(tx_fate(tx), TX_UNDONE);
	tx_rollback(&other);
	OK(sql_item_set(tx, mine, NULL, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static int64_t backend_of(struct tx *tx)
{
	static const struct query query = {
	        .name = "pid", .postgres = "SELECT pg_backend_pid()::bigint", .params = "", .columns = "i"};
	struct value pid;
	OK(query_one(tx, &query, NULL, &pid, &engine_err));
	return pid.i;
}

static void freeze(int64_t pid)
{
	assert_int_equal(kill((pid_t)pid, SIGSTOP), 0);
}

static void thaw(int64_t pid)
{
	assert_int_equal(kill((pid_t)pid, SIGCONT), 0);
}

/* Nobody is held by a server that says nothing, and its connection is not used again. */
static void check_frozen(struct engine *e)
{
	static const struct query query = {.name = "new", .postgres = "SELECT 1::bigint", .params = "", .columns = "i"};
	struct patience patience = {.us = 2 * US_PER_S};
	struct value one;
	struct tx *tx;
	enum tx_fate fate;
	if (store_is_sqlite(e->store))
		return;
	for (int i = 0; i < 3; i++) {
		OK(tx_begin_within(e->store, i == 0 ? TX_READ : TX_WRITE, &patience, &tx, &engine_err));
		int64_t began_us = clock_steady_us(), pid = backend_of(tx);
		freeze(pid);
		if (i == 0) { /* the end of what was only read is not waited for, but by the next one */
			tx_rollback(&tx);
			assert_int_equal(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err), RC_BROKEN);
		} else if (i == 1) { /* a query that is new to the connection, which waits twice */
			assert_int_equal(query_one(tx, &query, NULL, &one, &engine_err), RC_BROKEN);
			assert_int_equal(tx_fate(tx), TX_UNDONE);
			assert_int_equal(tx_commit_fate(&tx, &fate, &engine_err), RC_BROKEN);
			assert_int_equal(fate, TX_UNDONE); /* COMMIT never went out */
		} else {
			assert_int_equal(tx_commit_fate(&tx, &fate, &engine_err), RC_BROKEN);
			assert_int_equal(fate, TX_UNKNOWN);
		}
		assert_null(tx);
		assert_true(clock_steady_us() - began_us < 20 * US_PER_S); /* one with time waits for 45 s */
		assert_int_equal(patience.since_us, 0);
		thaw(pid);
		OK(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err));
		assert_int_not_equal(backend_of(tx), pid);
		OK(tx_commit(&tx, &engine_err));
	}
}

/* Whatever the server would write of values into its log when something goes wrong, and, asked by one who may say so,
 * whenever. */
static void check_values_untold(struct engine *e)
{
	char value[STORE_SETTING_MAX] = "";
	if (store_is_sqlite(e->store)) {
		assert_int_equal(store_setting(e->store, "fsync", value, &engine_err), RC_ABSENT);
		return;
	}
	size_t n = strlen(e->url);
	store_close(e->store);
	e->store = NULL;
	snprintf(e->url + n, sizeof e->url - n,
	         "&options=-c%%20log_parameter_max_length_on_error%%3D-1%%20-c%%20log_parameter_max_length%%3D-1");
	OK(store_open(e->url, &e->store, &engine_err));
	OK(store_setting(e->store, "log_parameter_max_length_on_error", value, &engine_err));
	assert_string_equal(value, "0");
	OK(store_setting(e->store, "log_parameter_max_length", value, &engine_err));
	assert_string_equal(value, "0");
	assert_int_equal(store_setting(e->store, "padan.tidak_ada", value, &engine_err), RC_ABSENT);
}

/* What nobody waited for fails before COMMIT is carried out, and that is certain. */
static void check_commit_after_later(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	struct sql_item_insert row;
	struct sql_item_total total;
	struct tx *tx;
	enum tx_fate fate = TX_UNKNOWN;
	if (store_is_sqlite(e->store))
		return;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("a"), .amount = 1}, &row, &engine_err));
	struct sql_item_change_one_in bad = {.item_id = row.item_id, .amount = -1};
	OK(sql_item_change_one(tx, bad, NULL, &engine_err));
	assert_int_equal(tx_commit_fate(&tx, &fate, &engine_err), RC_BROKEN);
	assert_int_equal(fate, TX_UNDONE);
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(sql_item_total(tx, &total, &engine_err));
	assert_int_equal(total.n, 0);
	tx_rollback(&tx);
}

/* The turn is waited for with the first query; too long, and it was no fault of its own. */
static void check_turn_of_another(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	struct patience patience = {.us = 3 * US_PER_S}; /* the server gives up after half of it, this side after all */
	struct sql_item_total total;
	struct tx *other, *tx;
	enum tx_fate fate = TX_UNKNOWN;
	if (store_is_sqlite(e->store))
		return;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &other, &engine_err));
	OK(tx_take_turn(other, TURN_ALONE, &engine_err));
	(void)backend_of(other);
	for (int i = 0; i < 2; i++) {
		OK(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err));
		OK(tx_take_turn(tx, TURN_SHARED, &engine_err));
		OK(tx_savepoint(tx, &engine_err));
		if (i == 0) {
			assert_int_equal(tx_release(tx, &engine_err), RC_OK);
		} else {
			assert_int_equal(sql_item_total(tx, &total, &engine_err), RC_BROKEN);
			assert_int_equal(tx_undo(tx, &engine_err), RC_BROKEN); /* there is no step: it never began */
			assert_int_equal(tx_fate(tx), TX_AGAIN);
		}
		assert_int_equal(tx_commit_fate(&tx, &fate, &engine_err), RC_BROKEN);
		assert_int_equal(fate, TX_AGAIN);
	}
	tx_rollback(&other);
}

/* A port where somebody listens and nobody answers. */
static int deaf_port(int *ret_socket)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof at;
	*ret_socket = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(*ret_socket, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(*ret_socket, 8), 0);
	assert_int_equal(getsockname(*ret_socket, (struct sockaddr *)&at, &size), 0);
	return ntohs(at.sin_port);
}

static PGconn *connect_within(const char *url, int64_t us, bool *ret_late)
{
	struct postgres_hosts hosts;
	int64_t began_us = clock_steady_us();
	OK(postgres_hosts_read(url, &hosts, &engine_err));
	PGconn *pg = postgres_connect(&hosts, began_us + us, ret_late);
	assert_true(clock_steady_us() - began_us < us + 4 * US_PER_S);
	postgres_hosts_free(&hosts);
	return pg;
}

static void check_deaf_server(struct engine *e)
{
	char url[1200];
	int listening;
	bool late;
	if (store_is_sqlite(e->store))
		return;
	int port = deaf_port(&listening);
	snprintf(url, sizeof url, "postgres://padan@127.0.0.1:%d/postgres", port);
	PGconn *pg = connect_within(url, 300 * 1000, &late);
	assert_true(late);
	PQfinish(pg);
	/* with another one that answers: it gets its share of the time */
	const char *host = strchr(e->url, '@') + 1;
	snprintf(url, sizeof url, "postgres://padan@127.0.0.1:%d,%s", port, host);
	pg = connect_within(url, 10 * US_PER_S, &late);
	assert_false(late);
	assert_int_equal(PQstatus(pg), CONNECTION_OK);
	PQfinish(pg);
	close(listening);
}

static void check_urls(struct engine *e)
{
	struct postgres_hosts hosts;
	(void)e;
	OK(postgres_hosts_read("postgres://u@one:1,two:2/db?target_session_attrs=prefer-standby", &hosts, &engine_err));
	assert_int_equal(hosts.n, 2);
	assert_string_equal(hosts.host[1], "two");
	assert_string_equal(hosts.port[1], "2");
	assert_true(hosts.prefer_standby);
	postgres_hosts_free(&hosts);
	OK(postgres_hosts_read("postgres://u@one/db", &hosts, &engine_err));
	assert_int_equal(hosts.n, 0);
	postgres_hosts_free(&hosts);
	assert_int_equal(postgres_hosts_read("postgres://u@one/db?tidak_ada=1", &hosts, &engine_err), RC_INVALID);
	assert_int_equal(postgres_hosts_read("postgres://u@a,b,c,d,e,f,g,h,i/db", &hosts, &engine_err), RC_INVALID);
}

/* The other engine: its one writer is another process, or another thread. */
static void check_busy_writer(struct engine *e)
{
	struct patience patience = {.us = 200 * 1000};
	struct store *other;
	struct tx *held, *tx;
	if (!store_is_sqlite(e->store))
		return;
	OK(store_open(e->url, &other, &engine_err));
	for (int i = 0; i < 2; i++) {
		OK(tx_begin(i ? e->store : other, TX_WRITE, &held, &engine_err));
		int64_t began_us = clock_steady_us();
		assert_int_equal(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err), RC_BROKEN);
		assert_null(tx);
		assert_true(clock_steady_us() - began_us < 4 * US_PER_S); /* one with time waits for 5 s */
		assert_int_equal(patience.since_us, 0);
		tx_rollback(&held);
	}
	OK(tx_begin_within(e->store, TX_WRITE, &patience, &tx, &engine_err));
	tx_rollback(&tx);
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
EACH(by_the_index)
EACH(commit_after_error)
EACH(turns)
EACH(row_of_another)
EACH(frozen)
EACH(commit_after_later)
EACH(turn_of_another)
EACH(values_untold)
EACH(deaf_server)
EACH(urls)
EACH(busy_writer)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_lost_in_transaction),
	        cmocka_unit_test(test_lost_in_batch),
	        cmocka_unit_test(test_lost_while_idle),
	        cmocka_unit_test(test_by_the_index),
	        cmocka_unit_test(test_commit_after_error),
	        cmocka_unit_test(test_turns),
	        cmocka_unit_test(test_row_of_another),
	        cmocka_unit_test(test_frozen),
	        cmocka_unit_test(test_commit_after_later),
	        cmocka_unit_test(test_turn_of_another),
	        cmocka_unit_test(test_values_untold),
	        cmocka_unit_test(test_deaf_server),
	        cmocka_unit_test(test_urls),
	        cmocka_unit_test(test_busy_writer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
