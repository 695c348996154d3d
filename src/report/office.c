/* SPDX-License-Identifier: EUPL-1.2
 * report/office.c - see office.h. Versions and quotas are in office_terms.c. */
#include "report/office.h"

#include <assert.h>

#include "agreement/life.h"
#include "agreement/official.h"
#include "feedback/words.h"
#include "policy/hold.h"
#include "procedure/incident.h"
#include "procedure/letters.h"
#include "report/figures.h"
#include "report/office.sql.h"
#include "report/office_inside.h"

#define NO_LIMIT 2147483647 /* the last day of what has none (agreement.sql) */

static const int ages[OFFICE_AGES - 1] = {7, 30, 90};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

struct str office_keep(const struct office_look *l, struct str text)
{
	return arena_str(l->arena, text.at ? text : S(""));
}

/* ---- papers ---- */

static struct office_paper paper_of(const struct office_look *l, const struct sql_office_papers *row)
{
	return (struct office_paper){
	        .state = row->valid_day >= l->day.n ? OFFICE_PAPER_VALID : OFFICE_PAPER_OVER,
	        .number = office_keep(l, row->number),
	        .signer = office_keep(l, row->signer),
	        .signed_on = {(int32_t)row->signed_day},
	        .valid_until = {row->valid_day == NO_LIMIT ? 0 : (int32_t)row->valid_day},
	        .late = row->filed_us >= l->o->end_us,
	};
}

/* Which of the papers is told about: a valid one before one that is over, of several the
 * latest signed. Without a number or subject to look for, any. */
static void choose_paper(const struct office_look *l, const struct sql_office_papers_rows *rows, const struct office_want *want,
                         struct office_paper *ret)
{
	*ret = (struct office_paper){.number = S(""), .signer = S("")};
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_office_papers *row = &rows->at[i];
		bool wanted = (!want->number.at || str_eq(row->number, want->number)) &&
		              (!want->subject.at || str_eq(row->subject, want->subject)) && row->signed_day >= want->since;
		struct office_paper paper = paper_of(l, row);
		if (wanted && paper.state >= ret->state)
			*ret = paper;
	}
}

enum rc office_find_paper(const struct office_look *l, const struct office_want *want, struct office_paper *ret)
{
	struct sql_office_papers_rows rows;
	struct sql_office_papers_in in = {
	        .instansi_id = l->o->instansi_id, .kind = str_c(paper_at(want->kind)->key), .day = l->day.n};
	TRY(sql_office_papers(l->tx, in, &rows, l->err));
	choose_paper(l, &rows, want, ret);
	return RC_OK;
}

static enum rc look_papers(struct office_look *l)
{
	struct sql_office_head_since head;
	struct sql_office_head_since_in in = {.instansi_id = l->o->instansi_id, .day = l->day.n};
	TRY(sql_office_head_since(l->tx, in, &head, l->err));
	TRY(office_find_paper(l, &(struct office_want){.kind = PAPER_SPTJM, .since = head.begin_day}, &l->o->sptjm));
	return office_find_paper(l, &(struct office_want){.kind = PAPER_ISO27001}, &l->o->iso);
}

/* ---- user ids ---- */

static struct office_paper nda_of(const struct office_look *l, const struct sql_office_users *row)
{
	struct office_paper nda = {.number = S(""), .signer = S("")};
	if (row->nda_valid_null)
		return nda;
	nda.state = row->nda_valid >= l->day.n ? OFFICE_PAPER_VALID : OFFICE_PAPER_OVER;
	nda.valid_until.n = row->nda_valid == NO_LIMIT ? 0 : (int32_t)row->nda_valid;
	nda.late = !row->nda_filed_null && row->nda_filed >= l->o->end_us;
	return nda;
}

