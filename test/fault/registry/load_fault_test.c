/* SPDX-License-Identifier: EUPL-1.2
 * What goes wrong in the middle of a load - no space, a kill, a second load - leaves
 * the registry in use untouched, and the next load finds a clean place. */
#include "registry/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "engines.h"
#include "registry/registry.h"
#include "store/bulk.h"

#define AS_OF 20453

static void url_of(const struct engine *engine, char out[1100])
{
	if (store_is_sqlite(engine->store))
		snprintf(out, 1100, "sqlite:%s/registry.db", engine->dir);
	else
		snprintf(out, 1100, "%s", engine->url);
}

static enum rc generate(const char *url, int64_t residents, int day, int64_t memory_max)
{
	struct load_result result;
	struct load_conf conf = {.url = url, .as_of = {day}, .memory_max = memory_max};
	return load_generate(&conf, &(struct generate_conf){residents, 1}, &result, &engine_err);
}

static void expect_live(const char *url, int64_t rows, int day)
{
	struct registry_stat stat;
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	assert_int_equal(stat.rows, rows);
	assert_int_equal(stat.as_of.n, day);
}

static bool is_there(const char *url, const char *tail)
{
	char path[1200];
	snprintf(path, sizeof path, "%s%s", url + strlen("sqlite:"), tail);
	return access(path, F_OK) == 0;
}

