/* SPDX-License-Identifier: EUPL-1.2
 * tools/mksql: every rule of doc/mksql.md, good and bad; messages with their line;
 * and that what comes out compiles without a warning under gcc and clang. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tool.h"

#define Q "-- name: q :one\n"
#define OPEN "-- name: q :exec\n"
#define BATCH "-- name: q :batchexec\n"

static int mksql(struct bench *b, const char *sql)
{
	bench_write(b, "room/in.sql", sql);
	struct bench_path in = bench_path(b, "room/in.sql"), h = bench_path(b, "in.sql.h"),
	                  c = bench_path(b, "in.sql.c");
	const char *argv[] = {"build/tools/mksql", in.z, h.z, c.z, NULL};
	return bench_run(b, argv);
}

/* ---- mistakes ---- */

static const struct {
	int line;
	const char *message; /* a part of it */
	const char *sql;
} mistakes[] = {
        /* sections */
        {1, "outside of", "SELECT 1;"},
        {2, "outside of", "-- a remark\nSELECT 1;"},
        {1, "has no statement", Q},
        {2, "does not end with ';'", Q "SELECT a /*int*/ FROM t"},
        {2, "does not end with ';'", Q "SELECT a /*int*/ FROM t\n" OPEN "DELETE FROM t;"},
        {2, "';' without a statement", Q ";"},
        {3, "has a second statement", Q "SELECT a /*int*/ FROM t;\nDELETE FROM t;"},
        {3, "is there already, in line 1", OPEN "DELETE FROM t;\n" OPEN "DELETE FROM t;"},
        {2, "is a SELECT, INSERT, UPDATE or DELETE", OPEN "PRAGMA x;"},
        {2, "is a SELECT, INSERT, UPDATE or DELETE", OPEN "CREATE TABLE t (a INTEGER) STRICT;"},
        /* the name line */
        {1, "none of :one", "-- name: q one\nSELECT a /*int*/ FROM t;"},
        {1, "none of :one", "-- name: q\nSELECT a /*int*/ FROM t;"},
        {1, "none of :one", "-- name: q :batch\nDELETE FROM t;"},
        {1, "lower-case", "-- name: Quota :one\nSELECT a /*int*/ FROM t;"},
        {1, "lower-case letters", "-- name: q-x :one\nSELECT a /*int*/ FROM t;"},
        {1, "word of C", "-- name: int :one\nSELECT a /*int*/ FROM t;"},
        {1, "only :many", "-- name: q :one 5\nSELECT a /*int*/ FROM t;"},
        {1, "only :many", "-- name: q :many 0\nSELECT a /*int*/ FROM t;"},
        {1, "only :many", "-- name: q :many 5x\nSELECT a /*int*/ FROM t;"},
        {1, "only :many", "-- name: q :many 5 6\nSELECT a /*int*/ FROM t;"},
        {1, "only :many", "-- name: q :many 1000001\nSELECT a /*int*/ FROM t;"},
        /* notes below it */
        {2, "only '-- about:', '-- lock:' and '-- marks:'", Q "-- abuot: x\nSELECT a /*int*/ FROM t;"},
        {3, "only '-- about:', '-- lock:' and '-- marks:'", Q "-- about: x\n-- locks: update\nSELECT a /*int*/ FROM t;"},
        {2, "lock is 'update' or 'share'", Q "-- lock: exclusive\nSELECT a /*int*/ FROM t;"},
        {1, "is no SELECT", OPEN "-- lock: update\nDELETE FROM t;"},
        {2, "no '-- marks:' at its head", OPEN "-- marks: nothing, because\nDELETE FROM t;"},
        {3, "and says why", "-- marks: room\n" OPEN "-- marks: nothing\nDELETE FROM t;"},
        {3, "and says why", "-- marks: room\n" OPEN "-- marks: room, because\nDELETE FROM t;"},
        {2, "moves no mark anyway", "-- marks: room\n" Q "-- marks: nothing, because\nSELECT a /*int*/ FROM t;"},
        {3, "stands once", OPEN "DELETE FROM t;\n-- marks: room\n"},
        {2, "stands once", "-- marks: room\n-- marks: other\n"},
        {1, "lower-case", "-- marks: Room\n" OPEN "DELETE FROM t;"},
        {1, "would end the comment", Q "-- about: x */ y\nSELECT a /*int*/ FROM t;"},
        /* kinds and rows */
        {1, "gives no rows", Q "DELETE FROM t;"},
        {1, "gives no rows", "-- name: q :batchone\nDELETE FROM t WHERE a = :a /*int*/;"},
        {1, "gives rows", OPEN "SELECT a /*int*/ FROM t;"},
        {1, "gives rows", OPEN "DELETE FROM t RETURNING a /*int*/;"},
        {1, "no parameter", "-- name: q :batchexec\nDELETE FROM t;"},
        /* sets, answers that come later, copies */
        {2, "'-- set:' says why", BATCH "-- set:\nDELETE FROM t WHERE a = :a /*int*/;"},
        {2, "'-- later:' says why", OPEN "-- later:\nDELETE FROM t;"},
        {2, "'-- copy:' says why", BATCH "-- copy:\nINSERT INTO t (a) VALUES (:a /*int*/);"},
        {1, "is no batch", OPEN "-- set: x\nDELETE FROM t WHERE a = :a /*int*/;"},
        {1, "they cannot come later", Q "-- later: x\nSELECT a /*int*/ FROM t;"},
        {1, "is no :batchexec", OPEN "-- copy: x\nINSERT INTO t (a) VALUES (:a /*int*/);"},
        {1, "has no VALUES", BATCH "-- set: x\nINSERT INTO t (a) SELECT b FROM u WHERE c = :c /*int*/;"},
        {1, "more than one row", BATCH "-- set: x\nINSERT INTO t (a) VALUES (:a /*int*/), (2);"},
        {1, "a parameter stands after",
         BATCH "-- set: x\nINSERT INTO t (a) VALUES (:a /*int*/) ON CONFLICT (a) DO UPDATE SET b = :a;"},
        {1, "has no WHERE", BATCH "-- set: x\nUPDATE t SET a = :a /*int*/;"},
        {1, "or gives rows", "-- name: q :batchone\n-- set: x\nDELETE FROM t WHERE a = :a /*int*/ RETURNING a /*int*/;"},
        {1, "begins with WITH", BATCH "-- set: x\nWITH u AS (SELECT 1) DELETE FROM t WHERE a = :a /*int*/;"},
        {1, "it is not INSERT INTO t", BATCH "-- copy: x\nINSERT INTO t (a, b) VALUES (:a /*int*/, 0);"},
        {1, "it is not INSERT INTO t", BATCH "-- copy: x\nINSERT INTO t (a) VALUES (:a /*int*/) ON CONFLICT (a) DO NOTHING;"},
        {1, "it is not INSERT INTO t", BATCH "-- copy: x\nINSERT INTO t (a, b) VALUES (:a /*int*/, :a);"},
        /* types */
        {2, "is not a type", Q "SELECT a /*itn*/ FROM t;"},
        {2, "is not a type", Q "SELECT a /* int */ FROM t;"},
        {2, "has no /*type*/ after it", Q "SELECT a FROM t;"},
        {2, "result column 2 of 'q' has no /*type*/", Q "SELECT a /*int*/, b FROM t;"},
        {2, "has no /*type*/ after it", Q "SELECT * FROM t;"},
        {2, "has no /*type*/ after it", Q "INSERT INTO t (a) VALUES (1) RETURNING a;"},
        {2, "needs a name", Q "SELECT count(*) /*int*/ FROM t;"},
        {2, "has no /*type*/ after it", Q "SELECT :a /*int*/ FROM t;"},
        {2, "two result columns", Q "SELECT a /*int*/, t.a /*int*/ FROM t;"},
        {2, "word of C", Q "SELECT a AS default /*int*/ FROM t;"},
        {2, "is taken by the nullable", Q "SELECT a_null /*int*/, a /*int?*/ FROM t;"},
        {2, "belongs to no parameter", Q "SELECT a /*int*/ FROM t WHERE b /*int*/ = 1;"},
        {3, "belongs to no parameter", Q "SELECT a /*int*/ FROM t\nWHERE (b /*int*/ = 1);"},
        /* parameters */
        {2, "needs a /*type*/ where it first appears", OPEN "DELETE FROM t WHERE a = :a;"},
        {2, "another type than before", OPEN "DELETE FROM t WHERE a = :a /*int*/ OR b = :a /*text*/;"},
        {2, "lower-case", OPEN "DELETE FROM t WHERE a = :A /*int*/;"},
        {2, "without a parameter name", OPEN "DELETE FROM t WHERE a = : a;"},
        /* the dialect subset */
        {2, "without a parameter name", Q "SELECT a::int AS a /*int*/ FROM t;"},
        {2, "function 'datetime'", Q "SELECT datetime('now') AS a /*text*/;"},
        {2, "function 'now'", Q "SELECT now () AS a /*text*/;"},
        {3, "function 'lower'", Q "SELECT a /*text*/ FROM t\nWHERE lower(a) = 'x';"},
        {2, "'max' takes one argument", Q "SELECT max(a, b) AS a /*int*/ FROM t;"},
        {2, "'CAST' is not in the dialect", Q "SELECT CAST(a AS TEXT) AS b /*text*/ FROM t;"},
        {2, "'OR' is not in the dialect", OPEN "INSERT OR IGNORE INTO t (a) VALUES (1);"},
        {2, "'OVER' is not in the dialect", Q "SELECT sum(a) OVER (ORDER BY b) AS a /*int*/ FROM t;"},
        {2, "instead of FOR UPDATE", Q "SELECT a /*int*/ FROM t FOR UPDATE;"},
        {2, "'==' is not in the dialect", OPEN "DELETE FROM t WHERE a == 1;"},
        {2, "'\"' is not in the dialect", Q "SELECT \"a\" /*int*/ FROM t;"},
        {2, "'?' is not in the dialect", OPEN "DELETE FROM t WHERE a = ?1;"},
        {2, "'$' is not in the dialect", OPEN "DELETE FROM t WHERE a = $1;"},
        {2, "before a quote", OPEN "DELETE FROM t WHERE a = X'00';"},
        {2, "')' without '('", OPEN "DELETE FROM t WHERE a = 1);"},
        {2, "'(' without ')'", OPEN "DELETE FROM t WHERE (a = 1;"},
        {2, "without a closing quote", OPEN "DELETE FROM t WHERE a = 'x;\n"},
        {2, "comment without an end", OPEN "DELETE FROM t /* x;\n"},
        /* migrations */
        {1, "should be 1", "-- migration: 2\nCREATE TABLE t (a INTEGER) STRICT;"},
        {3, "should be 2", "-- migration: 1\nDROP TABLE t;\n-- migration: 1\nDROP TABLE t;"},
        {3, "should be 2", "-- migration: 1\nDROP TABLE t;\n-- migration: 3\nDROP TABLE t;"},
        {1, "has no statement", "-- migration: 1\n"},
        {2, "does not end with ';'", "-- migration: 1\nDROP TABLE t\n"},
        {2, "without STRICT", "-- migration: 1\nCREATE TABLE t (a INTEGER);"},
        {2, "is not a table option", "-- migration: 1\nCREATE TABLE t (a INTEGER) STRICT, TEMP;"},
        {2, "a migration may", "-- migration: 1\nPRAGMA foreign_keys = OFF;"},
        {2, "may create a TABLE, INDEX or VIEW", "-- migration: 1\nCREATE TRIGGER x AFTER INSERT ON t BEGIN;"},
        {2, "no parameters", "-- migration: 1\nINSERT INTO t (a) VALUES (:a);"},
        {2, "no /*type*/", "-- migration: 1\nINSERT INTO t (a /*int*/) VALUES (1);"},
        {2, "'AUTOINCREMENT'", "-- migration: 1\nCREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;"},
};

