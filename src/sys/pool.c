/* SPDX-License-Identifier: EUPL-1.2
 * sys/pool.c - see pool.h. Jobs are two words, kept by value in a ring of their
 * own, so that putting one allocates nothing. */
#include "sys/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct job {
	void (*fn)(void *arg);
	void *arg;
};
struct pool {
	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_t threads[POOL_THREADS_MAX];
	int threads_n;
	size_t first, n, max;
	bool stopping;
	struct job jobs[];
};

/* false: stopping, and nothing waits. */
static bool take(struct pool *pool, struct job *ret)
{
	pthread_mutex_lock(&pool->lock);
	while (pool->n == 0 && !pool->stopping)
		pthread_cond_wait(&pool->work, &pool->lock);
	bool found = pool->n > 0;
	if (found) {
		*ret = pool->jobs[pool->first];
		pool->first = (pool->first + 1) % pool->max;
		pool->n--;
	}
	pthread_mutex_unlock(&pool->lock);
	return found;
}

static void *run(void *arg)
{
	struct job job;
	while (take(arg, &job))
		job.fn(job.arg);
	return NULL;
}

enum rc pool_start(int threads, size_t waiting_max, struct pool **ret, struct err *err)
{
	assert(threads >= 1 && threads <= POOL_THREADS_MAX && waiting_max >= 1);
	struct pool *pool = calloc(1, sizeof *pool + waiting_max * sizeof(struct job)); /* tidy: allow, lives with its threads */
	if (!pool)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	pool->max = waiting_max;
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->work, NULL);
	for (; pool->threads_n < threads; pool->threads_n++) {
		if (pthread_create(&pool->threads[pool->threads_n], NULL, run, pool) != 0) {
			pool_stop(pool);
			return FAIL(err, RC_BROKEN, "utas pekerja tidak dapat dijalankan");
		}
	}
	*ret = pool;
	return RC_OK;
}

enum rc pool_put(struct pool *pool, void (*fn)(void *arg), void *arg)
{
	enum rc rc = RC_OK;
	pthread_mutex_lock(&pool->lock);
	if (pool->stopping)
		rc = RC_REFUSED;
	else if (pool->n == pool->max)
		rc = RC_LIMIT;
	else {
		pool->jobs[(pool->first + pool->n) % pool->max] = (struct job){fn, arg};
		pool->n++;
		pthread_cond_signal(&pool->work);
	}
	pthread_mutex_unlock(&pool->lock);
	return rc;
}

size_t pool_waiting(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	size_t n = pool->n;
	pthread_mutex_unlock(&pool->lock);
	return n;
}

void pool_drain(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pthread_cond_broadcast(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->threads_n; i++)
		pthread_join(pool->threads[i], NULL);
	pool->threads_n = 0;
}

void pool_stop(struct pool *pool)
{
	if (!pool)
		return;
	pool_drain(pool);
	pthread_cond_destroy(&pool->work);
	pthread_mutex_destroy(&pool->lock);
	free(pool); /* tidy: allow */
}
