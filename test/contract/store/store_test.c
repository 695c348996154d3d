/* SPDX-License-Identifier: EUPL-1.2
 * What store.h and query.h promise, asked of every engine: types, kinds of query,
 * result codes, savepoints, and transactions that meet. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "engines.h"
#include "store/bulk.h"
#include "test/contract/store/sample.sql.c"

#define NOW_US INT64_C(1750000000000000)
#define BIG INT64_C(9700000000000001) /* past 2^53 */
#define OK ENGINE_OK

static void migrate(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	OK(store_migrate(e->store, schemas, 1, NOW_US, &engine_err));
}

static struct tx *begin(struct engine *e, enum tx_mode mode)
{
	struct tx *tx;
	OK(tx_begin(e->store, mode, &tx, &engine_err));
	return tx;
}

static int64_t insert(struct tx *tx, struct str name, int64_t amount)
{
	struct sql_item_insert row;
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = name, .big_null = true, .amount = amount}, &row,
	                   &engine_err));
	return row.item_id;
}

/* Committed, one by one: name "a", "b", ... */
static void fill(struct engine *e, int n)
{
	struct tx *tx = begin(e, TX_WRITE);
	for (int i = 0; i < n; i++)
		insert(tx, str_from(&"abcdefghij"[i], 1), i);
	OK(tx_commit(&tx, &engine_err));
}

static int64_t count(struct tx *tx)
{
	struct sql_item_total row;
	OK(sql_item_total(tx, &row, &engine_err));
	return row.n;
}

static int64_t count_now(struct engine *e)
{
	TX_AUTO *tx = begin(e, TX_READ);
	return count(tx);
}

static enum rc insert_again(struct tx *tx, struct str name)
{
	struct sql_item_insert row;
	return sql_item_insert(tx, (struct sql_item_insert_in){.name = name, .big_null = true}, &row, &engine_err);
}

/* ---- opening ---- */

static void test_urls(void **state)
{
	(void)state;
	struct store *store;
	assert_int_equal(store_open("mysql://x", &store, &engine_err), RC_INVALID);
	assert_null(store);
	assert_int_equal(store_open("sqlite:", &store, &engine_err), RC_INVALID);
	assert_int_equal(store_open("sqlite::memory:", &store, &engine_err), RC_INVALID);
	assert_int_equal(store_open("sqlite:/nonexistent/dir/x.db", &store, &engine_err), RC_BROKEN);
	assert_int_equal(store_open("postgres://127.0.0.1:1/nobody", &store, &engine_err), RC_BROKEN);
	store_close(NULL);
}

static void check_mode(struct engine *e)
{
	struct stat st;
	migrate(e);
	if (!store_is_sqlite(e->store))
		return;
	assert_int_equal(stat(e->url + strlen("sqlite:"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* ---- types ---- */

static void check_nulls(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	struct sql_item_insert id;
	struct sql_item_get row;
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("null"), .big_null = true}, &id, &engine_err));
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("null")}, &row, &engine_err));
	assert_int_equal(row.item_id, id.item_id);
	assert_null(row.note.at);
	assert_null(row.data.at);
	assert_true(row.big_null);
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("empty"), .note = S(""), .data = S("")}, &id,
	                   &engine_err));
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("empty")}, &row, &engine_err));
	assert_non_null(row.note.at);
	assert_int_equal(row.note.n, 0);
	assert_non_null(row.data.at);
	assert_int_equal(row.data.n, 0);
	assert_false(row.big_null);
	/* absent where NULL may not stand is the empty text */
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = {NULL, 0}}, &id, &engine_err));
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("")}, &row, &engine_err));
	assert_int_equal(row.item_id, id.item_id);
}

