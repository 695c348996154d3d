/* SPDX-License-Identifier: EUPL-1.2
 * What the provider sees of accesses and data balikan (P3.1b), on both engines: figures of
 * agencies in every order, tellings as they come in, and all persons of a kejadian in
 * parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feedback/reconcile.h"
#include "feedback/reconcile.sql.h"
#include "ledger.h"

static void check_queries(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	for (size_t i = 0; reconcile_queries[i]; i++)
		OK(query_check(engine->store, reconcile_queries[i], &engine_err));
	ledger_close(&l);
}

static void asks_of(struct ledger *l, int64_t instansi, int64_t kejadian, int serial)
{
	TX_AUTO *tx = ledger_tx(l);
	struct debt_ask ask = ledger_ask(l, kejadian, serial);
	ask.instansi_id = instansi;
	OK(debt_open(l->feedback, tx, &ask, 1, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static void tells_of(struct ledger *l, enum told_source source, int64_t instansi, struct record record)
{
	record.instansi_id = instansi;
	assert_int_equal(ledger_tells(l, source, record), RECORD_SAVED);
}

/* Instansi 2: four asked for in two kejadian, one told of, one waived. 3: three asked for
 * the day after, all told of, and one more nobody asked for. 4: one asked for, last. */
static void fill(struct ledger *l)
{
	for (int i = 1; i <= 3; i++)
		asks_of(l, 2, 20, i);
	asks_of(l, 2, 21, 1);
	tells_of(l, TOLD_FORM, 2, ledger_victim(20, 1, KETERANGAN_LUKA));
	tells_of(l, TOLD_FORM, 2, ledger_waiver(20, 2, WAIVER_TYPED));
	l->now_us += US_PER_DAY;
	for (int i = 1; i <= 3; i++) {
		asks_of(l, 3, 30, i);
		tells_of(l, TOLD_LIST, 3, ledger_victim(30, i, KETERANGAN_HILANG));
	}
	tells_of(l, TOLD_SERVICE, 3, ledger_victim(30, 9, KETERANGAN_MENINGGAL));
	l->now_us += US_PER_DAY;
	asks_of(l, 4, 40, 1);
}

static void assert_sum(const struct debt_figures *f, const int64_t want[5])
{
	const int64_t got[5] = {f->answered, f->open, f->closed, f->waived, f->unasked};
	for (int i = 0; i < 5; i++)
		assert_int_equal(got[i], want[i]);
}
#define SUM(figures, ...) assert_sum((figures), (const int64_t[5]){__VA_ARGS__})

static void check_figures(struct engine *engine)
{
	struct ledger l;
	struct reconcile of[4];
	struct reconcile_total total;
	const int64_t ids[4] = {3, 9, 2, 4};
	ledger_open(&l, engine);
	TX_AUTO *tx = ledger_tx(&l);
	OK(reconcile_total(tx, &total, &engine_err)); /* of nothing, nothing */
	SUM(&total.sum, 0, 0, 0, 0, 0);
	assert_int_equal(total.instansi + total.owing, 0);
	tx_rollback(&tx);
	fill(&l);
	tx = ledger_tx(&l);
	OK(reconcile_of(tx, ids, 4, of, &engine_err));
	SUM(&of[0].sum, 3, 0, 3, 0, 1);
	SUM(&of[1].sum, 0, 0, 0, 0, 0);
	SUM(&of[2].sum, 4, 2, 1, 1, 0);
	SUM(&of[3].sum, 1, 1, 0, 0, 0);
	assert_int_equal(reconcile_cover(&of[0].sum), 1000);
	assert_int_equal(reconcile_cover(&of[1].sum), 1000); /* of nothing, nothing is missing */
	assert_int_equal(reconcile_cover(&of[2].sum), 500);
	OK(reconcile_total(tx, &total, &engine_err));
	SUM(&total.sum, 8, 3, 4, 1, 1);
	assert_int_equal(total.instansi, 3);
	assert_int_equal(total.owing, 2);
	tx_rollback(&tx);
	ledger_close(&l);
}

