/* SPDX-License-Identifier: EUPL-1.2
 * test/engines.h - run a contract test once per engine, on a fresh empty store.
 *
 *	static void check_counting(struct engine *engine) { ... engine->store ... }
 *	static void test_counting(void **state) { (void)state; engine_each(check_counting); }
 *
 * SQLite is always there, in a temporary directory. PostgreSQL is when
 * PADAN_TEST_POSTGRES names a server (tools/with-postgres starts one); each test
 * has a schema of its own there, so tests may run side by side. Needs cmocka. */
#pragma once
#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

struct engine {
	const char *name;
	char url[1024];      /* to open it once more */
	char dir[64];        /* SQLite: where its files are, and where a test may put others */
	struct store *store; /* closed afterwards; a test may close it and set it to NULL */
};

/* What the last call said; pass &engine_err to calls inside ENGINE_OK. */
static struct err engine_err;
#define ENGINE_OK(call) engine_ok((call), #call, __FILE__, __LINE__)
static inline void engine_ok(enum rc rc, const char *call, const char *file, int line)
{
	if (rc == RC_OK)
		return;
	print_error("%s: %s: %s: %s\n", call, rc_name(rc), engine_err.what, engine_err.detail);
	_fail(file, line);
	abort(); /* never reached; tells the compiler so */
}

static inline int engine_remove(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline void engine_dir(struct engine *engine)
{
	snprintf(engine->dir, sizeof engine->dir, "/tmp/padan-test.XXXXXX");
	assert_non_null(mkdtemp(engine->dir));
}

static inline void engine_run(struct engine *engine, void (*test)(struct engine *))
{
	ENGINE_OK(store_open(engine->url, &engine->store, &engine_err));
	test(engine);
	store_close(engine->store);
	nftw(engine->dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static inline void engine_sql(const char *url, const char *sql)
{
	PGconn *pg = PQconnectdb(url);
	PGresult *result = PQexec(pg, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		print_error("%s\n", PQerrorMessage(pg));
	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	PQclear(result);
	PQfinish(pg);
}

/* One number out of the server's own books. */
static inline int64_t engine_number(const char *url, const char *sql)
{
	PGconn *pg = PQconnectdb(url);
	PGresult *result = PQexec(pg, sql);
	assert_int_equal(PQntuples(result), 1);
	int64_t n = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	PQfinish(pg);
	return n;
}

/* The server writes its counts down when a connection ends, a little later than the other side sees it end. */
static inline void engine_counted(const char *url, const char *sql, int64_t least)
{
	for (int i = 0; i < 3000 && engine_number(url, sql) < least; i++)
		usleep(10000);
	assert_true(engine_number(url, sql) >= least);
}

static inline void engine_postgres(const char *server, void (*test)(struct engine *))
{
	static int count;
	char schema[64], sql[128];
	struct engine engine = {.name = "postgres"};
	snprintf(schema, sizeof schema, "t%ld_%d", (long)getpid(), ++count);
	snprintf(engine.url, sizeof engine.url, "%s%soptions=-csearch_path%%3D%s", server,
	         strchr(server, '?') ? "&" : "?", schema);
	snprintf(sql, sizeof sql, "CREATE SCHEMA %s", schema);
	engine_sql(server, sql);
	engine_dir(&engine);
	engine_run(&engine, test);
	snprintf(sql, sizeof sql, "SET client_min_messages = error; DROP SCHEMA %s CASCADE", schema);
	engine_sql(server, sql);
}

/* A write transaction for one of several threads, in one process or as if in several. One writes at a
 * time, nobody waits for longer than 5 s, and there is no queue; on a slow disk one of many may come
 * away with nothing, and asks again. */
static inline enum rc engine_begin(struct store *store, struct tx **ret)
{
	enum rc rc = RC_BROKEN;
	for (int tries = 0; tries < 12 && rc != RC_OK; tries++)
		rc = tx_begin(store, TX_WRITE, ret, NULL);
	return rc;
}

static inline void engine_each(void (*test)(struct engine *engine))
{
	struct engine sqlite = {.name = "sqlite"};
	engine_dir(&sqlite);
	snprintf(sqlite.url, sizeof sqlite.url, "sqlite:%s/store.db", sqlite.dir);
	engine_run(&sqlite, test);
	const char *server = getenv("PADAN_TEST_POSTGRES");
	static bool said;
	if (server && *server)
		engine_postgres(server, test);
	else if (!said)
		fputs("*** postgres: not tested (run under tools/with-postgres) ***\n", stderr);
	said = true;
}
