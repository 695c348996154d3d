/* SPDX-License-Identifier: EUPL-1.2
 * feedback/debt.c - see debt.h. The figures of every kejadian are held first, in order of
 * kejadian (tally.h): as record.c does, so that two nodes never wait for each other, and
 * what was looked for and not found is not there until the transaction ends. */
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
	struct debt_ask *asks;
	size_t n;
	struct person_place *places;
	struct sql_feedback_person_find_in *in;
	struct sql_feedback_person_find *rows;
	bool *found;
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc opening_begin(struct opening *o, struct arena *arena, struct err *err)
{
	o->places = ARENA_ARRAY(arena, o->n, struct person_place);
	o->in = ARENA_ARRAY(arena, o->n, struct sql_feedback_person_find_in);
	o->rows = ARENA_ARRAY(arena, o->n, struct sql_feedback_person_find);
	o->found = ARENA_ARRAY(arena, o->n, bool);
	return arena->broken ? no_memory(err) : RC_OK;
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
	for (size_t i = 0; i < o->n; i++)
		o->in[i] = (struct sql_feedback_person_find_in){o->places[i].kejadian_id, o->asks[o->places[i].at].instansi_id,
		                                                person_hash_str(&o->places[i].hash)};
}

static int64_t instansi_of(const void *arg, size_t at)
{
	return ((const struct opening *)arg)->asks[at].instansi_id;
}

/* Nobody knew him, and he is not the one just before. */
static bool is_new(const struct opening *o, size_t i)
{
	return !o->found[i] && (i == 0 || !person_places_same(&o->places[i], &o->places[i - 1]));
}

static enum rc put_new(const struct opening *o, struct tx *tx, struct tallies *tallies, struct err *err)
{
	static const char nothing[1];
	struct arena *arena = tx_arena(tx);
	struct person_sealed *sealed = ARENA_ARRAY(arena, o->n, struct person_sealed);
	struct sql_feedback_person_put_in *in = ARENA_ARRAY(arena, o->n, struct sql_feedback_person_put_in);
	size_t n = 0;
	if (!sealed || !in)
		return no_memory(err);
	for (size_t i = 0; i < o->n; i++) {
		struct debt_ask *ask = &o->asks[o->places[i].at];
		ask->fresh = is_new(o, i);
		if (!ask->fresh)
			continue;
		sealed[n] = person_seal(o->feedback, o->places[i].hash, ask->nik);
		in[n] = (struct sql_feedback_person_put_in){.kejadian_id = ask->kejadian_id,
		                                            .instansi_id = ask->instansi_id,
		                                            .nik_hash = person_hash_str(&o->places[i].hash),
		                                            .nik_sealed = {(const char *)sealed[n].at, sizeof sealed[n].at},
		                                            .state = str_c(states[DEBT_OPEN].key),
		                                            .asked_us = ask->asked_us,
		                                            .asked_entry = ask->journal_entry,
		                                            .asked_by = ask->asked_by,
		                                            .no_hash = {nothing, 0}};
		tally_enter(tallies_at(tallies, ask->kejadian_id), DEBT_OPEN);
		n++;
	}
	return n ? sql_feedback_person_put(tx, in, n, err) : RC_OK;
}

/* Told of before anybody asked: now his data was accessed, and nothing is owed. */
static enum rc ask_known(const struct opening *o, struct tx *tx, struct tallies *tallies, struct err *err)
{
	struct sql_feedback_person_ask_in *in = ARENA_ARRAY(tx_arena(tx), o->n, struct sql_feedback_person_ask_in);
	size_t n = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < o->n; i++) {
		const struct debt_ask *ask = &o->asks[o->places[i].at];
		enum debt_state state;
		bool again = i > 0 && person_places_same(&o->places[i], &o->places[i - 1]);
		if (!o->found[i] || !o->rows[i].asked_us_null || again)
			continue;
		if (debt_state_from_key(o->rows[i].state, &state) != RC_OK)
			return FAIL(err, RC_BROKEN, "status data balikan di basis data tidak dikenal");
		in[n++] = (struct sql_feedback_person_ask_in){ask->asked_us, ask->journal_entry, ask->asked_by,
		                                              o->rows[i].person_id};
		struct tally *tally = tallies_at(tallies, ask->kejadian_id);
		tally->unasked--;
		tally_enter(tally, state);
	}
	return n ? sql_feedback_person_ask(tx, in, n, err) : RC_OK;
}

enum rc debt_open(const struct feedback *feedback, struct tx *tx, struct debt_ask *asks, size_t n, struct err *err)
{
	struct opening o = {.feedback = feedback, .asks = asks, .n = n};
	struct tallies tallies;
	if (n == 0)
		return RC_OK;
	TRY(opening_begin(&o, tx_arena(tx), err));
	opening_sort(&o);
	TRY(tallies_hold(&tallies, tx, o.places, n, instansi_of, &o, err));
	TRY(sql_feedback_person_find(tx, o.in, n, o.rows, o.found, err));
	TRY(put_new(&o, tx, &tallies, err));
	TRY(ask_known(&o, tx, &tallies, err));
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
		return no_memory(err);
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

enum rc debt_recount(struct tx *tx, struct debt_recount *ret, struct err *err)
{
	struct sql_feedback_drift row;
	TRY(sql_feedback_drift(tx, &row, err));
	*ret = (struct debt_recount){row.counted_n, row.wrong_n};
	return RC_OK;
}