static void test_mistakes(void **state)
{
	(void)state;
	struct bench b = bench_new();
	char expected[256], out[64];
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		int status = mksql(&b, mistakes[i].sql);
		if (status != 1)
			print_error("accepted: %s\n", mistakes[i].sql);
		assert_int_equal(status, 1);
		snprintf(expected, sizeof expected, "/room/in.sql:%d: ", mistakes[i].line);
		bench_said(&b, expected);
		bench_said(&b, mistakes[i].message);
		bench_read(&b, "in.sql.h", out, sizeof out);
		assert_string_equal(out, ""); /* nothing half-written */
		bench_read(&b, "in.sql.c", out, sizeof out);
		assert_string_equal(out, "");
	}
	bench_free(&b);
}

static void test_usage(void **state)
{
	(void)state;
	struct bench b = bench_new();
	const char *none[] = {"build/tools/mksql", NULL};
	assert_int_equal(bench_run(&b, none), 100);
	struct bench_path h = bench_path(&b, "x.h"), c = bench_path(&b, "x.c"), absent = bench_path(&b, "absent.sql");
	const char *gone[] = {"build/tools/mksql", absent.z, h.z, c.z, NULL};
	assert_int_equal(bench_run(&b, gone), 1);
	bench_free(&b);
}

/* What was there before a mistake stays as it was. */
static void test_old_output_stays(void **state)
{
	(void)state;
	struct bench b = bench_new();
	char before[4096], after[4096];
	assert_int_equal(mksql(&b, OPEN "DELETE FROM t;"), 0);
	bench_read(&b, "in.sql.c", before, sizeof before);
	assert_int_equal(mksql(&b, OPEN "DELETE FROM t"), 1);
	bench_read(&b, "in.sql.c", after, sizeof after);
	assert_string_equal(before, after);
	bench_free(&b);
}

