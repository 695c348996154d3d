/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_inside.h - what the parts of the guard tell each other; for
 * src/policy/guard*.c alone.
 *
 * A NIK is packed into 51 bits, a field for each of its parts, so that "differs in one
 * part alone" is an exclusive-or and a mask. */
#pragma once
#include "policy/guard.h"

enum guard_part { PART_SERIAL, PART_YEAR, PART_MONTH, PART_DAY, PART_SEX, PART_REGION, PART_WHOLE, PARTS };

#define GUARD_GAP_MAX_US (120 * US_PER_S) /* beyond it, rhythm means nothing */

/* struct guard_state.flags */
#define GUARD_FLAG_MISSED 1 /* the latest inquiry came to 13 or 15 */
#define GUARD_FLAG_WORSE 2  /* the latest outcome raised GUARD_SHARE */
#define GUARD_FLAGS 3
/* In a packed NIK: it came to 13. */
#define PACKED_MISSED (UINT64_C(1) << 51)
#define PACKED_TOLD (UINT64_C(1) << 52) /* its outcome was learnt from */
#define PACKED_BITS 53
#define PACKED_NIK (PACKED_MISSED - 1)

/* What the recent NIKs are to the one at hand. */
struct guard_kin {
	int alike[PARTS]; /* how many differ in this part alone; a serial or day may differ in sex too */
	int same_serial;  /* how many have its serial, when it is not a common one */
	int same_year;    /* how many have its region, year and serial */
	int missed, of;   /* how many came to 13, not counting corrected slips; of how many */
	enum guard_part part;
	int step, length; /* the longest walk it goes on with; length 0: none */
	int serials;      /* of its region and date, itself included */
	bool crowded;     /* one of the dates that stand for an unknown birthday */
	bool retry;       /* a correction of the one before */
};
/* What an inquiry adds to the scores, and the numbers behind it. */
struct guard_gain {
	int32_t at[GUARD_CLUES];
	struct guard_kin kin;
	int64_t gap_us; /* -1: unknown */
};

uint64_t guard_pack(struct nik nik);
int64_t guard_unpack(uint64_t packed);
int guard_field(uint64_t packed, enum guard_part part);
/* The i-th latest, from 0; below state->filled. */
size_t guard_at(const struct guard_state *state, size_t i);
bool guard_knows(const struct guard_state *state, uint64_t packed);
/* One digit differs, or two neighbours changed places. */
bool guard_is_slip(int64_t a, int64_t b);
void guard_kin_find(const struct guard_state *state, uint64_t packed, struct guard_kin *ret);
void guard_remember(struct guard_state *state, uint64_t packed, const struct guard_kin *kin);

/* guard_spread.c: count the serial in; how many of its region and date there are now. */
int guard_spread_count(struct guard_state *state, uint64_t packed);
bool guard_spread_is_crowded(uint64_t packed);
int32_t guard_spread_gain(const struct guard_kin *kin);
int32_t guard_walk_gain(const struct guard_kin *kin);
/* Nothing but day and month changes in nearly all recent NIKs, and many do not exist. */
bool guard_sweep_is_year(const struct guard_kin *kin);
int32_t guard_sweep_gain(const struct guard_kin *kin);
/* guard_rhythm.c: fills gain->at[GUARD_PACE], [GUARD_RHYTHM], gap_us. */
void guard_rhythm_look(struct guard_state *state, int64_t time_us, struct guard_gain *gain);
/* guard_share.c */
void guard_share_learn(struct guard_state *state, const struct guard_ask *ask, enum outcome outcome,
                       const struct guard_thresholds *terms);

void guard_add(struct guard_state *state, enum guard_clue clue, int32_t gain);
enum guard_reason guard_reason_of(enum guard_clue clue, const struct guard_kin *kin);
/* guard_words.c: the evidence for a clue. */
void guard_words(const struct guard_state *state, enum guard_clue clue, const struct guard_gain *gain, char *out, size_t max);