static void check_null_parameter(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	struct sql_item_by_note_rows rows;
	insert(tx, S("without"), 1);
	struct sql_item_insert id;
	OK(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("with"), .note = S("x"), .big_null = true}, &id,
	                   &engine_err));
	OK(sql_item_by_note(tx, (struct sql_item_by_note_in){.note = {NULL, 0}}, &rows, &engine_err));
	assert_int_equal(rows.n, 1);
	OK(sql_item_by_note(tx, (struct sql_item_by_note_in){.note = S("x")}, &rows, &engine_err));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.at[0].item_id, id.item_id);
	OK(sql_item_by_note(tx, (struct sql_item_by_note_in){.note = S("")}, &rows, &engine_err));
	assert_int_equal(rows.n, 0);
}

static void check_values(struct engine *e)
{
	static const int64_t numbers[] = {0, 1, -1, BIG, INT64_MAX, INT64_MIN, INT64_C(1) << 53};
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	for (size_t i = 0; i < LEN(numbers); i++) {
		struct sql_item_insert id;
		struct sql_item_get row;
		struct str name = str_from(&"abcdefg"[i], 1);
		struct str data = S("\0\xff\x80'\\\n");
		OK(sql_item_insert(tx,
		                   (struct sql_item_insert_in){.name = name,
		                                               .note = S("Nama \xc3\xa9 'petik' \\ \"dua\""),
		                                               .data = data,
		                                               .big = numbers[i]},
		                   &id, &engine_err));
		OK(sql_item_get(tx, (struct sql_item_get_in){.name = name}, &row, &engine_err));
		assert_true(row.big == numbers[i] && !row.big_null);
		assert_true(str_eq(row.note, S("Nama \xc3\xa9 'petik' \\ \"dua\"")));
		assert_true(str_eq(row.data, data));
	}
}

static void check_sum(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	struct sql_item_total row;
	OK(sql_item_total(tx, &row, &engine_err));
	assert_true(row.n == 0 && row.total == 0 && row.big_null && row.one == 1);
	insert(tx, S("a"), BIG);
	insert(tx, S("b"), 5);
	OK(sql_item_total(tx, &row, &engine_err));
	assert_true(row.n == 2 && row.total == BIG + 5 && row.big_null);
}

/* ---- kinds and result codes ---- */

static void check_one(struct engine *e)
{
	migrate(e);
	fill(e, 2);
	TX_AUTO *tx = begin(e, TX_READ);
	struct sql_item_get row;
	struct sql_item_note_bad bad;
	struct sql_item_any any;
	assert_int_equal(sql_item_get(tx, (struct sql_item_get_in){.name = S("zz")}, &row, &engine_err), RC_ABSENT);
	assert_int_equal(sql_item_note_bad(tx, (struct sql_item_note_bad_in){.name = S("a")}, &bad, &engine_err),
	                 RC_BROKEN);
	assert_int_equal(sql_item_any(tx, (struct sql_item_any_in){.amount = 0}, &any, &engine_err), RC_BROKEN);
	assert_non_null(strstr(engine_err.detail, "more than one row"));
	OK(sql_item_any(tx, (struct sql_item_any_in){.amount = 1}, &any, &engine_err));
}

static void check_many(struct engine *e)
{
	migrate(e);
	struct sql_item_all_rows rows;
	TX_AUTO *tx = begin(e, TX_WRITE);
	OK(sql_item_all(tx, &rows, &engine_err));
	assert_int_equal(rows.n, 0);
	for (int i = 0; i < 5; i++)
		insert(tx, str_from(&"abcdef"[i], 1), i);
	OK(sql_item_all(tx, &rows, &engine_err));
	assert_int_equal(rows.n, 5);
	for (int i = 0; i < 5; i++)
		assert_true(str_eq(rows.at[i].name, str_from(&"abcdef"[i], 1)));
	insert(tx, S("f"), 6);
	assert_int_equal(sql_item_all(tx, &rows, &engine_err), RC_LIMIT);
	assert_int_equal(count(tx), 6); /* and the transaction lives on */
}

