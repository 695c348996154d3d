/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_spread.c - the clue GUARD_SPREAD: many serials of one region and birth
 * date, in whatever order and however far apart.
 *
 * Serials count up within a region and a date, so a range of them is what somebody asks
 * for who has no list of people. Honest lists hold two (twins), rarely three, of one
 * date and region; the sexes are one, because walking both is walking. The latest
 * GUARD_PLACES pairs are remembered with a bit for each serial (hashed to sixteen, so a
 * person looked up again hours later is not counted twice); one with two serials
 * outlives those with one, so a drip among honest work is not forgotten.
 *
 * Where a birthday was not known, officials wrote 1 January, 1 July or 31 December: those
 * dates are crowded with honest neighbours and count half. */
#include "policy/guard_inside.h"

#define STRANGER (-40)
#define SECOND 100
#define THIRD 2200
#define MORE 3500
#define FULL 6

static uint16_t place_of(uint64_t packed)
{
	uint64_t bits = packed >> 14 & ~(UINT64_C(1) << 16); /* without serial and sex */
	uint64_t h = bits * UINT64_C(0x9e3779b97f4a7c15);
	return (uint16_t)(h >> 48) | 1;
}

static uint16_t bit_of(uint64_t packed)
{
	unsigned serial = (unsigned)guard_field(packed, PART_SERIAL) + 8U * (unsigned)guard_field(packed, PART_SEX);
	return (uint16_t)(1U << (serial ^ serial >> 4 ^ serial >> 8) % 16);
}

static int count(uint16_t serials)
{
	return __builtin_popcount(serials);
}

/* The next slot that holds a pair met only once; after four others, any. */
static size_t make_room(struct guard_state *state)
{
	for (int i = 0; i < 4; i++) {
		size_t at = state->hand;
		state->hand = (uint8_t)((at + 1) % GUARD_PLACES);
		if (count(state->serials[at]) < 2)
			return at;
	}
	size_t at = state->hand;
	state->hand = (uint8_t)((at + 1) % GUARD_PLACES);
	return at;
}

int guard_spread_count(struct guard_state *state, uint64_t packed)
{
	uint16_t place = place_of(packed);
	for (size_t i = 0; i < GUARD_PLACES; i++) {
		if (state->place[i] != place)
			continue;
		uint16_t bit = bit_of(packed);
		bool known = state->serials[i] & bit;
		state->serials[i] |= bit;
		/* all bits are soon set where a range is walked; a known bit says nothing before */
		return known && count(state->serials[i]) < FULL ? 1 : count(state->serials[i]);
	}
	size_t at = make_room(state);
	state->place[at] = place;
	state->serials[at] = bit_of(packed);
	return 1;
}

bool guard_spread_is_crowded(uint64_t packed)
{
	int day = guard_field(packed, PART_DAY), month = guard_field(packed, PART_MONTH);
	return (day == 1 && (month == 1 || month == 7)) || (day == 31 && month == 12);
}

static int32_t gain_of(int serials)
{
	return serials < 2 ? STRANGER : serials == 2 ? SECOND : serials == 3 ? THIRD : MORE;
}

int32_t guard_spread_gain(const struct guard_kin *kin)
{
	int32_t gain = gain_of(kin->serials);
	return kin->crowded && gain > 0 ? gain / 2 : gain;
}