/* ---- what comes out ---- */

static const struct {
	const char *sql, *header, *body; /* parts of the two files; "" for nothing in particular */
} goods[] = {
        {OPEN "DELETE FROM t;", "extern const struct query *const in_queries[];", "\t&q_q,\n\tNULL,"},
        {OPEN "DELETE FROM t;", "MUST_USE enum rc sql_q(struct tx *tx, int64_t *ret_changed, struct err *err);",
         "query_exec(tx, &q_q, NULL, ret_changed, err)"},
        {"-- migration: 1\nDROP TABLE t;\n", "extern const struct schema in_schema;",
         "const struct schema in_schema = {\"in\", steps, 1};"},
        {Q "SELECT a /*int*/ FROM t WHERE b = :b /*blob*/ AND c = :c /*int*/ AND d = :b;",
         "struct sql_q_in {\n\tstruct str b;\n\tint64_t c;\n};\nstruct sql_q {\n\tint64_t a;\n};",
         ".postgres = \"SELECT a FROM t WHERE b = $1 AND c = $2 AND d = $1\""},
        {Q "SELECT a /*int*/ FROM t WHERE b = :b /*text*/;",
         "sql_q(struct tx *tx, struct sql_q_in in, struct sql_q *ret, struct err *err);",
         ".sqlite = \"SELECT a FROM t WHERE b = \\?1\""},
        {Q "SELECT a /*int?*/, b /*text?*/ FROM t WHERE c = :c /*int?*/;",
         "int64_t a;\n\tbool a_null;\n\tstruct str b;\n};", ".params = \"I\",\n\t.columns = \"IT\""},
        {Q "SELECT t.a /*int*/, coalesce(max(b), 0) AS c /*int*/ FROM t;", "int64_t a;\n\tint64_t c;", ""},
        {Q "SELECT DISTINCT a /*int*/, (SELECT b FROM u WHERE c = :c /*int*/) AS b /*blob*/ FROM t;", "struct str b;",
         ""},
        {Q "SELECT :x /*int*/ AS y /*int*/;", "int64_t y;", "SELECT $1 AS y"},
        {Q "WITH u (a) AS (SELECT b FROM t), v AS (SELECT 1) SELECT a /*int*/ FROM u UNION SELECT c FROM t;",
         "int64_t a;", ""},
        {Q "SELECT coalesce(sum(a), 0) AS n /*int*/ FROM t;", "", "coalesce(CAST(sum(a) AS BIGINT), 0) AS n"},
        {Q "SELECT coalesce(sum(a), 0) AS n /*int*/ FROM t;", "", ".sqlite = \"SELECT coalesce(sum(a), 0) AS n"},
        {Q "-- lock: update\nSELECT a /*int*/ FROM t;", "", ".postgres = \"SELECT a FROM t FOR UPDATE\""},
        {Q "-- lock: update\nSELECT a /*int*/ FROM t;", "", ".sqlite = \"SELECT a FROM t\""},
        {Q "-- lock: share\nSELECT a /*int*/ FROM t;", "", "FROM t FOR SHARE\""},
        {Q "-- about: the first line,\n-- and the second\nSELECT a /*int*/ FROM t; -- a remark",
         "/* the first line,\n * and the second */\nMUST_USE", ""},
        {"-- name: q :many\nSELECT a /*int*/ FROM t;", "struct sql_q_rows {\n\tstruct sql_q *at;\n\tsize_t n;\n};",
         "NULL, 1000, &got"},
        {"-- name: q :many 7\nSELECT a /*int*/ FROM t;", "", "NULL, 7, &got"},
        {"-- name: q :batchone\nSELECT a /*int*/ FROM t WHERE b = :b /*int*/;",
         "(struct tx *tx, const struct sql_q_in *in, size_t n, struct sql_q *ret, bool *found, struct err *err);", ""},
        {"-- name: q :batchexec\nDELETE FROM t WHERE b = :b /*int*/;",
         "(struct tx *tx, const struct sql_q_in *in, size_t n, struct err *err);", ""},
        {"-- name: q :batchone\n-- set: x\n-- lock: update\nSELECT a /*int*/ FROM t WHERE b = :b /*int*/ AND c = :c /*text?*/;", "",
         "SELECT batch_row.*, batch_item.number FROM unnest($1::BIGINT[], $2::TEXT[]) WITH ORDINALITY AS batch_item "
         "(p1, p2, number) CROSS JOIN LATERAL (SELECT a FROM t WHERE b = batch_item.p1 AND c = batch_item.p2 FOR UPDATE) "
         "batch_row\",\n\t.params = \"iT\",\n\t.columns = \"ii\""},
        {BATCH "-- set: x\nINSERT INTO t (a, b) VALUES (:a /*int*/, 0) ON CONFLICT (a) DO NOTHING;", "",
         "INSERT INTO t (a, b) SELECT batch_item.p1 , 0 FROM unnest($1::BIGINT[]) WITH ORDINALITY AS batch_item (p1, number) "
         "ORDER BY batch_item.number ON CONFLICT (a) DO NOTHING\""},
        {BATCH "-- set: x\nUPDATE t SET a = a + :n /*int*/ WHERE b = :b /*blob*/;", "",
         "UPDATE t SET a = a + batch_item.p1 FROM unnest($1::BIGINT[], $2::BYTEA[]) WITH ORDINALITY AS batch_item (p1, p2, "
         "number) WHERE b = batch_item.p2\""},
        {BATCH "-- set: x\nDELETE FROM t WHERE b = :b /*int*/;", "", "DELETE FROM t USING unnest($1::BIGINT[])"},
        {BATCH "-- set: x\nDELETE FROM t WHERE b = :b /*int*/;", "", "\t.set = &q_q_set,\n"},
        {OPEN "-- later: x\nDELETE FROM t;", "", "\t.later = true,\n"},
        {BATCH "-- copy: x\nINSERT INTO t (a, b) VALUES (:a /*int*/, :b /*text?*/);", "",
         "\t.copy = \"COPY t (a, b) FROM STDIN (FORMAT binary)\",\n"},
        {OPEN "UPDATE t SET a = 'it''s \\ \"?\" -- no remark';", "", "'it''s \\\\ \\\"\\?\\\" -- no remark'"},
        {OPEN "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.a;", "",
         "ON CONFLICT (a) DO UPDATE SET"},
        {"-- migration: 1\nCREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c BLOB, d TEXT) STRICT;", "",
         "CREATE TABLE t (a BIGINT PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, b BIGINT, c BYTEA, d TEXT);"},
        {"-- migration: 1\ncreate table t (a integer primary key) without rowid, strict;", "",
         "create table t (a integer primary key) without rowid, strict;"},
        {"-- migration: 1\nCREATE TABLE t (a INTEGER CHECK (length(b) = 32), PRIMARY KEY (a, b)) STRICT, WITHOUT "
         "ROWID;",
         "", "(a BIGINT CHECK (length(b) = 32), PRIMARY KEY (a, b));"},
        {"-- migration: 1\nDROP TABLE t;\n-- migration: 2\n-- why\nCREATE INDEX i ON t (a);\nDROP TABLE u;", "",
         "CREATE INDEX i ON t (a);\\nDROP TABLE u;\\n"},
};

