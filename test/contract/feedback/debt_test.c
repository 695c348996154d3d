/* SPDX-License-Identifier: EUPL-1.2
 * Whether an inquiry met somebody nobody knew: what spares the page of the answer a look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "ledger.h"

static void assert_fresh(struct ledger *l, struct debt_ask *asks, size_t n, const bool *want)
{
	TX_AUTO *tx = ledger_tx(l);
	OK(debt_open(l->feedback, tx, asks, n, &engine_err));
	for (size_t i = 0; i < n; i++)
		assert_int_equal(asks[i].fresh, want[i]);
	OK(tx_commit(&tx, &engine_err));
}

/* The answers come back in the order of the questions, whatever the order of the rows. */
static void check_order(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 4);
	struct debt_ask asks[] = {ledger_ask(&l, 2, 9), ledger_ask(&l, 1, 4), ledger_ask(&l, 1, 7),
	                          ledger_ask(&l, 2, 4), ledger_ask(&l, 1, 2)};
	assert_fresh(&l, asks, LEN(asks), (const bool[]){true, false, true, true, true});
	assert_fresh(&l, asks, LEN(asks), (const bool[]){false, false, false, false, false});
	ledger_close(&l);
}

static void check_told(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	ledger_tells(&l, TOLD_SERVICE, ledger_victim(1, 1, KETERANGAN_LUKA)); /* by a program, before anybody asked */
	struct debt_ask ask = ledger_ask(&l, 1, 1);
	ask.fresh = true;
	assert_fresh(&l, &ask, 1, (const bool[]){false});
	ledger_close(&l);
}

static void check_twins_in_one_tray(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	struct debt_ask asks[] = {ledger_ask(&l, 1, 1), ledger_ask(&l, 1, 1)};
	TX_AUTO *tx = ledger_tx(&l);
	OK(debt_open(l.feedback, tx, asks, LEN(asks), &engine_err));
	assert_int_equal(asks[0].fresh + asks[1].fresh, 1);
	OK(tx_commit(&tx, &engine_err));
	ledger_close(&l);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(order)
EACH(told)
EACH(twins_in_one_tray)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_twins_in_one_tray),
	};
	return cmocka_run_group_tests_name("feedback/debt", tests, NULL, NULL);
}
