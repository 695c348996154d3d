/* SPDX-License-Identifier: EUPL-1.2
 * journal/check.h - checks of whole logs that were asked for: who asked, how far it came, what was
 * found. verify.h does the checking; jobs/verifier.h is the thread that does it in the background.
 *
 * A check that found a log not whole stands until a later one of the same log finds it whole:
 * check_alarm(). */
#pragma once
#include "journal/verify.h"

struct tx;

enum check_state { CHECK_WAITING, CHECK_RUNNING, CHECK_WHOLE, CHECK_BROKEN, CHECK_FAILED, CHECK_STATE_COUNT };
struct check_state_row {
	enum check_state state;
	const char *key, *label;
};
const struct check_state_row *check_state_at(size_t i);

struct check {
	int64_t check_id;
	int log_id;
	enum check_state state;
	int64_t asked_us;
	struct str asked_by;
	int64_t done, all;                                  /* entries looked at, of all; all is 0 before it began */
	int64_t finished_us;                                /* 0: not yet */
	int64_t entries, checkpoints, signed_size, bad_seq; /* as verify_result */
	struct str root;                                    /* 32 bytes; "" before */
	struct str reason;                                  /* CHECK_BROKEN, CHECK_FAILED: a sentence */
};
/* Ask for one. RC_CONFLICT: one of that log waits or runs already, and nothing was asked.
 * Finished ones before the twenty newest are forgotten. */
MUST_USE enum rc check_ask(struct tx *tx, int log_id, struct str by, int64_t now_us, struct err *err);
#define CHECK_RECENT_MAX 20
/* The newest first; texts in tx_arena. */
MUST_USE enum rc check_recent(struct tx *tx, int log_id, struct check ret[CHECK_RECENT_MAX], size_t *ret_n, struct err *err);

struct check_alarm {
	int log_id;
	int64_t found_us;
	struct str reason;
};
#define CHECK_ALARMS_MAX 64
/* Logs whose newest verdict is that they are not whole; texts in tx_arena. */
MUST_USE enum rc check_alarm(struct tx *tx, struct check_alarm ret[CHECK_ALARMS_MAX], size_t *ret_n, struct err *err);

/* ---- for whoever does them ---- */

#define CHECK_LEASE_US (60 * US_PER_S)
struct check_hand {
	int64_t check_id, node;
	int64_t done, all;
};
/* Is there one that nobody has in hand? RC_ABSENT. */
MUST_USE enum rc check_due(struct tx *tx, int64_t now_us, int64_t *ret_id, int *ret_log, struct err *err);
/* It is this node's until the lease ends. RC_CONFLICT: somebody else's meanwhile. */
MUST_USE enum rc check_take(struct tx *tx, const struct check_hand *hand, int64_t now_us, struct err *err);
/* How far it came; the lease begins anew. RC_CONFLICT: it is not this node's any more. */
MUST_USE enum rc check_progress(struct tx *tx, const struct check_hand *hand, int64_t now_us, struct err *err);
/* `state` is one of the last three. */
struct check_verdict {
	enum check_state state;
	struct verify_result result;
};
MUST_USE enum rc check_finish(struct tx *tx, int64_t check_id, const struct check_verdict *verdict, int64_t now_us,
                              struct err *err);
/* Whatever this node had in hand waits again. */
MUST_USE enum rc check_release(struct tx *tx, int64_t node, struct err *err);