static void test_good(void **state)
{
	(void)state;
	static char header[65536], body[65536];
	struct bench b = bench_new();
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
		int status = mksql(&b, goods[i].sql);
		if (status != 0)
			print_error("refused: %s\n%s", goods[i].sql, b.said);
		assert_int_equal(status, 0);
		bench_read(&b, "in.sql.h", header, sizeof header);
		bench_read(&b, "in.sql.c", body, sizeof body);
		if (!strstr(header, goods[i].header) || !strstr(body, goods[i].body))
			print_error("%s\nbecame\n%s\n%s", goods[i].sql, header, body);
		assert_non_null(strstr(header, goods[i].header));
		assert_non_null(strstr(body, goods[i].body));
		assert_non_null(strstr(header, "#include \"store/query.h\""));
		assert_non_null(strstr(header, "#include \"store/migrate.h\""));
	}
	bench_free(&b);
}

static void compiles(struct bench *b, const char *compiler)
{
	char include[128];
	snprintf(include, sizeof include, "-I%s", b->dir);
	struct bench_path c = bench_path(b, "in.sql.c"), o = bench_path(b, "in.o");
	const char *argv[] = {compiler,
	                      "-std=gnu17",
	                      "-Wall",
	                      "-Wextra",
	                      "-Wshadow",
	                      "-Wstrict-prototypes",
	                      "-Wmissing-prototypes",
	                      "-Wpointer-arith",
	                      "-Wvla",
	                      "-Wformat=2",
	                      "-Werror",
	                      "-O2",
	                      "-Isrc",
	                      include,
	                      "-c",
	                      c.z,
	                      "-o",
	                      o.z,
	                      NULL};
	int status = bench_run(b, argv);
	if (status != 0)
		print_error("%s", b->said);
	assert_int_equal(status, 0);
}

