/* SPDX-License-Identifier: EUPL-1.2
 * What workbooks write as numbers, and which of them a program keeps whole. */
#include "sheet/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void numbers(void **state)
{
	(void)state;
	static const char *const yes[] = {"0", "-12", "+3", "0.5", ".5", "5.", "3.304E+15", "1e9", "1E-7", "3304060101909999"};
	static const char *const no[] = {"", "-", ".", "E5", "1E", "1E+", "1,5", "1.2.3", " 1", "1 ", "0x10", "inf", "nan", "--1"};
	for (size_t i = 0; i < LEN(yes); i++)
		assert_true(number_is(str_c(yes[i])));
	for (size_t i = 0; i < LEN(no); i++)
		assert_false(number_is(str_c(no[i])));
	assert_false(number_is(S("1\0")));
	assert_false(number_is((struct str){NULL, 0}));
}

static void fifteen_digits(void **state)
{
	(void)state;
	assert_true(number_is_safe(S("123456789012345")));
	assert_true(number_is_safe(S("-1234567890.12345")));
	assert_false(number_is_safe(S("1234567890123456")));
	assert_false(number_is_safe(S("1234567890.123456")));
	assert_true(number_is_safe(S("1.5E+20")));
	assert_false(number_is_safe(S("satu")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(fifteen_digits)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
