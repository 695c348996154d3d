/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_settings.c - see sqlite_settings.h.
 *
 * A live database pays for durability at every commit. A bulk file pays once, at
 * the end, in store/bulk.c: if anything fails before, the whole file is thrown away.
 * A frozen file is opened as immutable: no locks, no change counter, and never a
 * -wal or -shm beside it that could outlive the file and meet its successor. */
#include "store/sqlite_settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* temp_store: nothing of an answer may reach a temporary file.
 * case_sensitive_like: as PostgreSQL does it. */
#define EVERY_CONNECTION                                                                                               \
	"PRAGMA busy_timeout = 5000;"                                                                                  \
	"PRAGMA trusted_schema = OFF;"                                                                                 \
	"PRAGMA temp_store = MEMORY;"                                                                                  \
	"PRAGMA case_sensitive_like = ON;"

/* journal_size_limit: above what the WAL grows to under load (WAL_PAGES_MAX in
 * driver_sqlite.c). Cutting it at each new beginning stopped a tray for 70 ms. */
static const char live_settings[] = EVERY_CONNECTION
	"PRAGMA journal_mode = WAL;"
	"PRAGMA synchronous = FULL;"
	"PRAGMA wal_autocheckpoint = 0;"
	"PRAGMA journal_size_limit = 335544320;"
	"PRAGMA foreign_keys = ON;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA secure_delete = ON;";

/* The writer keeps its pages in a cache of its own: through a memory map each visit of a
 * page counts as the first, with all checks of its cells. Readers come seldom and read far. */
static const char live_writer[] = "PRAGMA cache_size = -8192;";
static const char live_reader[] = "PRAGMA mmap_size = 1073741824;";

/* No cell_size_check: through the memory map a page counts as new each time it is
 * visited, and to walk over all its cells then costs more than the look-up. */
static const char frozen_settings[] = EVERY_CONNECTION
	"PRAGMA cache_size = -4096;"
	"PRAGMA mmap_size = 2147418112;";

/* A rollback without a journal destroys the file; it is thrown away then anyway. */
static const char bulk_settings[] = EVERY_CONNECTION
	"PRAGMA page_size = 4096;"
	"PRAGMA journal_mode = OFF;"
	"PRAGMA synchronous = OFF;"
	"PRAGMA locking_mode = EXCLUSIVE;"
	"PRAGMA cache_size = -65536;";

static const char *const settings[] = {
	[SQLITE_HOW_LIVE] = live_settings,
	[SQLITE_HOW_FROZEN] = frozen_settings,
	[SQLITE_HOW_BULK] = bulk_settings,
	[SQLITE_HOW_BULK_MORE] = bulk_settings,
};

#define URI_MAX 8192

/* "file:PATH?immutable=1", with the characters of PATH that mean something escaped. */
static bool frozen_uri(const char *path, char out[URI_MAX])
{
	size_t n = (size_t)snprintf(out, URI_MAX, "file:");
	for (; *path; path++) {
		if (n + sizeof "%xx?immutable=1" > URI_MAX)
			return false;
		bool plain = !strchr("?#%", *path);
		n += (size_t)snprintf(out + n, 4, plain ? "%c" : "%%%02x", (unsigned char)*path);
	}
	snprintf(out + n, URI_MAX - n, "?immutable=1");
	return true;
}

static int open_file(const char *path, enum sqlite_how how, sqlite3 **ret)
{
	char uri[URI_MAX];
	if (how != SQLITE_HOW_FROZEN)
		return sqlite3_open_v2(path, ret, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (!frozen_uri(path, uri))
		return SQLITE_CANTOPEN;
	return sqlite3_open_v2(uri, ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

/* A file system without shared memory keeps another journal, silently. */
static int wal_check(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db, "PRAGMA journal_mode", -1, &stmt, NULL);
	if (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		code = strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0 ? SQLITE_OK : SQLITE_CANTOPEN;
	sqlite3_finalize(stmt);
	return code;
}

int sqlite_settings_open(const char *path, enum sqlite_how how, bool reader, sqlite3 **ret)
{
	int code = open_file(path, how, ret);
	if (code != SQLITE_OK)
		return code;
	sqlite3_extended_result_codes(*ret, 1);
	/* locks journal_mode=OFF away, which is what a bulk file needs */
	if (how == SQLITE_HOW_LIVE || how == SQLITE_HOW_FROZEN)
		sqlite3_db_config(*ret, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	code = sqlite3_exec(*ret, settings[how], NULL, NULL, NULL);
	if (code == SQLITE_OK && how == SQLITE_HOW_LIVE)
		code = wal_check(*ret);
	if (code == SQLITE_OK && reader)
		code = sqlite3_exec(*ret, "PRAGMA query_only = ON;", NULL, NULL, NULL);
	if (code == SQLITE_OK && how == SQLITE_HOW_LIVE)
		code = sqlite3_exec(*ret, reader ? live_reader : live_writer, NULL, NULL, NULL);
	return code;
}

enum rc sqlite_file_create(const char *path, enum rc when_there, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0)
		return close(fd) == 0 ? RC_OK : FAIL(err, RC_BROKEN, "Basis data tidak dapat dibuat");
	if (errno == EEXIST && when_there == RC_OK)
		return RC_OK;
	enum rc rc = errno == EEXIST ? FAIL(err, when_there, "Berkas itu sudah ada")
	                             : FAIL(err, RC_BROKEN, "Basis data tidak dapat dibuat");
	err_detail(err, "%s: %s", path, strerror(errno));
	return rc;
}

#define LOCK_LOOK_NS (1000L * 1000)

/* Between two trays the lock is free for a moment, and nobody has a place in a queue: looking ten times a second, as
 * SQLite does by itself, another process met no such moment in five seconds. */
static int wait_for_lock(void *arg, int tries)
{
	const int64_t *until_us = arg;
	bool waits = clock_steady_us() < *until_us;
	(void)tries;
	if (waits)
		nanosleep(&(struct timespec){.tv_nsec = LOCK_LOOK_NS}, NULL);
	return waits;
}

void sqlite_settings_wait(sqlite3 *db, int64_t *until_us)
{
	sqlite3_busy_handler(db, wait_for_lock, until_us);
}
