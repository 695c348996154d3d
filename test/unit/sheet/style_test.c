/* SPDX-License-Identifier: EUPL-1.2
 * Format codes: which of them show a date, as programs write them in any language. */
#include "sheet/style.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void codes(void **state)
{
	(void)state;
	static const char *const dates[] = {
	        "yyyy-mm-dd",           "dd/mm/yyyy",     "d",       "mmm-yy", "h:mm AM/PM", "[h]:mm:ss", "[mm]", "[s]",
	        "[$-421]d mmmm yyyy;@", "\"tanggal\" dd", "[Red]yy", "YYYY",   "0.00;m",     "\\d\\ d",
	};
	static const char *const numbers[] = {
	        "General", "0",   "0.00E+00", "#,##0.00", "@", "0 \"hari\"", "[Red]0", "[>100]0", "[$Rp-421]#,##0", "0\\d",
	        "0_d",     "*d0", "",         "\"yyyy",   "[", "[]",         "\\",     "_",       "0;-0;\"h\"",     "[$h]0",
	};
	for (size_t i = 0; i < LEN(dates); i++)
		assert_true(style_code_is_date(str_c(dates[i])));
	for (size_t i = 0; i < LEN(numbers); i++)
		assert_false(style_code_is_date(str_c(numbers[i])));
	assert_false(style_code_is_date((struct str){NULL, 0}));
}

static void numbers_of_styles(void **state)
{
	(void)state;
	static struct style style = {.cells = {2}, .n = 2};
	assert_true(style_is_date(&style, S("1")));
	assert_false(style_is_date(&style, S("0")));
	assert_false(style_is_date(&style, S("2")));
	assert_false(style_is_date(&style, S("65536")));
	assert_false(style_is_date(&style, S("-1")));
	assert_false(style_is_date(&style, (struct str){NULL, 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(codes), cmocka_unit_test(numbers_of_styles)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
