/* SPDX-License-Identifier: EUPL-1.2
 * journal/tail.h - the entries that were not counted yet. For this room alone.
 *
 * Entries never change and a log has no holes, so how far it was counted is one number, and
 * what comes after it can be read at leisure: the sums and this number are read in one
 * transaction, the entries in short ones of their own, and together they say the same as all
 * entries of that moment. */
#pragma once
#include "journal/line.h"
#include "journal/usage.sql.h"

struct store;
struct tx;

#define TAIL_LOGS_MAX (JOURNAL_LOG_MAX + 1)
struct tail {
	struct sql_usage_log_each logs[TAIL_LOGS_MAX];
	size_t n;
};
/* What stands there at the moment of this transaction. RC_LIMIT: more than USAGE_TAIL_MAX. */
MUST_USE enum rc tail_begin(struct tx *tx, struct tail *ret, struct err *err);

/* Which inquiries; 0: whichever. `take` gets each; its failure ends the reading. */
struct tail_reader {
	int64_t instansi_id, user;
	enum rc (*take)(void *arg, int64_t entry_id, const struct line *line, struct err *err);
	void *arg;
};
MUST_USE enum rc tail_each(struct store *office, const struct tail *tail, const struct tail_reader *reader, struct err *err);
