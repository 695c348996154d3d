/* SPDX-License-Identifier: EUPL-1.2
 * When to stop asking, and when to try again (registry/breaker.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "registry/breaker.h"

#define FIRST (2 * US_PER_S)
#define MOST (10 * US_PER_S)

static bool lets(struct breaker *b, int64_t now_us, bool *tries)
{
	int64_t wait_us;
	bool yes = breaker_lets(b, now_us, tries, &wait_us);
	assert_true(yes ? wait_us == 0 : wait_us > 0 && wait_us <= MOST);
	return yes;
}

static void opens_after_failures_in_a_row(void **state)
{
	(void)state;
	struct breaker b;
	bool tries;
	breaker_init(&b, 3, FIRST, MOST);
	for (int i = 0; i < 10; i++) { /* one that goes well begins the count anew */
		assert_false(breaker_failed(&b, false, i));
		assert_false(breaker_failed(&b, false, i));
		breaker_well(&b);
	}
	assert_false(breaker_failed(&b, false, 100));
	assert_false(breaker_failed(&b, false, 100));
	assert_true(lets(&b, 100, &tries) && !tries);
	assert_true(breaker_failed(&b, false, 100)); /* said once */
	assert_false(breaker_failed(&b, false, 101)); /* of those that were under way */
	assert_int_equal(breaker_state(&b, 100), BREAKER_OPEN);
	assert_false(lets(&b, 100 + FIRST - 1, &tries));
}

static void one_tries_then_it_closes(void **state)
{
	(void)state;
	struct breaker b;
	bool tries;
	breaker_init(&b, 1, FIRST, MOST);
	assert_true(breaker_failed(&b, false, 0));
	assert_true(lets(&b, FIRST, &tries) && tries);
	assert_false(lets(&b, FIRST, &tries)); /* nobody else meanwhile */
	breaker_spared(&b);
	assert_true(lets(&b, FIRST, &tries) && tries); /* the place was given back: another one */
	breaker_well(&b);
	assert_int_equal(breaker_state(&b, FIRST), BREAKER_CLOSED);
	assert_true(lets(&b, FIRST, &tries) && !tries);
}

static void twice_as_long_up_to_a_ceiling(void **state)
{
	(void)state;
	struct breaker b;
	bool tries;
	int64_t now = 0, pauses[] = {FIRST, 2 * FIRST, 4 * FIRST, MOST, MOST};
	breaker_init(&b, 1, FIRST, MOST);
	breaker_failed(&b, false, now);
	for (size_t i = 0; i < LEN(pauses); i++) {
		assert_false(lets(&b, now + pauses[i] - 1, &tries));
		now += pauses[i];
		assert_true(lets(&b, now, &tries) && tries);
		assert_false(breaker_failed(&b, true, now)); /* not news */
	}
	breaker_well(&b);
	breaker_failed(&b, false, now);
	assert_true(lets(&b, now + FIRST, &tries)); /* short again */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_after_failures_in_a_row),
		cmocka_unit_test(one_tries_then_it_closes),
		cmocka_unit_test(twice_as_long_up_to_a_ceiling),
	};
	return cmocka_run_group_tests_name("breaker", tests, NULL, NULL);
}
