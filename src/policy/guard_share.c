/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_share.c - the clue GUARD_SHARE: how much of what is asked for does not
 * exist.
 *
 * A sequential test of many misses against few: the sum rises when more
 * than a fifth of what is asked for does not exist. A slip and its correction are
 * not two misses: a miss one digit from the NIK before counts little, and a NIK that is
 * found one digit from a miss gives most of that miss back, once. Asking again for the
 * same NIK tells nothing a second time. Who asks for
 * serials that are never issued learns about nobody (they are for rehearsal): those
 * misses count a ninth. */
#include "policy/guard_inside.h"

#define MISS 1600
#define MISS_FORMAT 1000
#define MISS_SLIP 300
#define MISS_EXAMPLE 180
#define FOUND (-430)
#define CORRECTED (-1400)
#define SPENT 250 /* asking on after the quota is spent */

static size_t find(const struct guard_state *state, uint64_t packed)
{
	for (size_t i = 0; i < state->filled; i++)
		if (((state->recent[guard_at(state, i)] ^ packed) & PACKED_NIK) == 0)
			return i;
	return GUARD_RECENT;
}

/* Whether the inquiry before the i-th latest was a miss one slip away; takes that miss. */
static bool corrects(struct guard_state *state, size_t i, bool take)
{
	if (i + 1 >= state->filled)
		return false;
	uint64_t *before = &state->recent[guard_at(state, i + 1)];
	if (!(*before & PACKED_MISSED) || !guard_is_slip(guard_unpack(*before), guard_unpack(state->recent[guard_at(state, i)])))
		return false;
	if (take)
		*before &= ~PACKED_MISSED;
	return true;
}

static int32_t miss_gain(struct guard_state *state, size_t i, const struct guard_ask *ask, const struct guard_thresholds *terms)
{
	if (nik_serial(ask->nik) >= terms->example_serial)
		return MISS_EXAMPLE;
	if (corrects(state, i, false) && state->retries > 0 && state->retries <= 3)
		return MISS_SLIP;
	return MISS;
}

static void tell(struct guard_state *state, int32_t gain, bool missed)
{
	guard_add(state, GUARD_SHARE, gain);
	if (state->score[GUARD_SHARE] == 0 || state->asked == UINT16_MAX)
		state->asked = state->missed = 0;
	else {
		state->asked++;
		state->missed = (uint16_t)(state->missed + missed);
	}
	state->flags = (uint8_t)((missed ? GUARD_FLAG_MISSED : 0) | (gain > 0 ? GUARD_FLAG_WORSE : 0));
}

static void tell_miss(struct guard_state *state, size_t i, const struct guard_ask *ask, const struct guard_thresholds *terms)
{
	int32_t gain = miss_gain(state, i, ask, terms);
	state->recent[guard_at(state, i)] |= PACKED_MISSED | PACKED_TOLD;
	tell(state, gain, true);
}

static void tell_found(struct guard_state *state, size_t i)
{
	state->recent[guard_at(state, i)] |= PACKED_TOLD;
	tell(state, corrects(state, i, true) ? FOUND + CORRECTED : FOUND, false);
}

void guard_share_learn(struct guard_state *state, const struct guard_ask *ask, enum outcome outcome,
                       const struct guard_thresholds *terms)
{
	if (outcome == OUTCOME_FORMAT) {
		tell(state, MISS_FORMAT, true);
		return;
	}
	size_t i = nik_check(ask->nik.n) == NIK_FLAW_NONE ? find(state, guard_pack(ask->nik)) : GUARD_RECENT;
	if (i == GUARD_RECENT || (state->recent[guard_at(state, i)] & PACKED_TOLD))
		return;
	if (outcome == OUTCOME_QUOTA)
		tell(state, SPENT, false);
	else if (outcome == OUTCOME_ABSENT)
		tell_miss(state, i, ask, terms);
	else if (outcome_get(outcome)->hit)
		tell_found(state, i);
}
