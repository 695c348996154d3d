/* SPDX-License-Identifier: EUPL-1.2
 * registry/progress.c - see progress.h. */
#include "registry/progress.h"

#define TICKS 2048
#define PERIOD_US (US_PER_S / 2)

void progress_begin(struct progress *p, const struct load_conf *conf, int64_t bytes_all)
{
	*p = (struct progress){.conf = conf, .now.bytes_all = bytes_all};
	p->begin_us = p->told_us = clock_steady_us();
}

static double done_part(const struct progress *p)
{
	double first = p->now.bytes_all ? (double)p->now.bytes_done / (double)p->now.bytes_all : 0;
	if (!p->two_legs)
		return first;
	double second = p->second_all ? (double)p->second_done / (double)p->second_all : 0;
	return (first + second) / 2;
}

void progress_tell(struct progress *p)
{
	p->told_us = clock_steady_us();
	if (!p->conf->progress)
		return;
	double s = (double)(p->told_us - p->begin_us) / (double)US_PER_S, part = done_part(p);
	p->now.rows_per_s = s > 0 ? (double)p->now.rows / s : 0;
	p->now.eta_s = part > 0 && part < 1 ? s / part - s : 0;
	p->conf->progress(p->conf->arg, &p->now);
}

void progress_tick(struct progress *p)
{
	if (++p->ticks % TICKS == 0 && clock_steady_us() - p->told_us >= PERIOD_US)
		progress_tell(p);
}
