/* SPDX-License-Identifier: EUPL-1.2
 * Moments and terms as the portal writes them. */
#include "web/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* 23 November 2026, 09.41.07 WIB */
static int64_t moment(void)
{
	return day_begin_us(day_from_ymd(2026, 11, 23)) + ((9 * 60 + 41) * 60 + 7) * US_PER_S;
}

static void moments_read_as_an_official_writes_them(void **state)
{
	(void)state;
	assert_string_equal(when_minute(moment()).z, "09.41 WIB");
	assert_string_equal(when_row(moment()).z, "23-11-2026 09.41 WIB");
	assert_string_equal(when_long(moment()).z, "23 November 2026, 09.41.07 WIB");
	/* the longest month name, and the last second of a day */
	int64_t last = day_begin_us(day_from_ymd(2026, 9, 31 - 1)) + US_PER_DAY - 1;
	assert_string_equal(when_long(last).z, "30 September 2026, 23.59.59 WIB");
}

/* P4: the last day is included. */
static void the_last_day_still_counts(void **state)
{
	(void)state;
	struct day last = day_from_ymd(2027, 5, 20);
	assert_string_equal(when_left(day_from_ymd(2026, 11, 23), last).z, "berlaku 178 hari lagi");
	assert_string_equal(when_left(day_from_ymd(2027, 5, 19), last).z, "berlaku 1 hari lagi");
	assert_string_equal(when_left(last, last).z, "hari terakhir");
	assert_string_equal(when_left(day_from_ymd(2027, 5, 21), last).z, "telah berakhir");
}

/* Days are WIB days: midnight there turns the page, not 24 hours. */
static void ages(void **state)
{
	(void)state;
	int64_t day = day_begin_us(day_from_ymd(2026, 11, 23));
	assert_string_equal(when_age(day, day + US_PER_DAY - 1).z, "hari ini");
	assert_string_equal(when_age(day + US_PER_DAY - 1, day + US_PER_DAY).z, "1 hari");
	assert_string_equal(when_age(day, day + 14 * US_PER_DAY).z, "14 hari");
	assert_string_equal(when_age(day + US_PER_DAY, day).z, "hari ini"); /* a clock that steps back */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ages), cmocka_unit_test(moments_read_as_an_official_writes_them),
		cmocka_unit_test(the_last_day_still_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
