/* SPDX-License-Identifier: EUPL-1.2
 * report/report.c - see report.h: what changes a report. Reading is report_read.c. */
#include "report/report.h"

#include <assert.h>
#include <stdio.h>

#include "report/report.sql.h"
#include "report/report_effect.h"
#include "report/report_inside.h"
#include "report/report_owed.h"

static bool side_is(const struct request_actor *by, int64_t instansi_id)
{
	return by->instansi_id == 0 || by->instansi_id == instansi_id;
}

/* Nobody copies a person into a text (P2.2j): it goes on to the ministry. */
static enum rc check_prose(const struct ask *asks, const struct ask_value *values, size_t n, struct ask_flaws *flaws,
                           struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct ask *ask = ask_find(asks, values[i].name);
		bool prose = ask && (ask->type == ASK_LINES || ask->type == ASK_TEXT);
		if (prose && strcmp(ask->name, "nomor") != 0 && nik_stands_in(values[i].value))
			return ask_flaw(flaws, ask->name, err, "tidak boleh memuat NIK atau nomor KK; hapus angkanya");
	}
	return RC_OK;
}

static enum rc take_values(const struct asking *asking, struct ask_value *values, size_t *ret_n, struct ask_flaws *flaws,
                           struct err *err)
{
	TRY(ask_take(asking, values, ret_n, flaws, err));
	return check_prose(asking->asks, values, *ret_n, flaws, err);
}

/* ---- what is written ---- */

struct writing {
	int64_t report_id, number;
	struct str step, by;
	const struct ask_value *values;
	size_t values_n;
};

static enum rc write_step(const struct desk *desk, const struct writing *w, struct err *err)
{
	struct sql_report_value_insert_in in[ASKS_MAX];
	struct sql_report_step_insert_in step = {
	        .report_id = w->report_id, .number = w->number, .step = w->step, .by_user = w->by, .now_us = desk->now_us};
	TRY(sql_report_step_insert(desk->tx, step, NULL, err));
	for (size_t i = 0; i < w->values_n; i++)
		in[i] = (struct sql_report_value_insert_in){.report_id = w->report_id,
		                                            .number = w->number,
		                                            .name = w->values[i].name,
		                                            .place = (int64_t)i,
		                                            .value = w->values[i].value};
	return w->values_n ? sql_report_value_insert(desk->tx, in, w->values_n, err) : RC_OK;
}

static struct str about(const struct desk *desk, const struct report *r, const char *step, struct str digest)
{
	struct arena *arena = tx_arena(desk->tx);
	struct str period = r->kind->kind == REPORT_SEMESTER
	                            ? r->subject
	                            : arena_printf(arena, "%s..%s", day_iso(r->first).z, day_iso(r->last).z);
	return arena_printf(arena, "report %lld %s %s %.*s%s%.*s", (long long)r->report_id, step, r->kind->key, STR_ARG(period),
	                    digest.n ? " sha256:" : "", STR_ARG(digest));
}

/* ---- opening ---- */

enum rc report_semester_from_str(struct str s, struct semester *ret)
{
	int64_t year, half;
	if (s.n != 6 || s.at[4] != '-' || str_int(str_sub(s, 0, 4), 2000, 2199, &year) != RC_OK ||
	    str_int(str_sub(s, 5, 1), 1, 2, &half) != RC_OK)
		return RC_INVALID;
	*ret = (struct semester){(int)year, (int)half};
	return RC_OK;
}

static struct day semester_begin(struct semester s)
{
	return day_from_ymd(s.year, s.half == 1 ? 1 : 7, 1);
}

/* Of which half-years a report is owed is what the duties say. */
static enum rc open_semester(const struct desk *desk, const struct report_new *ask, struct report *r, struct ask_flaws *flaws,
                             struct err *err)
{
	struct semester semester;
	struct report_owed *owed;
	size_t n, i = 0;
	struct duty_ask duty = {desk->agreement, ask->instansi_id};
	TRY(report_owed_of(desk->tx, &duty, desk->now_us, &owed, &n, err));
	while (i < n && !str_eq(owed[i].semester, ask->semester))
		i++;
	if (i == n || report_semester_from_str(ask->semester, &semester) != RC_OK)
		return ask_flaw(flaws, "semester", err, "pilih semester yang laporannya belum disampaikan");
	r->subject = owed[i].semester;
	r->frozen.due = owed[i].due;
	r->first = semester_begin(semester);
	r->last = semester_end(semester);
	return RC_OK;
}

