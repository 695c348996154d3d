/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_world.h - an imagined population for the simulator, and chance.
 *
 * Who exists is a function of the seed, so that millions of people need no memory. In
 * each region and on each birth date so many boys and so many girls were registered,
 * and their serials count up from 0001: real-shaped NIKs, which is why nothing of this
 * may leave a simulation. Where the day of birth was not known, an official wrote
 * 1 January, 1 July or 31 December; those dates are crowded. */
#pragma once
#include "base/base.h"

struct world {
	uint64_t seed;
	uint64_t at; /* of chance */
};

struct world world_of(uint64_t seed, uint64_t stream);
uint64_t world_next(struct world *w);
int world_below(struct world *w, int n); /* 0 to n - 1 */
int world_between(struct world *w, int first, int last);
bool world_permille(struct world *w, int n);
/* Log-normal around `median` with that sigma (in hundredths), never below `least`. */
int64_t world_delay_us(struct world *w, int64_t median_us, int sigma, int64_t least_us);

int world_region(struct world *w); /* a kecamatan of 33.04 */
struct nik world_nik(int region, int ddmmyy, int serial);
/* ddmmyy of somebody born so many years ago, day + 40 for women. */
int world_date(struct world *w, int age_min, int age_max);
/* How many were registered there with that date. */
int world_registered(const struct world *w, int region, int ddmmyy);
/* Somebody who exists. */
struct nik world_person(struct world *w, int region, int age_min, int age_max);
/* 15 for what is no NIK, 13 for nobody, else mostly 01. */
enum outcome world_ask(const struct world *w, int64_t n);
