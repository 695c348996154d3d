/* SPDX-License-Identifier: EUPL-1.2
 * journal/browse.h - a log as people read it: newest first, what a filter lets through, a page
 * at a time.
 *
 * Read in ranges, each in a short transaction of its own, and never more than BROWSE_LOOKED_MAX
 * entries a page: a filter that lets little through gives a short page that says where to go on.
 * Nothing is verified here (verify.h); an entry whose line cannot be read is shown as such. */
#pragma once
#include "journal/line.h"

struct store;
struct tx;

struct browse_log {
	int log_id;
	struct str origin, vkey;
	int64_t size; /* entries that are there */
};
#define BROWSE_LOGS_MAX (JOURNAL_LOG_MAX + 1)
/* The logs of this office, in order; texts in tx_arena. */
MUST_USE enum rc browse_logs(struct tx *tx, struct browse_log ret[BROWSE_LOGS_MAX], size_t *ret_n, struct err *err);

#define BROWSE_ANY_TIME INT64_MAX
struct browse_ask {
	int log_id;
	int64_t before;            /* entries below this place; < 0: from the newest */
	struct str act, outcome;   /* words of the line; "" whichever */
	int64_t instansi_id, user; /* 0: whichever; instansi_id -1: entries of no instansi */
	int64_t from_us, until_us; /* [from, until); 0 and BROWSE_ANY_TIME: no bound */
	int64_t most;              /* <= BROWSE_PAGE_MAX */
};
#define BROWSE_PAGE_MAX 100
#define BROWSE_LOOKED_MAX 65536
struct browse_row {
	int64_t place;
	struct str text;  /* the canonical line */
	struct line line; /* views into it */
	bool unfit;       /* it cannot be read; `line` is empty */
};
struct browse {
	struct browse_row *at;
	size_t n;
	int64_t next;       /* `before` of what comes behind; -1: the beginning of the log was reached */
	bool stopped;       /* BROWSE_LOOKED_MAX were looked at before the page was full */
	int64_t reached_us; /* with stopped: when the entries were written where it stopped; 0 not known */
	int64_t size;
	int64_t archived; /* places below are archived (archive.h), and are not shown */
};
/* In `arena`. A period is found by halving: the clock may have stepped back by BROWSE_SLACK_US
 * in all without an entry being missed. RC_ABSENT: no such log. RC_INVALID: most. */
#define BROWSE_SLACK_US US_PER_DAY
MUST_USE enum rc browse_read(struct store *office, const struct browse_ask *ask, struct arena *arena, struct browse *ret,
                             struct err *err);

/* One entry. */
struct browse_entry {
	struct browse_row row;
	struct str leaf; /* 32 bytes, as stored */
};
/* Texts in tx_arena. RC_ABSENT. */
MUST_USE enum rc browse_entry(struct tx *tx, int log_id, int64_t place, struct browse_entry *ret, struct err *err);

struct browse_checkpoint {
	int64_t size, signed_us; /* size -1: there is none */
};
/* The newest kept ones below a size (< 0: all), at most `most` <= BROWSE_PAGE_MAX, the newest first. */
MUST_USE enum rc browse_checkpoints(struct tx *tx, int log_id, int64_t below, int64_t most, struct browse_checkpoint *ret,
                                    size_t *ret_n, struct err *err);
/* The first one that covers a place; size -1: none does yet. */
MUST_USE enum rc browse_covered(struct tx *tx, int log_id, int64_t place, struct browse_checkpoint *ret, struct err *err);

/* A session begins to read on a day: *ret_first says whether it did not before. */
MUST_USE enum rc browse_begin(struct tx *tx, int64_t session, struct day today, bool *ret_first, struct err *err);
