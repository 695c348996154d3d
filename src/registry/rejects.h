/* SPDX-License-Identifier: EUPL-1.2
 * registry/rejects.h - the file that says which rows were left out, and why. It names
 * lines, columns and reasons, never what stood there. */
#pragma once
#include "registry/row.h"

struct rejects {
	int fd; /* -1: none is written */
	struct buf b;
	int64_t n;
};
#define REJECTS_MAX 1000000 /* lines; then one more says that there are more */

/* path NULL: none. RC_BROKEN: it cannot be made. */
MUST_USE enum rc rejects_open(const char *path, struct rejects *ret, struct err *err);
MUST_USE enum rc rejects_add(struct rejects *r, int64_t line, enum row_field field, enum row_flaw flaw,
                             struct err *err);
/* RC_BROKEN: not everything could be written. */
MUST_USE enum rc rejects_close(struct rejects *r, struct err *err);
