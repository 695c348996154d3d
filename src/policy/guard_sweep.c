/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_sweep.c - the clue GUARD_SWEEP: everything stands still but one part of
 * the date, the sex, or the region.
 *
 * Counts how many of the recent NIKs differ from this one in that part alone. How much
 * that says depends on how often honest lists do it, and they do: newborns of one
 * post share region, year, month and the serial 0001 (a few days alike mean nothing, ten
 * do), sorted lists put years of one birthday together. The same date and serial in
 * another region happens to nobody but a typist who slips. */
#include "policy/guard_inside.h"

#define STRANGER (-300)
#define ALIKE_MAX 9
#define YEAR_LEAST 16

static const int32_t gains[PARTS][ALIKE_MAX + 1] = {
	[PART_SERIAL] = {STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER},
	[PART_YEAR] = {STRANGER, -200, -100, 100, 300, 600, 900, 1200, 1500, 2000},
	[PART_MONTH] = {STRANGER, 0, 1000, 2000, 2500, 2500, 2500, 2500, 2500, 2500},
	[PART_DAY] = {STRANGER, -300, -250, -150, 0, 200, 600, 1300, 1800, 2200},
	[PART_SEX] = {STRANGER, 2500, 2500, 2500, 2500, 2500, 2500, 2500, 2500, 2500},
	[PART_REGION] = {STRANGER, 1500, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000},
	[PART_WHOLE] = {STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER, STRANGER},
};

static int32_t constant_serial(int same)
{
	return same < 3 ? STRANGER : same < 5 ? 800 : 2000;
}

/* One school class comes near; but its children exist. */
bool guard_sweep_is_year(const struct guard_kin *kin)
{
	bool constant = kin->of >= YEAR_LEAST && kin->same_year >= kin->of - 1 - kin->of / 12;
	return constant && kin->missed * 4 >= kin->of;
}

int32_t guard_sweep_gain(const struct guard_kin *kin)
{
	int32_t best = constant_serial(kin->same_serial);
	int32_t year = guard_sweep_is_year(kin) ? 2000 : STRANGER;
	best = year > best ? year : best;
	for (int part = PART_YEAR; part <= PART_REGION; part++) {
		int n = kin->alike[part] < ALIKE_MAX ? kin->alike[part] : ALIKE_MAX;
		if (gains[part][n] > best)
			best = gains[part][n];
	}
	return best;
}
