/* SPDX-License-Identifier: EUPL-1.2
 * journal/scan.h - a stored log from end to end, in the order of an export.
 *
 * Read by ranges, each in a short transaction of its own: memory is bounded and no
 * long snapshot keeps the WAL from being checkpointed. How far to read is settled
 * at the start; the log may grow meanwhile. */
#pragma once
#include "journal/journal.sql.h"
#include "journal/tree.h"

struct store;
struct tx;

struct scan_log {
	int log_id;
	char origin[128], vkey[256];
	struct tree_frontier head;
	bool head_unfit;           /* the stored frontier does not fit its size; `head` is empty then */
	int64_t last;              /* place of the last stored entry, -1 none: head.size - 1 in a whole log */
	int64_t newest_checkpoint; /* its size, -1 none */
	int64_t base;              /* places below are archived (archive.h), and not looked for here */
};
/* One consistent look. RC_ABSENT: no such log. */
MUST_USE enum rc scan_begin(struct store *office, int log_id, struct scan_log *ret, struct err *err);

/* Called inside a reading transaction. What they return other than RC_OK ends the scan. */
struct scan_visitor {
	enum rc (*entry)(void *arg, struct tx *tx, const struct sql_journal_entry_range *row, struct err *err);
	enum rc (*checkpoint)(void *arg, const struct sql_journal_checkpoint_next *row, struct err *err);
	enum rc (*progress)(void *arg, int64_t done, int64_t all, struct err *err); /* between two transactions; NULL allowed */
	void *arg;
};
/* The entries of a range of places, and the checkpoints behind them (those of size 0 with the
 * first range), in one reading transaction; `progress` is not called. At most SCAN_RANGE_MAX. */
#define SCAN_RANGE_MAX 4096
MUST_USE enum rc scan_range(struct store *office, int log_id, struct tree_range range, const struct scan_visitor *visitor,
                            struct err *err);
/* Any number of them, a transaction a range; before the first entry comes the checkpoint of just those before it. */
MUST_USE enum rc scan_part(struct store *office, int log_id, struct tree_range range, const struct scan_visitor *visitor,
                           struct err *err);
/* Entries in order, from `base` on; a checkpoint comes after the last entry it covers. */
MUST_USE enum rc scan_each(struct store *office, const struct scan_log *log, const struct scan_visitor *visitor, struct err *err);
