/* SPDX-License-Identifier: EUPL-1.2
 * sys/queue.h - a bounded queue of pointers between threads.
 *
 * A ring under one lock. Nothing is owned: who takes an item disposes of it.
 * Closing lets what waits be taken still, and then says so; it never loses one. */
#pragma once
#include "base/base.h"

struct queue;

#define QUEUE_MAX 65536
/* `max` items at most, 1..QUEUE_MAX. RC_BROKEN: no memory. */
MUST_USE enum rc queue_open(size_t max, struct queue **ret, struct err *err);
/* Never blocks. RC_LIMIT: full. RC_REFUSED: closed. The item is still the caller's then. */
MUST_USE enum rc queue_put(struct queue *queue, void *item);
/* Blocks while the queue is full. RC_REFUSED: closed meanwhile; the item is still the caller's. */
MUST_USE enum rc queue_put_wait(struct queue *queue, void *item);
/* Blocks until there is an item. RC_ABSENT: closed and empty. */
MUST_USE enum rc queue_take(struct queue *queue, void **ret);
size_t queue_waiting(struct queue *queue);
/* Nothing may be put any more; everyone who blocks wakes up. May be called twice. */
void queue_close(struct queue *queue);
/* No thread may use it by then. Items that still wait are forgotten, not freed. */
void queue_free(struct queue *queue);
