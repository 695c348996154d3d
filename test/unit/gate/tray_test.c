/* SPDX-License-Identifier: EUPL-1.2
 * The tray: nothing is lost, nothing is done twice, order is kept, company is taken
 * along but never waited for, the ceiling holds, stopping drains. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "gate/tray.h"

#define ITEMS 20000
#define THREADS 4

struct numbered {
	struct tray_item item;
	int number;
	_Atomic int walked;
};
struct seen {
	pthread_mutex_t hold; /* the walker stops here while a test fills the queue */
	_Atomic int trays, items, largest, entered;
	int last[THREADS];
	_Atomic int disorder;
	struct tray **tray; /* of a walker that puts back */
};

static void walk(void *arg, struct tray_item **items, size_t n)
{
	struct seen *seen = arg;
	seen->entered++;
	pthread_mutex_lock(&seen->hold);
	pthread_mutex_unlock(&seen->hold);
	seen->trays++;
	if ((int)n > seen->largest)
		seen->largest = (int)n;
	for (size_t i = 0; i < n; i++) {
		struct numbered *x = (struct numbered *)items[i];
		int *last = &seen->last[x->number % THREADS];
		if (x->number < *last)
			seen->disorder++;
		*last = x->number;
		x->walked++;
		seen->items++;
	}
}

static struct tray *start(struct seen *seen, size_t waiting_max)
{
	struct tray *tray;
	struct tray_conf conf = {.most = 256, .waiting_max = waiting_max, .walk = walk, .arg = seen};
	pthread_mutex_init(&seen->hold, NULL);
	assert_int_equal(tray_start(&conf, &tray, NULL), RC_OK);
	return tray;
}

static struct numbered items[ITEMS];
struct putter {
	struct tray *tray;
	int first;
};

static void *put_all(void *arg)
{
	struct putter *p = arg;
	for (int i = p->first; i < ITEMS; i += THREADS) {
		items[i] = (struct numbered){.number = i};
		while (tray_put(p->tray, &items[i].item) == RC_LIMIT)
			usleep(50);
	}
	return NULL;
}

static void every_item_is_walked_once_and_in_order(void **state)
{
	(void)state;
	struct seen seen = {0};
	pthread_t threads[THREADS];
	struct putter putters[THREADS];
	struct tray *tray = start(&seen, 4096);
	for (int i = 0; i < THREADS; i++) {
		putters[i] = (struct putter){tray, i};
		pthread_create(&threads[i], NULL, put_all, &putters[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	tray_stop(tray);
	assert_int_equal(seen.items, ITEMS);
	assert_int_equal(seen.disorder, 0);
	for (int i = 0; i < ITEMS; i++)
		assert_int_equal(items[i].walked, 1);
}

static void what_waits_is_taken_together(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tray *tray = start(&seen, 4096);
	pthread_mutex_lock(&seen.hold);
	for (int i = 0; i < 300; i++) {
		items[i] = (struct numbered){.number = 0};
		assert_int_equal(tray_put(tray, &items[i].item), RC_OK);
		while (i == 0 && !seen.entered)
			usleep(50); /* the first goes alone: nothing waits for company */
	}
	pthread_mutex_unlock(&seen.hold);
	tray_stop(tray);
	assert_int_equal(seen.items, 300);
	assert_int_equal(seen.trays, 3); /* 1, 256, 43 */
	assert_int_equal(seen.largest, 256);
}

static bool is_even(const struct tray_item *item)
{
	return ((const struct numbered *)item)->number % 2 == 0;
}

static void what_is_taken_out_is_not_walked(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tray *tray = start(&seen, 4096);
	pthread_mutex_lock(&seen.hold);
	for (int i = 0; i < 9; i++) {
		items[i] = (struct numbered){.number = i};
		assert_int_equal(tray_put(tray, &items[i].item), RC_OK);
		while (i == 0 && !seen.entered)
			usleep(50); /* 0 is under way */
	}
	int expected = 2;
	for (struct tray_item *item = tray_take_out(tray, is_even); item; item = item->next, expected += 2)
		assert_int_equal(((struct numbered *)item)->number, expected);
	assert_int_equal(expected, 10);
	assert_int_equal(tray_waiting(tray), 4);
	assert_null(tray_take_out(tray, is_even));
	items[9] = (struct numbered){.number = 9}; /* the end of the queue is where it should be */
	assert_int_equal(tray_put(tray, &items[9].item), RC_OK);
	pthread_mutex_unlock(&seen.hold);
	tray_stop(tray);
	assert_int_equal(seen.items, 6);
	for (int i = 0; i < 10; i++)
		assert_int_equal(items[i].walked, i == 0 || i % 2);
}

static void a_full_queue_refuses_at_once(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tray *tray = start(&seen, 8);
	pthread_mutex_lock(&seen.hold);
	items[0] = (struct numbered){0};
	assert_int_equal(tray_put(tray, &items[0].item), RC_OK);
	while (!seen.entered)
		usleep(50);
	for (int i = 1; i <= 8; i++) {
		items[i] = (struct numbered){0};
		assert_int_equal(tray_put(tray, &items[i].item), RC_OK);
	}
	assert_int_equal(tray_waiting(tray), 8);
	assert_int_equal(tray_put(tray, &items[9].item), RC_LIMIT);
	pthread_mutex_unlock(&seen.hold);
	tray_stop(tray);
	assert_int_equal(seen.items, 9);
}

/* Puts all but the first of every tray back. */
static void walk_one(void *arg, struct tray_item **handed, size_t n)
{
	struct seen *seen = arg;
	walk(arg, handed, 1);
	tray_put_back(*seen->tray, handed + 1, n - 1);
}

static void what_is_put_back_goes_first(void **state)
{
	(void)state;
	struct tray *tray;
	struct seen seen = {.tray = &tray};
	struct tray_conf conf = {.most = 4, .waiting_max = 8, .walk = walk_one, .arg = &seen};
	pthread_mutex_init(&seen.hold, NULL);
	pthread_mutex_lock(&seen.hold);
	assert_int_equal(tray_start(&conf, &tray, NULL), RC_OK);
	for (int i = 0; i < 8; i++) {
		items[i] = (struct numbered){.number = i * THREADS}; /* all of one putter: their order is looked at */
		assert_int_equal(tray_put(tray, &items[i].item), RC_OK);
	}
	pthread_mutex_unlock(&seen.hold);
	tray_stop(tray);
	assert_int_equal(seen.items, 8);
	assert_int_equal(seen.largest, 1);
	assert_int_equal(seen.disorder, 0);
	for (int i = 0; i < 8; i++)
		assert_int_equal(items[i].walked, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_is_walked_once_and_in_order),
		cmocka_unit_test(what_waits_is_taken_together),
		cmocka_unit_test(what_is_taken_out_is_not_walked),
		cmocka_unit_test(a_full_queue_refuses_at_once),
		cmocka_unit_test(what_is_put_back_goes_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
