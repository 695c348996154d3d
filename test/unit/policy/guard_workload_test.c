/* SPDX-License-Identifier: EUPL-1.2
 * Every workload over many seeds that nothing was tuned on: honest work is never held
 * and hardly warned, attacks are held within a stated number of inquiries. */
#include "policy/guard_workload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "policy/guard_trial.h"

#define FIRST 20001
#define SEEDS 60

static struct workload_row rows[WORKLOAD_ROWS];

static void honest_work_passes(void **state)
{
	(void)state;
	const struct workload *w;
	for (size_t i = 0; (w = workload_at(i)); i++) {
		int warns = 0, asked = 0;
		for (uint64_t seed = FIRST; seed < FIRST + SEEDS && !w->hostile; seed++) {
			struct guard_trial t = guard_try(rows, workload_make(w, seed, rows), false, &guard_portal);
			if (t.holds)
				fail_msg("%s, seed %llu: held, %s", w->name, (unsigned long long)seed, t.evidence);
			warns += t.warns;
			asked += t.honest;
		}
		if (warns * 500 > asked)
			fail_msg("%s: %d warnings in %d", w->name, warns, asked);
	}
}

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void attacks_are_held(void **state)
{
	(void)state;
	const struct workload *w;
	int leaks[SEEDS];
	for (size_t i = 0; (w = workload_at(i)); i++) {
		if (!w->hostile)
			continue;
		for (int k = 0; k < SEEDS; k++) {
			struct guard_trial t = guard_try(rows, workload_make(w, FIRST + (uint64_t)k, rows), true, &guard_portal);
			if (t.held != t.attackers)
				fail_msg("%s, seed %d: %d of %d held", w->name, FIRST + k, t.held, t.attackers);
			leaks[k] = t.leaked;
		}
		qsort(leaks, SEEDS, sizeof leaks[0], ascending);
		if (leaks[SEEDS / 2] > w->leak_median)
			fail_msg("%s: %d leaked in the median, %d allowed", w->name, leaks[SEEDS / 2], w->leak_median);
	}
}

static void a_seed_says_everything(void **state)
{
	(void)state;
	static struct workload_row again[WORKLOAD_ROWS];
	const struct workload *w;
	for (size_t i = 0; (w = workload_at(i)); i++) {
		size_t n = workload_make(w, 42, rows);
		assert_int_equal(workload_make(w, 42, again), n);
		assert_in_range(n, 20, WORKLOAD_ROWS - 1);
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(rows[k].typed, again[k].typed);
			assert_int_equal(rows[k].time_us, again[k].time_us);
			assert_true(k == 0 || rows[k].time_us >= rows[k - 1].time_us);
			assert_true(w->hostile || !rows[k].hostile);
		}
		assert_true(workload_make(w, 43, again) != n || again[0].typed != rows[0].typed);
		assert_ptr_equal(workload_find(str_c(w->name)), w);
		assert_true(w->hostile == (w->leak_median > 0));
	}
	assert_null(workload_find(S("nothing")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_work_passes),
		cmocka_unit_test(attacks_are_held),
		cmocka_unit_test(a_seed_says_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