static enum rc look_users(struct office_look *l)
{
	struct sql_office_users_rows rows;
	struct sql_office_users_in in = {
	        .instansi_id = l->o->instansi_id, .day = l->day.n, .end_us = l->o->end_us, .first_us = l->first_us};
	TRY(sql_office_users(l->tx, in, &rows, l->err));
	l->o->users = ARENA_ARRAY(l->arena, rows.n + 1, struct office_user);
	if (!l->o->users)
		return no_memory(l->err);
	for (size_t i = 0; i < rows.n; i++)
		l->o->users[i] = (struct office_user){.user_no = rows.at[i].user_key,
		                                      .user_id = office_keep(l, rows.at[i].user_id),
		                                      .role = office_keep(l, rows.at[i].role),
		                                      .closed = rows.at[i].closed && rows.at[i].closed_us < l->o->end_us,
		                                      .nda = nda_of(l, &rows.at[i])};
	l->o->users_n = rows.n;
	return RC_OK;
}

/* ---- kejadian, debts, what was told ---- */

/* Of one kejadian, one state and one age. */
static void add_debt(struct office_debt *to, const struct sql_office_debts *row)
{
	to->answered += row->n;
	if (str_eq(row->was, S("open"))) {
		to->open += row->n;
		to->age[row->age] += row->n;
	} else if (str_eq(row->was, S("waived")) || str_eq(row->was, S("waiver"))) {
		to->waived += row->n;
	} else {
		to->closed += row->n;
	}
}

/* Both come in order of kejadian. */
static enum rc look_debts(struct office_look *l)
{
	struct sql_office_debts_rows rows;
	struct sql_office_debts_in in = {.instansi_id = l->o->instansi_id, .end_us = l->o->end_us};
	int64_t *since[] = {&in.age1_us, &in.age2_us, &in.age3_us};
	for (size_t i = 0; i < LEN(ages); i++)
		*since[i] = day_begin_us((struct day){l->day.n - ages[i]});
	TRY(sql_office_debts(l->tx, in, &rows, l->err));
	for (size_t i = 0, at = 0; i < rows.n; i++) {
		assert(rows.at[i].age >= 0 && rows.at[i].age < OFFICE_AGES);
		while (at < l->o->kejadian_n && l->o->kejadian[at].kejadian_id < rows.at[i].kejadian_id)
			at++;
		if (at < l->o->kejadian_n && l->o->kejadian[at].kejadian_id == rows.at[i].kejadian_id)
			add_debt(&l->o->kejadian[at].debt, &rows.at[i]);
		add_debt(&l->o->debt, &rows.at[i]);
	}
	return RC_OK;
}

static enum rc look_kejadian(struct office_look *l)
{
	struct sql_office_kejadian_rows rows;
	struct sql_office_kejadian_in in = {.instansi_id = l->o->instansi_id, .end_us = l->o->end_us};
	TRY(sql_office_kejadian(l->tx, in, &rows, l->err));
	l->o->kejadian = ARENA_ARRAY(l->arena, rows.n + 1, struct office_kejadian);
	if (!l->o->kejadian)
		return no_memory(l->err);
	for (size_t i = 0; i < rows.n; i++)
		l->o->kejadian[i] = (struct office_kejadian){.kejadian_id = rows.at[i].kejadian_id,
		                                             .jenis = office_keep(l, rows.at[i].jenis),
		                                             .name = office_keep(l, rows.at[i].name),
		                                             .place = office_keep(l, rows.at[i].place)};
	l->o->kejadian_n = rows.n;
	return look_debts(l);
}

static void add_told(struct office_look *l, const struct sql_office_told_rows *rows, struct office_told told, const char *key)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->at[i].kind, told.waiver ? S("waiver") : S("victim")) && str_eq(rows->at[i].word, str_c(key)))
			told.n = rows->at[i].n;
	l->o->told[l->o->told_n++] = told;
}