static void test_compiles(void **state)
{
	(void)state;
	static const char sql[] =
	        "-- migration: 1\nCREATE TABLE t (a INTEGER, b TEXT, c BLOB) STRICT;\n"
	        "-- name: a :one\n-- about: some\nSELECT a /*int?*/, b /*text?*/, c /*blob*/ FROM t WHERE a = :a "
	        "/*int?*/ AND b = :b /*text?*/;\n"
	        "-- name: b :many 5\nSELECT a /*int*/ FROM t;\n"
	        "-- name: c :many\nSELECT a /*int*/ FROM t WHERE b = :b /*text*/;\n"
	        "-- name: d :exec\nDELETE FROM t;\n"
	        "-- name: e :exec\nDELETE FROM t WHERE a = :a /*int*/;\n"
	        "-- name: f :batchone\nSELECT c /*blob?*/ FROM t WHERE a = :a /*int*/;\n"
	        "-- name: g :batchexec\nUPDATE t SET c = :c /*blob?*/, b = 'a\\b?\?(' WHERE a = :in /*int*/;\n"
	        "-- name: h :one\nSELECT count(*) AS n /*int*/ FROM t;\n";
	struct bench b = bench_new();
	assert_int_equal(mksql(&b, sql), 0);
	compiles(&b, "gcc");
	compiles(&b, "clang");
	assert_int_equal(mksql(&b, "-- nothing at all\n"), 0);
	compiles(&b, "gcc");
	bench_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_mistakes),         cmocka_unit_test(test_usage),
	        cmocka_unit_test(test_old_output_stays), cmocka_unit_test(test_good),
	        cmocka_unit_test(test_compiles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
