/* SPDX-License-Identifier: EUPL-1.2
 * journal/line.h - an entry as its one canonical line of JSON, and back.
 *
 * doc/journal.md is the format's description for outsiders. One entry has exactly
 * one line: keys in a fixed order, no blanks, decimal integers, no floats, what is
 * absent is left out, the time with six decimals in UTC. The bytes of the line are
 * what the tree is made of, so nothing here may ever change for existing keys. */
#pragma once
#include "journal/epoch.h"
#include "journal/journal.h"

#define LINE_MAX_BYTES 4096

struct line_place {
	int log_id;
	int64_t seq;             /* place in the log, from 0 */
	const unsigned char *nik_hash; /* NIK_HASH bytes, NULL none */
};
/* Append the line, without a newline. Past LINE_MAX_BYTES the buffer's own
 * ceiling speaks. */
void line_write(struct buf *out, const struct line_place *place, const struct entry *entry);

/* What other columns and other checks are compared with. Views into the line. */
struct line {
	int64_t log_id, seq, time_us, instansi_id, version_id, user, session, kejadian_id;
	struct str act, outcome;
	struct str ground, clause, method; /* absent: not in the line */
	struct str user_id, about;         /* likewise; escapes as they stand in the line */
	bool repeat;
	int epoch;               /* 0: no NIK */
	unsigned char nik_hash[NIK_HASH];
	bool has_nik;
};
/* RC_INVALID: not a line that line_write() can have written. */
MUST_USE enum rc line_read(struct str text, struct line *ret);
