/* SPDX-License-Identifier: EUPL-1.2
 * The cage, from inside, in children: what must fail fails or kills, and what a
 * server needs still works. */
#include "sys/cage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/padan-cage-XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : 1;
}

static int remove_dir(void **state)
{
	(void)state;
	char path[64];
	snprintf(path, sizeof path, "%s/x", dir);
	unlink(path);
	return rmdir(dir);
}

/* The status of a child that runs `fn`. */
static int in_child(int (*fn)(void))
{
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit(fn());
	waitpid(child, &status, 0);
	return status;
}

static unsigned closed(void)
{
	const struct cage cage = {.write = {dir}, .read = {"/usr", "/etc", "/nonexistent"}};
	unsigned parts;
	if (cage_memory(NULL) != RC_OK || cage_close(&cage, &parts, NULL) != RC_OK)
		_exit(99);
	return parts;
}

/* ---- memory ---- */

static int abort_after_cage(void)
{
	struct rlimit core;
	if (cage_memory(NULL) != RC_OK)
		return 1;
	if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0 || prctl(PR_GET_DUMPABLE) != 0)
		return 2;
	abort();
}

static void no_core_is_left(void **state)
{
	(void)state;
	int status = in_child(abort_after_cage);
	assert_true(WIFSIGNALED(status));
	assert_false(WCOREDUMP(status));
}

static int make_a_file(void)
{
	struct stat st;
	char path[64];
	if (cage_memory(NULL) != RC_OK)
		return 1;
	snprintf(path, sizeof path, "%s/x", dir);
	int fd = open(path, O_CREAT | O_RDWR, 0666);
	if (fd < 0 || fstat(fd, &st) != 0)
		return 2;
	return (st.st_mode & 0777) == 0600 ? 0 : 3;
}

static void files_are_private(void **state)
{
	(void)state;
	assert_int_equal(in_child(make_a_file), 0);
}

/* ---- closed ---- */

static int run_a_program(void)
{
	char *argv[] = {"/bin/true", NULL};
	if (!(closed() & CAGE_SECCOMP))
		_exit(77);
	execv(argv[0], argv);
	return 0;
}

static int trace_another(void)
{
	if (!(closed() & CAGE_SECCOMP))
		_exit(77);
	ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
	return 0;
}

static int become_two(void)
{
	if (!(closed() & CAGE_SECCOMP))
		_exit(77);
	return fork() == -1 && errno == ENOSYS ? 0 : 1;
}

static bool was_killed(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static void an_intruders_calls_kill(void **state)
{
	(void)state;
	int status = in_child(run_a_program);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip(); /* this kernel, or this sanitizer, allows no filter */
	assert_true(was_killed(status));
	assert_true(was_killed(in_child(trace_another)));
	assert_int_equal(in_child(become_two), 0);
}

static int read_elsewhere(void)
{
	if (!(closed() & CAGE_LANDLOCK))
		return 77;
	int outside = open("/root", O_RDONLY | O_DIRECTORY);
	int tmp = open("/tmp/padan-cage-elsewhere", O_CREAT | O_RDWR, 0600);
	return outside == -1 && tmp == -1 && errno == EACCES ? 0 : 1;
}

static void files_elsewhere_are_out_of_reach(void **state)
{
	(void)state;
	int status = in_child(read_elsewhere);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

static void *touch(void *arg)
{
	*(int *)arg = 1;
	return NULL;
}

static int work_as_a_server(void)
{
	pthread_t thread;
	char path[64];
	int ran = 0;
	closed();
	snprintf(path, sizeof path, "%s/x", dir);
	int file = open(path, O_CREAT | O_RDWR, 0600);
	if (file < 0 || write(file, "x", 1) != 1 || fsync(file) != 0)
		return 1;
	if (open("/etc/passwd", O_RDONLY) < 0)
		return 2;
	if (pthread_create(&thread, NULL, touch, &ran) != 0 || pthread_join(thread, NULL) != 0 || !ran)
		return 3;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (s < 0 || bind(s, (struct sockaddr *)&any, sizeof any) != 0 || listen(s, 1) != 0)
		return 4;
	void *big = malloc(10 << 20);
	secret_random(path, sizeof path);
	free(big);
	return 0;
}

static void a_servers_work_goes_on(void **state)
{
	(void)state;
	assert_int_equal(in_child(work_as_a_server), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_core_is_left),
		cmocka_unit_test(files_are_private),
		cmocka_unit_test(an_intruders_calls_kill),
		cmocka_unit_test(files_elsewhere_are_out_of_reach),
		cmocka_unit_test(a_servers_work_goes_on),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
