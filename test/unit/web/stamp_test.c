/* SPDX-License-Identifier: EUPL-1.2
 * P2.2g: the moment of a watermark, however somebody writes down what he reads. */
#include "web/stamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define MINUTE (day_begin_us(day_from_ymd(2026, 11, 23)) + (INT64_C(9) * 60 + 41) * 60 * US_PER_S)

static void a_moment_is_read_in_every_usual_form(void **state)
{
	(void)state;
	static const char *const seconds[] = {"23-11-2026 09.41.07 WIB", "23/11/2026 9:41:07", "2026-11-23T09:41:07",
	                                      "23.11.2026, 09.41.07 wib", "  2026/11/23 9.41.7 "};
	static const char *const minutes[] = {"23-11-2026 09.41 WIB", "23-11-2026 09.41", "2026-11-23 9:41"};
	struct stamp s;
	for (size_t i = 0; i < LEN(seconds); i++) {
		assert_int_equal(stamp_from_str(str_c(seconds[i]), &s), RC_OK);
		assert_int_equal(s.from_us, MINUTE + 7 * US_PER_S);
		assert_int_equal(s.until_us, s.from_us + US_PER_S);
	}
	for (size_t i = 0; i < LEN(minutes); i++) {
		assert_int_equal(stamp_from_str(str_c(minutes[i]), &s), RC_OK);
		assert_int_equal(s.from_us, MINUTE);
		assert_int_equal(s.until_us, MINUTE + 60 * US_PER_S);
	}
}

static void what_is_no_moment_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"",
	                                    "kemarin",
	                                    "23-11-2026",
	                                    "23-11-2026 09",
	                                    "31-02-2026 09.41",
	                                    "23-13-2026 09.41",
	                                    "23-11-26 09.41",
	                                    "23-11-2026 24.00",
	                                    "23-11-2026 09.60",
	                                    "23-11-2026 09.41.60",
	                                    "23-11-2026 09.41.07.1",
	                                    "23-11-20261 09.41",
	                                    "0000-00-00 00.00",
	                                    "23-11-2026 09.41 (kira-kira)",
	                                    "23-11-2026 09.41 WIB WIB WIB WIB WIB WIB WIB WIB WIB WIB WIB WIB WIB"};
	struct stamp s;
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_int_equal(stamp_from_str(str_c(wrong[i]), &s), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_moment_is_read_in_every_usual_form),
	                                   cmocka_unit_test(what_is_no_moment_is_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