static void check_many_long(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	static char names[1001][16];
	static struct sql_item_put_in in[1001];
	struct sql_item_by_note_rows rows;
	for (int i = 0; i < 1001; i++) {
		snprintf(names[i], sizeof names[i], "n%d", i);
		in[i] = (struct sql_item_put_in){.item_id = i + 1, .name = str_c(names[i])};
	}
	OK(sql_item_put(tx, in, 1000, &engine_err));
	OK(sql_item_by_note(tx, (struct sql_item_by_note_in){.note = {NULL, 0}}, &rows, &engine_err));
	assert_int_equal(rows.n, 1000); /* the default ceiling */
	for (int i = 0; i < 1000; i++)
		assert_int_equal(rows.at[i].item_id, i + 1);
	OK(sql_item_put(tx, in + 1000, 1, &engine_err));
	assert_int_equal(sql_item_by_note(tx, (struct sql_item_by_note_in){.note = {NULL, 0}}, &rows, &engine_err),
	                 RC_LIMIT);
}

static void check_exec(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	int64_t changed = -1;
	struct sql_item_get row;
	OK(sql_item_set(tx, (struct sql_item_set_in){.amount = 1, .item_id = 77}, &changed, &engine_err));
	assert_int_equal(changed, 0);
	int64_t id = insert(tx, S("a"), 1);
	OK(sql_item_set(tx, (struct sql_item_set_in){.amount = 9, .item_id = id}, &changed, &engine_err));
	assert_int_equal(changed, 1);
	OK(sql_item_keep(tx, (struct sql_item_keep_in){.name = S("a")}, &changed, &engine_err));
	assert_int_equal(changed, 0);
	OK(sql_item_keep(tx, (struct sql_item_keep_in){.name = S("b")}, &changed, &engine_err));
	assert_int_equal(changed, 1);
	OK(sql_item_upsert(tx, (struct sql_item_upsert_in){.name = S("a"), .amount = 12}, NULL, &engine_err));
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("a")}, &row, &engine_err));
	assert_int_equal(row.amount, 12);
}

static void check_conflict(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	struct sql_item_insert row;
	insert(tx, S("rahasia"), 1);
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(insert_again(tx, S("rahasia")), RC_CONFLICT);
	assert_null(strstr(engine_err.what, "rahasia")); /* a value never reaches an error */
	assert_null(strstr(engine_err.detail, "rahasia"));
	assert_non_null(strstr(engine_err.detail, "item_insert"));
	OK(tx_undo(tx, &engine_err));
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(
	        sql_item_insert(tx, (struct sql_item_insert_in){.name = S("b"), .amount = -1}, &row, &engine_err),
	        RC_CONFLICT);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(count(tx), 1);
	/* a foreign key is no conflict, it is a mistake of ours */
	assert_int_equal(
	        sql_mark_insert(tx, (struct sql_mark_insert_in){.name = S("m"), .item_id = 99}, NULL, &engine_err),
	        RC_BROKEN);
}

static void check_batch_one(struct engine *e)
{
	migrate(e);
	fill(e, 4);
	TX_AUTO *tx = begin(e, TX_READ);
	struct sql_item_find_in in[600];
	struct sql_item_find out[600];
	bool found[600];
	for (int i = 0; i < 600; i++)
		in[i].item_id = i % 6 + 1; /* 5 and 6 are absent */
	OK(sql_item_find(tx, in, 600, out, found, &engine_err));
	for (int i = 0; i < 600; i++) {
		assert_int_equal(found[i], i % 6 < 4);
		assert_int_equal(out[i].amount, found[i] ? i % 6 : 0);
		assert_null(out[i].note.at);
	}
	OK(sql_item_find(tx, in, 0, out, found, &engine_err));
}

