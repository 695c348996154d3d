/* SPDX-License-Identifier: EUPL-1.2
 * registry/chance.h - chance that is the same on every machine: splitmix64 (Steele,
 * Lea, Flood 2014). For synthetic data, never for secrets. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t at;
};

static inline uint64_t chance_next(struct chance *c)
{
	uint64_t z = c->at += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}
/* 0 to n - 1. */
static inline int chance_below(struct chance *c, int n)
{
	return (int)((chance_next(c) >> 32) * (uint64_t)n >> 32);
}
/* From first to last, both possible. */
static inline int chance_between(struct chance *c, int first, int last)
{
	return first + chance_below(c, last - first + 1);
}
/* True so many times in a thousand. */
static inline bool chance_permille(struct chance *c, int n)
{
	return chance_below(c, 1000) < n;
}
/* A stream of its own for the n-th of something. */
static inline struct chance chance_of(uint64_t seed, uint64_t n)
{
	struct chance c = {seed ^ n * UINT64_C(0xd1342543de82ef95)};
	chance_next(&c);
	return c;
}
