/* SPDX-License-Identifier: EUPL-1.2
 * sys/lock.c - see lock.h. */
#include "sys/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static enum rc fail_held(int fd, const char *path, struct err *err)
{
	char pid[16] = "";
	ssize_t n = pread(fd, pid, sizeof pid - 1, 0);
	struct str text = str_trim((struct str){pid, n > 0 ? (size_t)n : 0});
	return FAIL(err, RC_CONFLICT, "%.120s sedang dipakai oleh proses %.*s", path, (int)(text.n ? text.n : 1),
	            text.n ? text.at : "?");
}

static enum rc write_pid(int fd, const char *path, struct err *err)
{
	char pid[16];
	int n = snprintf(pid, sizeof pid, "%d\n", (int)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n) {
		err_fail(err, RC_BROKEN, ERR_HERE, "tidak dapat menulis %.150s", path);
		err_detail(err, "%s", strerror(errno));
		return RC_BROKEN;
	}
	return RC_OK;
}

enum rc lock_take(const char *path, struct lock *ret, struct err *err)
{
	enum rc rc;
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET}; /* of the open file, not of the process */
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		err_fail(err, RC_BROKEN, ERR_HERE, "tidak dapat membuka %.150s", path);
		err_detail(err, "%s", strerror(errno));
		return RC_BROKEN;
	}
	if (fcntl(fd, F_OFD_SETLK, &whole) != 0)
		rc = fail_held(fd, path, err);
	else
		rc = write_pid(fd, path, err);
	if (rc != RC_OK) {
		close(fd);
		return rc;
	}
	*ret = (struct lock){fd};
	return RC_OK;
}

bool lock_is_held(const char *path)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	bool held = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
	close(fd);
	return held;
}

void lock_release(struct lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	*lock = LOCK_NONE;
}