static void check_batch_exec(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	struct sql_item_put_in in[] = {
	        {.item_id = 1, .name = S("a"), .amount = 1},
	        {.item_id = 2, .name = S("b"), .note = S("n"), .amount = 2},
	        {.item_id = 3, .name = S("a"), .amount = 3}, /* the name is taken */
	        {.item_id = 4, .name = S("d"), .amount = 4},
	};
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(sql_item_put(tx, in, LEN(in), &engine_err), RC_CONFLICT);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(count(tx), 0);
	OK(sql_item_put(tx, in, 2, &engine_err));
	assert_int_equal(count(tx), 2);
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(count_now(e), 2);
}

static void check_big_batch(struct engine *e) /* more than any socket buffer, both ways */
{
	enum { N = 300, SIZE = 20000 };
	static char text[N][SIZE];
	static struct sql_item_put_in in[N];
	static struct sql_item_find_in ids[N];
	static struct sql_item_find out[N];
	static bool found[N];
	migrate(e);
	TX_AUTO *tx = begin(e, TX_WRITE);
	for (int i = 0; i < N; i++) {
		memset(text[i], 'a' + i % 26, SIZE);
		in[i] = (struct sql_item_put_in){
		        .item_id = i + 1, .name = arena_printf(tx_arena(tx), "%d", i), .note = str_from(text[i], SIZE)};
		ids[i].item_id = i + 1;
	}
	OK(sql_item_put(tx, in, N, &engine_err));
	OK(sql_item_find(tx, ids, N, out, found, &engine_err));
	for (int i = 0; i < N; i++)
		assert_true(found[i] && str_eq(out[i].note, in[i].note));
}

static void check_queries(struct engine *e)
{
	migrate(e);
	for (size_t i = 0; sample_queries[i]; i++)
		OK(query_check(e->store, sample_queries[i], &engine_err));
	static const struct query no_table = {.name = "x",
	                                  .sqlite = "SELECT a FROM b",
	                                  .postgres = "SELECT a FROM b",
	                                  .params = "", .columns = "i"};
	static const struct query params = {.name = "x",
	                                  .sqlite = "SELECT name FROM item WHERE amount = ?1",
	                                  .postgres = "SELECT name FROM item WHERE amount = $1",
	                                  .params = "ii", .columns = "t"};
	static const struct query columns = {.name = "x",
	                                  .sqlite = "SELECT name FROM item",
	                                  .postgres = "SELECT name FROM item",
	                                  .params = "", .columns = "tt"};
	static const struct query types = {.name = "x",
	                                  .sqlite = "SELECT name FROM item",
	                                  .postgres = "SELECT name FROM item",
	                                  .params = "", .columns = "b"};
	const struct query *const bad[] = {&no_table, &params, &columns, &types};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(query_check(e->store, bad[i], &engine_err), RC_BROKEN);
}

/* ---- transactions ---- */

static void check_rollback_by_default(struct engine *e)
{
	migrate(e);
	{
		TX_AUTO *tx = begin(e, TX_WRITE);
		insert(tx, S("a"), 1);
		assert_int_equal(count(tx), 1);
	}
	assert_int_equal(count_now(e), 0);
	struct tx *tx = NULL;
	tx_rollback(&tx);
	tx = begin(e, TX_WRITE);
	insert(tx, S("a"), 1);
	OK(tx_commit(&tx, &engine_err));
	assert_null(tx);
	tx_rollback(&tx);
	assert_int_equal(count_now(e), 1);
}

static void check_durable(struct engine *e)
{
	migrate(e);
	fill(e, 3);
	store_close(e->store);
	e->store = NULL;
	OK(store_open(e->url, &e->store, &engine_err));
	assert_int_equal(count_now(e), 3);
}

static void check_savepoints(struct engine *e)
{
	migrate(e);
	struct tx *tx = begin(e, TX_WRITE);
	insert(tx, S("a"), 1);
	OK(tx_savepoint(tx, &engine_err));
	insert(tx, S("b"), 1);
	OK(tx_savepoint(tx, &engine_err)); /* nested */
	insert(tx, S("c"), 1);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(count(tx), 2);
	OK(tx_release(tx, &engine_err));
	OK(tx_savepoint(tx, &engine_err));
	insert(tx, S("d"), 1);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(count(tx), 2);
	assert_int_equal(tx_release(tx, &engine_err), RC_BROKEN); /* none is open */
	tx_rollback(&tx);
	assert_int_equal(count_now(e), 0);
}

