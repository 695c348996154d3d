/* SPDX-License-Identifier: EUPL-1.2
 * gate/errand.h - work of the house itself that waits for its tray. */
#pragma once
#include <pthread.h>

#include "base/base.h"

struct tx;

struct errand {
	enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err);
	void *arg;
	enum rc rc;
	struct err err;
	/* between the owner and the tray's thread */
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool done;
};

void errand_init(struct errand *errand);
/* The owner: sleep until the tray's thread says so. Frees what init took. */
void errand_wait(struct errand *errand);
/* For an owner who does not wait: is it over? When true, what init took is freed. */
bool errand_is_over(struct errand *errand);
/* The tray's thread: nothing of the errand may be touched after it. */
void errand_done(struct errand *errand);
