/* SPDX-License-Identifier: EUPL-1.2
 * web/timeline.h - the life of an agreement as dated steps: versions begin, the
 * provider suspends and resumes, warnings and the day for a renewal come, the last day
 * passes. */
#pragma once
#include "agreement/life.h"
#include "web/stand.h"

struct timeline_step {
	struct day day;
	struct str title, note;
	bool now; /* today itself */
};
#define TIMELINE_MAX 80
struct timeline {
	struct timeline_step at[TIMELINE_MAX];
	size_t n;
};
struct timeline_source {
	const struct stand *stand;
	const struct version *versions; /* latest first */
	size_t versions_n;
	const struct life_step *steps; /* latest first */
	size_t steps_n;
};
/* In order of days. What lies ahead is left out once the agreement is over. */
void timeline_make(struct visit *v, const struct timeline_source *source, struct timeline *ret);
