/* SPDX-License-Identifier: EUPL-1.2
 * sys/cage.h - what this process may do, made as little as it needs.
 *
 * cage_memory() is for every verb: nothing of the process may reach the disk by
 * way of a core, and freed memory is overwritten. cage_close() is for `serve`: no
 * new privileges, the file system reduced to the data directory (Landlock, where
 * the kernel has it), system calls reduced to those a serving Padan makes
 * (libseccomp). Both hold for the threads started afterwards, so they come first.
 *
 * An unlisted call fails with ENOSYS, so that a newer library falls back to an
 * older call; what could only be an intruder's (execve, ptrace, ...) kills the
 * process. Wiping reaches the memory that malloc gave back; what GnuTLS and
 * libmicrohttpd keep in live buffers it cannot reach. */
#pragma once
#include "base/base.h"

/* Core dumps off, not traceable by the same user, umask 077, freed memory filled. */
MUST_USE enum rc cage_memory(struct err *err);

#define CAGE_PATHS_MAX 16
struct cage {
	/* Directories or files, NULL-terminated; those that do not exist are skipped. */
	const char *write[CAGE_PATHS_MAX]; /* the whole tree: read, write, make, remove */
	const char *read[CAGE_PATHS_MAX];
};
enum cage_part { CAGE_LANDLOCK = 1, CAGE_SECCOMP = 2 };
/* *ret_parts says what the kernel could do. RC_BROKEN: it has the means and refused. */
MUST_USE enum rc cage_close(const struct cage *cage, unsigned *ret_parts, struct err *err);
