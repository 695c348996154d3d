/* SPDX-License-Identifier: EUPL-1.2
 * sys/queue.c - see queue.h. */
#include "sys/queue.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t has_item, has_room;
	size_t first, n, max;
	bool closed;
	void *items[];
};

enum rc queue_open(size_t max, struct queue **ret, struct err *err)
{
	assert(max >= 1 && max <= QUEUE_MAX);
	struct queue *queue = calloc(1, sizeof *queue + max * sizeof(void *)); /* tidy: allow, lives with its threads */
	if (!queue)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	queue->max = max;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->has_item, NULL);
	pthread_cond_init(&queue->has_room, NULL);
	*ret = queue;
	return RC_OK;
}

/* Under the lock. */
static enum rc put(struct queue *queue, void *item)
{
	if (queue->closed)
		return RC_REFUSED;
	if (queue->n == queue->max)
		return RC_LIMIT;
	queue->items[(queue->first + queue->n) % queue->max] = item;
	queue->n++;
	pthread_cond_signal(&queue->has_item);
	return RC_OK;
}

enum rc queue_put(struct queue *queue, void *item)
{
	pthread_mutex_lock(&queue->lock);
	enum rc rc = put(queue, item);
	pthread_mutex_unlock(&queue->lock);
	return rc;
}

enum rc queue_put_wait(struct queue *queue, void *item)
{
	enum rc rc;
	pthread_mutex_lock(&queue->lock);
	while ((rc = put(queue, item)) == RC_LIMIT)
		pthread_cond_wait(&queue->has_room, &queue->lock);
	pthread_mutex_unlock(&queue->lock);
	return rc;
}

enum rc queue_take(struct queue *queue, void **ret)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->n == 0 && !queue->closed)
		pthread_cond_wait(&queue->has_item, &queue->lock);
	bool found = queue->n > 0;
	if (found) {
		*ret = queue->items[queue->first];
		queue->first = (queue->first + 1) % queue->max;
		queue->n--;
		pthread_cond_signal(&queue->has_room);
	}
	pthread_mutex_unlock(&queue->lock);
	return found ? RC_OK : RC_ABSENT;
}

size_t queue_waiting(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	size_t n = queue->n;
	pthread_mutex_unlock(&queue->lock);
	return n;
}

void queue_close(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_broadcast(&queue->has_item);
	pthread_cond_broadcast(&queue->has_room);
	pthread_mutex_unlock(&queue->lock);
}

void queue_free(struct queue *queue)
{
	if (!queue)
		return;
	pthread_cond_destroy(&queue->has_room);
	pthread_cond_destroy(&queue->has_item);
	pthread_mutex_destroy(&queue->lock);
	free(queue); /* tidy: allow */
}
