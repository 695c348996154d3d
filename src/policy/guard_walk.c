/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_walk.c - the clue GUARD_WALK: one part moves, again and again, by the
 * same step.
 *
 * Two neighbours mean nothing: twins have them, and so have the lists of a place with
 * many twins. A third by the same step is rare in honest lists (once in some hundred
 * inquiries where children of one year are looked up, else much rarer), and certain in
 * a walk. Years count less: lists sorted by NIK put years of one birthday side by
 * side. Honest inquiries in between take away little, or mixing them in would hide a
 * walk. */
#include "policy/guard_inside.h"

#define STRANGER (-100)

static const struct {
	int32_t third, more;
} gains[PARTS] = {
	[PART_SERIAL] = {3500, 4500}, [PART_YEAR] = {1000, 3500},   [PART_MONTH] = {2500, 4000}, [PART_DAY] = {2500, 4000},
	[PART_SEX] = {0, 0},          [PART_REGION] = {4000, 4500}, [PART_WHOLE] = {1500, 4500},
};

int32_t guard_walk_gain(const struct guard_kin *kin)
{
	if (kin->length < 3)
		return STRANGER;
	return kin->length == 3 ? gains[kin->part].third : gains[kin->part].more;
}
