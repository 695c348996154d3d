/* SPDX-License-Identifier: EUPL-1.2
 * policy/pace.h - how fast the rehearsal of an agency may go.
 *
 * So many requests of an instansi in any minute, counted in memory and by each node for
 * itself: a load test in the sandbox must not crowd out real inquiries, and the exact
 * number matters to nobody. What is over leaves no trace in the store.
 *
 * Bounded: a fixed number of cells; more agencies than that rehearsing at once share. */
#pragma once
#include "base/base.h"

#define PACE_CELLS 256

struct pace_cell {
	int64_t minute;
	int n;
};
struct pace {
	int per_minute; /* 0: nobody may */
	struct pace_cell cells[PACE_CELLS];
};
/* Take one. 0: taken; else this minute's are spent, and the next begins in so many seconds. */
int pace_take(struct pace *pace, int64_t instansi_id, int64_t now_us);
