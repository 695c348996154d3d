/* SPDX-License-Identifier: EUPL-1.2
 * The apostrophe before what would be computed: what is written is what is read. */
#include "sheet/mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void what_needs_one(void **state)
{
	(void)state;
	static const char *const yes[] = {"=1", "+62", "-5", "@x", "\tx", "\rx", "=", "'=1", "''-", "'7"};
	static const char *const no[] = {"", "a", "7", "'a", "'", "''", " =1", "a=1", "'Abdul"};
	for (size_t i = 0; i < LEN(yes); i++)
		assert_true(mark_needed(str_c(yes[i])));
	for (size_t i = 0; i < LEN(no); i++)
		assert_false(mark_needed(str_c(no[i])));
	assert_false(mark_needed(S("\0")));
}

static void there_and_back(void **state)
{
	(void)state;
	static const char *const texts[] = {"=1", "+62", "'=1", "''=1", "'7", "''7", "a", "'a", "", "'", "7", "=\"a\"b", "==\"7\""};
	for (size_t i = 0; i < LEN(texts); i++) {
		char marked[32];
		snprintf(marked, sizeof marked, "%s%s", mark_needed(str_c(texts[i])) ? "'" : "", texts[i]);
		assert_true(str_eq(mark_off(str_c(marked)), str_c(texts[i])));
	}
}

static void zeros_kept_by_an_equals_sign(void **state)
{
	(void)state;
	assert_true(str_eq(mark_off(S("=\"0123\"")), S("0123")));
	assert_true(str_eq(mark_off(S("=\"\"")), S("=\"\"")));
	assert_true(str_eq(mark_off(S("=\"a\"&\"b\"")), S("=\"a\"&\"b\"")));
	assert_true(str_eq(mark_off(S("=\"a")), S("=\"a")));
	assert_true(str_eq(mark_off(S("=\"")), S("=\"")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_needs_one),
	        cmocka_unit_test(there_and_back),
	        cmocka_unit_test(zeros_kept_by_an_equals_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
