/* SPDX-License-Identifier: EUPL-1.2
 * Days and moments in WIB: edges to the microsecond, a walk over every day of four
 * centuries, months added, and the texts an official writes. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>

static void a_day_begins_at_midnight_wib(void **state)
{
	(void)state;
	struct day d = day_from_ymd(2025, 5, 20);
	int64_t begin = day_begin_us(d);
	assert_int_equal(begin, INT64_C(1747674000) * US_PER_S); /* 2025-05-19T17:00:00Z */
	assert_int_equal(day_of_us(begin).n, d.n);
	assert_int_equal(day_of_us(begin - 1).n, d.n - 1);
	assert_int_equal(day_of_us(begin + US_PER_DAY - 1).n, d.n);
	assert_int_equal(day_of_us(-WIB_OFFSET_US).n, 0);
	assert_int_equal(day_of_us(-WIB_OFFSET_US - 1).n, -1);
	assert_int_equal(day_of_us(-US_PER_DAY * 3).n, -3);
}

static void every_day_of_four_centuries(void **state)
{
	(void)state;
	int y = 1800, m = 1, d = 1, weekday = 2; /* 1 January 1800 was a Wednesday */
	struct day day = day_from_ymd(y, m, d);
	for (; y < 2200; day.n++) {
		int gy, gm, gd;
		day_to_ymd(day, &gy, &gm, &gd);
		assert_true(gy == y && gm == m && gd == d);
		assert_int_equal(day_from_ymd(y, m, d).n, day.n);
		assert_int_equal(day_weekday(day), weekday);
		weekday = (weekday + 1) % 7;
		assert_true(ymd_is_valid(y, m, d));
		if (ymd_is_valid(y, m, d + 1)) {
			d++;
			continue;
		}
		d = 1;
		m = m == 12 ? 1 : m + 1;
		y += m == 1;
	}
	assert_int_equal(day.n - day_from_ymd(1800, 1, 1).n, 146097);
}

static void days_no_calendar_has(void **state)
{
	(void)state;
	static const int bad[][3] = {{2025, 2, 29}, {2025, 2, 30}, {1900, 2, 29}, {2100, 2, 29},  {2025, 4, 31}, {2025, 0, 1},
	                             {2025, 13, 1}, {2025, 1, 0},  {2025, 1, 32}, {1799, 12, 31}, {2200, 1, 1}};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(ymd_is_valid(bad[i][0], bad[i][1], bad[i][2]));
	assert_true(ymd_is_valid(2000, 2, 29));
	assert_true(ymd_is_valid(2024, 2, 29));
}

static void reading_days(void **state)
{
	(void)state;
	static const char *const bad[] = {"",           "2025-5-20",  "20-05-2025", "2025/05/20", "2025-05-20 ", "2025-02-29",
	                                  "-025-05-20", "2025--5-20", "2025-05--1", "abcd-ef-gh", "2025-05-2x"};
	struct day d;
	assert_int_equal(day_from_str(S("2025-05-20"), &d), RC_OK);
	assert_int_equal(d.n, day_from_ymd(2025, 5, 20).n);
	for (size_t i = 0; i < LEN(bad); i++)
		if (day_from_str(str_c(bad[i]), &d) != RC_INVALID)
			fail_msg("%s was read as a day", bad[i]);
}

static void adding_months(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int months;
		const char *want;
	} rows[] = {
	        {"2025-05-20", 24, "2027-05-20"}, {"2025-01-31", 1, "2025-02-28"}, {"2024-01-31", 1, "2024-02-29"},
	        {"2025-03-31", -1, "2025-02-28"}, {"2025-12-15", 1, "2026-01-15"}, {"2025-01-15", -1, "2024-12-15"},
	        {"2024-02-29", 12, "2025-02-28"}, {"2025-05-20", 0, "2025-05-20"}, {"2027-05-20", -6, "2026-11-20"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct day d;
		assert_int_equal(day_from_str(str_c(rows[i].from), &d), RC_OK);
		assert_string_equal(day_iso(day_add_months(d, rows[i].months)).z, rows[i].want);
	}
}

static void as_an_official_writes(void **state)
{
	(void)state;
	static const char *const months[] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
	                                     "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
	for (int m = 1; m <= 12; m++) {
		char want[40];
		snprintf(want, sizeof want, "3 %s 2026", months[m - 1]);
		assert_string_equal(day_long(day_from_ymd(2026, m, 3)).z, want);
	}
	assert_string_equal(day_short(day_from_ymd(2026, 11, 3)).z, "03-11-2026");
	int64_t us = INT64_C(1795488067123456);
	assert_string_equal(clock_rfc3339(us).z, "2026-11-24T02:41:07.123456Z");
	assert_string_equal(clock_short_wib(us).z, "24-11-2026 09.41.07 WIB");
	assert_string_equal(clock_time_wib(us).z, "09.41.07 WIB");
	assert_string_equal(clock_rfc3339(-1).z, "1969-12-31T23:59:59.999999Z");
	assert_string_equal(clock_time_wib(-1).z, "06.59.59 WIB");
	assert_string_equal(clock_time_wib(day_begin_us(day_from_ymd(2026, 1, 1)) - 1).z, "23.59.59 WIB");
}

static void clocks_move_on(void **state)
{
	(void)state;
	int64_t steady = clock_steady_us();
	assert_true(clock_now_us() > day_begin_us(day_from_ymd(2020, 1, 1)));
	assert_true(clock_steady_us() >= steady);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_day_begins_at_midnight_wib),
	        cmocka_unit_test(every_day_of_four_centuries),
	        cmocka_unit_test(days_no_calendar_has),
	        cmocka_unit_test(reading_days),
	        cmocka_unit_test(adding_months),
	        cmocka_unit_test(as_an_official_writes),
	        cmocka_unit_test(clocks_move_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
