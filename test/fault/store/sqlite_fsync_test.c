/* SPDX-License-Identifier: EUPL-1.2
 * A commit that failed has never happened (SQLite): the disk refuses a write or an
 * fsync, tx_commit says RC_BROKEN, and whoever opens the file next, even after
 * kill -9, does not find the transaction.
 *
 * A VFS in front of the real one counts and fails calls on the WAL and the
 * database. The child process that meets the fault ends without closing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "engines.h"
#include "test/contract/store/sample.sql.c"

#define OK ENGINE_OK

/* ---- a disk that fails when told to ---- */

static atomic_int fail_sync, fail_write; /* what xSync and xWrite answer; 0: they work */
static struct {
	const sqlite3_io_methods *real;
	sqlite3_io_methods faulty;
} kinds[4]; /* a database has other methods than its WAL, but they write and sync alike */
static int (*real_sync)(sqlite3_file *, int);
static int (*real_write)(sqlite3_file *, const void *, int, sqlite3_int64);
static sqlite3_vfs disk;

static int sync_or_fail(sqlite3_file *file, int flags)
{
	return atomic_load(&fail_sync) ? atomic_load(&fail_sync) : real_sync(file, flags);
}

static int write_or_fail(sqlite3_file *file, const void *at, int n, sqlite3_int64 offset)
{
	return atomic_load(&fail_write) ? atomic_load(&fail_write) : real_write(file, at, n, offset);
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	sqlite3_vfs *real = vfs->pAppData;
	int code = real->xOpen(real, name, file, flags, out);
	if (code != SQLITE_OK || !file->pMethods)
		return code;
	size_t i = 0;
	while (i < LEN(kinds) && kinds[i].real && kinds[i].real != file->pMethods)
		i++;
	assert_true(i < LEN(kinds));
	if (!kinds[i].real) {
		kinds[i].real = file->pMethods;
		kinds[i].faulty = *file->pMethods;
		real_sync = kinds[i].faulty.xSync;
		real_write = kinds[i].faulty.xWrite;
		kinds[i].faulty.xSync = sync_or_fail;
		kinds[i].faulty.xWrite = write_or_fail;
	}
	file->pMethods = &kinds[i].faulty;
	return code;
}

static void disk_register(void)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	disk = *real;
	disk.zName = "faulty";
	disk.pAppData = real;
	disk.xOpen = disk_open;
	sqlite3_vfs_register(&disk, 1);
}

/* ---- what the tests do with it ---- */

static enum rc add(struct store *store, struct str name)
{
	TX_AUTO *tx = NULL;
	struct sql_item_insert row;
	TRY(tx_begin(store, TX_WRITE, &tx, &engine_err));
	TRY(sql_item_insert(tx, (struct sql_item_insert_in){.name = name, .big_null = true}, &row, &engine_err));
	return tx_commit(&tx, &engine_err);
}

static int64_t count(struct store *store)
{
	TX_AUTO *tx = NULL;
	struct sql_item_total row;
	OK(tx_begin(store, TX_READ, &tx, &engine_err));
	OK(sql_item_total(tx, &row, &engine_err));
	return row.n;
}

struct place {
	char dir[64], url[128];
};

static struct place place_new(void)
{
	struct place p = {.dir = "/tmp/padan-test.XXXXXX"};
	struct store *store;
	const struct schema *schemas[] = {&sample_schema};
	assert_non_null(mkdtemp(p.dir));
	snprintf(p.url, sizeof p.url, "sqlite:%s/store.db", p.dir);
	OK(store_open(p.url, &store, &engine_err));
	OK(store_migrate(store, schemas, 1, 1, &engine_err));
	store_close(store);
	return p;
}

/* Run `child` in a process that ends without closing anything; then look. */
static void crash(const char *url, int (*child)(struct store *store), int64_t expected)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct store *store;
		if (store_open(url, &store, NULL) != RC_OK)
			_exit(90);
		_exit(child(store));
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	struct store *store;
	OK(store_open(url, &store, &engine_err));
	assert_int_equal(count(store), expected);
	OK(add(store, S("afterwards")));
	assert_int_equal(count(store), expected + 1);
	store_close(store);
}

static void place_remove(struct place *p)
{
	nftw(p->dir, engine_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- a failed fsync ---- */

static int child_sync(struct store *store)
{
	if (add(store, S("before")) != RC_OK)
		return 1;
	fail_sync = SQLITE_IOERR_FSYNC;
	return add(store, S("lost")) == RC_BROKEN ? 0 : 2;
}

static void test_fsync(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_sync, 1);
	place_remove(&p);
}

static int child_sync_first(struct store *store) /* the WAL is empty: its header is at stake */
{
	fail_sync = SQLITE_IOERR_FSYNC;
	return add(store, S("lost")) == RC_BROKEN ? 0 : 2;
}

static void test_fsync_of_first_frame(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_sync_first, 0);
	place_remove(&p);
}

