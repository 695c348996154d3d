/* SPDX-License-Identifier: EUPL-1.2
 * feedback/tally.c - see tally.h. */
#include "feedback/tally.h"

#include <assert.h>

#include "feedback/feedback.sql.h"
#include "store/store.h"

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* The arrays of one holding, of length n. */
struct holding {
	struct sql_feedback_tally_hold_in *in;
	struct sql_feedback_tally_hold *rows;
	struct sql_feedback_tally_make_in *make;
	bool *found;
};

/* A kejadian in which nothing ever happened has no row yet. Two nodes may both make it. */
static enum rc make_missing(const struct tallies *tallies, struct tx *tx, struct holding *h, struct err *err)
{
	size_t missing = 0;
	for (size_t i = 0; i < tallies->n; i++)
		if (!h->found[i])
			h->make[missing++] =
				(struct sql_feedback_tally_make_in){tallies->at[i].kejadian_id, tallies->at[i].instansi_id};
	if (missing == 0)
		return RC_OK;
	TRY(sql_feedback_tally_make(tx, h->make, missing, err));
	return sql_feedback_tally_hold(tx, h->in, tallies->n, h->rows, h->found, err);
}

enum rc tallies_hold(struct tallies *tallies, struct tx *tx, const struct person_place *places, size_t n,
                     int64_t (*instansi_of)(const void *arg, size_t at), const void *arg, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct holding h = {
		.in = ARENA_ARRAY(arena, n, struct sql_feedback_tally_hold_in),
		.rows = ARENA_ARRAY(arena, n, struct sql_feedback_tally_hold),
		.make = ARENA_ARRAY(arena, n, struct sql_feedback_tally_make_in),
		.found = ARENA_ARRAY(arena, n, bool),
	};
	*tallies = (struct tallies){.at = ARENA_ARRAY(arena, n, struct tally)};
	if (!h.in || !h.rows || !h.make || !h.found || !tallies->at)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && places[i].kejadian_id == places[i - 1].kejadian_id)
			continue;
		h.in[tallies->n].kejadian_id = places[i].kejadian_id;
		tallies->at[tallies->n++] = (struct tally){places[i].kejadian_id, instansi_of(arg, places[i].at), 0, {0}, 0};
	}
	TRY(sql_feedback_tally_hold(tx, h.in, tallies->n, h.rows, h.found, err));
	return make_missing(tallies, tx, &h, err);
}

struct tally *tallies_at(struct tallies *tallies, int64_t kejadian_id)
{
	if (tallies->at[tallies->now].kejadian_id > kejadian_id)
		tallies->now = 0; /* another walk begins */
	while (tallies->at[tallies->now].kejadian_id != kejadian_id) {
		tallies->now++;
		assert(tallies->now < tallies->n);
	}
	return &tallies->at[tallies->now];
}

void tally_enter(struct tally *tally, enum debt_state state)
{
	tally->answered++;
	tally->state_n[state]++;
}

static bool is_change(const struct tally *t)
{
	return t->answered || t->state_n[DEBT_OPEN] || t->state_n[DEBT_CLOSED] || t->state_n[DEBT_WAIVED] || t->unasked;
}

enum rc tallies_write(const struct tallies *tallies, struct tx *tx, struct err *err)
{
	struct sql_feedback_tally_add_in *in = ARENA_ARRAY(tx_arena(tx), tallies->n, struct sql_feedback_tally_add_in);
	size_t n = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < tallies->n; i++) {
		const struct tally *t = &tallies->at[i];
		if (is_change(t))
			in[n++] = (struct sql_feedback_tally_add_in){.answered_n = t->answered,
			                                             .open_n = t->state_n[DEBT_OPEN],
			                                             .closed_n = t->state_n[DEBT_CLOSED],
			                                             .waived_n = t->state_n[DEBT_WAIVED],
			                                             .unasked_n = t->unasked,
			                                             .kejadian_id = t->kejadian_id};
	}
	return n ? sql_feedback_tally_add(tx, in, n, err) : RC_OK;
}
