/* SPDX-License-Identifier: EUPL-1.2
 * report/run_hold.h - a run in somebody's hand: claimed, begun, written down, let go. For this
 * room alone; each is one short piece of a writing transaction.
 *
 * Whoever claims a run holds it for RUN_LEASE_US, longer each time he writes down how far he
 * came; who died loses it. `tries` tells two holders apart: the one who lost it changes nothing
 * any more (RC_CONFLICT). A clock that stepped back delays a run by some minutes at most. */
#pragma once
#include "journal/replay.h"
#include "report/run.h"

#define RUN_LEASE_US (60 * US_PER_S)
#define RUN_FAILS_MAX 8 /* tries in a row that failed without getting further; then it is given up, visibly */

struct run_hold {
	int64_t run_id, tries, fails;
};
/* Is there one to be taken? RC_ABSENT: no. */
MUST_USE enum rc run_hold_look(struct tx *tx, int64_t now_us, struct run_hold *ret, struct err *err);
/* RC_CONFLICT: somebody was quicker. */
MUST_USE enum rc run_hold_claim(struct tx *tx, int64_t node, struct run_hold *hold, int64_t now_us, struct err *err);
/* What was claimed for the first time gets its checkpoints. RC_REFUSED: the journal is not
 * whole; nothing was written, run_hold_end() may be told why. */
MUST_USE enum rc run_hold_begin(struct tx *tx, struct journal *journal, const struct run_hold *hold, int64_t now_us,
                                struct err *err);

/* One log of a run: what it rests on, and how far it was read. */
struct run_log {
	struct pin pin;
	struct replay_place place;
	int64_t entries; /* of the instansi, in the period */
};
struct run_loaded { /* in tx_arena */
	struct figures_ask ask;
	struct str figures; /* so far; "" nothing yet */
	struct run_log logs[PINS_MAX];
	size_t logs_n;
	int64_t all;
};
MUST_USE enum rc run_hold_load(struct tx *tx, struct run_hold *hold, struct run_loaded *ret, struct err *err);

struct run_progress {
	const struct run_log *logs; /* place, entries and pin.log_id are used */
	size_t logs_n;
	int64_t done;
	struct str figures;
};
MUST_USE enum rc run_hold_save(struct tx *tx, const struct run_hold *hold, const struct run_progress *progress, int64_t now_us,
                               struct err *err);
/* For good: figures, or with `trouble` refused and without any. */
struct run_result {
	struct str figures, trouble; /* one of them; the other absent */
	int64_t done;
};
MUST_USE enum rc run_hold_end(struct tx *tx, const struct run_hold *hold, const struct run_result *result, int64_t now_us,
                              struct err *err);
/* The try failed; it is anybody's again after a while. */
MUST_USE enum rc run_hold_later(struct tx *tx, const struct run_hold *hold, int64_t now_us, struct err *err);
/* What a node had in hand is anybody's at once. */
MUST_USE enum rc run_hold_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err);
