/* SPDX-License-Identifier: EUPL-1.2
 * registry/household.h - who lives together: ages, names, occupations, address. No
 * numbers: those are the population's affair (registry/population.h). */
#pragma once
#include "registry/chance.h"
#include "registry/person.h"

#define HOUSEHOLD_MAX 6
#define POPULATION_LAST_DAY 20453 /* 2025-12-31: nobody is born later */
#define POPULATION_FIRST_DAY (-14610) /* 1930-01-01: nobody earlier, so two digits tell the year */

struct household {
	size_t n;
	struct person person[HOUSEHOLD_MAX];
	char name[HOUSEHOLD_MAX][RESIDENT_NAME_MAX];
	char address[RESIDENT_ADDRESS_MAX];
};

/* Fill name, sex, birth, job, status, address, rt and rw of each. */
void household_make(struct household *h, struct chance *chance);
