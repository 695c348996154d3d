/* SPDX-License-Identifier: EUPL-1.2
 * sys/file.c - see file.h. */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define READ_STEP 8192

static enum rc fail_file(struct err *err, enum rc rc, const char *what, const char *path)
{
	int because = errno;
	err_fail(err, rc, ERR_HERE, "%s: %.150s", what, path);
	err_detail(err, "%s", strerror(because));
	return rc;
}

/* ---- reading ---- */

/* By way of a small room of our own, so that a file that fills the buffer to the
 * last byte still shows its end. */
static enum rc read_all(int fd, const char *path, size_t max, struct buf *out, struct err *err)
{
	char room[READ_STEP];
	enum rc rc = RC_OK;
	for (size_t all = 0; rc == RC_OK;) {
		ssize_t n = read(fd, room, sizeof room);
		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = fail_file(err, RC_BROKEN, "tidak dapat membaca", path);
			break;
		}
		all += (size_t)n;
		buf_add(out, (struct str){room, (size_t)n});
		if (all > max || !buf_ok(out))
			rc = FAIL(err, RC_LIMIT, "berkas terlalu besar: %.150s", path);
	}
	secret_wipe(room, sizeof room);
	return rc;
}

enum rc file_read(const char *path, size_t max, struct buf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_file(err, errno == ENOENT ? RC_ABSENT : RC_BROKEN, "tidak dapat membuka", path);
	enum rc rc = read_all(fd, path, max, out, err);
	close(fd);
	return rc;
}

/* ---- writing ---- */

enum rc file_write_fd(int fd, struct str bytes, struct err *err)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.at, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_file(err, RC_BROKEN, "tidak dapat menulis", "");
		bytes = str_sub(bytes, (size_t)n, bytes.n);
	}
	return RC_OK;
}

static enum rc fill(const char *path, unsigned mode, struct str bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return fail_file(err, RC_BROKEN, "tidak dapat membuat", path);
	enum rc rc = file_write_fd(fd, bytes, err);
	if (rc == RC_OK && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
		rc = fail_file(err, RC_BROKEN, "tidak dapat menyimpan", path);
	if (close(fd) != 0 && rc == RC_OK)
		rc = fail_file(err, RC_BROKEN, "tidak dapat menyimpan", path);
	return rc;
}

enum rc file_sync_name(const char *path, struct err *err)
{
	char dir[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path) : 1;
	if (snprintf(dir, sizeof dir, "%.*s", n ? n : 1, slash ? path : ".") >= (int)sizeof dir)
		return FAIL(err, RC_LIMIT, "nama berkas terlalu panjang");
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	enum rc rc = ok ? RC_OK : fail_file(err, RC_BROKEN, "tidak dapat menyimpan direktori", dir);
	if (fd >= 0)
		close(fd);
	return rc;
}

enum rc file_write(const char *path, unsigned mode, struct str bytes, struct err *err)
{
	char beside[PATH_MAX];
	if (snprintf(beside, sizeof beside, "%s.baru", path) >= (int)sizeof beside)
		return FAIL(err, RC_LIMIT, "nama berkas terlalu panjang");
	unlink(beside); /* what a crash may have left */
	enum rc rc = fill(beside, mode, bytes, err);
	if (rc == RC_OK && rename(beside, path) != 0)
		rc = fail_file(err, RC_BROKEN, "tidak dapat mengganti", path);
	if (rc != RC_OK) {
		unlink(beside);
		return rc;
	}
	return file_sync_name(path, err);
}

enum rc file_make_dir(const char *path, unsigned mode, struct err *err)
{
	if (mkdir(path, mode) != 0) {
		enum rc rc = errno == EEXIST ? RC_CONFLICT : errno == ENOENT ? RC_ABSENT : RC_BROKEN;
		return fail_file(err, rc, "tidak dapat membuat direktori", path);
	}
	if (chmod(path, mode) != 0)
		return fail_file(err, RC_BROKEN, "tidak dapat mengatur hak akses", path);
	return RC_OK;
}

/* ---- asking ---- */

bool file_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

enum rc file_mode(const char *path, unsigned *ret, struct err *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return fail_file(err, errno == ENOENT ? RC_ABSENT : RC_BROKEN, "tidak dapat memeriksa", path);
	*ret = st.st_mode & 07777;
	return RC_OK;
}

enum rc file_space(const char *path, int64_t *ret, struct err *err)
{
	struct statvfs vfs;
	if (statvfs(path, &vfs) != 0)
		return fail_file(err, RC_BROKEN, "tidak dapat memeriksa ruang disk", path);
	*ret = (int64_t)vfs.f_bavail * (int64_t)vfs.f_frsize;
	return RC_OK;
}
