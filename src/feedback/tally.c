/* SPDX-License-Identifier: EUPL-1.2
 * feedback/tally.c - see tally.h. */
#include "feedback/tally.h"

#include <assert.h>

#include "feedback/feedback.sql.h"
#include "store/store.h"

enum rc tallies_begin(struct tallies *tallies, struct tx *tx, size_t max, struct err *err)
{
	*tallies = (struct tallies){ARENA_ARRAY(tx_arena(tx), max, struct tally), 0, max};
	return tallies->at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

struct tally *tallies_at(struct tallies *tallies, int64_t kejadian_id, int64_t instansi_id)
{
	struct tally *last = tallies->n ? &tallies->at[tallies->n - 1] : NULL;
	assert(!last || last->kejadian_id <= kejadian_id);
	if (last && last->kejadian_id == kejadian_id)
		return last;
	assert(tallies->n < tallies->max);
	tallies->at[tallies->n] = (struct tally){.kejadian_id = kejadian_id, .instansi_id = instansi_id};
	return &tallies->at[tallies->n++];
}

void tally_enter(struct tally *tally, enum debt_state state)
{
	tally->answered++;
	tally->state_n[state]++;
}

/* A kejadian of which nothing was ever counted has no row yet: it is made, and what is
 * missing is added once more. Two nodes may both make it. */
static enum rc add_missing(struct tx *tx, const struct tallies *tallies, struct sql_feedback_tally_add_in *in, const bool *found,
                           struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_feedback_tally_make_in *make = ARENA_ARRAY(arena, tallies->n, struct sql_feedback_tally_make_in);
	struct sql_feedback_tally_add *rows = ARENA_ARRAY(arena, tallies->n, struct sql_feedback_tally_add);
	bool *made = ARENA_ARRAY(arena, tallies->n, bool);
	size_t n = 0;
	if (!make || !rows || !made)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < tallies->n; i++) {
		if (found[i])
			continue;
		make[n] = (struct sql_feedback_tally_make_in){tallies->at[i].kejadian_id, tallies->at[i].instansi_id};
		in[n++] = in[i];
	}
	if (n == 0)
		return RC_OK;
	TRY(sql_feedback_tally_make(tx, make, n, err));
	return sql_feedback_tally_add(tx, in, n, rows, made, err);
}

static struct sql_feedback_tally_add_in change_of(const struct tally *t)
{
	return (struct sql_feedback_tally_add_in){
		.answered_n = t->answered,
		.open_n = t->state_n[DEBT_OPEN],
		.closed_n = t->state_n[DEBT_CLOSED],
		.waived_n = t->state_n[DEBT_WAIVED],
		.unasked_n = t->unasked,
		.kejadian_id = t->kejadian_id,
	};
}

enum rc tallies_write(const struct tallies *tallies, struct tx *tx, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (tallies->n == 0)
		return RC_OK;
	struct sql_feedback_tally_add_in *in = ARENA_ARRAY(arena, tallies->n, struct sql_feedback_tally_add_in);
	struct sql_feedback_tally_add *rows = ARENA_ARRAY(arena, tallies->n, struct sql_feedback_tally_add);
	bool *found = ARENA_ARRAY(arena, tallies->n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < tallies->n; i++)
		in[i] = change_of(&tallies->at[i]);
	TRY(sql_feedback_tally_add(tx, in, tallies->n, rows, found, err));
	return add_missing(tx, tallies, in, found, err);
}