/* What the provider asks for is due as a semester's is, from the day he asks [C]. */
static enum rc open_request(const struct desk *desk, const struct report_new *ask, struct report *r, struct ask_flaws *flaws,
                            struct err *err)
{
	struct ask_value values[ASKS_MAX];
	size_t n;
	bool certain;
	struct sql_report_drafts drafts;
	struct asking asking = {desk, ask->instansi_id, report_opening, ask->source};
	TRY(take_values(&asking, values, &n, flaws, err));
	r->first = ask_day(ask_value(values, n, "mulai"));
	r->last = ask_day(ask_value(values, n, "akhir"));
	r->subject = ask_value(values, n, "perihal");
	if (r->last.n < r->first.n)
		return ask_flaw(flaws, "akhir", err, "hari terakhir mendahului hari pertama");
	if (r->last.n - r->first.n >= FIGURES_DAYS_MAX)
		return ask_flaw(flaws, "akhir", err, "paling banyak %d hari", FIGURES_DAYS_MAX);
	TRY(sql_report_drafts(desk->tx, (struct sql_report_drafts_in){.instansi_id = ask->instansi_id}, &drafts, err));
	if (drafts.n >= REPORT_OPEN_MAX)
		return FAIL(err, RC_LIMIT, "terlalu banyak rancangan laporan atas permintaan (%d)", REPORT_OPEN_MAX);
	return r->by_provider ? report_due(desk->tx, desk_today(desk), &r->frozen.due, &certain, err) : RC_OK;
}

static enum rc may_open(const struct desk *desk, const struct report_new *ask, struct err *err)
{
	struct instansi_row instansi;
	bool head = ask->by.role == ROLE_KEPALA, provider = ask->by.role == ROLE_ADMIN && ask->kind == REPORT_REQUEST;
	if (!side_is(&ask->by, ask->instansi_id))
		return FAIL(err, RC_ABSENT, "Instansi itu tidak ada.");
	if (!head && !provider)
		return FAIL(err, RC_REFUSED, "Laporan ini tidak dibuat oleh peran Anda.");
	return instansi_lock(desk->tx, ask->instansi_id, &instansi, err); /* two at once wait for each other */
}

static enum rc insert(const struct desk *desk, const struct request_actor *by, struct report *r, struct err *err)
{
	struct sql_report_insert row;
	struct figures_ask figures = {r->instansi_id, r->first, r->last};
	TRY(run_ask(desk->tx, &figures, by->user_id, desk->now_us, &r->frozen.run_id, err));
	struct sql_report_insert_in in = {.instansi_id = r->instansi_id,
	                                  .kind = str_c(r->kind->key),
	                                  .subject = r->subject,
	                                  .first_day = r->first.n,
	                                  .last_day = r->last.n,
	                                  .state = str_c(r->state->key),
	                                  .turn = report_turn(r->state->turn),
	                                  .run_id = r->frozen.run_id,
	                                  .due_day = r->frozen.due.n,
	                                  .by_provider = r->by_provider,
	                                  .by_user = by->user_id,
	                                  .now_us = desk->now_us};
	TRY(sql_report_insert(desk->tx, in, &row, err));
	r->report_id = row.report_id;
	return write_step(desk, &(struct writing){.report_id = r->report_id, .step = S(""), .by = by->user_id}, err);
}

