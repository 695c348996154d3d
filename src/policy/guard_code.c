/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_code.c - a guard state as bytes and back.
 *
 * A version byte, then every field in the order of the struct, little-endian, whatever
 * the machine. A row of the store is not trusted: a value that no state has is refused,
 * and the caller starts afresh rather than reading past an array. */
#include <assert.h>
#include <endian.h>

#include "policy/guard_inside.h"

#define VERSION 1

struct cursor {
	uint8_t *out;
	const uint8_t *in;
	size_t n;
};

/* Twice in every inquiry: whole words, where the width is known when it is compiled. */
static inline void put(struct cursor *c, uint64_t value, size_t bytes)
{
	uint64_t little = htole64(value);
	memcpy(c->out + c->n, &little, bytes);
	c->n += bytes;
}

static inline uint64_t take(struct cursor *c, size_t bytes)
{
	uint64_t little = 0;
	memcpy(&little, c->in + c->n, bytes);
	c->n += bytes;
	return le64toh(little);
}

void guard_encode(const struct guard_state *state, uint8_t out[GUARD_STATE_BYTES])
{
	struct cursor c = {.out = out};
	put(&c, VERSION, 1);
	put(&c, (uint64_t)state->last_us, 8);
	put(&c, (uint64_t)state->gap_us, 8);
	for (int i = 0; i < GUARD_CLUES; i++)
		put(&c, (uint64_t)state->score[i], 4);
	put(&c, (uint64_t)state->lent, 4);
	const uint16_t counts[] = {state->asked, state->missed, state->fast, state->even};
	for (size_t i = 0; i < LEN(counts); i++)
		put(&c, counts[i], 2);
	const uint8_t small[] = {state->next, state->filled,    state->hand, state->retries,
	                         state->held, state->held_clue, state->flags};
	for (size_t i = 0; i < LEN(small); i++)
		put(&c, small[i], 1);
	for (int i = 0; i < GUARD_RECENT; i++) {
		put(&c, state->recent[i], 7);
		put(&c, (uint16_t)state->step[i], 2);
		put(&c, state->part[i], 1);
		put(&c, state->length[i], 1);
	}
	for (int i = 0; i < GUARD_PLACES; i++) {
		put(&c, state->place[i], 2);
		put(&c, state->serials[i], 2);
	}
	assert(c.n == GUARD_STATE_BYTES);
}

static void take_head(struct cursor *c, struct guard_state *s)
{
	s->last_us = (int64_t)take(c, 8);
	s->gap_us = (int64_t)take(c, 8);
	for (int i = 0; i < GUARD_CLUES; i++)
		s->score[i] = (int32_t)(uint32_t)take(c, 4);
	s->lent = (int32_t)(uint32_t)take(c, 4);
	uint16_t *const counts[] = {&s->asked, &s->missed, &s->fast, &s->even};
	for (size_t i = 0; i < LEN(counts); i++)
		*counts[i] = (uint16_t)take(c, 2);
	uint8_t *const small[] = {&s->next, &s->filled, &s->hand, &s->retries, &s->held, &s->held_clue, &s->flags};
	for (size_t i = 0; i < LEN(small); i++)
		*small[i] = (uint8_t)take(c, 1);
}

static bool head_is_sane(const struct guard_state *s)
{
	for (int i = 0; i < GUARD_CLUES; i++)
		if (s->score[i] < 0 || s->score[i] > GUARD_SCORE_MAX)
			return false;
	return s->lent >= 0 && s->lent <= GUARD_SCORE_MAX && s->gap_us >= 0 && s->gap_us <= GUARD_GAP_MAX_US &&
	       s->missed <= s->asked && s->next < GUARD_RECENT && s->filled <= GUARD_RECENT &&
	       (s->filled == GUARD_RECENT || s->next == s->filled) && s->hand < GUARD_PLACES && s->held <= GUARD_BERDEKATAN &&
	       s->held_clue < GUARD_CLUES && s->flags <= GUARD_FLAGS;
}

/* What the ring says of a NIK must be one that nik_check() lets pass. */
static bool take_recent(struct cursor *c, struct guard_state *s)
{
	for (int i = 0; i < GUARD_RECENT; i++) {
		s->recent[i] = take(c, 7);
		s->step[i] = (int16_t)(uint16_t)take(c, 2);
		s->part[i] = (uint8_t)take(c, 1);
		s->length[i] = (uint8_t)take(c, 1);
		bool used = i < s->filled;
		if (s->part[i] > PARTS || s->recent[i] >> PACKED_BITS)
			return false;
		if (used && nik_check(guard_unpack(s->recent[i])) != NIK_FLAW_NONE)
			return false;
	}
	return true;
}

enum rc guard_decode(const uint8_t *at, size_t n, struct guard_state *ret)
{
	struct cursor c = {.in = at};
	struct guard_state s = {0};
	*ret = s;
	if (n != GUARD_STATE_BYTES || take(&c, 1) != VERSION)
		return RC_INVALID;
	take_head(&c, &s);
	if (!head_is_sane(&s) || !take_recent(&c, &s))
		return RC_INVALID;
	for (int i = 0; i < GUARD_PLACES; i++) {
		s.place[i] = (uint16_t)take(&c, 2);
		s.serials[i] = (uint16_t)take(&c, 2);
	}
	*ret = s;
	return RC_OK;
}
