/* SPDX-License-Identifier: EUPL-1.2
 * Working days (P8, J.V): the check values of the report deadline, days that move
 * back, and what the calendar does not know. */
#include "agreement/workday.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct workdays cal;

static void assert_day(struct day got, int year, int month, int mday)
{
	assert_string_equal(day_iso(got).z, day_iso(day_from_ymd(year, month, mday)).z);
}

/* P8: semester reports, at the latest ten working days after June and December */
static void p8_ten_working_days(void **state)
{
	(void)state;
	assert_day(workday_after(&cal, day_from_ymd(2025, 6, 30), 10), 2025, 7, 14);
	assert_day(workday_after(&cal, day_from_ymd(2025, 12, 31), 10), 2026, 1, 15);
	assert_day(workday_after(&cal, day_from_ymd(2026, 6, 30), 10), 2026, 7, 14);
	assert_day(workday_after(&cal, day_from_ymd(2026, 12, 31), 10), 2027, 1, 18);
	assert_day(workday_after(&cal, day_from_ymd(2027, 6, 30), 10), 2027, 7, 14);
}

/* P4: the renewal of the base agreement is asked two months before its end */
static void p4_a_deadline_moves_back(void **state)
{
	(void)state;
	assert_day(workday_or_before(&cal, day_from_ymd(2027, 3, 20)), 2027, 3, 19);
	assert_day(workday_or_before(&cal, day_from_ymd(2027, 5, 20)), 2027, 5,
	           14); /* Waisak, two of cuti bersama, Iduladha, Sunday, Saturday */
	assert_day(workday_or_before(&cal, day_from_ymd(2025, 4, 7)), 2025, 3, 27);
	assert_day(workday_or_before(&cal, day_from_ymd(2026, 11, 24)), 2026, 11, 24);
}

static void single_days(void **state)
{
	(void)state;
	assert_true(workday_is(&cal, day_from_ymd(2025, 6, 30)));
	assert_false(workday_is(&cal, day_from_ymd(2025, 6, 28)));  /* Saturday */
	assert_false(workday_is(&cal, day_from_ymd(2025, 6, 29)));  /* Sunday */
	assert_false(workday_is(&cal, day_from_ymd(2025, 6, 27)));  /* holiday */
	assert_false(workday_is(&cal, day_from_ymd(2025, 12, 26))); /* cuti bersama */
	assert_false(workday_is(&cal, day_from_ymd(2025, 1, 1)));   /* the first row */
	assert_false(workday_is(&cal, day_from_ymd(2027, 12, 24)));
	assert_day(workday_after(&cal, day_from_ymd(2025, 3, 27), 1), 2025, 4, 8);
}

/* So many weekdays are left in each year. */
static void years_add_up(void **state)
{
	(void)state;
	static const int want[3] = {237, 240, 242};
	for (int year = 2025; year <= 2027; year++) {
		int n = 0;
		for (struct day d = day_from_ymd(year, 1, 1); d.n < day_from_ymd(year + 1, 1, 1).n; d.n++)
			n += workday_is(&cal, d);
		assert_int_equal(n, want[year - 2025]);
		assert_true(workday_year_known(&cal, year));
	}
	assert_false(workday_year_known(&cal, 2024));
	assert_false(workday_year_known(&cal, 2028));
	assert_false(workday_year_known(&cal, -1));
	assert_true(workday_is(&cal, day_from_ymd(2028, 1, 3))); /* weekends alone */
	assert_false(workday_is(&cal, day_from_ymd(2028, 1, 1)));
}

static void spans(void **state)
{
	(void)state;
	struct workdays c;
	assert_int_equal(workdays_builtin(2026, 2025, &c, NULL), RC_INVALID);
	assert_int_equal(workdays_builtin(2020, 2050, &c, NULL), RC_LIMIT);
	assert_int_equal(workdays_builtin(2020, 2049, &c, NULL), RC_OK);
	assert_true(workday_year_known(&c, 2027));
	assert_int_equal(workdays_builtin(2026, 2026, &c, NULL), RC_OK);
	assert_true(workday_year_known(&c, 2025)); /* one on either side */
	assert_true(workday_year_known(&c, 2027));
	assert_int_equal(workdays_builtin(2024, 2024, &c, NULL), RC_OK);
	assert_false(workday_year_known(&c, 2027)); /* not held: nothing is claimed */
	assert_true(workday_is(&c, day_from_ymd(2027, 1, 1)));
	assert_int_equal(workdays_builtin(-5, -1, &c, NULL), RC_OK);
	assert_false(workday_year_known(&c, 2000));
	assert_int_equal(workdays_builtin(INT32_MAX - 1, INT32_MAX, &c, NULL), RC_OK);
	assert_true(workday_is(&c, day_from_ymd(2199, 12, 31)));
	assert_day(workday_after(&c, day_from_ymd(2199, 12, 31), 1), 2200, 1, 1);
}

static int load(void **state)
{
	(void)state;
	return workdays_builtin(2025, 2027, &cal, NULL) != RC_OK;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(p8_ten_working_days),
	        cmocka_unit_test(p4_a_deadline_moves_back),
	        cmocka_unit_test(single_days),
	        cmocka_unit_test(years_add_up),
	        cmocka_unit_test(spans),
	};
	return cmocka_run_group_tests(tests, load, NULL);
}