/* Every word there is, told or not: a report that says 0 leaves nothing open. */
static enum rc look_told(struct office_look *l)
{
	struct sql_office_told_rows rows;
	struct sql_office_told_in in = {.instansi_id = l->o->instansi_id, .first_us = l->first_us, .end_us = l->o->end_us};
	TRY(sql_office_told(l->tx, in, &rows, l->err));
	l->o->told = ARENA_ARRAY(l->arena, KETERANGAN_COUNT + WAIVER_COUNT, struct office_told);
	if (!l->o->told)
		return no_memory(l->err);
	for (size_t i = 0; keterangan_at(i); i++)
		add_told(l, &rows, (struct office_told){.label = keterangan_at(i)->label}, keterangan_at(i)->key);
	for (size_t i = 0; waiver_at(i); i++)
		add_told(l, &rows, (struct office_told){.waiver = true, .label = waiver_at(i)->label}, waiver_at(i)->key);
	return RC_OK;
}

/* ---- holds, incidents and steps ---- */

/* As it stood at the end: what was decided later was open. */
static const char *hold_label(const struct sql_office_holds *row, int64_t end_us)
{
	const struct hold_state_row *state;
	const char *open = "";
	for (size_t i = 0; (state = hold_state_at(i)); i++) {
		if (state->state == HOLD_OPEN)
			open = state->label;
		if (str_eq(row->state, str_c(state->key)) && row->decided_us < end_us)
			return state->label;
	}
	return open;
}

static enum rc look_holds(struct office_look *l)
{
	struct sql_office_holds_rows rows;
	struct sql_office_holds_in in = {.instansi_id = l->o->instansi_id, .first_us = l->first_us, .end_us = l->o->end_us};
	TRY(sql_office_holds(l->tx, in, &rows, l->err));
	l->o->holds = ARENA_ARRAY(l->arena, rows.n + 1, struct office_hold);
	if (!l->o->holds)
		return no_memory(l->err);
	for (size_t i = 0; i < rows.n; i++)
		l->o->holds[i] = (struct office_hold){.held_us = rows.at[i].held_us,
		                                      .user_id = office_keep(l, rows.at[i].user_id),
		                                      .reason = office_keep(l, rows.at[i].reason),
		                                      .state = hold_label(&rows.at[i], l->o->end_us)};
	l->o->holds_n = rows.n;
	return RC_OK;
}

static const char *incident_label(struct str key)
{
	enum incident_kind kind;
	return incident_kind_from_key(key, &kind) == RC_OK ? incident_kind_at(kind)->label : "";
}

static enum rc look_incidents(struct office_look *l)
{
	struct sql_office_incidents_rows rows;
	struct sql_office_incidents_in in = {.instansi_id = l->o->instansi_id, .first_us = l->first_us, .end_us = l->o->end_us};
	int64_t end_us = l->o->end_us;
	TRY(sql_office_incidents(l->tx, in, &rows, l->err));
	l->o->incidents = ARENA_ARRAY(l->arena, rows.n + 1, struct office_incident);
	if (!l->o->incidents)
		return no_memory(l->err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_office_incidents *row = &rows.at[i];
		l->o->incidents[i] = (struct office_incident){.found_us = row->found_us,
		                                              .kind = incident_label(row->kind),
		                                              .authority_us = row->authority_us < end_us ? row->authority_us : 0,
		                                              .people_us = row->people_us < end_us ? row->people_us : 0,
		                                              .ended_us = row->ended_us < end_us ? row->ended_us : 0,
		                                              .dismissed = str_eq(row->ending, S("dismissed"))};
	}
	l->o->incidents_n = rows.n;
	return RC_OK;
}

static const char *state_label(enum instansi_state state)
{
	const struct instansi_state_row *row;
	for (size_t i = 0; (row = instansi_state_at(i)); i++)
		if (row->state == state)
			return row->label;
	return "";
}

