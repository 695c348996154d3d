/* SPDX-License-Identifier: EUPL-1.2
 * bench/measure.h - processor time of this process and time on the clock, as a row of a
 * table; for the benches that run in one process. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/base.h"

struct measure {
	int64_t cpu_us, wall_us;
};

static struct err err;

static inline void must(enum rc rc, const char *what)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, rc_name(rc), err.what);
	exit(1);
}

static inline int64_t measure_cpu_us(void)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * US_PER_S + use.ru_utime.tv_usec + use.ru_stime.tv_usec;
}

static inline struct measure measure_begin(void)
{
	return (struct measure){measure_cpu_us(), clock_steady_us()};
}

static inline void measure_end(struct measure began, const char *what, int n)
{
	double cpu = (double)(measure_cpu_us() - began.cpu_us), wall = (double)(clock_steady_us() - began.wall_us);
	printf("| %-44s | %8d | %8.2f us | %9.1f ms |\n", what, n, cpu / n, wall / 1000);
}
