/* SPDX-License-Identifier: EUPL-1.2
 * The tables of a report's life, walked: every state is reached and has a way out or is an
 * end, every step has its words and its form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/report_life.h"

static bool leads(enum report_kind kind, enum report_state from, enum report_state to)
{
	for (size_t i = 0; report_step_at(i); i++)
		if ((report_step_at(i)->kinds & REPORT_BIT(kind)) && report_step_at(i)->from == from && report_step_at(i)->to == to)
			return true;
	return false;
}

static void every_state_is_reached_and_left(void **state)
{
	(void)state;
	for (size_t i = 0; report_state_at(i); i++) {
		const struct report_state_row *row = report_state_at(i);
		bool in = row->state == REPORT_DRAFT, out = false;
		for (enum report_state other = REPORT_DRAFT; other < REPORT_STATES; other++) {
			in = in || leads(row->kind, other, row->state);
			out = out || (other != row->state && leads(row->kind, row->state, other));
		}
		assert_true(in);
		assert_true(out || row->turn == TURN_NOBODY); /* who waits has something to do */
		assert_true(row->turn == TURN_NOBODY || row->tone == TONE_OPEN);
		assert_true(*row->key && *row->label);
		assert_ptr_equal(report_state_find(row->kind, str_c(row->key)), row);
	}
	assert_null(report_state_of(REPORT_SEMESTER, REPORT_CANCELLED)); /* what is owed is not taken back */
}

static void every_step_has_its_words(void **state)
{
	(void)state;
	for (size_t i = 0; report_step_at(i); i++) {
		const struct report_step_row *row = report_step_at(i);
		assert_true(*row->key && *row->label && *row->done);
		assert_non_null(row->asks);
		assert_true(row->kinds != 0);
		assert_int_equal(row->by == 0, row->step == REPORT_STEP_EVALUATE);
		assert_ptr_equal(report_step_known(str_c(row->key))->asks, row->asks); /* the timeline reads by the key alone */
		for (enum report_kind kind = 0; kind < REPORT_KINDS; kind++)
			if (row->kinds & REPORT_BIT(kind)) {
				assert_ptr_equal(report_step_find(kind, row->from, str_c(row->key)), row);
				assert_non_null(report_state_of(kind, row->from));
				assert_non_null(report_state_of(kind, row->to));
			}
	}
	assert_null(report_step_known(S("terbang")));
}

static void only_an_evaluated_semester_goes_to_the_ministry(void **state)
{
	(void)state;
	for (enum report_state from = REPORT_DRAFT; from < REPORT_STATES; from++) {
		assert_int_equal(leads(REPORT_SEMESTER, from, REPORT_FORWARDED), from == REPORT_EVALUATED);
		assert_false(leads(REPORT_SEMESTER, REPORT_FORWARDED, from));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_state_is_reached_and_left),
	        cmocka_unit_test(every_step_has_its_words),
	        cmocka_unit_test(only_an_evaluated_semester_goes_to_the_ministry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
