/* SPDX-License-Identifier: EUPL-1.2
 * Holds as people deal with them: a decision is made once, a release may need two persons,
 * a head sees his own, and what is written there is no place for a NIK. */
#include "policy/hold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "engines.h"
#include "policy/guard.sql.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK

#define NOW INT64_C(1795600000000000)

static const struct hold_actor admin = {11, S("admin")}, second = {12, S("admin2")}, head = {13, S("kepala")};

static int64_t made(struct engine *e, int64_t instansi_id, const char *user_id)
{
	int64_t id;
	struct tx *tx;
	struct hold hold = {.instansi_id = instansi_id, .user = 5, .user_id = str_c(user_id), .reason = S("berurutan"),
	                    .clue = S("walk"), .evidence = S("7 NIK berturut-turut naik 1"), .seq = 42, .held_us = NOW};
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	OK(hold_open(tx, &hold, &id, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return id;
}

static void migrate(struct engine *e)
{
	const struct schema *schemas[] = {&guard_schema};
	OK(store_migrate(e->store, schemas, 1, NOW, &engine_err));
}

/* Commits when it went well. */
static enum rc decide(struct engine *e, int64_t id, enum hold_state state, struct hold_actor by, bool two, enum hold_state *now)
{
	struct tx *tx;
	struct hold_decision d = {state, by, S("sudah diperiksa"), two};
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	enum rc rc = hold_decide(tx, id, &d, NOW + US_PER_S, now, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	tx_rollback(&tx);
	return rc;
}

static enum rc plead(struct engine *e, int64_t id, int64_t instansi_id, struct str text)
{
	struct tx *tx;
	OK(tx_begin(e->store, TX_WRITE, &tx, &engine_err));
	enum rc rc = hold_plead(tx, id, instansi_id, head, text, NOW + 1, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	tx_rollback(&tx);
	return rc;
}

static void check_once(struct engine *e)
{
	enum hold_state now;
	migrate(e);
	int64_t id = made(e, 1, "operator1");
	assert_int_equal(decide(e, id, HOLD_RELEASED, admin, false, &now), RC_OK);
	assert_int_equal(now, HOLD_RELEASED);
	assert_int_equal(decide(e, id, HOLD_CONFIRMED, second, false, &now), RC_CONFLICT);
	assert_non_null(strstr(engine_err.what, "sudah diputuskan oleh admin pada"));
	assert_non_null(strstr(engine_err.what, "dilepaskan"));
	assert_int_equal(plead(e, id, 1, S("terlambat")), RC_CONFLICT);
	assert_int_equal(decide(e, id + 100, HOLD_RELEASED, admin, false, &now), RC_ABSENT);
	struct hold hold;
	TX_AUTO *tx;
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(hold_get(tx, id, -1, &hold, &engine_err));
	assert_int_equal(hold.state, HOLD_RELEASED);
	assert_true(str_eq(hold.decided_by, S("admin")) && str_eq(hold.note, S("sudah diperiksa")));
	assert_int_equal(hold.decided_us, NOW + US_PER_S);
	assert_int_equal(hold.seq, 42);
}

static void check_two(struct engine *e)
{
	enum hold_state now;
	migrate(e);
	int64_t id = made(e, 1, "operator1");
	assert_int_equal(decide(e, id, HOLD_RELEASED, admin, true, &now), RC_OK);
	assert_int_equal(now, HOLD_OPEN);
	assert_int_equal(decide(e, id, HOLD_RELEASED, admin, true, &now), RC_REFUSED);
	assert_int_equal(decide(e, id, HOLD_RELEASED, second, true, &now), RC_OK);
	assert_int_equal(now, HOLD_RELEASED);
	int64_t other = made(e, 1, "operator2");
	assert_int_equal(decide(e, other, HOLD_RELEASED, (struct hold_actor){0, S("baris perintah")}, true, &now), RC_OK);
	assert_int_equal(decide(e, other, HOLD_RELEASED, (struct hold_actor){0, S("baris perintah")}, true, &now), RC_REFUSED);
	assert_int_equal(decide(e, other, HOLD_CONFIRMED, admin, true, &now), RC_OK); /* to hold on, one is enough */
	assert_int_equal(now, HOLD_CONFIRMED);
}

static void check_whose(struct engine *e)
{
	struct hold hold, *list;
	size_t n;
	int64_t count;
	enum hold_state now;
	migrate(e);
	int64_t ours = made(e, 1, "operator1"), theirs = made(e, 2, "operator9");
	for (int i = 0; i < 7; i++)
		assert_int_equal(decide(e, made(e, 1 + i % 2, "lama"), HOLD_RELEASED, admin, false, &now), RC_OK);
	assert_int_equal(plead(e, theirs, 1, S("bukan milik kami")), RC_ABSENT);
	TX_AUTO *tx;
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	assert_int_equal(hold_get(tx, theirs, 1, &hold, &engine_err), RC_ABSENT);
	OK(hold_get(tx, ours, 1, &hold, &engine_err));
	OK(hold_list_open(tx, 1, &list, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].hold_id, ours);
	OK(hold_list_open(tx, -1, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	OK(hold_count_open(tx, 2, &count, &engine_err));
	assert_int_equal(count, 1);
	OK(hold_count_past(tx, -1, &count, &engine_err));
	assert_int_equal(count, 7);
	OK(hold_list_past(tx, -1, 0, 5, &list, &n, &engine_err));
	assert_int_equal(n, 5);
	assert_true(list[0].hold_id > list[4].hold_id);
	OK(hold_list_past(tx, -1, list[4].hold_id, 5, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	OK(hold_list_past(tx, 2, 0, 5, &list, &n, &engine_err));
	assert_int_equal(n, 3);
}

static void check_texts(struct engine *e)
{
	char longest[4 * HOLD_TEXT_MAX + 8];
	size_t n = 0;
	migrate(e);
	int64_t id = made(e, 1, "operator1");
	for (int i = 0; i < HOLD_TEXT_MAX; i++, n += 2)
		memcpy(longest + n, "\xc3\xa9", 2); /* characters count, not bytes */
	assert_int_equal(plead(e, id, 1, str_from(longest, n)), RC_OK);
	longest[n++] = '.';
	assert_int_equal(plead(e, id, 1, str_from(longest, n)), RC_INVALID);
	assert_int_equal(plead(e, id, 1, S("")), RC_INVALID);
	assert_int_equal(plead(e, id, 1, S("a\x01")), RC_INVALID);
	assert_int_equal(plead(e, id, 1, S("NIK 330413 010190 9911 ada di daftar")), RC_INVALID);
	assert_int_equal(plead(e, id, 1, S("NIK 3304.1301-0190.9911")), RC_INVALID);
	assert_int_equal(plead(e, id, 1, S("Surat 470/001/2026, telepon 0286-000000, dua baris\nini juga")), RC_OK);
	struct hold hold;
	TX_AUTO *tx;
	OK(tx_begin(e->store, TX_READ, &tx, &engine_err));
	OK(hold_get(tx, id, 1, &hold, &engine_err));
	assert_true(str_starts(hold.plea, S("Surat 470"))); /* the last stand */
	assert_true(str_eq(hold.plea_by, S("kepala")));
}

/* Every query, on both engines. */
static void check_queries(struct engine *e)
{
	migrate(e);
	for (size_t i = 0; guard_queries[i]; i++)
		OK(query_check(e->store, guard_queries[i], &engine_err));
}

#define BOTH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
BOTH(once)
BOTH(two)
BOTH(whose)
BOTH(texts)
BOTH(queries)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once), cmocka_unit_test(test_two), cmocka_unit_test(test_whose), cmocka_unit_test(test_texts),
		cmocka_unit_test(test_queries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
