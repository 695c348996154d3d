/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_rhythm.c - the clues GUARD_PACE and GUARD_RHYTHM: the gaps between the
 * inquiries of one user id.
 *
 * Sixteen digits take a practised hand about two seconds, pasting one. A short gap now
 * and then is a double click or two tabs; ten in a row are a program. People are
 * uneven: their gaps spread by a fifth of the mean or more, so one within a fiftieth of
 * it says machine and one off by a sixth says person. A clock that steps back gives
 * no gap. */
#include "policy/guard_inside.h"

struct tier {
	int64_t below;
	int32_t gain;
};

static int32_t tier_gain(const struct tier *tiers, size_t n, int64_t value)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (value < tiers[i].below)
			return tiers[i].gain;
	return tiers[n - 1].gain;
}

static int32_t pace_gain(int64_t gap_us)
{
	static const struct tier tiers[] = {
		{600000, 3000}, {1000000, 2200}, {1300000, 1000}, {1600000, 300}, {2200000, -400}, {4000000, -1500}, {0, -4000},
	};
	return tier_gain(tiers, LEN(tiers), gap_us);
}

/* Clocks that count whole seconds make a quick person look even. */
static int32_t whole_seconds(int64_t gap_us, int64_t off_us, int32_t gain)
{
	if (off_us != 0 || gap_us % US_PER_S != 0 || gap_us >= 10 * US_PER_S)
		return gain;
	return gap_us < 4 * US_PER_S ? 700 : 1000;
}

static int32_t rhythm_gain(int64_t gap_us, int64_t mean_us)
{
	static const struct tier permille[] = {{20, 1800}, {80, 200}, {160, -800}, {0, -2800}};
	int64_t off = gap_us > mean_us ? gap_us - mean_us : mean_us - gap_us;
	return whole_seconds(gap_us, off, tier_gain(permille, LEN(permille), off * 1000 / mean_us));
}

static void count(uint16_t *run, int32_t gain)
{
	*run = gain <= 0 ? 0 : *run < UINT16_MAX ? (uint16_t)(*run + 1) : *run;
}

void guard_rhythm_look(struct guard_state *state, int64_t time_us, struct guard_gain *gain)
{
	gain->gap_us = -1;
	if (state->last_us > 0 && time_us >= state->last_us)
		gain->gap_us = time_us - state->last_us;
	if (gain->gap_us < 0)
		return;
	gain->at[GUARD_PACE] = pace_gain(gain->gap_us);
	count(&state->fast, gain->at[GUARD_PACE]);
	if (gain->gap_us > GUARD_GAP_MAX_US || gain->gap_us == 0) {
		state->gap_us = 0;
		state->even = 0;
		gain->at[GUARD_RHYTHM] = gain->gap_us ? -2800 : 0;
		return;
	}
	if (state->gap_us > 0) {
		gain->at[GUARD_RHYTHM] = rhythm_gain(gain->gap_us, state->gap_us);
		count(&state->even, gain->at[GUARD_RHYTHM]);
	}
	/* an uneven gap begins a new mean soon: a machine that paused is a machine again */
	state->gap_us = state->even == 0 ? gain->gap_us : state->gap_us + (gain->gap_us - state->gap_us) / 4;
}
