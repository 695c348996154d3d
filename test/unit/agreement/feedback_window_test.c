/* SPDX-License-Identifier: EUPL-1.2
 * How long data balikan is taken after the end (DOMAIN 2): ninety whole days, whichever
 * way the agreement came to it (P4, P5, P9.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/feedback_window.h"

static const struct terms terms;
static struct day last;

static int64_t on(int32_t after_last)
{
	return day_begin_us((struct day){last.n + after_last}) + 12 * 3600 * US_PER_S;
}

/* A standing at noon, so many days after the last one of the term. */
static struct standing at(enum instansi_state state, int32_t after_last, int32_t state_after_last)
{
	return (struct standing){.state = state,
	                         .state_us = on(state_after_last),
	                         .terms = after_last <= 0 ? &terms : NULL,
	                         .term_over = after_last > 0,
	                         .last_day = last};
}

static void check(struct standing s, int32_t after_last, bool open, int32_t last_after)
{
	struct feedback_window w = feedback_window(&s, on(after_last));
	assert_int_equal(w.open, open);
	assert_int_equal(w.last.n, last_after ? last.n + last_after : 0);
}

static void open_while_the_agreement_runs(void **state)
{
	(void)state;
	check(at(INSTANSI_ACTIVE, -10, -500), -10, true, 0);
	check(at(INSTANSI_ACTIVE, 0, -500), 0, true, 0);
	check(at(INSTANSI_SUSPENDED, -10, -20), -10, true, 0);
}

static void closed_before_it_began(void **state)
{
	(void)state;
	struct standing draft = {.state = INSTANSI_DRAFT};
	struct standing waiting = {.state = INSTANSI_ACTIVE, .last_day = last};
	check(draft, -10, false, 0);
	check(waiting, -10, false, 0);
	waiting.term_over = true; /* between two versions */
	check(waiting, -10, true, 0);
}

static void p4_ninety_days_after_the_term(void **state)
{
	(void)state;
	check(at(INSTANSI_ACTIVE, 1, -500), 1, true, 90);
	check(at(INSTANSI_SUSPENDED, 90, -20), 90, true, 90);
	check(at(INSTANSI_ACTIVE, 91, -500), 91, false, 90);
}

static void p5_p91_ninety_days_after_the_step(void **state)
{
	(void)state;
	check(at(INSTANSI_ENDED, -300, -300), -300, true, -210);
	check(at(INSTANSI_REVOKED, -210, -300), -210, true, -210);
	check(at(INSTANSI_REVOKED, -209, -300), -209, false, -210);
	check(at(INSTANSI_REVOKED, 5, -300), 5, false, -210); /* the term ran out later: that gives nothing back */
}

/* The step that writes down an end by term does not begin the days anew. */
static void p4_a_step_after_the_term_is_not_another_end(void **state)
{
	(void)state;
	check(at(INSTANSI_ENDED, 90, 40), 90, true, 90);
	check(at(INSTANSI_ENDED, 91, 40), 91, false, 90);
}

static void the_night_shuts_whom_the_door_shuts(void **state)
{
	(void)state;
	for (int32_t after = 85; after < 95; after++) {
		struct standing s = at(INSTANSI_ACTIVE, after, -500);
		bool shut = last.n <= feedback_window_shut((struct day){last.n + after}).n;
		assert_int_equal(feedback_window(&s, on(after)).open, !shut);
	}
}

int main(void)
{
	last = day_from_ymd(2027, 5, 20);
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(open_while_the_agreement_runs),
	        cmocka_unit_test(closed_before_it_began),
	        cmocka_unit_test(p4_ninety_days_after_the_term),
	        cmocka_unit_test(p5_p91_ninety_days_after_the_step),
	        cmocka_unit_test(p4_a_step_after_the_term_is_not_another_end),
	        cmocka_unit_test(the_night_shuts_whom_the_door_shuts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