static void assert_order(struct tx *tx, enum reconcile_sort sort, bool up, const int64_t want[3])
{
	struct reconcile *list;
	size_t n;
	struct reconcile_ask ask = {.sort = sort, .up = up, .most = 50};
	OK(reconcile_page(tx, &ask, &list, &n, &engine_err));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(list[i].instansi_id, want[i]);
	SUM(&list[0].sum,
	    want[0] == 2   ? 4
	    : want[0] == 3 ? 3
	                   : 1,
	    want[0] == 2 ? 2 : want[0] == 4,
	    want[0] == 2   ? 1
	    : want[0] == 3 ? 3
	                   : 0,
	    want[0] == 2, want[0] == 3);
}

static void check_orders(struct engine *engine)
{
	static const struct {
		enum reconcile_sort sort;
		int64_t down[3], up[3];
	} orders[] = {
	        {RECONCILE_BY_OPEN, {2, 4, 3}, {3, 4, 2}},    {RECONCILE_BY_ANSWERED, {2, 3, 4}, {4, 3, 2}},
	        {RECONCILE_BY_CLOSED, {3, 2, 4}, {4, 2, 3}},  {RECONCILE_BY_WAIVED, {2, 3, 4}, {3, 4, 2}},
	        {RECONCILE_BY_UNASKED, {3, 2, 4}, {2, 4, 3}}, {RECONCILE_BY_COVER, {3, 2, 4}, {4, 2, 3}},
	        {RECONCILE_BY_AGE, {2, 4, 3}, {3, 4, 2}},
	};
	struct ledger l;
	struct reconcile *list;
	size_t n;
	_Static_assert(LEN(orders) == RECONCILE_SORT_COUNT, "every order is tried");
	ledger_open(&l, engine);
	fill(&l);
	TX_AUTO *tx = ledger_tx(&l);
	for (size_t i = 0; i < LEN(orders); i++) {
		assert_order(tx, orders[i].sort, false, orders[i].down);
		assert_order(tx, orders[i].sort, true, orders[i].up);
	}
	OK(reconcile_page(tx, &(struct reconcile_ask){.skip = 2, .most = 1}, &list, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].instansi_id, 3);
	OK(reconcile_page(tx, &(struct reconcile_ask){.skip = 3, .most = 1}, &list, &n, &engine_err));
	assert_int_equal(n, 0);
	assert_int_equal(reconcile_page(tx, &(struct reconcile_ask){.most = 201}, &list, &n, &engine_err), RC_INVALID);
	tx_rollback(&tx);
	ledger_close(&l);
}

