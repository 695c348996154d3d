/* SPDX-License-Identifier: EUPL-1.2
 * feedback/tally.h - by how much the figures of each kejadian change in one call; for the
 * room `feedback` alone. */
#pragma once
#include "feedback/debt.h"

struct tally {
	int64_t kejadian_id, instansi_id;
	int64_t answered, state_n[3], unasked; /* changes; state_n by enum debt_state */
};
struct tallies {
	struct tally *at;
	size_t n, max;
};
/* At most `max` kejadian. */
MUST_USE enum rc tallies_begin(struct tallies *tallies, struct tx *tx, size_t max, struct err *err);
/* Callers come in order of kejadian. */
struct tally *tallies_at(struct tallies *tallies, int64_t kejadian_id, int64_t instansi_id);
/* One whose data was accessed is now in that state. */
void tally_enter(struct tally *tally, enum debt_state state);
MUST_USE enum rc tallies_write(const struct tallies *tallies, struct tx *tx, struct err *err);
