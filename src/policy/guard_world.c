/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_world.c - the imagined population of guard_world.h.
 *
 * Numbers behind it: a kecamatan of 20,000 to 70,000 people has 0.3 to 1.2 births a day
 * and sex; so most serials are 0001, and a guessed date holds somebody with serial 0001
 * in a quarter to two thirds of all cases. A tenth of those born before 1980 have one of
 * the three dates of convenience. */
#include <math.h>

#include "policy/guard_world.h"

#define YEAR_NOW 2026

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

struct world world_of(uint64_t seed, uint64_t stream)
{
	return (struct world){mix(seed + 1), mix(mix(seed + 1) + stream)};
}

uint64_t world_next(struct world *w)
{
	return mix(w->at += UINT64_C(0x9e3779b97f4a7c15));
}

int world_below(struct world *w, int n)
{
	return (int)((world_next(w) >> 32) * (uint64_t)n >> 32);
}

int world_between(struct world *w, int first, int last)
{
	return first + world_below(w, last - first + 1);
}

bool world_permille(struct world *w, int n)
{
	return world_below(w, 1000) < n;
}

int64_t world_delay_us(struct world *w, int64_t median_us, int sigma, int64_t least_us)
{
	double normal = -6;
	for (int i = 0; i < 12; i++)
		normal += (double)(world_next(w) >> 11) / 9007199254740992.0;
	int64_t us = (int64_t)((double)median_us * exp(normal * sigma / 100));
	return us < least_us ? least_us : us;
}

int world_region(struct world *w)
{
	return 330401 + world_below(w, 20);
}

struct nik world_nik(int region, int ddmmyy, int serial)
{
	return (struct nik){((int64_t)region * 1000000 + ddmmyy) * 10000 + serial};
}

static bool is_convenient(int ddmmyy)
{
	int day = ddmmyy / 10000 % 40, month = ddmmyy / 100 % 100, year = ddmmyy % 100;
	bool old = year < 80 && year > YEAR_NOW % 100;
	return old && ((day == 1 && (month == 1 || month == 7)) || (day == 31 && month == 12));
}

int world_date(struct world *w, int age_min, int age_max)
{
	static const int convenient[] = {101, 107, 3112};
	int year = YEAR_NOW - world_between(w, age_min, age_max);
	int month = world_between(w, 1, 12), day;
	do
		day = world_between(w, 1, 31);
	while (!ymd_is_valid(year, month, day));
	int ddmm = day * 100 + month;
	if (year < 1980 && world_permille(w, 100))
		ddmm = convenient[world_below(w, 3)];
	return (ddmm + (world_permille(w, 500) ? 4000 : 0)) * 100 + year % 100;
}

/* Poisson from one draw. */
static int poisson(double mean, uint64_t draw)
{
	double u = (double)(draw >> 11) / 9007199254740992.0, p = exp(-mean), sum = p;
	int n = 0;
	while (u > sum && n < 200) {
		n++;
		p *= mean / n;
		sum += p;
	}
	return n;
}

int world_registered(const struct world *w, int region, int ddmmyy)
{
	double births = 0.3 + 0.9 * (double)(mix(w->seed ^ (uint64_t)region) >> 40) / 16777216.0;
	uint64_t draw = mix(w->seed ^ mix((uint64_t)region << 24 ^ (uint64_t)ddmmyy));
	return poisson(is_convenient(ddmmyy) ? births * 25 : births, draw);
}

struct nik world_person(struct world *w, int region, int age_min, int age_max)
{
	for (;;) {
		int date = world_date(w, age_min, age_max);
		int registered = world_registered(w, region, date);
		int serial = world_between(w, 1, is_convenient(date) ? 40 : 6);
		if (serial <= registered)
			return world_nik(region, date, serial);
	}
}

enum outcome world_ask(const struct world *w, int64_t n)
{
	if (nik_check(n) != NIK_FLAW_NONE)
		return OUTCOME_FORMAT;
	int date = (int)(n / 10000 % 1000000);
	if (nik_serial((struct nik){n}) > world_registered(w, nik_region((struct nik){n}), date))
		return OUTCOME_ABSENT;
	unsigned fate = (unsigned)(mix(w->seed ^ (uint64_t)n) % 1000);
	return fate < 20 ? OUTCOME_DECEASED : fate < 25 ? OUTCOME_DOUBLE : fate < 30 ? OUTCOME_NONACTIVE : OUTCOME_DATA;
}
