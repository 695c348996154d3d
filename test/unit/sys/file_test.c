/* SPDX-License-Identifier: EUPL-1.2
 * Files: ceilings, exact modes, and a write that fails half way leaves the old
 * file and nothing else. */
#include "sys/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/padan-file-XXXXXX";
static char path[64];

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/one", dir);
	return 0;
}

static int remove_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static int entries(void)
{
	int n = 0;
	DIR *d = opendir(dir);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static void written_then_read(void **state)
{
	(void)state;
	BUF_AUTO got = BUF(100);
	unsigned mode;
	umask(077);
	assert_int_equal(file_write(path, 0600, S("first"), NULL), RC_OK);
	assert_int_equal(file_write(path, 0640, S("second"), NULL), RC_OK);
	assert_int_equal(file_read(path, 6, &got, NULL), RC_OK);
	assert_true(str_eq(buf_str(&got), S("second")));
	assert_int_equal(file_mode(path, &mode, NULL), RC_OK);
	assert_int_equal(mode, 0640);
	assert_int_equal(entries(), 1);
}

static void ceilings_hold(void **state)
{
	(void)state;
	struct err err = {0};
	BUF_AUTO got = BUF(100);
	BUF_AUTO small = BUF(3);
	assert_int_equal(file_write(path, 0600, S("123456"), NULL), RC_OK);
	assert_int_equal(file_read(path, 5, &got, &err), RC_LIMIT);
	assert_non_null(strstr(err.what, path));
	assert_int_equal(file_read(path, 100, &small, &err), RC_LIMIT);
}

static void absent_is_not_broken(void **state)
{
	(void)state;
	BUF_AUTO got = BUF(100);
	unsigned mode;
	assert_int_equal(file_read("/nonexistent/x", 5, &got, NULL), RC_ABSENT);
	assert_int_equal(file_read("/", 5, &got, NULL), RC_BROKEN);
	assert_int_equal(file_mode("/nonexistent/x", &mode, NULL), RC_ABSENT);
	assert_int_equal(file_write("/nonexistent/x", 0600, S("x"), NULL), RC_BROKEN);
	assert_int_equal(file_make_dir(dir, 0700, NULL), RC_CONFLICT);
	assert_int_equal(file_make_dir("/nonexistent/x", 0700, NULL), RC_ABSENT);
	assert_false(file_exists("/nonexistent/x"));
	assert_true(file_exists(dir));
}

/* In a child, so that the limit ends with it: 0 when the write failed as it must. */
static int write_on_a_full_disk(void)
{
	static char big[100000];
	const struct rlimit little = {4096, 4096};
	memset(big, 'x', sizeof big);
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &little) != 0)
		return 2;
	return file_write(path, 0600, (struct str){big, sizeof big}, NULL) == RC_BROKEN ? 0 : 1;
}

static void a_failed_write_leaves_the_old_file(void **state)
{
	(void)state;
	BUF_AUTO got = BUF(100);
	int status;
	assert_int_equal(file_write(path, 0600, S("old"), NULL), RC_OK);
	pid_t child = fork();
	if (child == 0)
		_exit(write_on_a_full_disk());
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(file_read(path, 100, &got, NULL), RC_OK);
	assert_true(str_eq(buf_str(&got), S("old")));
	assert_int_equal(entries(), 1); /* no half-written leftover */
}

static void a_leftover_of_a_crash_is_no_obstacle(void **state)
{
	(void)state;
	char beside[80];
	snprintf(beside, sizeof beside, "%s.baru", path);
	int fd = open(beside, O_WRONLY | O_CREAT, 0644);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_write(path, 0600, S("new"), NULL), RC_OK);
	assert_int_equal(entries(), 1);
}

static void space_is_told(void **state)
{
	(void)state;
	int64_t bytes = -1;
	assert_int_equal(file_space(dir, &bytes, NULL), RC_OK);
	assert_true(bytes > 0);
	assert_int_equal(file_space("/nonexistent", &bytes, NULL), RC_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_then_read),
		cmocka_unit_test(ceilings_hold),
		cmocka_unit_test(absent_is_not_broken),
		cmocka_unit_test(a_failed_write_leaves_the_old_file),
		cmocka_unit_test(a_leftover_of_a_crash_is_no_obstacle),
		cmocka_unit_test(space_is_told),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
