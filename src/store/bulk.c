/* SPDX-License-Identifier: EUPL-1.2
 * store/bulk.c - see bulk.h. Three names beside the database: PATH.baru is being
 * built, PATH.kunci is the lock that says so. The lock file is never renamed or
 * removed: a lock on a file that moves protects nothing. */
#include "store/bulk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/driver.h"

#define PATH_ROOM 4096
#define COPY_STEP ((size_t)1 << 30)

struct bulk {
	struct store *store;
	int lock;
	bool ours; /* the lock is held: PATH.baru is nobody else's */
	char live[PATH_ROOM], fresh[PATH_ROOM];
};

/* What the URL names, in an engine that keeps a file. */
static const char *file_of(const struct driver *driver, const char *url)
{
	return url + strlen(driver->scheme);
}

static enum rc failed(const char *what, const char *path, struct err *err)
{
	int why = errno;
	enum rc rc = FAIL(err, RC_BROKEN, "Basis data baru tidak dapat dibuat");
	err_detail(err, "%s %s: %s", what, path, strerror(why));
	return rc;
}

static void remove_beside(const char *path, const char *tail)
{
	char name[PATH_ROOM + 16];
	if (snprintf(name, sizeof name, "%s%s", path, tail) < (int)sizeof name)
		unlink(name);
}

static void remove_fresh(const struct bulk *b)
{
	static const char *const tails[] = {"", "-journal", "-wal", "-shm"};
	for (size_t i = 0; i < LEN(tails); i++)
		remove_beside(b->fresh, tails[i]);
}

static enum rc lock_take(struct bulk *b, struct err *err)
{
	char name[PATH_ROOM + 16];
	snprintf(name, sizeof name, "%s.kunci", b->live);
	b->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (b->lock < 0)
		return failed("open", name, err);
	b->ours = flock(b->lock, LOCK_EX | LOCK_NB) == 0;
	if (b->ours)
		return RC_OK;
	if (errno == EWOULDBLOCK)
		return FAIL(err, RC_CONFLICT, "Pemuatan data lain sedang berjalan");
	return failed("flock", name, err);
}

static enum rc copy_bytes(int from, int into, const char *path, struct err *err)
{
	for (;;) {
		ssize_t n = copy_file_range(from, NULL, into, NULL, COPY_STEP, 0);
		if (n == 0)
			return RC_OK;
		if (n < 0 && errno != EINTR)
			return failed("copy", path, err);
	}
}

static enum rc copy_live(const struct bulk *b, struct err *err)
{
	int from = open(b->live, O_RDONLY | O_CLOEXEC);
	if (from < 0)
		return errno == ENOENT ? FAIL(err, RC_ABSENT, "Basis data belum ada") : failed("open", b->live, err);
	int into = open(b->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum rc rc = into < 0 ? failed("create", b->fresh, err) : copy_bytes(from, into, b->fresh, err);
	if (into >= 0 && close(into) != 0 && rc == RC_OK)
		rc = failed("close", b->fresh, err);
	close(from);
	return rc;
}

static enum rc fresh_open(struct bulk *b, const struct driver *driver, bool from_live, struct err *err)
{
	char url[PATH_ROOM + 32];
	TRY(lock_take(b, err));
	remove_fresh(b);
	if (from_live)
		TRY(copy_live(b, err));
	snprintf(url, sizeof url, "%s%s", driver->scheme, b->fresh);
	return driver->open_bulk(url, from_live, &b->store, err);
}

enum rc bulk_begin(const char *url, bool from_live, struct bulk **ret, struct err *err)
{
	const struct driver *driver;
	*ret = NULL;
	TRY(driver_of_url(url, &driver, err));
	if (!driver->open_bulk)
		return FAIL(err, RC_REFUSED, "Basis data ini tidak berupa berkas");
	const char *path = file_of(driver, url);
	if (!*path || strlen(path) > PATH_ROOM - 16)
		return FAIL(err, RC_INVALID, "Alamat basis data tidak menyebut berkas");
	struct bulk *b = calloc(1, sizeof *b);
	if (!b)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	b->lock = -1;
	snprintf(b->live, sizeof b->live, "%s", path);
	snprintf(b->fresh, sizeof b->fresh, "%s.baru", path);
	enum rc rc = fresh_open(b, driver, from_live, err);
	if (rc != RC_OK) {
		bulk_abandon(&b);
		return rc;
	}
	*ret = b;
	return RC_OK;
}

struct store *bulk_store(struct bulk *bulk)
{
	return bulk->store;
}

static enum rc sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return failed("open", path, err);
	enum rc rc = fsync(fd) == 0 ? RC_OK : failed("fsync", path, err);
	close(fd);
	return rc;
}

static enum rc sync_directory(const char *path, struct err *err)
{
	char dir[PATH_ROOM];
	const char *slash = strrchr(path, '/');
	snprintf(dir, sizeof dir, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	return sync_path(dir, O_RDONLY | O_DIRECTORY, err);
}

enum rc bulk_publish(struct bulk **bulk, struct err *err)
{
	BULK_AUTO *b = *bulk;
	*bulk = NULL;
	store_close(b->store);
	b->store = NULL;
	TRY(sync_path(b->fresh, O_RDWR, err));
	if (rename(b->fresh, b->live) != 0)
		return failed("rename", b->live, err);
	/* whatever a careless tool left beside the old one must not meet the new one */
	remove_beside(b->live, "-wal");
	remove_beside(b->live, "-shm");
	remove_beside(b->live, "-journal");
	return sync_directory(b->live, err);
}

void bulk_abandon(struct bulk **bulk)
{
	struct bulk *b = *bulk;
	if (!b)
		return;
	*bulk = NULL;
	store_close(b->store);
	if (b->ours)
		remove_fresh(b);
	if (b->lock >= 0)
		close(b->lock);
	free(b);
}

enum rc store_open_frozen(const char *url, struct store **ret, struct err *err)
{
	const struct driver *driver;
	*ret = NULL;
	TRY(driver_of_url(url, &driver, err));
	return driver->open_frozen ? driver->open_frozen(url, ret, err) : driver->open(url, ret, err);
}

bool store_is_stale(const struct store *store)
{
	return store->driver->is_stale && store->driver->is_stale(store);
}

int64_t store_bytes(const char *url)
{
	const struct driver *driver;
	struct stat st;
	if (driver_of_url(url, &driver, NULL) != RC_OK || !driver->open_bulk || stat(file_of(driver, url), &st) != 0)
		return 0;
	return st.st_size;
}

const char *store_file(const char *url)
{
	const struct driver *driver;
	bool has = driver_of_url(url, &driver, NULL) == RC_OK && driver->open_bulk;
	return has ? file_of(driver, url) : NULL;
}

bool store_directory(const char *url, char *out, size_t max)
{
	const struct driver *driver;
	if (driver_of_url(url, &driver, NULL) != RC_OK || !driver->open_bulk)
		return snprintf(out, max, "/tmp") < (int)max;
	const char *path = file_of(driver, url), *slash = strrchr(path, '/');
	return snprintf(out, max, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".") < (int)max;
}