static void check_read_only(struct engine *e)
{
	migrate(e);
	TX_AUTO *tx = begin(e, TX_READ);
	assert_int_equal(insert_again(tx, S("a")), RC_BROKEN);
}

static void check_snapshot(struct engine *e)
{
	migrate(e);
	fill(e, 1);
	TX_AUTO *reader = begin(e, TX_READ);
	assert_int_equal(count(reader), 1);
	struct tx *writer = begin(e, TX_WRITE);
	insert(writer, S("x"), 1);
	assert_int_equal(count(reader), 1);
	OK(tx_commit(&writer, &engine_err));
	assert_int_equal(count(reader), 1);
	assert_int_equal(count_now(e), 2);
	OK(tx_commit(&reader, &engine_err));
}

static void check_arena(struct engine *e)
{
	migrate(e);
	fill(e, 1);
	TX_AUTO *tx = begin(e, TX_READ);
	assert_null(arena_alloc(tx_arena(tx), TX_ARENA_MAX + 1));
	struct sql_item_get row;
	assert_int_equal(sql_item_get(tx, (struct sql_item_get_in){.name = S("a")}, &row, &engine_err), RC_LIMIT);
	tx_rollback(&tx);
	tx = begin(e, TX_READ); /* and the next visit has its room again */
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("a")}, &row, &engine_err));
}

enum { WRITERS = 2, ROUNDS = 50 };

static void *add_one_often(void *engine)
{
	struct engine *e = engine;
	for (int i = 0; i < ROUNDS; i++) {
		struct tx *tx;
		struct sql_item_lock row;
		if (engine_begin(e->store, &tx) != RC_OK)
			return "begin";
		if (sql_item_lock(tx, (struct sql_item_lock_in){.item_id = 1}, &row, NULL) != RC_OK ||
		    sql_item_set(tx, (struct sql_item_set_in){.amount = row.amount + 1, .item_id = 1}, NULL, NULL) !=
		            RC_OK ||
		    tx_commit(&tx, NULL) != RC_OK)
			return "write";
	}
	return NULL;
}

static void check_two_writers(struct engine *e) /* `lock: update` keeps them apart */
{
	pthread_t threads[WRITERS];
	struct sql_item_get row;
	migrate(e);
	fill(e, 1);
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, add_one_often, e), 0);
	for (int i = 0; i < WRITERS; i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	TX_AUTO *tx = begin(e, TX_READ);
	OK(sql_item_get(tx, (struct sql_item_get_in){.name = S("a")}, &row, &engine_err));
	assert_int_equal(row.amount, WRITERS * ROUNDS);
}

static void *read_often(void *engine)
{
	struct engine *e = engine;
	for (int i = 0; i < ROUNDS; i++) {
		struct tx *tx;
		struct sql_item_all_rows rows;
		if (tx_begin(e->store, TX_READ, &tx, NULL) != RC_OK)
			return "begin";
		enum rc rc = sql_item_all(tx, &rows, NULL);
		size_t n = rows.n;
		tx_rollback(&tx);
		if (rc != RC_OK || n != 1)
			return "read";
	}
	return NULL;
}

