/* SPDX-License-Identifier: EUPL-1.2
 * The lock: a second holder is refused with the first one's number, and a killed
 * holder leaves it free. */
#include "sys/lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];

static int name_it(void **state)
{
	(void)state;
	snprintf(path, sizeof path, "/tmp/padan-lock-%d", (int)getpid());
	return 0;
}

static int drop_it(void **state)
{
	(void)state;
	return unlink(path);
}

static void the_second_is_refused_by_name(void **state)
{
	(void)state;
	struct lock first, second;
	struct err err = {0};
	char pid[16];
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	assert_int_equal(lock_take(path, &first, NULL), RC_OK);
	assert_int_equal(lock_take(path, &second, &err), RC_CONFLICT);
	assert_non_null(strstr(err.what, path));
	assert_non_null(strstr(err.what, pid));
	lock_release(&first);
	lock_release(&first);
	assert_int_equal(lock_take(path, &second, NULL), RC_OK);
	lock_release(&second);
}

static void hold_until_killed(int ready)
{
	struct lock lock;
	if (lock_take(path, &lock, NULL) != RC_OK)
		_exit(1);
	if (write(ready, "x", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static void a_killed_holder_leaves_it_free(void **state)
{
	(void)state;
	struct lock lock;
	int ready[2], status;
	char c;
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0)
		hold_until_killed(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(lock_take(path, &lock, NULL), RC_CONFLICT);
	assert_true(lock_is_held(path));
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_false(lock_is_held(path));
	assert_int_equal(lock_take(path, &lock, NULL), RC_OK);
	lock_release(&lock);
	close(ready[0]);
	close(ready[1]);
}

static void no_place_for_it(void **state)
{
	(void)state;
	struct lock lock;
	assert_int_equal(lock_take("/nonexistent/lock", &lock, NULL), RC_BROKEN);
	assert_false(lock_is_held("/nonexistent/lock"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_second_is_refused_by_name),
		cmocka_unit_test(a_killed_holder_leaves_it_free),
		cmocka_unit_test(no_place_for_it),
	};
	return cmocka_run_group_tests(tests, name_it, drop_it);
}
