/* SPDX-License-Identifier: EUPL-1.2
 * sys/lock.h - one process at a time: a lock file with the holder's number in it.
 *
 * The kernel holds the lock, so a killed process never leaves one behind; the file
 * itself stays, and says nothing by being there. */
#pragma once
#include "base/base.h"

struct lock {
	int fd; /* -1: not held */
};
#define LOCK_NONE ((struct lock){-1})
/* RC_CONFLICT: somebody holds it; err->what names the file and the process.
 * RC_BROKEN: the file cannot be made. */
MUST_USE enum rc lock_take(const char *path, struct lock *ret, struct err *err);
/* Does another process hold it? Takes nothing. */
bool lock_is_held(const char *path);
void lock_release(struct lock *lock);
