/* SPDX-License-Identifier: EUPL-1.2
 * registry/csv.h - CSV as RFC 4180 has it, read as a stream.
 *
 * Fields may be quoted, quotes doubled inside them, and a quoted field may hold line
 * ends. Lines end with LF or CRLF, the last may lack it; a UTF-8 byte order mark is
 * skipped, and so are empty lines. Nothing is trimmed.
 *
 * A record that cannot be read is named and left out; reading goes on at a line after
 * it. A quote that is never closed costs one line, not the rest of the file. */
#pragma once
#include <sys/types.h>

#include "base/base.h"

#define CSV_FIELDS_MAX 128
#define CSV_RECORD_MAX ((size_t)64 << 10) /* bytes */

enum csv_flaw {
	CSV_FLAW_NONE,
	CSV_FLAW_QUOTE,   /* a quote inside an unquoted field, or text after a closing quote */
	CSV_FLAW_UNENDED, /* a quote that is never closed, or a record past CSV_RECORD_MAX */
	CSV_FLAW_FIELDS   /* more than CSV_FIELDS_MAX */
};

struct csv_record {
	int64_t line; /* where it begins, from 1 */
	size_t n;
	struct str field[CSV_FIELDS_MAX]; /* valid until the next call */
};

struct csv;
/* As read(2). */
typedef ssize_t (*csv_read)(void *arg, char *out, size_t max);

/* In `arena`, about 1 MB. RC_LIMIT: no memory. */
MUST_USE enum rc csv_open(csv_read read, void *arg, struct arena *arena, struct csv **ret);
/* RC_OK       a record
 * RC_ABSENT   there is no more
 * RC_INVALID  a record that cannot be read: *ret_flaw and ret->line say which
 * RC_BROKEN   reading failed (errno) */
MUST_USE enum rc csv_next(struct csv *csv, struct csv_record *ret, enum csv_flaw *ret_flaw);
int64_t csv_bytes(const struct csv *csv); /* consumed so far */
