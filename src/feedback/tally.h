/* SPDX-License-Identifier: EUPL-1.2
 * feedback/tally.h - by how much the figures of each kejadian change in one call; for the
 * room `feedback` alone. */
#pragma once
#include "feedback/debt.h"
#include "feedback/feedback_inside.h"

struct tally {
	int64_t kejadian_id, instansi_id;
	int64_t answered, state_n[3], unasked; /* changes; state_n by enum debt_state */
};
struct tallies {
	struct tally *at;
	size_t n, now; /* now: where the caller is */
};
/* One for each kejadian of the places (sorted), and their rows held until the transaction
 * ends: from then on nobody else changes the persons of these kejadian. `instansi_of` says
 * whose the i-th one that was sorted is. */
MUST_USE enum rc tallies_hold(struct tallies *tallies, struct tx *tx, const struct person_place *places, size_t n,
                              int64_t (*instansi_of)(const void *arg, size_t at), const void *arg, struct err *err);
/* Callers come in order of kejadian; it is among those held. */
struct tally *tallies_at(struct tallies *tallies, int64_t kejadian_id);
/* One whose data was accessed is now in that state. */
void tally_enter(struct tally *tally, enum debt_state state);
MUST_USE enum rc tallies_write(const struct tallies *tallies, struct tx *tx, struct err *err);
