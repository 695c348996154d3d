/* SPDX-License-Identifier: EUPL-1.2
 * The days before the end (P4, J.VI.F): warnings, the day a renewal is asked for, and
 * when that is late, on the base agreement of 20 May 2025. */
#include "agreement/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct term base(void)
{
	struct workdays cal;
	struct term term;
	assert_int_equal(workdays_builtin(2027, 2027, &cal, NULL), RC_OK);
	term_of(day_from_ymd(2027, 5, 20), &cal, &term);
	return term;
}

static void p4_warnings_six_four_three_and_two_months_before(void **state)
{
	(void)state;
	static const struct {
		int year, month, mday, months;
	} rows[] = {
	        {2026, 11, 19, 0}, {2026, 11, 20, 6}, {2027, 1, 19, 6}, {2027, 1, 20, 4}, {2027, 2, 19, 4},
	        {2027, 2, 20, 3},  {2027, 3, 19, 3},  {2027, 3, 20, 2}, {2027, 5, 20, 2}, {2027, 5, 21, 0},
	};
	struct term term = base();
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(term_warning(&term, day_from_ymd(rows[i].year, rows[i].month, rows[i].mday)), rows[i].months);
	for (size_t i = 0; i + 1 < TERM_WARNINGS; i++)
		assert_true(term.warn[i].n < term.warn[i + 1].n && term_warning_months(i) > term_warning_months(i + 1));
	assert_int_equal(term_warning_months(TERM_WARNINGS), 0);
}

/* 20 March 2027 is a Saturday: the day moves back to Friday. */
static void p4_the_day_for_asking_moves_back_and_then_is_late(void **state)
{
	(void)state;
	struct term term = base();
	assert_string_equal(day_iso(term.due).z, "2027-03-19");
	assert_true(term.moved && term.certain);
	assert_false(term_late(&term, day_from_ymd(2027, 3, 19)));
	assert_true(term_late(&term, day_from_ymd(2027, 3, 20)));
	assert_true(term_late(&term, day_from_ymd(2027, 5, 20)));
	assert_false(term_late(&term, day_from_ymd(2027, 5, 21))); /* over, not late */
}

static void a_year_without_a_calendar_is_not_certain(void **state)
{
	(void)state;
	struct workdays cal;
	struct term term;
	assert_int_equal(workdays_builtin(2041, 2041, &cal, NULL), RC_OK);
	term_of(day_from_ymd(2041, 6, 19), &cal, &term);
	assert_string_equal(day_iso(term.due).z, "2041-04-19"); /* Good Friday, as nobody has told yet */
	assert_false(term.certain || term.moved);
	term_of(day_from_ymd(2041, 4, 30), &cal, &term); /* there is no 30 February */
	assert_string_equal(day_iso(term.due).z, "2041-02-28");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(p4_warnings_six_four_three_and_two_months_before),
	        cmocka_unit_test(p4_the_day_for_asking_moves_back_and_then_is_late),
	        cmocka_unit_test(a_year_without_a_calendar_is_not_certain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
