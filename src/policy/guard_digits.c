/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_digits.c - the structure of an identifier, and what it has in common
 * with those before it.
 *
 * Every remembered NIK is compared with the one at hand, so patterns that take turns
 * are seen as if each stood alone, as long as a pattern comes back within GUARD_RECENT
 * inquiries. A walk is a chain: each remembered NIK knows which part moved, by how
 * much, and for how long; the one at hand goes on with the longest. */
#include "policy/guard_inside.h"

static const struct {
	int shift, bits;
} fields[] = {
	[PART_SERIAL] = {0, 14}, [PART_YEAR] = {14, 7}, [PART_MONTH] = {21, 4},
	[PART_DAY] = {25, 5},    [PART_SEX] = {30, 1},  [PART_REGION] = {31, 20},
};
#define FIELD_MASK(shift, bits) (((UINT64_C(1) << (bits)) - 1) << (shift))
#define SEX_MASK FIELD_MASK(30, 1)
static const uint64_t masks[] = {
	[PART_SERIAL] = FIELD_MASK(0, 14), [PART_YEAR] = FIELD_MASK(14, 7), [PART_MONTH] = FIELD_MASK(21, 4),
	[PART_DAY] = FIELD_MASK(25, 5),    [PART_SEX] = SEX_MASK,           [PART_REGION] = FIELD_MASK(31, 20),
};
#define SERIAL_COMMON 20 /* up to here, one serial over and over is custom, not choice */
#define RETRIES 3 /* how far back a correction reaches */
#define STRIDES 4        /* patterns taking turns that are still seen when whole NIKs walk */

uint64_t guard_pack(struct nik nik)
{
	uint64_t n = (uint64_t)nik.n;
	uint64_t serial = n % 10000, year = n / 10000 % 100, month = n / 1000000 % 100;
	uint64_t day = n / 100000000 % 100, region = n / UINT64_C(10000000000);
	uint64_t sex = day > 40;
	return serial | year << 14 | month << 21 | (day - 40 * sex) << 25 | sex << 30 | region << 31;
}

int guard_field(uint64_t packed, enum guard_part part)
{
	return (int)((packed & masks[part]) >> fields[part].shift);
}

int64_t guard_unpack(uint64_t packed)
{
	int64_t day = guard_field(packed, PART_DAY) + 40 * guard_field(packed, PART_SEX);
	int64_t n = guard_field(packed, PART_REGION);
	n = n * 100 + day;
	n = n * 100 + guard_field(packed, PART_MONTH);
	n = n * 100 + guard_field(packed, PART_YEAR);
	return n * 10000 + guard_field(packed, PART_SERIAL);
}

size_t guard_at(const struct guard_state *state, size_t i)
{
	return (state->next + GUARD_RECENT - 1 - i) % GUARD_RECENT;
}

bool guard_knows(const struct guard_state *state, uint64_t packed)
{
	for (size_t i = 0; i < state->filled; i++)
		if (((state->recent[i] ^ packed) & PACKED_NIK) == 0)
			return true;
	return false;
}

bool guard_is_slip(int64_t a, int64_t b)
{
	int differ = 0, last = -2;
	int swapped = 0;
	for (int i = 0; i < 16 && differ < 3; i++, a /= 10, b /= 10) {
		if (a % 10 == b % 10)
			continue;
		/* both digits at once: the neighbour above must be the mirror */
		if (differ == 0 && a % 10 == b / 10 % 10 && b % 10 == a / 10 % 10)
			swapped = 1;
		if (differ == 1 && last != i - 1)
			swapped = 0;
		last = i;
		differ++;
	}
	return differ == 1 || (differ == 2 && swapped);
}

/* The only part in which two packed NIKs differ; PARTS when there are more. */
static enum guard_part only_part(uint64_t x)
{
	for (int part = PART_SERIAL; part <= PART_REGION; part++)
		if ((x & ~masks[part]) == 0)
			return (enum guard_part)part;
	return PARTS;
}