/* The load in a process of its own, which may write files of so many bytes at most. */
static int generate_limited(const char *url, int64_t residents, int64_t memory_max, rlim_t bytes)
{
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){bytes, bytes});
		_exit((int)generate(url, residents, AS_OF + 1, memory_max));
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void no_space_leaves_the_live_one(void **state)
{
	(void)state;
	struct engine engine = {.name = "sqlite"};
	char url[1100];
	engine_dir(&engine);
	snprintf(url, sizeof url, "sqlite:%s/registry.db", engine.dir);
	ENGINE_OK(generate(url, 500, AS_OF, 0));
	static const rlim_t limits[] = {0, 4096, 100000, 1000000, 3000000};
	for (size_t i = 0; i < LEN(limits); i++) {
		assert_int_equal(generate_limited(url, 100000, 0, limits[i]), RC_BROKEN);
		expect_live(url, 500, AS_OF);
		assert_false(is_there(url, ".baru"));
		/* little memory: it is the sorter's file that finds no space */
		assert_int_equal(generate_limited(url, 100000, 1 << 20, limits[i]), RC_BROKEN);
		expect_live(url, 500, AS_OF);
		assert_false(is_there(url, ".baru"));
	}
	assert_int_equal(generate_limited(url, 1000, 0, 64 << 20), RC_OK);
	expect_live(url, 1000, AS_OF + 1);
	nftw(engine.dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static void rejects_without_space_are_no_success(void **state)
{
	(void)state;
	struct engine engine = {.name = "sqlite"};
	char url[1100], csv[128];
	struct load_result result;
	engine_dir(&engine);
	snprintf(url, sizeof url, "sqlite:%s/registry.db", engine.dir);
	snprintf(csv, sizeof csv, "%s/input.csv", engine.dir);
	ENGINE_OK(generate(url, 500, AS_OF, 0));
	int fd = open(csv, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ENGINE_OK(load_generate_csv(&(struct generate_conf){100, 1}, fd, &engine_err));
	lseek(fd, 0, SEEK_SET);
	struct load_conf conf = {.url = url, .as_of = {AS_OF}, .rejects_path = "/nonexistent/rejects.csv"};
	assert_int_equal(load_csv(&conf, fd, &result, &engine_err), RC_BROKEN);
	expect_live(url, 500, AS_OF);
	close(fd);
	nftw(engine.dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#define KILLED_ROWS 200000

/* Whoever kills may not have had his turn before it was all done. */
static bool came_too_late(const char *url)
{
	struct registry_stat stat;
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	if (stat.rows == KILLED_ROWS)
		assert_int_equal(stat.as_of.n, AS_OF + 1);
	return stat.rows == KILLED_ROWS;
}

static void check_kill(struct engine *engine)
{
	char url[1100];
	bool sqlite = store_is_sqlite(engine->store);
	int killed = 0;
	url_of(engine, url);
	ENGINE_OK(generate(url, 500, AS_OF, 0));
	for (int i = 0; i < 8; i++) {
		pid_t child = fork();
		if (child == 0)
			_exit((int)generate(url, KILLED_ROWS, AS_OF + 1, i % 2 ? 1 << 20 : 0));
		usleep(20000u + 25000u * (unsigned)i);
		kill(child, SIGKILL);
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		if (came_too_late(url)) {
			ENGINE_OK(generate(url, 500, AS_OF, 0));
			continue;
		}
		assert_true(WIFSIGNALED(status));
		killed++;
		expect_live(url, 500, AS_OF);
	}
	assert_true(killed > 2);
	ENGINE_OK(generate(url, 700, AS_OF + 2, 0));
	expect_live(url, 700, AS_OF + 2);
	if (sqlite)
		assert_false(is_there(url, ".baru"));
}

static void a_kill_leaves_the_live_one(void **state)
{
	(void)state;
	engine_each(check_kill);
}

static void one_load_at_a_time(void **state)
{
	(void)state;
	struct engine engine = {.name = "sqlite"};
	char url[1100];
	struct bulk *bulk;
	engine_dir(&engine);
	snprintf(url, sizeof url, "sqlite:%s/registry.db", engine.dir);
	ENGINE_OK(generate(url, 500, AS_OF, 0));
	ENGINE_OK(bulk_begin(url, false, &bulk, &engine_err));
	assert_int_equal(generate(url, 700, AS_OF, 0), RC_CONFLICT);
	assert_true(is_there(url, ".baru")); /* the other's, left alone */
	expect_live(url, 500, AS_OF);
	bulk_abandon(&bulk);
	assert_false(is_there(url, ".baru"));
	ENGINE_OK(generate(url, 700, AS_OF, 0));
	expect_live(url, 700, AS_OF);
	nftw(engine.dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static void leftovers_are_removed(void **state)
{
	(void)state;
	static const char *const tails[] = {".baru", ".baru-journal", ".baru-wal", ".baru-shm", "-wal", "-shm", "-journal"};
	struct engine engine = {.name = "sqlite"};
	char url[1100], path[1200];
	struct stat st;
	engine_dir(&engine);
	snprintf(url, sizeof url, "sqlite:%s/registry.db", engine.dir);
	for (size_t i = 0; i < LEN(tails); i++) {
		snprintf(path, sizeof path, "%s/registry.db%s", engine.dir, tails[i]);
		int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
		assert_true(fd >= 0 && write(fd, "rubbish", 7) == 7);
		close(fd);
	}
	ENGINE_OK(generate(url, 300, AS_OF, 0));
	expect_live(url, 300, AS_OF);
	for (size_t i = 0; i < LEN(tails); i++)
		assert_false(is_there(url, tails[i]));
	assert_true(stat(url + strlen("sqlite:"), &st) == 0 && (st.st_mode & 0777) == 0600);
	nftw(engine.dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* A broken registry is refused, never answered from; a full load repairs it. */
static void rubbish_is_refused_and_replaced(void **state)
{
	(void)state;
	struct engine engine = {.name = "sqlite"};
	char url[1100], path[200];
	struct registry *r;
	engine_dir(&engine);
	snprintf(path, sizeof path, "%s/registry ?#%%20.db", engine.dir); /* a name that a URI would trip over */
	snprintf(url, sizeof url, "sqlite:%s", path);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	for (int i = 0; i < 2000; i++)
		assert_true(write(fd, "rubbish", 7) == 7);
	close(fd);
	assert_int_equal(registry_open(url, &r, &engine_err), RC_BROKEN);
	ENGINE_OK(generate(url, 300, AS_OF, 0));
	expect_live(url, 300, AS_OF);
	nftw(engine.dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_space_leaves_the_live_one),
		cmocka_unit_test(rejects_without_space_are_no_success),
		cmocka_unit_test(a_kill_leaves_the_live_one),
		cmocka_unit_test(one_load_at_a_time),
		cmocka_unit_test(leftovers_are_removed),
		cmocka_unit_test(rubbish_is_refused_and_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
