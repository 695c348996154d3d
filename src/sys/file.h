/* SPDX-License-Identifier: EUPL-1.2
 * sys/file.h - whole small files: read with a ceiling, write all or nothing.
 *
 * A written file appears under its name only when every byte is on the disk, so a
 * crash leaves the old one or the new one. Modes are exact, whatever the umask. */
#pragma once
#include "base/base.h"

/* Append the file to *out. RC_ABSENT: there is none. RC_LIMIT: more than `max`
 * bytes. RC_BROKEN: cannot be read. */
MUST_USE enum rc file_read(const char *path, size_t max, struct buf *out, struct err *err);
/* Write beside it, fsync, rename over it, fsync the directory. On failure the old
 * file stands and nothing is left over. */
MUST_USE enum rc file_write(const char *path, unsigned mode, struct str bytes, struct err *err);
/* All of it to an open descriptor. RC_BROKEN. */
MUST_USE enum rc file_write_fd(int fd, struct str bytes, struct err *err);
/* The name of `path` itself is on the disk: its directory is synced. RC_BROKEN, RC_LIMIT. */
MUST_USE enum rc file_sync_name(const char *path, struct err *err);
/* One directory. RC_CONFLICT: something is there already. RC_ABSENT: what it should
 * stand in is not there. */
MUST_USE enum rc file_make_dir(const char *path, unsigned mode, struct err *err);
bool file_exists(const char *path);
/* Permission bits. RC_ABSENT, RC_BROKEN. */
MUST_USE enum rc file_mode(const char *path, unsigned *ret, struct err *err);
/* Bytes an ordinary user may still write where `path` is. RC_BROKEN. */
MUST_USE enum rc file_space(const char *path, int64_t *ret, struct err *err);
