/* SPDX-License-Identifier: EUPL-1.2
 * The pool: every job runs once, no more at once than there are threads, what is
 * past the queue is refused, and stopping loses nothing. */
#include "sys/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static atomic_int ran, running, most;
static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;

static void count(void *arg)
{
	(void)arg;
	int now = atomic_fetch_add(&running, 1) + 1;
	for (int seen = most; now > seen && !atomic_compare_exchange_weak(&most, &seen, now);)
		;
	nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	atomic_fetch_sub(&running, 1);
	atomic_fetch_add(&ran, 1);
}

static void wait_at_door(void *arg)
{
	(void)arg;
	atomic_fetch_add(&running, 1);
	pthread_mutex_lock(&door);
	pthread_mutex_unlock(&door);
	atomic_fetch_add(&ran, 1);
}

static struct pool *start(int threads, size_t max)
{
	struct pool *pool;
	assert_int_equal(pool_start(threads, max, &pool, NULL), RC_OK);
	ran = running = most = 0;
	return pool;
}

static void stopping_runs_all_that_waits(void **state)
{
	(void)state;
	struct pool *pool = start(3, 64);
	for (int i = 0; i < 64; i++)
		assert_int_equal(pool_put(pool, count, NULL), RC_OK);
	pool_stop(pool);
	assert_int_equal(ran, 64);
	assert_in_range(most, 1, 3);
}

static void a_full_queue_refuses_at_once(void **state)
{
	(void)state;
	struct pool *pool = start(1, 2);
	pthread_mutex_lock(&door);
	assert_int_equal(pool_put(pool, wait_at_door, NULL), RC_OK);
	while (running == 0) /* the first one left the queue */
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	assert_int_equal(pool_put(pool, wait_at_door, NULL), RC_OK);
	assert_int_equal(pool_put(pool, wait_at_door, NULL), RC_OK);
	assert_int_equal(pool_waiting(pool), 2);
	assert_int_equal(pool_put(pool, wait_at_door, NULL), RC_LIMIT);
	pthread_mutex_unlock(&door);
	pool_stop(pool);
	assert_int_equal(ran, 3);
}

static void nothing_is_a_pool_too(void **state)
{
	(void)state;
	pool_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stopping_runs_all_that_waits),
		cmocka_unit_test(a_full_queue_refuses_at_once),
		cmocka_unit_test(nothing_is_a_pool_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
