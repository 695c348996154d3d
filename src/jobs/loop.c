/* SPDX-License-Identifier: EUPL-1.2
 * jobs/loop.c - see loop.h. */
#include "jobs/loop.h"

#include <time.h>

/* On the steady clock: a step of the other one neither shortens nor stretches a wait. */
static void wait_for(struct loop *loop, int64_t us)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	int64_t ns = until.tv_nsec + us % US_PER_S * 1000;
	until.tv_sec += (time_t)(us / US_PER_S + ns / (1000 * US_PER_S));
	until.tv_nsec = (long)(ns % (1000 * US_PER_S));
	pthread_mutex_lock(&loop->lock);
	while (!loop->stopping && pthread_cond_timedwait(&loop->stop, &loop->lock, &until) == 0)
		;
	pthread_mutex_unlock(&loop->lock);
}

static void *run(void *arg)
{
	struct loop *loop = arg;
	loop->work.let_go(loop->work.arg);
	while (!loop->stopping) {
		int64_t us = loop->work.piece(loop->work.arg);
		if (us > 0)
			wait_for(loop, us);
	}
	loop->work.let_go(loop->work.arg);
	return NULL;
}

static void init_lock(struct loop *loop)
{
	pthread_condattr_t steady;
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&loop->stop, &steady);
	pthread_condattr_destroy(&steady);
	pthread_mutex_init(&loop->lock, NULL);
}

static void destroy_lock(struct loop *loop)
{
	pthread_cond_destroy(&loop->stop);
	pthread_mutex_destroy(&loop->lock);
}

enum rc loop_start(struct loop *loop, const struct loop_work *work, const char *who, struct err *err)
{
	loop->work = *work;
	loop->stopping = false;
	init_lock(loop);
	if (pthread_create(&loop->thread, NULL, run, loop) == 0)
		return RC_OK;
	destroy_lock(loop);
	return FAIL(err, RC_BROKEN, "utas %s tidak dapat dijalankan", who);
}

void loop_stop(struct loop *loop)
{
	pthread_mutex_lock(&loop->lock);
	loop->stopping = true;
	pthread_cond_signal(&loop->stop);
	pthread_mutex_unlock(&loop->lock);
	pthread_join(loop->thread, NULL);
	destroy_lock(loop);
}
