/* SPDX-License-Identifier: EUPL-1.2
 * feedback/debt.c - see debt.h. Rows are written in order of kejadian and hash, then the
 * figures in order of kejadian: as record.c does, so that two nodes never wait for each
 * other. */
#include "feedback/debt.h"

#include "feedback/feedback.sql.h"
#include "feedback/feedback_inside.h"
#include "feedback/tally.h"
#include "store/store.h"

static const struct debt_state_row states[] = {
	{DEBT_OPEN, "open", "Belum dilaporkan"},
	{DEBT_CLOSED, "closed", "Sudah dilaporkan"},
	{DEBT_WAIVED, "waived", "Bukan korban"},
};

const struct debt_state_row *debt_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum rc debt_state_from_key(struct str key, enum debt_state *ret)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(key, str_c(states[i].key))) {
			*ret = states[i].state;
			return RC_OK;
		}
	return RC_INVALID;
}

/* ---- opening ---- */

/* The arrays of one call; all of length n, in the order of places. */
struct opening {
	const struct feedback *feedback;
	const struct debt_ask *asks;
	size_t n;
	struct person_place *places;
	struct person_sealed *sealed;
	struct sql_feedback_ask_in *in;
	struct sql_feedback_ask *rows;
	bool *found;
};

static enum rc opening_begin(struct opening *o, struct arena *arena, struct err *err)
{
	o->places = ARENA_ARRAY(arena, o->n, struct person_place);
	o->sealed = ARENA_ARRAY(arena, o->n, struct person_sealed);
	o->in = ARENA_ARRAY(arena, o->n, struct sql_feedback_ask_in);
	o->rows = ARENA_ARRAY(arena, o->n, struct sql_feedback_ask);
	o->found = ARENA_ARRAY(arena, o->n, bool);
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

static void opening_sort(struct opening *o)
{
	struct person_key key = {{0}};
	int64_t of = 0;
	for (size_t i = 0; i < o->n; i++) {
		const struct debt_ask *ask = &o->asks[i];
		if (i == 0 || ask->kejadian_id != of)
			key = person_key(o->feedback, ask->kejadian_id);
		of = ask->kejadian_id;
		o->places[i] = (struct person_place){ask->kejadian_id, person_hash(&key, ask->nik), i};
	}
	secret_wipe(&key, sizeof key);
	person_places_sort(o->places, o->n);
}

static void opening_fill(struct opening *o)
{
	static const char nothing[1];
	for (size_t i = 0; i < o->n; i++) {
		const struct debt_ask *ask = &o->asks[o->places[i].at];
		struct person_hash *hash = &o->places[i].hash;
		o->sealed[i] = person_seal(o->feedback, *hash, ask->nik);
		o->in[i] = (struct sql_feedback_ask_in){
			.kejadian_id = ask->kejadian_id,
			.instansi_id = ask->instansi_id,
			.nik_hash = {(const char *)hash->at, sizeof hash->at},
			.nik_sealed = {(const char *)o->sealed[i].at, sizeof o->sealed[i].at},
			.asked_us = ask->asked_us,
			.asked_entry = ask->journal_entry,
			.asked_by = ask->asked_by,
			.no_hash = {nothing, 0},
		};
	}
}

/* A row came back where the data was accessed for the first time; one that was there had
 * been told of without. */
static enum rc opening_count(const struct opening *o, struct tallies *tallies, struct err *err)
{
	for (size_t i = 0; i < o->n; i++) {
		enum debt_state state;
		if (!o->found[i])
			continue;
		if (debt_state_from_key(o->rows[i].state, &state) != RC_OK)
			return FAIL(err, RC_BROKEN, "status data balikan di basis data tidak dikenal");
		struct tally *tally = tallies_at(tallies, o->in[i].kejadian_id, o->in[i].instansi_id);
		tally->unasked -= state != DEBT_OPEN;
		tally_enter(tally, state);
	}
	return RC_OK;
}

enum rc debt_open(const struct feedback *feedback, struct tx *tx, const struct debt_ask *asks, size_t n, struct err *err)
{
	struct opening o = {.feedback = feedback, .asks = asks, .n = n};
	struct tallies tallies;
	if (n == 0)
		return RC_OK;
	TRY(opening_begin(&o, tx_arena(tx), err));
	opening_sort(&o);
	opening_fill(&o);
	TRY(sql_feedback_ask(tx, o.in, n, o.rows, o.found, err));
	TRY(tallies_begin(&tallies, tx, n, err));
	TRY(opening_count(&o, &tallies, err));
	return tallies_write(&tallies, tx, err);
}

/* ---- how much is owed ---- */

enum rc debt_totals(struct tx *tx, const int64_t *instansi_ids, size_t n, struct debt_total *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_feedback_owes_in *in = ARENA_ARRAY(arena, n, struct sql_feedback_owes_in);
	struct sql_feedback_owes *rows = ARENA_ARRAY(arena, n, struct sql_feedback_owes);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i].instansi_id = instansi_ids[i];
	TRY(sql_feedback_owes(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++)
		ret[i] = found[i] ? (struct debt_total){rows[i].n, rows[i].oldest_us} : (struct debt_total){0};
	return RC_OK;
}

enum rc debt_figures_each(struct tx *tx, const int64_t *kejadian_ids, size_t n, struct debt_figures *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_feedback_tally_get_in *in = ARENA_ARRAY(arena, n, struct sql_feedback_tally_get_in);
	struct sql_feedback_tally_get *rows = ARENA_ARRAY(arena, n, struct sql_feedback_tally_get);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i].kejadian_id = kejadian_ids[i];
	TRY(sql_feedback_tally_get(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		ret[i] = (struct debt_figures){.kejadian_id = kejadian_ids[i]};
		if (found[i])
			ret[i] = (struct debt_figures){kejadian_ids[i],  rows[i].answered_n, rows[i].open_n,   rows[i].closed_n,
			                               rows[i].waived_n, rows[i].unasked_n,  rows[i].oldest_us};
	}
	return RC_OK;
}

enum rc debt_figures(struct tx *tx, int64_t kejadian_id, struct debt_figures *ret, struct err *err)
{
	return debt_figures_each(tx, &kejadian_id, 1, ret, err);
}

enum rc debt_list(struct tx *tx, int64_t instansi_id, struct debt_figures **ret, size_t *ret_n, struct err *err)
{
	struct sql_feedback_figures_rows rows;
	TRY(sql_feedback_figures(tx, (struct sql_feedback_figures_in){instansi_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct debt_figures);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_feedback_figures *row = &rows.at[i];
		(*ret)[i] = (struct debt_figures){row->kejadian_id, row->answered_n, row->open_n, row->closed_n,
		                                  row->waived_n,    row->unasked_n,  row->oldest_us};
	}
	*ret_n = rows.n;
	return RC_OK;
}
