/* SPDX-License-Identifier: EUPL-1.2
 * journal/lease.h - which process writes which log: a number is a lease with a fence
 * (doc/decision/0042).
 *
 * Several processes may serve one office; each writes the log of its number, and what it has in
 * hand elsewhere (mails, jobs, questions to the system above) carries the number too. So nobody
 * may take a number that another still uses. No wall clock decides: the holder moves `beat`, and
 * whoever wants his number watches it on his own steady clock for as long as the holder promised
 * to be heard from. The holder himself (the same data directory, started again) takes it back at
 * once: of one directory only one process serves (sys/lock.h).
 *
 * A process that slept longer than that still believes that the number is its own. What it
 * believes does not count: each taking raises the fence, journal_open() writes it into the log's
 * head, and journal_append() finds it there under the same lock that keeps the log from forking. */
#pragma once
#include "journal/journal.h"

#define LEASE_HOLDER 16
#define LEASE_HOST_MAX 64
#define LEASE_ANY (-1)
#define LEASES_MAX (JOURNAL_LOG_MAX + 1)

struct lease_who {
	unsigned char holder[LEASE_HOLDER]; /* of one data directory; not all zero */
	char host[LEASE_HOST_MAX + 1];      /* for people */
	int silence_s;                      /* so long he may be unheard of; > 0 */
};
struct lease {
	int log_id;
	int64_t fence; /* > 0; 0: none is held */
};

/* Somebody who wants a number, and what he has seen so far. All zero but the first two when he
 * begins. */
struct lease_bid {
	struct lease_who who;
	int wanted; /* 0..JOURNAL_LOG_MAX; LEASE_ANY: the one he held, or the lowest nobody holds */
	struct lease_sight {
		bool seen, moved;
		int64_t fence, beat, since_us;
	} sights[LEASES_MAX];
};
/* Look once, and take it where that is allowed.
 * RC_OK       taken, durable; any other number of this holder is nobody's now
 * RC_ABSENT   held by others who may be dead: look again in a while
 * RC_LIMIT    held by somebody who lives; or all numbers are
 * RC_BROKEN   the store failed */
MUST_USE enum rc lease_try(struct store *office, struct lease_bid *bid, int64_t steady_us, struct lease *ret, struct err *err);

/* A sign of life, in the caller's transaction.
 * RC_REFUSED: the number is another's by now; journal_is_lost() says so from then on. */
MUST_USE enum rc lease_beat(struct journal *journal, struct tx *tx, const struct lease *lease, const struct lease_who *who,
                            struct err *err);
/* Nobody's from now on, in a transaction of its own; nothing happens when it is not his. */
MUST_USE enum rc lease_release(struct store *office, const struct lease *lease, const struct lease_who *who, struct err *err);

/* As they stand, by number. */
struct lease_row {
	int log_id, silence_s;
	int64_t fence, beat;
	bool held;
	unsigned char holder[LEASE_HOLDER];
	char host[LEASE_HOST_MAX + 1];
};
MUST_USE enum rc lease_all(struct store *office, struct lease_row ret[LEASES_MAX], size_t *ret_n, struct err *err);
/* Take a number from its holder, whose log takes nothing more of him. The caller has seen that he
 * is silent. RC_CONFLICT: it is not as `row` says any more. */
MUST_USE enum rc lease_take_away(struct tx *tx, const struct lease_row *row, struct err *err);
