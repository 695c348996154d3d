/* SPDX-License-Identifier: EUPL-1.2
 * policy/hold.h - holds of the pattern guard (J.II.E1), as people deal with them.
 *
 * A hold is made by the tray that trips it (policy/watch.h) and stays until the provider
 * decides. The head may justify meanwhile. Released: what the user id did counts no more
 * and its next inquiry works. Confirmed: it stays held for good; the user id is to be
 * closed. A decision is made once: the row is locked, who comes second is told.
 * Evidence names no NIK. Texts are in tx_arena. */
#pragma once
#include "base/base.h"

struct tx;

enum hold_state { HOLD_OPEN, HOLD_RELEASED, HOLD_CONFIRMED };
struct hold_state_row {
	enum hold_state state;
	const char *key, *label;
};
const struct hold_state_row *hold_state_at(size_t i); /* NULL past the end */

struct hold {
	int64_t hold_id, instansi_id, user;
	struct str user_id;
	enum hold_state state;
	struct str reason, clue; /* guard_reason_name, guard_clue_name */
	bool across;             /* seen across the user ids of the instansi */
	struct str evidence;
	int64_t seq, held_us;    /* journal number of the inquiry that tripped it */
	struct str plea, plea_by;
	int64_t plea_us;         /* 0: the head has not written */
	int64_t first_user;      /* of two persons who release */
	struct str first_by;
	int64_t first_us;        /* 0: nobody yet */
	struct str first_note;
	struct str decided_by;
	int64_t decided_us;      /* 0: open */
	struct str note;         /* of who decided */
};

/* Who acts: a user id, or the command line (user 0). */
struct hold_actor {
	int64_t user;
	struct str name;
};
#define HOLD_TEXT_MAX 1000 /* characters of a justification or a note */
#define HOLD_OPEN_MAX 200
#define HOLD_PAGE_MAX 50

/* A new one; hold_id, state and what people add are set here. */
MUST_USE enum rc hold_open(struct tx *tx, const struct hold *hold, int64_t *ret, struct err *err);
/* instansi_id < 0: of any. RC_ABSENT: none, or another's. */
MUST_USE enum rc hold_get(struct tx *tx, int64_t hold_id, int64_t instansi_id, struct hold *ret, struct err *err);
/* Open ones, newest first, at most HOLD_OPEN_MAX. */
MUST_USE enum rc hold_list_open(struct tx *tx, int64_t instansi_id, struct hold **ret, size_t *ret_n, struct err *err);
/* Decided ones, newest first, at most `most` (HOLD_PAGE_MAX) older than `before` (0: the newest). */
MUST_USE enum rc hold_list_past(struct tx *tx, int64_t instansi_id, int64_t before, int most, struct hold **ret, size_t *ret_n,
                                struct err *err);
MUST_USE enum rc hold_count_open(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);
MUST_USE enum rc hold_count_past(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);

/* Is it a text as a person may write it there? Not empty, HOLD_TEXT_MAX characters, no
 * row of digits that could be a NIK. RC_INVALID says why. */
MUST_USE enum rc hold_text_check(struct str text, struct err *err);
/* The head's words; written again, the last stand. RC_INVALID as above, RC_ABSENT,
 * RC_CONFLICT: decided already. */
MUST_USE enum rc hold_plead(struct tx *tx, int64_t hold_id, int64_t instansi_id, struct hold_actor by, struct str text,
                            int64_t now_us, struct err *err);

struct hold_decision {
	enum hold_state state; /* HOLD_RELEASED or HOLD_CONFIRMED */
	struct hold_actor by;
	struct str note;
	bool two_persons;      /* a release needs two of them */
};
/* *ret is the state afterwards: HOLD_OPEN when this was the first of two.
 * RC_INVALID: the note. RC_ABSENT. RC_REFUSED: the second person is the first one.
 * RC_CONFLICT: somebody decided before; err->what says who and when. */
MUST_USE enum rc hold_decide(struct tx *tx, int64_t hold_id, const struct hold_decision *decision, int64_t now_us,
                             enum hold_state *ret, struct err *err);
