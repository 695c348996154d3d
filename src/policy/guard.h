/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard.h - the pattern guard: tells enumeration from disaster (J.II.E1).
 *
 * The guideline forbids entries that are sequential (berurutan), patterned (berpola)
 * or close together in time (berdekatan). The guard reads the structure of the
 * identifier, the outcomes and the clock. Each clue is a cumulative sum of log
 * likelihood ratios: what an attack would show more often adds to it, what honest
 * work would show more often takes away, and it never falls below nothing.
 * doc/guard.md says why, and what it cannot see.
 *
 * Pure: no store, no clock, no allocation; bounded work and fixed memory. There is one
 * state for each user id and one for each instansi, of the same shape; whoever keeps
 * them holds both rows while he looks and learns. A state holds recent NIKs: it is
 * stored encrypted and wiped like any answer. */
#pragma once
#include "base/base.h"

enum guard_stage { GUARD_PASS, GUARD_NOTE, GUARD_WARN, GUARD_HOLD };
enum guard_reason { GUARD_REASON_NONE, GUARD_BERURUTAN, GUARD_BERPOLA, GUARD_BERDEKATAN };

/* What the scores are about. */
enum guard_clue {
	GUARD_WALK,   /* one part of the NIK, or the whole of it, moves by the same step */
	GUARD_SPREAD, /* many serials of one region and birth date, in any order */
	GUARD_SWEEP,  /* all stands still but the date, a part of it, the sex or the region */
	GUARD_SHARE,  /* too many 13 and 15 */
	GUARD_PACE,   /* faster than a person can type */
	GUARD_RHYTHM, /* as even as a machine */
	GUARD_CLUES
};

#define GUARD_RECENT 32 /* NIKs remembered */
#define GUARD_PLACES 72 /* region and date pairs remembered beyond those */

/* Zero is a fresh state. Read and written by the guard alone. */
struct guard_state {
	int64_t last_us;               /* of the latest inquiry that counted; 0: none */
	int64_t gap_us;                /* mean of the latest gaps; 0: unknown */
	int32_t score[GUARD_CLUES];    /* thousandths of a nat, 0 to GUARD_SCORE_MAX */
	int32_t lent;                  /* a user id's own part in the scores of its instansi */
	uint16_t asked, missed;        /* since GUARD_SHARE was last at nothing */
	uint16_t fast, even;           /* inquiries in a row */
	uint8_t next, filled;          /* of the ring `recent` */
	uint8_t hand;                  /* of `place` */
	uint8_t retries;               /* corrections in a row */
	uint8_t held, held_clue;       /* enum guard_reason of a hold; GUARD_REASON_NONE: not held */
	uint8_t flags;                 /* what the latest outcome did, guard_inside.h */
	uint64_t recent[GUARD_RECENT]; /* packed NIKs */
	int16_t step[GUARD_RECENT];    /* of the walk that each belongs to */
	uint8_t part[GUARD_RECENT];
	uint8_t length[GUARD_RECENT];
	uint16_t place[GUARD_PLACES];   /* hash of region and date; 0: free */
	uint16_t serials[GUARD_PLACES]; /* which of them were asked for, hashed to a bit each */
};
#define GUARD_SCORE_MAX 60000

/* Terms of the agreement version. A score of `hold` holds; warn and note are thousandths
 * of it. A score that is 0 here is never held for. */
struct guard_thresholds {
	int32_t hold[GUARD_CLUES];          /* thousandths of a nat, for a user id */
	int32_t hold_instansi[GUARD_CLUES]; /* for the instansi; 0 where it does not look */
	int32_t lent;                       /* a user id with less is not held for what others did */
	int32_t warn, note;
	int32_t example_serial; /* from here on serials are never issued: a 13 tells nobody anything */
};
/* For people at the portal; and for programs after a PoC, where bulk is the purpose. */
extern const struct guard_thresholds guard_portal, guard_service;

struct guard_ask {
	struct nik nik; /* n 0: not in format, the typed text is not looked at */
	int64_t time_us;
};
struct guard_verdict {
	enum guard_stage stage;
	enum guard_reason reason;
	enum guard_clue clue; /* when stage is not pass */
	bool instansi;        /* seen across user ids */
	char evidence[160];   /* Indonesian, with numbers, names no NIK; "" when stage is pass */
};

/* Before the registry is asked. On GUARD_HOLD this inquiry is refused, and so is every
 * later one of the user id until guard_release(). An observing caller releases at once. */
struct guard_verdict guard_look(struct guard_state *user, struct guard_state *instansi, const struct guard_ask *ask,
                                const struct guard_thresholds *terms);
/* What came of an inquiry that was looked at, in any order within a tray. Outcomes that
 * say nothing about the NIK teach nothing. */
void guard_learn(struct guard_state *user, struct guard_state *instansi, const struct guard_ask *ask, enum outcome outcome,
                 const struct guard_thresholds *terms);
/* The provider lets the user id go on: nothing it did counts any more. Its instansi
 * keeps what it saw; a user id that goes on walking is held again soon. */
void guard_release(struct guard_state *user);

const char *guard_stage_name(enum guard_stage stage);    /* "pass" "note" "warn" "hold" */
const char *guard_reason_name(enum guard_reason reason); /* "berurutan" ...; "" for none */
const char *guard_clue_name(enum guard_clue clue);       /* "walk" "spread" ... */

/* The state as bytes: a version, then every field in little-endian order. */
#define GUARD_STATE_BYTES 700
void guard_encode(const struct guard_state *state, uint8_t out[GUARD_STATE_BYTES]);
/* RC_INVALID: another version or length, or a value no state has; *ret is then fresh. */
MUST_USE enum rc guard_decode(const uint8_t *at, size_t n, struct guard_state *ret);
