/* SPDX-License-Identifier: EUPL-1.2
 * Views: comparing, cutting, numbers at their limits, and what counts as text. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void comparing(void **state)
{
	(void)state;
	struct str absent = {NULL, 0};
	assert_true(str_eq(absent, S("")));
	assert_false(str_eq(absent, S("a")));
	assert_true(str_eq(S("abc"), S("abc")));
	assert_false(str_eq(S("abc"), S("abd")));
	assert_false(str_eq(S("abc"), S("ab")));
	assert_true(str_ieq(S("AbZ@["), S("aBz@[")));
	assert_false(str_ieq(S("@"), S("`"))); /* 0x40 and 0x60 are no letters */
	assert_false(str_ieq(S("["), S("{")));
	assert_false(str_ieq(S("\xc3\x89"), S("\xc3\xa9"))); /* other bytes exactly */
	assert_true(str_starts(S("abc"), S("ab")));
	assert_true(str_starts(S("abc"), S("")));
	assert_true(str_starts(absent, S("")));
	assert_false(str_starts(S("a"), S("ab")));
	assert_true(str_eq_secret(S("abc"), S("abc")));
	assert_true(str_eq_secret(absent, S("")));
	assert_false(str_eq_secret(S("abc"), S("abd")));
	assert_false(str_eq_secret(S("abc"), S("abcd")));
	assert_null(str_c(NULL).at);
}

static void cutting(void **state)
{
	(void)state;
	struct str absent = {NULL, 0};
	assert_int_equal(str_index(S("abcb"), 'b'), 1);
	assert_int_equal(str_index(S("abc"), 'x'), 3);
	assert_int_equal(str_index(absent, 'x'), 0);
	assert_true(str_eq(str_trim(S(" \t\r\na b\n ")), S("a b")));
	assert_int_equal(str_trim(S("  ")).n, 0);
	assert_true(str_eq(str_sub(S("abcdef"), 2, 3), S("cde")));
	assert_true(str_eq(str_sub(S("abcdef"), 4, 99), S("ef")));
	assert_int_equal(str_sub(S("abc"), 3, 1).n, 0);
	assert_int_equal(str_sub(S("abc"), SIZE_MAX, SIZE_MAX).n, 0);
	assert_int_equal(str_sub(absent, 5, 5).n, 0);
}

static void splitting(void **state)
{
	(void)state;
	struct str rest = S("a,,b,");
	static const char *const want[] = {"a", "", "b", ""};
	size_t n = 0;
	while (rest.at)
		assert_true(str_eq(str_split(&rest, ','), str_c(want[n++])));
	assert_int_equal(n, LEN(want));
	assert_int_equal(str_split(&rest, ',').n, 0);
}

static void numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t min, max, want;
	} good[] = {
	        {"0", 0, 9, 0},
	        {"-0", 0, 9, 0},
	        {"007", 0, 9, 7},
	        {"9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX},
	        {"-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN},
	        {"-5", -5, 5, -5},
	};
	static const char *const bad[] = {
	        "",    "-",  "+1", " 1", "1 ", "1a", "--1", "9223372036854775808", "-9223372036854775809", "99999999999999999999",
	        "1.0", "0x1"};
	int64_t n = 42;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(str_int(str_c(good[i].text), good[i].min, good[i].max, &n), RC_OK);
		assert_true(n == good[i].want);
	}
	n = 42;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(str_int(str_c(bad[i]), INT64_MIN, INT64_MAX, &n), RC_INVALID);
	assert_int_equal(str_int(S("10"), 0, 9, &n), RC_INVALID);
	assert_int_equal(str_int(S("-1"), 0, 9, &n), RC_INVALID);
	assert_int_equal(str_int((struct str){NULL, 0}, 0, 9, &n), RC_INVALID);
	assert_int_equal(n, 42); /* untouched */
}

static void what_is_text(void **state)
{
	(void)state;
	static const char *const good[] = {"",
	                                   "a\tb\nc\r",
	                                   "\xc3\xa9",
	                                   "\xe2\x82\xac",
	                                   "\xf0\x9f\x98\x80",
	                                   "\xf4\x8f\xbf\xbf",
	                                   "\xed\x9f\xbf",
	                                   "\xee\x80\x80"};
	static const char *const bad[] = {"\x01",
	                                  "\x1b[0m",
	                                  "\x7f",
	                                  "\x80",
	                                  "\xc3",
	                                  "\xc3(",
	                                  "\xc0\x80",
	                                  "\xc1\xbf",
	                                  "\xe0\x80\x80",
	                                  "\xe2\x82",
	                                  "\xed\xa0\x80",
	                                  "\xf0\x80\x80\x80",
	                                  "\xf4\x90\x80\x80",
	                                  "\xf5\x80\x80\x80",
	                                  "\xff"};
	for (size_t i = 0; i < LEN(good); i++)
		assert_true(str_is_text(str_c(good[i])));
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(str_is_text(str_c(bad[i])));
	assert_false(str_is_text(str_from("a\0b", 3)));
	assert_true(str_is_text((struct str){NULL, 0}));
	assert_int_equal(str_utf8(S("a\xe2\x82\xac"), 0), 1);
	assert_int_equal(str_utf8(S("a\xe2\x82\xac"), 1), 3);
	assert_int_equal(str_utf8(S("a\xe2\x82\xac"), 2), 0);
	assert_int_equal(str_utf8(S("a"), 1), 0);
}

static void results_have_names(void **state)
{
	(void)state;
	struct err err = {.what = "x", .detail = "y"};
	assert_string_equal(rc_name(RC_OK), "ok");
	assert_string_equal(rc_name(RC_BROKEN), "broken");
	assert_string_equal(rc_name((enum rc)99), "?");
	assert_int_equal(FAIL(&err, RC_LIMIT, "batas %d", 7), RC_LIMIT);
	assert_string_equal(err.what, "batas 7");
	assert_string_equal(err.detail, "");
	assert_non_null(strstr(err.where, "str_test.c:"));
	err_detail(&err, "%s", "rinci");
	assert_string_equal(err.detail, "rinci");
	assert_string_equal(err.what, "batas 7");
	assert_int_equal(FAIL(NULL, RC_ABSENT, "x"), RC_ABSENT);
	err_detail(NULL, "x");
	char long_text[500];
	memset(long_text, 'x', sizeof long_text);
	long_text[499] = '\0';
	assert_int_equal(FAIL(&err, RC_LIMIT, "%s", long_text), RC_LIMIT);
	assert_int_equal(strlen(err.what), sizeof err.what - 1);
}

static void a_cut_never_halves_a_character(void **state)
{
	(void)state;
	struct str s = S("a\xc3\xa9z");
	assert_int_equal(str_cut(s, 9).n, 4);
	assert_int_equal(str_cut(s, 4).n, 4);
	assert_int_equal(str_cut(s, 3).n, 3);
	assert_int_equal(str_cut(s, 2).n, 1);
	assert_int_equal(str_cut(s, 1).n, 1);
	assert_int_equal(str_cut(s, 0).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(comparing), cmocka_unit_test(cutting),      cmocka_unit_test(splitting),
	        cmocka_unit_test(numbers),   cmocka_unit_test(what_is_text), cmocka_unit_test(results_have_names),
		cmocka_unit_test(a_cut_never_halves_a_character),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
