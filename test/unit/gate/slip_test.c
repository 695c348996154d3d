/* SPDX-License-Identifier: EUPL-1.2
 * A check value read from paper: case, blanks, dashes and the letters that look like
 * digits do not matter, everything else does. */
#include "gate/slip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct gate_slip slip = {.ref = {"7K2M-94QX"}, .mac = {"A10D1C2E5F"}};

static void the_same_value_in_another_spelling_is_the_same(void **state)
{
	(void)state;
	static const char *const same[] = {"A10D1C2E5F", "a10d1c2e5f", "A10D1-C2E5F", " A10D 1C2E 5F ", "AIODLC2E5F"};
	for (size_t i = 0; i < LEN(same); i++)
		assert_true(gate_slip_has_mac(&slip, str_c(same[i])));
}

static void any_other_value_is_not(void **state)
{
	(void)state;
	static const char *const other[] = {"", "A10D1C2E5", "A10D1C2E5FF", "A10D1C2E5G", "10D1C2E5FA", "A10D1C2E5F\x01"};
	for (size_t i = 0; i < LEN(other); i++)
		assert_false(gate_slip_has_mac(&slip, str_c(other[i])));
	assert_false(gate_slip_has_mac(&slip, (struct str){NULL, 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_value_in_another_spelling_is_the_same),
		cmocka_unit_test(any_other_value_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
