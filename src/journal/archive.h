/* SPDX-License-Identifier: EUPL-1.2
 * journal/archive.h - the beginning of a log in files, so that its entries need not lie in the database
 * for ever, and everything can still be proved (doc/decision/0047).
 *
 * An archive is an export (doc/journal.md) of entries [from, upto) of one log: it says the frontier of
 * the tree at `from`, and ends with the checkpoint of exactly `upto` entries. `upto` is a multiple of
 * TILE_WIDTH, so the tiles that stay in the database carry the tree from there on: proofs of younger
 * entries, the head and `journal verify` need no archived leaf.
 *
 * From the moment archive_tell() has committed, entries below the edge count as archived whether their
 * rows are still there or not. Whoever reads entries asks where the edge is, and says "diarsipkan"
 * rather than "hilang"; nobody makes a figure of a time that reaches behind it. */
#pragma once
#include "journal/journal.h"

/* Where what is archived of a log ends: places below `upto` are, all written before `before_us`. {0, 0}: nothing. */
struct archive_edge {
	int64_t upto, before_us;
};
MUST_USE enum rc archive_edge(struct tx *tx, int log_id, struct archive_edge *ret, struct err *err);
/* Of all logs, by their number; `before_us` is the latest of them, 0 nothing. */
struct archive_edges {
	struct archive_edge logs[JOURNAL_LOG_MAX + 1];
	int64_t before_us;
};
MUST_USE enum rc archive_edges(struct tx *tx, struct archive_edges *ret, struct err *err);
/* Is the entry of that number archived? */
bool archive_holds(const struct archive_edges *edges, int64_t seq);
/* RC_REFUSED, with a sentence to be shown, when anything written from `from_us` on may be archived. */
MUST_USE enum rc archive_reaches(struct tx *tx, int64_t from_us, struct err *err);
/* For who counts a log in its order and has come to `place`: RC_BROKEN, what comes next is archived. */
MUST_USE enum rc archive_not_behind(struct tx *tx, int log_id, int64_t place, struct err *err);
/* For who found no entry: RC_ABSENT says that it is archived, or, with `otherwise`, that there is none. */
MUST_USE enum rc archive_absent(struct tx *tx, int64_t seq, const char *otherwise, struct err *err);

/* ---- making one ---- */

struct archive_range {
	int log_id;
	int64_t from, upto;
};
/* What can be archived of a log: what comes behind the last archive and was written before `before_us`, the
 * last entry of the log never.
 * RC_ABSENT: nothing, or no such log. */
MUST_USE enum rc archive_range(struct store *office, int log_id, int64_t before_us, struct archive_range *ret, struct err *err);
/* Write it, read it again, and sign the checkpoint of its end. The database gets nothing but that checkpoint.
 * `fd` is open for reading and writing, and empty.
 * RC_REFUSED: what is stored does not fit together; err says what */
MUST_USE enum rc archive_write(struct journal *journal, struct store *office, const struct archive_range *range, int64_t now_us,
                               int fd, struct err *err);

/* ---- telling ---- */

struct archive_file {
	struct archive_range range;
	int64_t before_us;        /* all its entries were written before */
	unsigned char digest[32]; /* SHA-256 of the file */
};
/* Read an archive and hold it against the log it belongs to: its key, the tiles, what is archived already.
 * RC_REFUSED: it is not whole, or not the next archive of a log of this office; err says what */
MUST_USE enum rc archive_read(struct store *office, int fd, struct archive_file *ret, struct err *err);
/* From now on its entries are archived. In the caller's transaction, with the entry that says so (`by` says who and when;
 * act and about are set here). Telling the same again does nothing.
 * RC_REFUSED  something is left to be counted of it first, or it is younger than `keep_months` */
MUST_USE enum rc archive_tell(struct journal *journal, struct tx *tx, const struct archive_file *file, int keep_months,
                              const struct entry *by, struct err *err);
/* Remove some thousand rows of what is archived. *ret_more: there are others. */
MUST_USE enum rc archive_drop(struct tx *tx, const struct archive_file *file, int64_t *ret_at, bool *ret_more, struct err *err);

/* What that entry says in `about`. */
struct archive_words {
	char z[128];
};
struct archive_words archive_words(int log_id, int64_t upto, struct str digest);

/* ---- parts ---- */

/* Where a DBA has parted the table of entries: logs that have come, or soon will, to the part that reaches to
 * their end. RC_ABSENT: it is not parted. */
MUST_USE enum rc archive_parts_due(struct tx *tx, int ret_logs[JOURNAL_LOG_MAX + 1], size_t *ret_n, struct err *err);
