/* SPDX-License-Identifier: EUPL-1.2
 * report/counter.h - does the work of runs, one after the other, in bites.
 *
 * Between two pieces nothing is held but memory: no transaction, no lock. A counter that is
 * closed in the middle leaves the run where it was last written down; another one goes on
 * from there and comes to the same figures. */
#pragma once
#include "report/run.h"

struct journal;

#define COUNTER_BITE_MAX 4096
struct counter_conf {
	struct store *office;    /* for reading */
	struct journal *journal; /* signs the checkpoints */
	int64_t node;            /* whose leases are let go together; COUNTER_ALONE: nobody else's */
	int64_t bite;            /* entries a piece, COUNTER_BITE_MAX at most */
	int64_t save_us;         /* how often it is written down how far it came; 0: after each piece */
	/* A short writing transaction: the tray's, or one of its own. */
	enum rc (*errand)(void *arg, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *run_arg,
	                  struct err *err);
	void *errand_arg;
};
#define COUNTER_ALONE (-2)

enum counter_news { COUNTER_NOTHING, COUNTER_WENT_ON, COUNTER_DONE, COUNTER_REFUSED, COUNTER_FAILED, COUNTER_LOST };
struct counter;
MUST_USE enum rc counter_open(const struct counter_conf *conf, struct counter **ret, struct err *err);
void counter_close(struct counter *counter); /* NULL is allowed; the lease ends by itself */
/* One piece: claim a run if none is in hand, then a bite of it. RC_OK with news:
 *   NOTHING  none waits            WENT_ON  there is more to do
 *   DONE     a run ended           REFUSED  likewise, without figures; err says why
 *   LOST     another one has it now
 *   FAILED   the store failed; it will be tried again, or was given up. err says why
 * RC_BROKEN  the store failed, and not even that could be written down */
MUST_USE enum rc counter_piece(struct counter *counter, enum counter_news *ret, struct err *err);
/* Ask for a run and take it in hand, in one transaction, so that nobody else finds it between: `ask` puts it
 * there and tells which it is. A journal that is not whole ends it at once; counter_run() is 0 then. */
typedef enum rc counter_asking(void *arg, struct tx *tx, int64_t *ret_run_id, struct err *err);
MUST_USE enum rc counter_ask(struct counter *counter, counter_asking *ask, void *arg, int64_t *ret_run_id, struct err *err);
/* Whatever this node had in hand is anybody's again. */
MUST_USE enum rc counter_release(struct counter *counter, struct err *err);
/* The run in hand, 0 none; and how far it is. */
int64_t counter_run(const struct counter *counter);
void counter_progress(const struct counter *counter, int64_t *ret_done, int64_t *ret_all);

/* Count a run that is done once more, from the first entry, against the checkpoints it rests on,
 * and write nothing. *ret is the digest that comes out.
 * RC_ABSENT   there is no such run, or it is not done
 * RC_BROKEN   its figures are not those it ended with, or the store failed
 * RC_REFUSED  the journal does not fit those checkpoints (any more); err says what */
MUST_USE enum rc counter_again(struct counter *counter, int64_t run_id, void (*progress)(void *arg, int64_t done, int64_t all),
                               void *arg, struct run_digest *ret, struct err *err);