static void check_many_readers(struct engine *e) /* more than there are connections */
{
	pthread_t threads[24];
	migrate(e);
	fill(e, 1);
	for (size_t i = 0; i < LEN(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_often, e), 0);
	for (size_t i = 0; i < LEN(threads); i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
}

static void check_two_stores(struct engine *e) /* as two processes would */
{
	migrate(e);
	struct store *other;
	OK(store_open(e->url, &other, &engine_err));
	fill(e, 2);
	struct tx *tx;
	OK(tx_begin(other, TX_WRITE, &tx, &engine_err));
	insert(tx, S("x"), 1);
	assert_int_equal(count(tx), 3);
	OK(tx_commit(&tx, &engine_err));
	store_close(other);
	assert_int_equal(count_now(e), 3);
}

static void check_checkpoint_and_copy(struct engine *e)
{
	migrate(e);
	fill(e, 3);
	OK(store_checkpoint(e->store, &engine_err));
	char path[128], url[140];
	snprintf(path, sizeof path, "%s/copy.db", e->dir);
	snprintf(url, sizeof url, "sqlite:%s", path);
	if (!store_is_sqlite(e->store)) {
		assert_int_equal(store_copy(e->store, path, &engine_err), RC_REFUSED);
		return;
	}
	struct tx *tx = begin(e, TX_WRITE); /* while somebody writes */
	insert(tx, S("x"), 1);
	OK(store_copy(e->store, path, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(store_copy(e->store, path, &engine_err), RC_CONFLICT);
	struct engine copy = {.name = "sqlite"};
	OK(store_open(url, &copy.store, &engine_err));
	assert_int_equal(count_now(&copy), 3);
	store_close(copy.store);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* Pages that were written over are found; a sound database is told so on every engine. */
static void check_sound(struct engine *e)
{
	char path[128], url[140];
	migrate(e);
	fill(e, 9);
	OK(store_sound(e->store, &engine_err));
	if (!store_is_sqlite(e->store))
		return;
	snprintf(path, sizeof path, "%s/copy.db", e->dir);
	snprintf(url, sizeof url, "sqlite:%s", path);
	OK(store_copy(e->store, path, &engine_err));
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	long size = ftell(file);
	assert_true(size > 3 * 4096);
	fseek(file, size / 4096 / 2 * 4096, SEEK_SET);
	for (int i = 0; i < 4096; i++)
		fputc(0x5a, file);
	fclose(file);
	struct store *copy;
	OK(store_open_frozen(url, &copy, &engine_err));
	assert_int_equal(store_sound(copy, &engine_err), RC_REFUSED);
	store_close(copy);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(mode)
EACH(nulls)
EACH(null_parameter)
EACH(values)
EACH(sum)
EACH(one)
EACH(many)
EACH(many_long)
EACH(exec)
EACH(conflict)
EACH(batch_one)
EACH(batch_exec)
EACH(big_batch)
EACH(queries)
EACH(rollback_by_default)
EACH(durable)
EACH(savepoints)
EACH(read_only)
EACH(snapshot)
EACH(arena)
EACH(two_writers)
EACH(many_readers)
EACH(two_stores)
EACH(checkpoint_and_copy)
EACH(sound)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_urls),
	        cmocka_unit_test(test_mode),
	        cmocka_unit_test(test_nulls),
	        cmocka_unit_test(test_null_parameter),
	        cmocka_unit_test(test_values),
	        cmocka_unit_test(test_sum),
	        cmocka_unit_test(test_one),
	        cmocka_unit_test(test_many),
	        cmocka_unit_test(test_many_long),
	        cmocka_unit_test(test_exec),
	        cmocka_unit_test(test_conflict),
	        cmocka_unit_test(test_batch_one),
	        cmocka_unit_test(test_batch_exec),
	        cmocka_unit_test(test_big_batch),
	        cmocka_unit_test(test_queries),
	        cmocka_unit_test(test_rollback_by_default),
	        cmocka_unit_test(test_durable),
	        cmocka_unit_test(test_savepoints),
	        cmocka_unit_test(test_read_only),
	        cmocka_unit_test(test_snapshot),
	        cmocka_unit_test(test_arena),
	        cmocka_unit_test(test_two_writers),
	        cmocka_unit_test(test_many_readers),
	        cmocka_unit_test(test_two_stores),
	        cmocka_unit_test(test_checkpoint_and_copy),
	        cmocka_unit_test(test_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
