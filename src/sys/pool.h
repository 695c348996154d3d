/* SPDX-License-Identifier: EUPL-1.2
 * sys/pool.h - a few threads for slow work, with a bounded queue before them.
 *
 * The number of threads is the ceiling on how much slow work runs at once (two
 * Argon2, say); the queue is the ceiling on how much may wait. What is past both
 * is refused at once, so that overload shows as an answer and not as memory. */
#pragma once
#include "base/base.h"

struct pool;

#define POOL_THREADS_MAX 64
/* RC_BROKEN: no memory, no threads; nothing runs then. */
MUST_USE enum rc pool_start(int threads, size_t waiting_max, struct pool **ret, struct err *err);
/* Run fn(arg) on one of the threads. RC_LIMIT: too many wait. RC_REFUSED: stopping.
 * fn never runs then. */
MUST_USE enum rc pool_put(struct pool *pool, void (*fn)(void *arg), void *arg);
size_t pool_waiting(struct pool *pool);
/* Refuse what comes from now on, run all that waits, end the threads. pool_put() may
 * still be called. Once; not from one of its own threads. */
void pool_drain(struct pool *pool);
/* pool_drain() where that was not done, then free. NULL is allowed. */
void pool_stop(struct pool *pool);