static void check_owing(struct engine *engine)
{
	struct ledger l;
	struct reconcile *list;
	size_t n;
	int64_t own;
	ledger_open(&l, engine);
	int64_t first = l.now_us;
	fill(&l);
	TX_AUTO *tx = ledger_tx(&l);
	OK(reconcile_owing(tx, 2, 20, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].sum.kejadian_id, 21);
	assert_int_equal(list[1].sum.kejadian_id, 20);
	assert_int_equal(list[1].sum.oldest_us, first);
	SUM(&list[1].sum, 3, 1, 1, 1, 0);
	OK(reconcile_owing(tx, 3, 20, &list, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(reconcile_owing(tx, 0, 2, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].instansi_id, 2);
	assert_int_equal(list[1].sum.kejadian_id, 21);
	OK(reconcile_own(tx, 20, S("operator1"), 100, &own, &engine_err));
	assert_int_equal(own, 1);
	OK(reconcile_own(tx, 20, S("operator2"), 100, &own, &engine_err));
	assert_int_equal(own, 0);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* Every telling is there, of whichever kejadian; a page begins where the one before ended. */
static void check_incoming(struct engine *engine)
{
	struct ledger l;
	struct incoming *list;
	size_t n;
	ledger_open(&l, engine);
	fill(&l);
	tells_of(&l, TOLD_FORM, 3, ledger_victim(30, 1, KETERANGAN_MENINGGAL));
	TX_AUTO *tx = ledger_tx(&l);
	struct incoming_ask ask = {.instansi_id = 3, .before_us = INT64_MAX, .before_entry = INT64_MAX, .most = 3};
	OK(person_incoming(l.feedback, tx, &ask, &list, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_int_equal(list[0].nik.n, LEDGER_NIK + 1);
	assert_int_equal(list[0].seen.told.keterangan, KETERANGAN_MENINGGAL);
	assert_true(list[0].asked);
	assert_int_equal(list[1].nik.n, LEDGER_NIK + 9);
	assert_int_equal(list[1].seen.source, TOLD_SERVICE);
	assert_false(list[1].asked);
	assert_int_equal(list[1].kejadian_id, 30);
	ask.before_us = list[2].seen.told_us;
	ask.before_entry = list[2].seen.entry_id;
	OK(person_incoming(l.feedback, tx, &ask, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[1].nik.n, LEDGER_NIK + 1);
	assert_int_equal(list[1].seen.told.keterangan, KETERANGAN_HILANG);
	ask = (struct incoming_ask){.instansi_id = 2, .before_us = INT64_MAX, .before_entry = INT64_MAX, .most = INCOMING_MAX};
	OK(person_incoming(l.feedback, tx, &ask, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].seen.told.kind, TOLD_WAIVER);
	assert_int_equal(list[0].seen.told.waiver, WAIVER_TYPED);
	ask.instansi_id = 4;
	OK(person_incoming(l.feedback, tx, &ask, &list, &n, &engine_err));
	assert_int_equal(n, 0);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* A debt that is closed between two parts is neither lost nor told twice, and who is asked
 * for after the list was begun is not on it. */
static void check_parts(struct engine *engine)
{
	struct ledger l;
	struct person *list;
	size_t n, seen = 0;
	struct person_part part = {.kejadian_id = 1, .most = 2};
	const enum reconcile_state want[] = {RECONCILE_COVERED, RECONCILE_MISSING, RECONCILE_COVERED, RECONCILE_COVERED,
	                                     RECONCILE_UNASKED};
	ledger_open(&l, engine);
	for (int i = 1; i <= 4; i++)
		ledger_asks(&l, 1, i);
	ledger_asks(&l, 2, 7);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 1, KETERANGAN_LUKA)), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_victim(1, 5, KETERANGAN_LUKA)), RECORD_SAVED);
	TX_AUTO *tx = ledger_tx(&l);
	OK(person_last(tx, &part.last, &engine_err));
	tx_rollback(&tx);
	ledger_asks(&l, 1, 6);
	do {
		tx = ledger_tx(&l);
		OK(person_part(l.feedback, tx, &part, &list, &n, &engine_err));
		for (size_t i = 0; i < n; i++, seen++) {
			assert_int_equal(list[i].nik.n, LEDGER_NIK + 1 + (int64_t)seen);
			assert_int_equal(reconcile_state_of(&list[i]), want[seen]);
			part.after = list[i].person_id;
		}
		tx_rollback(&tx);
		if (seen == 2) { /* behind, and before us */
			assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 2, KETERANGAN_LUKA)), RECORD_SAVED);
			assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 3, KETERANGAN_LUKA)), RECORD_SAVED);
			assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_waiver(1, 4, WAIVER_TYPED)), RECORD_SAVED);
		}
	} while (n > 0);
	assert_int_equal(seen, LEN(want));
	ledger_close(&l);
}

static void test_words(void **state)
{
	(void)state;
	for (size_t i = 0; reconcile_state_at(i); i++)
		assert_int_equal(reconcile_state_at(i)->state, i);
	assert_null(reconcile_state_at(RECONCILE_STATE_COUNT));
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(queries)
EACH(figures)
EACH(orders)
EACH(owing)
EACH(incoming)
EACH(parts)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_queries), cmocka_unit_test(test_figures),  cmocka_unit_test(test_orders),
	        cmocka_unit_test(test_owing),   cmocka_unit_test(test_incoming), cmocka_unit_test(test_parts),
	        cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests_name("feedback/reconcile", tests, NULL, NULL);
}
