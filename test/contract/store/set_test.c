/* SPDX-License-Identifier: EUPL-1.2
 * Batches that are one statement on PostgreSQL, queries that are answered later, and rows
 * that are copied in do on both engines what their ordinary forms do. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <cmocka.h>

#include "engines.h"
#include "test/contract/store/sample.sql.c"

#define OK ENGINE_OK
enum { N = 9000 }; /* more than one statement holds */

static struct tx *begin(struct engine *e)
{
	const struct schema *schemas[] = {&sample_schema};
	struct tx *tx;
	OK(store_migrate(e->store, schemas, 1, 1, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static void put(struct tx *tx, int n)
{
	struct sql_item_put_set_in *in = ARENA_ARRAY(tx_arena(tx), (size_t)n, struct sql_item_put_set_in);
	assert_non_null(in);
	for (int i = 0; i < n; i++)
		in[i] = (struct sql_item_put_set_in){.item_id = i + 1,
		                                     .name = arena_printf(tx_arena(tx), "n%d", i),
		                                     .note = i % 3 ? S("catatan") : (struct str){NULL, 0},
		                                     .amount = i};
	OK(sql_item_put_set(tx, in, (size_t)n, &engine_err));
}

static int64_t total(struct tx *tx)
{
	struct sql_item_total row;
	OK(sql_item_total(tx, &row, &engine_err));
	return row.total;
}

/* Absent ones, the same one twice, out of order, more than one statement takes. */
static void check_rows_belong_to_their_items(struct engine *e)
{
	TX_AUTO *tx = begin(e);
	struct sql_item_seek_in *in = ARENA_ARRAY(tx_arena(tx), N, struct sql_item_seek_in);
	struct sql_item_seek *out = ARENA_ARRAY(tx_arena(tx), N, struct sql_item_seek);
	bool *found = ARENA_ARRAY(tx_arena(tx), N, bool);
	put(tx, 50);
	for (int i = 0; i < N; i++)
		in[i] = (struct sql_item_seek_in){.item_id = (i * 37) % 60 + 1, .least = 10};
	OK(sql_item_seek(tx, in, N, out, found, &engine_err));
	for (int i = 0; i < N; i++) {
		int64_t id = in[i].item_id;
		assert_int_equal(found[i], id > 10 && id <= 50);
		if (!found[i])
			continue;
		assert_int_equal(out[i].amount, id - 1);
		assert_int_equal(out[i].before, (id - 1) * (id - 2) / 2);
		assert_int_equal(out[i].note.at == NULL, (id - 1) % 3 == 0);
		assert_null(out[i].data.at);
	}
	OK(sql_item_seek(tx, in, 0, out, found, &engine_err));
}

static void check_one_row_an_item(struct engine *e)
{
	TX_AUTO *tx = begin(e);
	struct sql_item_any_of_in in[] = {{40}, {3}};
	struct sql_item_any_of out[2];
	bool found[2];
	put(tx, 6);
	assert_int_equal(sql_item_any_of(tx, in, 2, out, found, &engine_err), RC_BROKEN);
	in[1].amount = 5;
	OK(sql_item_any_of(tx, in, 2, out, found, &engine_err));
	assert_false(found[0]);
	assert_true(found[1]);
	assert_int_equal(out[1].item_id, 6);
}

static void check_returning_is_in_order(struct engine *e)
{
	TX_AUTO *tx = begin(e);
	static const char bytes[] = {0, 1, (char)0xff};
	struct sql_item_add_in in[] = {{.name = S("c"), .amount = 3, .big = INT64_MIN, .data = str_from(bytes, 3)},
	                               {.name = S("a"), .amount = 1, .big_null = true, .note = S("")},
	                               {.name = S("b"), .amount = 2, .big_null = true}};
	struct sql_item_add out[3];
	struct sql_item_get row;
	bool found[3];
	OK(sql_item_add(tx, in + 1, 2, out + 1, found + 1, &engine_err));
	OK(sql_item_add(tx, in, 3, out, found, &engine_err));
	assert_int_equal(out[0].amount, 3);
	assert_int_equal(out[1].amount, 2);
	assert_int_equal(out[2].amount, 4);
	OK(sql_item_get(tx, (struct sql_item_get_in){S("c")}, &row, &engine_err));
	assert_int_equal(row.big, INT64_MIN);
	assert_true(str_eq(row.data, str_from(bytes, 3)));
	OK(sql_item_get(tx, (struct sql_item_get_in){S("a")}, &row, &engine_err));
	assert_true(row.note.at && row.note.n == 0 && row.big_null && !row.data.at);
}

static void check_conflict_of_a_set(struct engine *e)
{
	TX_AUTO *tx = begin(e);
	struct sql_item_put_set_in in[] = {{.item_id = 90, .name = S("x")}, {.item_id = 91, .name = S("n1")}};
	put(tx, 3);
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(sql_item_put_set(tx, in, 2, &engine_err), RC_CONFLICT);
	assert_null(strstr(engine_err.detail, "n1")); /* a value never reaches an error */
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(total(tx), 3);
}

static void check_changes_and_removals(struct engine *e)
{
	struct tx *tx = begin(e);
	struct sql_item_change_in change[] = {
	        {.item_id = 2, .amount = 100}, {.item_id = 77, .amount = 5}, {.item_id = 1, .amount = 50}};
	struct sql_item_remove_in gone[] = {{3}, {78}};
	put(tx, 4);
	OK(sql_item_change(tx, change, 3, &engine_err));
	OK(sql_item_remove(tx, gone, 2, &engine_err));
	OK(sql_item_change_one(tx, (struct sql_item_change_one_in){.item_id = 4, .amount = 7}, NULL, &engine_err));
	assert_int_equal(total(tx), 157);
	int64_t changed = 0;
	OK(sql_item_change_one(tx, (struct sql_item_change_one_in){.item_id = 4, .amount = 8}, &changed, &engine_err));
	assert_int_equal(changed, 1); /* whoever asks is answered at once */
	for (int i = 0; i < 100; i++) /* more than may be on the way */
		OK(sql_item_change_one(tx, (struct sql_item_change_one_in){.item_id = 4, .amount = i}, NULL, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	assert_int_equal(total(tx), 249);
	tx_rollback(&tx);
}

static enum rc spoil(struct tx *tx)
{
	struct sql_item_change_in bad = {.item_id = 1, .amount = -1};
	return sql_item_change(tx, &bad, 1, &engine_err);
}

/* What goes wrong later is told before the transaction, or its step, is over. */
static void check_later_is_never_lost(struct engine *e)
{
	struct sql_item_total row;
	struct tx *tx = begin(e);
	bool at_once = store_is_sqlite(e->store);
	put(tx, 3);
	OK(tx_commit(&tx, &engine_err));
	for (int way = 0; way < 3 && !at_once; way++) {
		OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
		OK(spoil(tx));
		if (way == 1)
			assert_int_equal(sql_item_total(tx, &row, &engine_err), RC_BROKEN);
		if (way == 2)
			assert_int_equal(tx_savepoint(tx, &engine_err), RC_BROKEN);
		assert_int_equal(tx_commit(&tx, &engine_err), RC_BROKEN);
	}
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_change_one(tx, (struct sql_item_change_one_in){.item_id = 2, .amount = 10}, NULL, &engine_err));
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(spoil(tx), at_once ? RC_CONFLICT : RC_OK);
	if (!at_once)
		assert_int_equal(tx_release(tx, &engine_err), RC_BROKEN);
	OK(tx_undo(tx, &engine_err));
	assert_int_equal(total(tx), 12); /* the step is undone, what was before it stands */
	OK(tx_commit(&tx, &engine_err));
}

static void check_rows_are_copied_in(struct engine *e)
{
	struct tx *tx = begin(e);
	struct sql_item_load_in *in = ARENA_ARRAY(tx_arena(tx), N, struct sql_item_load_in);
	struct sql_item_get row;
	for (int i = 0; i < N; i++)
		in[i] = (struct sql_item_load_in){.item_id = i + 1,
		                                  .name = arena_printf(tx_arena(tx), "n%d", i),
		                                  .note = i % 2 ? S("a\tb\n\\N") : (struct str){NULL, 0},
		                                  .data = str_from("\0\377", 2),
		                                  .big = -i,
		                                  .big_null = i == 4,
		                                  .amount = 1};
	OK(tx_savepoint(tx, &engine_err));
	OK(sql_item_load(tx, in, N, &engine_err));
	OK(tx_release(tx, &engine_err));
	assert_int_equal(total(tx), N);
	OK(tx_savepoint(tx, &engine_err));
	assert_int_equal(sql_item_load(tx, in + N - 2, 1, &engine_err), RC_CONFLICT);
	OK(tx_undo(tx, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(sql_item_get(tx, (struct sql_item_get_in){S("n8999")}, &row, &engine_err));
	assert_true(str_eq(row.note, S("a\tb\n\\N")) && str_eq(row.data, str_from("\0\377", 2)));
	assert_int_equal(row.big, -8999);
	OK(sql_item_get(tx, (struct sql_item_get_in){S("n4")}, &row, &engine_err));
	assert_true(row.big_null && !row.note.at);
	tx_rollback(&tx);
}

/* Another, who asks for rows that we hold. */
struct waiter {
	struct engine *e;
	struct sql_item_seek out[3];
	bool found[3];
	enum rc rc;
};

static void *wait_for_rows(void *arg)
{
	struct waiter *w = arg;
	struct sql_item_seek_in in[] = {{.item_id = 1}, {.item_id = 2}, {.item_id = 3}};
	struct err err;
	struct tx *tx = NULL;
	w->rc = tx_begin(w->e->store, TX_WRITE, &tx, &err);
	if (w->rc == RC_OK)
		w->rc = sql_item_seek(tx, in, 3, w->out, w->found, &err);
	tx_rollback(&tx);
	return NULL;
}

/* A row that had to be waited for is seen as it was left. */
static void check_locked_rows_are_as_they_were_left(struct engine *e)
{
	struct waiter w = {.e = e};
	pthread_t other;
	struct tx *tx = begin(e);
	int64_t changed;
	put(tx, 3);
	OK(tx_commit(&tx, &engine_err));
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(sql_item_change_one(tx, (struct sql_item_change_one_in){.item_id = 2, .amount = 70}, &changed, &engine_err));
	assert_int_equal(pthread_create(&other, NULL, wait_for_rows, &w), 0);
	nanosleep(&(struct timespec){.tv_nsec = 200 * 1000 * 1000}, NULL); /* time to get stuck; without, it proves less */
	OK(tx_commit(&tx, &engine_err));
	pthread_join(other, NULL);
	assert_int_equal(w.rc, RC_OK);
	assert_true(w.found[0] && w.found[1] && w.found[2]);
	assert_int_equal(w.out[1].amount, 70);
}

static void check_queries_prepare(struct engine *e)
{
	struct tx *tx = begin(e);
	OK(tx_commit(&tx, &engine_err));
	for (size_t i = 0; sample_queries[i]; i++)
		OK(query_check(e->store, sample_queries[i], &engine_err));
	static const struct query wrong = {
	        .name = "x", .postgres = "SELECT name FROM item WHERE name = ANY ($1)", .params = "t", .columns = "ti"};
	static const struct query query = {.name = "x",
	                                   .sqlite = "SELECT name FROM item WHERE name = ?1",
	                                   .postgres = "SELECT name FROM item WHERE name = $1",
	                                   .params = "t",
	                                   .columns = "t",
	                                   .set = &wrong};
	assert_int_equal(query_check(e->store, &query, &engine_err), store_is_sqlite(e->store) ? RC_OK : RC_BROKEN);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(rows_belong_to_their_items)
EACH(one_row_an_item)
EACH(returning_is_in_order)
EACH(conflict_of_a_set)
EACH(changes_and_removals)
EACH(later_is_never_lost)
EACH(rows_are_copied_in)
EACH(locked_rows_are_as_they_were_left)
EACH(queries_prepare)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_rows_belong_to_their_items), cmocka_unit_test(test_one_row_an_item),
	        cmocka_unit_test(test_returning_is_in_order),      cmocka_unit_test(test_conflict_of_a_set),
	        cmocka_unit_test(test_changes_and_removals),       cmocka_unit_test(test_later_is_never_lost),
	        cmocka_unit_test(test_rows_are_copied_in),         cmocka_unit_test(test_locked_rows_are_as_they_were_left),
		cmocka_unit_test(test_queries_prepare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
