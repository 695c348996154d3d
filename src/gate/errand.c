/* SPDX-License-Identifier: EUPL-1.2
 * gate/errand.c - see errand.h. */
#include "gate/errand.h"

void errand_init(struct errand *errand)
{
	pthread_mutex_init(&errand->lock, NULL);
	pthread_cond_init(&errand->over, NULL);
	errand->done = false;
}

void errand_wait(struct errand *errand)
{
	pthread_mutex_lock(&errand->lock);
	while (!errand->done)
		pthread_cond_wait(&errand->over, &errand->lock);
	pthread_mutex_unlock(&errand->lock);
	pthread_cond_destroy(&errand->over);
	pthread_mutex_destroy(&errand->lock);
}

bool errand_is_over(struct errand *errand)
{
	pthread_mutex_lock(&errand->lock);
	bool over = errand->done;
	pthread_mutex_unlock(&errand->lock);
	if (!over)
		return false;
	pthread_cond_destroy(&errand->over);
	pthread_mutex_destroy(&errand->lock);
	return true;
}

void errand_done(struct errand *errand)
{
	pthread_mutex_lock(&errand->lock);
	errand->done = true;
	pthread_cond_signal(&errand->over);
	pthread_mutex_unlock(&errand->lock);
}
