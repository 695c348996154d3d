/* SPDX-License-Identifier: EUPL-1.2
 * The queue: order, ceiling, closing, and many threads at both ends losing and
 * doubling nothing. */
#include "sys/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#define EACH 5000
#define THREADS 4

static void order_and_ceiling(void **state)
{
	(void)state;
	struct queue *queue;
	int at[4];
	void *got;
	assert_int_equal(queue_open(3, &queue, NULL), RC_OK);
	for (int round = 0; round < 5; round++) { /* walks around the ring */
		for (int i = 0; i < 3; i++)
			assert_int_equal(queue_put(queue, &at[i]), RC_OK);
		assert_int_equal(queue_put(queue, &at[3]), RC_LIMIT);
		assert_int_equal(queue_waiting(queue), 3);
		for (int i = 0; i < 3; i++) {
			assert_int_equal(queue_take(queue, &got), RC_OK);
			assert_ptr_equal(got, &at[i]);
		}
		assert_int_equal(queue_put(queue, &at[3]), RC_OK);
		assert_int_equal(queue_take(queue, &got), RC_OK);
	}
	queue_free(queue);
}

static void closing_keeps_what_waits(void **state)
{
	(void)state;
	struct queue *queue;
	int item;
	void *got = NULL;
	assert_int_equal(queue_open(2, &queue, NULL), RC_OK);
	assert_int_equal(queue_put(queue, &item), RC_OK);
	queue_close(queue);
	queue_close(queue);
	assert_int_equal(queue_put(queue, &item), RC_REFUSED);
	assert_int_equal(queue_put_wait(queue, &item), RC_REFUSED);
	assert_int_equal(queue_take(queue, &got), RC_OK);
	assert_ptr_equal(got, &item);
	assert_int_equal(queue_take(queue, &got), RC_ABSENT);
	queue_free(queue);
}

static atomic_int seen[THREADS * EACH];
static atomic_int next;

static void *feed(void *queue)
{
	for (int i = 0; i < EACH; i++)
		if (queue_put_wait(queue, &seen[atomic_fetch_add(&next, 1)]) != RC_OK)
			return NULL;
	return NULL;
}

static void *eat(void *queue)
{
	void *item;
	while (queue_take(queue, &item) == RC_OK)
		atomic_fetch_add((atomic_int *)item, 1);
	return NULL;
}

static void many_threads_lose_nothing(void **state)
{
	(void)state;
	struct queue *queue;
	pthread_t in[THREADS], out[THREADS];
	assert_int_equal(queue_open(7, &queue, NULL), RC_OK);
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_create(&in[i], NULL, feed, queue), 0);
		assert_int_equal(pthread_create(&out[i], NULL, eat, queue), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(in[i], NULL);
	queue_close(queue);
	for (int i = 0; i < THREADS; i++)
		pthread_join(out[i], NULL);
	for (int i = 0; i < THREADS * EACH; i++)
		assert_int_equal(seen[i], 1);
	queue_free(queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_and_ceiling),
		cmocka_unit_test(closing_keeps_what_waits),
		cmocka_unit_test(many_threads_lose_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