/* Steps come latest first. Before the first of them stands what the agreement said. */
static enum rc look_steps(struct office_look *l)
{
	struct life_step *steps;
	size_t n;
	enum instansi_state state = l->o->begin.n && l->o->begin.n <= l->day.n ? INSTANSI_ACTIVE : INSTANSI_DRAFT;
	TRY(life_list(l->tx, l->o->instansi_id, &steps, &n, l->err));
	l->o->steps = ARENA_ARRAY(l->arena, n + 1, struct office_step);
	if (!l->o->steps)
		return no_memory(l->err);
	for (size_t i = n; i-- > 0;) {
		const struct life_row *row = life_at(steps[i].life);
		if (steps[i].at_us >= l->o->end_us || !row)
			continue;
		state = row->to;
		if (steps[i].at_us >= l->first_us)
			l->o->steps[l->o->steps_n++] = (struct office_step){steps[i].at_us, row->done, row->clause,
			                                                    office_keep(l, steps[i].letter_number)};
	}
	if (state == INSTANSI_ACTIVE && l->o->end.n && l->o->end.n < l->day.n)
		state = INSTANSI_ENDED; /* P4: the last day passed */
	l->o->state = state_label(state);
	return RC_OK;
}

/* ---- the parties ---- */

static enum rc look_letter(struct office_look *l, int64_t signed_us)
{
	struct letters *letters;
	struct official head;
	const struct desk desk = {.tx = l->tx, .agreement = l->agreement, .now_us = l->o->end_us - 1};
	TRY(letters_begin(&desk, LETTER_LAPORAN_SEMESTER, l->o->instansi_id, l->arena, &letters, l->err));
	enum rc rc = official_on(l->tx, l->o->instansi_id, day_of_us(signed_us), &head, l->err);
	if (rc == RC_OK) {
		letters_put(letters, "kepala.nama", head.name);
		letters_put(letters, "kepala.nip", head.nip);
		letters_put(letters, "kepala.jabatan", letters_position(&head, l->arena));
	} else if (rc != RC_ABSENT) {
		return rc;
	}
	l->o->letter = letters_ask(letters);
	return l->o->letter ? RC_OK : no_memory(l->err);
}

static enum rc look_instansi(struct office_look *l)
{
	struct sql_office_instansi row;
	enum rc rc = sql_office_instansi(l->tx, (struct sql_office_instansi_in){.instansi_id = l->o->instansi_id}, &row, l->err);
	if (rc == RC_ABSENT)
		return FAIL(l->err, RC_ABSENT, "Instansi itu tidak ada.");
	TRY(rc);
	l->o->code = office_keep(l, row.code);
	l->o->name = office_keep(l, row.name);
	return RC_OK;
}

static enum rc look(struct office_look *l, int64_t signed_us)
{
	TRY(look_instansi(l));
	TRY(office_look_terms(l));
	TRY(look_papers(l));
	TRY(look_users(l));
	TRY(look_kejadian(l));
	TRY(look_told(l));
	TRY(look_holds(l));
	TRY(look_incidents(l));
	TRY(look_steps(l));
	return look_letter(l, signed_us);
}

enum rc office_read(struct tx *tx, const struct office_ask *ask, struct arena *arena, struct office **ret, struct err *err)
{
	struct office *o = ARENA_NEW(arena, struct office);
	if (!o)
		return no_memory(err);
	if (ask->last.n < ask->first.n || ask->last.n - ask->first.n >= FIGURES_DAYS_MAX || day_begin_us(ask->first) > ask->now_us)
		return FAIL(err, RC_INVALID, "Periode itu bukan periode laporan.");
	int64_t end_us = day_begin_us((struct day){ask->last.n + 1});
	o->instansi_id = ask->instansi_id;
	o->first = ask->first;
	o->last = ask->last;
	o->end_us = end_us < ask->now_us ? end_us : ask->now_us;
	struct office_look l = {.tx = tx,
	                        .agreement = ask->agreement,
	                        .arena = arena,
	                        .o = o,
	                        .day = day_of_us(o->end_us - 1),
	                        .first_us = day_begin_us(ask->first),
	                        .err = err};
	TRY(look(&l, ask->signed_us ? ask->signed_us : ask->now_us));
	*ret = o;
	return arena->broken ? no_memory(err) : RC_OK;
}

const struct office_kejadian *office_kejadian_find(const struct office *office, int64_t kejadian_id)
{
	for (size_t i = 0; i < office->kejadian_n; i++)
		if (office->kejadian[i].kejadian_id == kejadian_id)
			return &office->kejadian[i];
	return NULL;
}
