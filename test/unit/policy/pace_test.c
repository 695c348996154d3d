/* SPDX-License-Identifier: EUPL-1.2
 * The pace of a rehearsal: so many a minute and agency, and nobody pays for another. */
#include "policy/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct pace pace;

static int64_t at(int64_t s)
{
	return (INT64_C(29500000) * 60 + s) * US_PER_S;
}

static void so_many_a_minute(void **state)
{
	(void)state;
	pace = (struct pace){.per_minute = 3};
	for (int i = 0; i < 3; i++)
		assert_int_equal(pace_take(&pace, 7, at(i)), 0);
	assert_int_equal(pace_take(&pace, 7, at(10)), 50);
	assert_int_equal(pace_take(&pace, 7, at(59)), 1);
	assert_int_equal(pace_take(&pace, 8, at(59)), 0);
	assert_int_equal(pace_take(&pace, 7, at(60)), 0);
	assert_int_equal(pace_take(&pace, 8, at(60)), 0);
}

static void none_at_all(void **state)
{
	(void)state;
	pace = (struct pace){.per_minute = 0};
	assert_int_equal(pace_take(&pace, 1, at(0)), 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(so_many_a_minute),
		cmocka_unit_test(none_at_all),
	};
	return cmocka_run_group_tests_name("policy/pace", tests, NULL, NULL);
}
