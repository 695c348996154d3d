/* SPDX-License-Identifier: EUPL-1.2
 * A library to preload: from the moment the file $FSYNC_FAILS_WHEN exists, every fsync
 * and fdatasync says EIO, as a dying disk does. */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int failing(void)
{
	const char *when = getenv("FSYNC_FAILS_WHEN");
	return when && access(when, F_OK) == 0;
}

int fsync(int fd)
{
	if (failing()) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	if (failing()) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}
