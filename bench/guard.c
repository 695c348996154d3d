/* SPDX-License-Identifier: EUPL-1.2
 * make bench-guard: what the pattern guard catches, what leaks before, how often it is
 * wrong, and what an inquiry costs. Seeds 1-2000, 10001-10200 and 30001-32000 were
 * looked at while tuning, 20001-20060 are the tests'; the figures are
 * of seeds 50001 on, which nobody looked at.
 *
 *   guard [SEEDS [FIRST]] */
#include <stdio.h>
#include <stdlib.h>

#include "policy/guard_trial.h"

#define SEEDS_MAX 100000

static struct workload_row rows[WORKLOAD_ROWS];

struct run {
	int seeds;
	uint64_t first;
	int64_t looks, us;
	int64_t honest, warns, holds, days;
};

static struct guard_trial try_one(const struct workload *w, uint64_t seed, struct run *run)
{
	size_t n = workload_make(w, seed, rows);
	int64_t from = clock_steady_us();
	struct guard_trial t = guard_try(rows, n, w->hostile, &guard_portal);
	run->us += clock_steady_us() - from;
	run->looks += (int64_t)n;
	return t;
}

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void hostile(const struct workload *w, struct run *run)
{
	static int leaks[SEEDS_MAX];
	static const char *const clues[] = {"walk", "spread", "sweep", "share", "pace", "rhythm"};
	int held = 0, by[GUARD_CLUES] = {0};
	for (int i = 0; i < run->seeds; i++) {
		struct guard_trial t = try_one(w, run->first + (uint64_t)i, run);
		leaks[i] = t.leaked;
		held += t.held == t.attackers;
		if (t.reason)
			by[t.clue]++;
	}
	qsort(leaks, (size_t)run->seeds, sizeof leaks[0], ascending);
	printf("| %-16s | %6.1f%% | %6d | %5d | %5d | %4d |", w->name, 100.0 * held / run->seeds, leaks[run->seeds / 2],
	       leaks[run->seeds * 95 / 100], leaks[run->seeds - 1], w->leak_median);
	for (int clue = 0; clue < GUARD_CLUES; clue++)
		if (by[clue])
			printf(" %s %d%%", clues[clue], (100 * by[clue] + run->seeds / 2) / run->seeds);
	printf(" |\n");
}

static void honest(const struct workload *w, struct run *run)
{
	int64_t asked = 0, warns = 0, holds = 0, days = 0;
	char evidence[160] = "";
	for (int i = 0; i < run->seeds; i++) {
		struct guard_trial t = try_one(w, run->first + (uint64_t)i, run);
		asked += t.honest, warns += t.warns, holds += t.holds, days += t.operator_days;
		if (t.holds)
			memcpy(evidence, t.evidence, sizeof evidence);
	}
	printf("| %-16s | %9lld | %8lld | %10.3f | %10.3f | %10.5f | %10.5f | %s\n", w->name, (long long)asked, (long long)days,
	       1000.0 * (double)warns / (double)asked, 1000.0 * (double)holds / (double)asked, (double)warns / (double)days,
	       (double)holds / (double)days, evidence);
	run->honest += asked, run->warns += warns, run->holds += holds, run->days += days;
}

int main(int argc, char **argv)
{
	struct run run = {.seeds = 200, .first = 50001};
	int64_t n;
	if (argc > 1 && str_int(str_c(argv[1]), 1, SEEDS_MAX, &n) == RC_OK)
		run.seeds = (int)n;
	if (argc > 2 && str_int(str_c(argv[2]), 0, INT32_MAX, &n) == RC_OK)
		run.first = (uint64_t)n;
	printf("seeds %llu to %llu\n\n", (unsigned long long)run.first, (unsigned long long)run.first + (unsigned)run.seeds - 1);
	printf("| attack           |    held | median |   p95 |   max | goal | held by |\n");
	printf("|------------------|---------|--------|-------|-------|------|---------|\n");
	const struct workload *w;
	for (size_t i = 0; (w = workload_at(i)); i++)
		if (w->hostile)
			hostile(w, &run);
	printf("\n| honest work      | inquiries | op. days | warns/1000 | holds/1000 | warns/day  | holds/day  |\n");
	printf("|------------------|-----------|----------|------------|------------|------------|------------|\n");
	for (size_t i = 0; (w = workload_at(i)); i++)
		if (!w->hostile)
			honest(w, &run);
	printf("| %-16s | %9lld | %8lld | %10.3f | %10.3f | %10.5f | %10.5f |\n", "together", (long long)run.honest,
	       (long long)run.days, 1000.0 * (double)run.warns / (double)run.honest,
	       1000.0 * (double)run.holds / (double)run.honest, (double)run.warns / (double)run.days,
	       (double)run.holds / (double)run.days);
	printf("\n%.3f microseconds an inquiry; a state is %d bytes\n", (double)run.us / (double)run.looks, GUARD_STATE_BYTES);
	return 0;
}