static enum rc find_double(const struct desk *desk, const struct report_new *ask, struct report_taken *ret, struct err *err)
{
	enum rc rc = report_of_semester(desk->tx, ask->instansi_id, ask->semester, &ret->report_id, err);
	if (rc == RC_OK)
		return FAIL(err, RC_CONFLICT, "Laporan semester itu sudah dibuat.");
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc report_open(const struct desk *desk, const struct report_new *ask, struct report_taken *ret, struct ask_flaws *flaws,
                    struct err *err)
{
	struct report r = {.instansi_id = ask->instansi_id,
	                   .kind = report_kind_at(ask->kind),
	                   .state = report_state_of(ask->kind, REPORT_DRAFT),
	                   .by_provider = ask->by.instansi_id == 0};
	assert(r.kind && r.state);
	*ret = (struct report_taken){.instansi_id = ask->instansi_id};
	TRY(may_open(desk, ask, err));
	if (ask->kind == REPORT_SEMESTER) {
		TRY(find_double(desk, ask, ret, err));
		TRY(open_semester(desk, ask, &r, flaws, err));
	} else {
		TRY(open_request(desk, ask, &r, flaws, err));
	}
	TRY(insert(desk, &ask->by, &r, err));
	ret->report_id = r.report_id;
	ret->tells = r.by_provider ? TURN_INSTANSI : TURN_NOBODY;
	ret->about = about(desk, &r, "open", S(""));
	return RC_OK;
}

/* ---- changing ---- */

static const char *last_done(const struct report_moment *moments, size_t n, int64_t moved_us)
{
	const struct report_moment *last = &moments[n - 1];
	if (last->at_us < moved_us)
		return "mengubah teks laporan"; /* the one change that is no step */
	return last->row ? last->row->done : "Dibuka";
}

/* Who was there first, and what he did. */
static enum rc moved_on(const struct desk *desk, const struct report *r, struct err *err)
{
	struct report_moment *moments;
	size_t n;
	TRY(report_moments(desk->tx, r->report_id, &moments, &n, err));
	return FAIL(err, RC_CONFLICT, "%.*s lebih dahulu pada %s: %s. Keadaan terbaru tampil di bawah; isian Anda belum dicatat.",
	            STR_ARG(r->moved_by), clock_short_wib(r->moved_us).z, last_done(moments, n, r->moved_us));
}

bool report_may(const struct report *report, const struct report_step_row *row, const struct request_actor *by)
{
	bool here = (row->kinds & REPORT_BIT(report->kind->kind)) && row->from == report->state->state;
	if (!here || !(row->by & ROLE_BIT(by->role)) || !side_is(by, report->instansi_id))
		return false;
	return !row->own || report->by_provider == (by->instansi_id == 0);
}

bool report_may_write(const struct report *report, const struct request_actor *by)
{
	return report->state->state == REPORT_DRAFT && by->role == ROLE_KEPALA && side_is(by, report->instansi_id);
}

/* Held until the end of the transaction: of two at once, one finds it moved. */
static enum rc hold(const struct desk *desk, int64_t report_id, struct report *ret, struct err *err)
{
	struct sql_report_hold row;
	enum rc rc = sql_report_hold(desk->tx, (struct sql_report_hold_in){.report_id = report_id}, &row, err);
	return rc == RC_OK ? report_get(desk->tx, report_id, ret, err) : rc == RC_ABSENT ? report_absent(err) : rc;
}

/* Whose it is, and whether he saw what is there. */
static enum rc begin(const struct desk *desk, const struct report_change *ask, struct report *ret, struct err *err)
{
	TRY(hold(desk, ask->report_id, ret, err));
	if (!side_is(&ask->by, ret->instansi_id))
		return report_absent(err);
	return ret->rev == ask->rev ? RC_OK : moved_on(desk, ret, err);
}

static enum rc write_move(const struct report_taking *t, struct err *err)
{
	int64_t changed = 0;
	const struct report *r = t->report;
	const struct report_state_row *to = report_state_of(r->kind->kind, t->row->to);
	assert(to);
	struct sql_report_move_in in = {.state = str_c(to->key),
	                                .turn = report_turn(to->turn),
	                                .run_id = t->now.run_id,
	                                .digest = t->now.digest,
	                                .due_day = t->now.due.n,
	                                .delivered_day = t->now.delivered.n,
	                                .late_days = t->now.late_days,
	                                .evaluation_id = t->now.evaluation_id,
	                                .by_user = t->by.user_id,
	                                .now_us = t->desk->now_us,
	                                .report_id = r->report_id,
	                                .rev = r->rev,
	                                .from = str_c(r->state->key)};
	TRY(sql_report_move(t->desk->tx, in, &changed, err));
	return changed == 1 ? RC_OK : moved_on(t->desk, r, err);
}

static enum rc next_number(const struct desk *desk, const struct report *r, int64_t *ret, struct err *err)
{
	struct report_moment *moments;
	size_t n;
	TRY(report_moments(desk->tx, r->report_id, &moments, &n, err));
	*ret = moments[n - 1].number + 1;
	return *ret <= REPORT_STEPS_MAX ? RC_OK : FAIL(err, RC_LIMIT, "Langkah laporan ini sudah terlalu banyak.");
}

static enum rc take(struct report_taking *t, struct report_taken *ret, struct err *err)
{
	struct writing w = {.report_id = t->report->report_id,
	                    .step = str_c(t->row->key),
	                    .by = t->by.user_id,
	                    .values = t->values,
	                    .values_n = t->values_n};
	TRY(next_number(t->desk, t->report, &w.number, err));
	if (t->row->effect)
		TRY(t->row->effect(t, err));
	TRY(write_move(t, err));
	TRY(write_step(t->desk, &w, err));
	*ret = (struct report_taken){.report_id = t->report->report_id,
	                             .instansi_id = t->report->instansi_id,
	                             .row = t->row,
	                             .tells = t->row->tells,
	                             .about = about(t->desk, t->report, t->row->key, t->now.digest)};
	return RC_OK;
}

static enum rc find_row(const struct desk *desk, const struct report_change *ask, const struct report *r,
                        const struct report_step_row **ret, struct err *err)
{
	const struct report_step_row *known = report_step_known(ask->step);
	if (!known || known->by == 0)
		return FAIL(err, RC_ABSENT, "Langkah itu tidak dikenal.");
	*ret = report_step_find(r->kind->kind, r->state->state, ask->step);
	if (!*ret)
		return moved_on(desk, r, err);
	return report_may(r, *ret, &ask->by) ? RC_OK : FAIL(err, RC_REFUSED, "Langkah ini bukan untuk peran Anda.");
}

enum rc report_advance(const struct desk *desk, const struct report_change *ask, struct report_taken *ret, struct ask_flaws *flaws,
                       struct err *err)
{
	struct report report;
	struct ask_value values[ASKS_MAX];
	TRY(begin(desk, ask, &report, err));
	struct report_taking t = {
	        .desk = desk, .report = &report, .by = ask->by, .values = values, .flaws = flaws, .now = report.frozen};
	TRY(find_row(desk, ask, &report, &t.row, err));
	struct asking asking = {desk, report.instansi_id, t.row->asks, ask->source};
	TRY(take_values(&asking, values, &t.values_n, flaws, err));
	return take(&t, ret, err);
}

enum rc report_write(const struct desk *desk, const struct report_change *ask, struct report_taken *ret, struct ask_flaws *flaws,
                     struct err *err)
{
	struct report report;
	struct ask_value values[ASKS_MAX];
	size_t n;
	int64_t changed = 0;
	TRY(begin(desk, ask, &report, err));
	if (report.state->state != REPORT_DRAFT)
		return moved_on(desk, &report, err);
	if (!report_may_write(&report, &ask->by))
		return FAIL(err, RC_REFUSED, "Teks laporan ditulis oleh kepala instansi.");
	struct asking asking = {desk, report.instansi_id, report_texts, ask->source};
	TRY(take_values(&asking, values, &n, flaws, err));
	struct sql_report_write_in in = {.obstacles = ask_value(values, n, "kendala"),
	                                 .proposals = ask_value(values, n, "usulan"),
	                                 .by_user = ask->by.user_id,
	                                 .now_us = desk->now_us,
	                                 .report_id = report.report_id,
	                                 .rev = report.rev};
	TRY(sql_report_write(desk->tx, in, &changed, err));
	if (changed != 1)
		return moved_on(desk, &report, err);
	*ret = (struct report_taken){.report_id = report.report_id,
	                             .instansi_id = report.instansi_id,
	                             .tells = TURN_NOBODY,
	                             .about = about(desk, &report, "text", S(""))};
	return RC_OK;
}

enum rc report_evaluated(const struct desk *desk, const struct report_evaluation *evaluation, struct report_taken *ret,
                         struct err *err)
{
	struct report report;
	TRY(hold(desk, evaluation->report_id, &report, err));
	struct report_taking t = {.desk = desk,
	                          .report = &report,
	                          .row = report_step_find(report.kind->kind, report.state->state, S("evaluate")),
	                          .by = {.user_id = evaluation->by},
	                          .now = report.frozen};
	if (!t.row)
		return FAIL(err, RC_CONFLICT, "Laporan ini %s; evaluasinya tidak dapat dicatat sekarang.",
		            report.state->state == REPORT_FORWARDED ? "telah diteruskan ke kementerian" : "belum diterima");
	t.now.evaluation_id = evaluation->evaluation_id;
	return take(&t, ret, err);
}
