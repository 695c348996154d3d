/* SPDX-License-Identifier: EUPL-1.2
 * jobs/loop.h - a thread that does one piece of work after the other until it is told to
 * stop: what those who send things out of the office have in common.
 *
 * A struct loop stands inside its owner and does not move. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "base/base.h"

struct loop_work {
	/* When the thread begins, and when it ends: what this node has in hand is let go. */
	void (*let_go)(void *arg);
	/* One piece; how long to wait before the next one is looked for, in microseconds; 0: there may
	 * be one at once. */
	int64_t (*piece)(void *arg);
	void *arg;
};
struct loop {
	struct loop_work work;
	atomic_bool stopping; /* for whoever waits inside a piece */
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
};
/* RC_BROKEN: there is no thread, and nothing to stop. `who` is what the refusal names. */
MUST_USE enum rc loop_start(struct loop *loop, const struct loop_work *work, const char *who, struct err *err);
/* Waits for the piece under way, whose own waits should end when `stopping` is set. */
void loop_stop(struct loop *loop);