static int child_sync_after_restart(struct store *store) /* the WAL begins anew, old frames behind */
{
	if (add(store, S("before")) != RC_OK || add(store, S("and")) != RC_OK || store_checkpoint(store, NULL) != RC_OK)
		return 1;
	fail_sync = SQLITE_IOERR_FSYNC;
	return add(store, S("lost")) == RC_BROKEN ? 0 : 2;
}

static void test_fsync_after_checkpoint(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_sync_after_restart, 2);
	place_remove(&p);
}

static int child_stays_shut(struct store *store)
{
	fail_sync = SQLITE_IOERR_FSYNC;
	if (add(store, S("lost")) != RC_BROKEN)
		return 1;
	fail_sync = 0;
	if (add(store, S("later")) != RC_BROKEN || store_checkpoint(store, NULL) != RC_BROKEN)
		return 2; /* the kernel may have dropped pages: nothing more until it is reopened */
	return 0;
}

static void test_no_write_after_failed_fsync(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_stays_shut, 0);
	place_remove(&p);
}

static int child_checkpoint(struct store *store)
{
	if (add(store, S("before")) != RC_OK)
		return 1;
	fail_sync = SQLITE_IOERR_FSYNC;
	if (store_checkpoint(store, NULL) != RC_BROKEN)
		return 2;
	fail_sync = 0;
	return add(store, S("later")) == RC_BROKEN ? 0 : 3;
}

static void test_fsync_in_checkpoint(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_checkpoint, 1); /* the WAL still has it */
	place_remove(&p);
}

static void test_clean_close_after_failed_fsync(void **state)
{
	(void)state;
	struct place p = place_new();
	struct store *store;
	OK(store_open(p.url, &store, &engine_err));
	OK(add(store, S("before")));
	fail_sync = SQLITE_IOERR_FSYNC;
	assert_int_equal(add(store, S("lost")), RC_BROKEN);
	assert_int_equal(count(store), 1); /* readers never saw it */
	fail_sync = 0;
	store_close(store);
	OK(store_open(p.url, &store, &engine_err));
	assert_int_equal(count(store), 1);
	store_close(store);
	place_remove(&p);
}

/* ---- a full disk ---- */

static int child_full(struct store *store)
{
	if (add(store, S("before")) != RC_OK)
		return 1;
	fail_write = SQLITE_FULL;
	if (add(store, S("lost")) != RC_BROKEN)
		return 2;
	fail_write = 0; /* somebody made room: the store goes on */
	return add(store, S("later")) == RC_OK ? 0 : 3;
}

static void test_full_disk(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_full, 2);
	place_remove(&p);
}

static int child_write_error(struct store *store)
{
	if (add(store, S("before")) != RC_OK)
		return 1;
	fail_write = SQLITE_IOERR_WRITE;
	return add(store, S("lost")) == RC_BROKEN ? 0 : 2;
}

static void test_write_error(void **state)
{
	(void)state;
	struct place p = place_new();
	crash(p.url, child_write_error, 1);
	place_remove(&p);
}

/* ---- a caller that ignores an error inside the transaction ---- */

static void test_engine_rolled_back_by_itself(void **state)
{
	(void)state;
	struct place p = place_new();
	struct store *store;
	struct tx *tx;
	struct sql_item_insert row;
	static const struct query rollback = {
	        .name = "rollback", .sqlite = "ROLLBACK", .postgres = "ROLLBACK", .params = "", .columns = ""};
	OK(store_open(p.url, &store, &engine_err));
	OK(tx_begin(store, TX_WRITE, &tx, &engine_err));
	OK(query_exec(tx, &rollback, NULL, NULL, &engine_err)); /* as the engine does on SQLITE_FULL, SQLITE_NOMEM */
	assert_int_equal(sql_item_insert(tx, (struct sql_item_insert_in){.name = S("x")}, &row, &engine_err),
	                 RC_BROKEN);
	assert_int_equal(tx_savepoint(tx, &engine_err), RC_BROKEN);
	assert_int_equal(tx_commit(&tx, &engine_err), RC_BROKEN);
	assert_int_equal(count(store), 0);
	OK(add(store, S("next")));
	store_close(store);
	place_remove(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_fsync),
	        cmocka_unit_test(test_fsync_of_first_frame),
	        cmocka_unit_test(test_fsync_after_checkpoint),
	        cmocka_unit_test(test_no_write_after_failed_fsync),
	        cmocka_unit_test(test_fsync_in_checkpoint),
	        cmocka_unit_test(test_clean_close_after_failed_fsync),
	        cmocka_unit_test(test_full_disk),
	        cmocka_unit_test(test_write_error),
	        cmocka_unit_test(test_engine_rolled_back_by_itself),
	};
	disk_register();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