static int step_between(uint64_t from, uint64_t to, enum guard_part part)
{
	int step = guard_field(to, part) - guard_field(from, part);
	return step > INT16_MAX ? INT16_MAX : step < INT16_MIN ? INT16_MIN : step;
}

static void go_on(const struct guard_state *state, size_t at, uint64_t packed, enum guard_part part, struct guard_kin *kin)
{
	int step = step_between(state->recent[at], packed, part);
	bool same = state->part[at] == part && state->step[at] == step && state->length[at] > 1;
	int length = same ? state->length[at] + 1 : 2;
	if (length > kin->length) {
		kin->part = part;
		kin->step = step;
		kin->length = length;
	}
}

/* n, n + d, n + 2d ... with anything for d, alone or taking turns. */
static void stride(const struct guard_state *state, uint64_t packed, struct guard_kin *kin)
{
	int64_t n = guard_unpack(packed);
	for (size_t lag = 1; lag <= STRIDES && 2 * lag <= state->filled; lag++) {
		size_t at = guard_at(state, lag - 1);
		int64_t middle = guard_unpack(state->recent[at]);
		if (n - middle != middle - guard_unpack(state->recent[guard_at(state, 2 * lag - 1)]))
			continue;
		kin->length = state->part[at] == PART_WHOLE ? state->length[at] + 1 : 3;
		kin->part = PART_WHOLE;
		kin->step = 0;
		return;
	}
}

static void compare(const struct guard_state *state, size_t at, uint64_t packed, struct guard_kin *kin)
{
	uint64_t x = (state->recent[at] ^ packed) & PACKED_NIK;
	kin->same_serial += (x & masks[PART_SERIAL]) == 0 && guard_field(packed, PART_SERIAL) > SERIAL_COMMON;
	kin->same_year += (x & ~(masks[PART_DAY] | masks[PART_MONTH] | SEX_MASK)) == 0;
	enum guard_part part = only_part(x);
	enum guard_part but_sex = part == PARTS ? only_part(x & ~SEX_MASK) : part;
	if (part == PARTS && but_sex != PART_SERIAL && but_sex != PART_DAY)
		return;
	kin->alike[but_sex]++;
	if (part != PARTS && part != PART_SEX)
		go_on(state, at, packed, part, kin);
}

/* Somebody who slipped tries again, perhaps to slip elsewhere. */
static bool is_retry(const struct guard_state *state, uint64_t packed)
{
	for (size_t i = 0; i < RETRIES && i < state->filled; i++) {
		uint64_t other = state->recent[guard_at(state, i)];
		if (i > 0 && !(other & PACKED_MISSED))
			continue;
		if (only_part((other ^ packed) & PACKED_NIK) != PARTS || guard_is_slip(guard_unpack(other), guard_unpack(packed)))
			return true;
	}
	return false;
}

void guard_kin_find(const struct guard_state *state, uint64_t packed, struct guard_kin *ret)
{
	*ret = (struct guard_kin){.part = PARTS};
	for (size_t i = 0; i < state->filled; i++)
		compare(state, guard_at(state, i), packed, ret);
	for (size_t i = 0; i < state->filled; i++)
		ret->missed += (state->recent[i] & PACKED_MISSED) != 0;
	ret->of = state->filled;
	if (ret->length < 3)
		stride(state, packed, ret);
	ret->retry = (state->flags & GUARD_FLAG_MISSED) && is_retry(state, packed);
}

void guard_remember(struct guard_state *state, uint64_t packed, const struct guard_kin *kin)
{
	size_t at = state->next;
	state->recent[at] = packed;
	state->part[at] = (uint8_t)kin->part;
	state->step[at] = (int16_t)kin->step;
	state->length[at] = (uint8_t)(kin->length > UINT8_MAX ? UINT8_MAX : kin->length);
	state->next = (uint8_t)((at + 1) % GUARD_RECENT);
	if (state->filled < GUARD_RECENT)
		state->filled++;
}
