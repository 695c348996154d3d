/* SPDX-License-Identifier: EUPL-1.2
 * policy/pace.c - see pace.h. Minutes of the clock, not a sliding window: a clock that
 * steps back begins a minute anew, which costs nothing worth guarding. */
#include "policy/pace.h"

#define US_PER_MINUTE (INT64_C(60) * US_PER_S)

int pace_take(struct pace *pace, int64_t instansi_id, int64_t now_us)
{
	struct pace_cell *cell = &pace->cells[(uint64_t)instansi_id % PACE_CELLS];
	int64_t minute = now_us / US_PER_MINUTE;
	if (cell->minute != minute)
		*cell = (struct pace_cell){.minute = minute};
	if (cell->n >= pace->per_minute)
		return (int)(60 - now_us / US_PER_S % 60);
	cell->n++;
	return 0;
}
