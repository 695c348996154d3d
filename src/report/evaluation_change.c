/* SPDX-License-Identifier: EUPL-1.2
 * report/evaluation_change.c - evaluations are made, written, signed and passed on; see
 * evaluation.h. Each change is one statement that minds `rev` and state, so that of two at
 * once one is told. */
#include <assert.h>

#include "agreement/paper.h"
#include "report/evaluation.h"
#include "report/evaluation.sql.h"
#include "report/run.h"
#include "store/store.h"

/* ---- what may be written ---- */

static enum rc blame(struct evaluation_flaw *flaw, const char *field)
{
	flaw->field = field;
	return RC_OK;
}

/* One line, or several. */
static enum rc check_text(struct str text, size_t max, bool lines, struct err *err)
{
	if (text.n > max)
		return FAIL(err, RC_INVALID, "Terlalu panjang: paling banyak %zu huruf.", max);
	if (!str_is_text(text) || (!lines && (str_index(text, '\n') < text.n || str_index(text, '\r') < text.n)))
		return FAIL(err, RC_INVALID, lines ? "Isian harus berupa teks." : "Isian harus berupa teks satu baris.");
	if (nik_stands_in(text))
		return FAIL(err, RC_INVALID, "Isian tidak boleh memuat NIK atau Nomor KK.");
	return RC_OK;
}

static enum rc check_number(struct str number, struct evaluation_flaw *flaw, struct err *err)
{
	TRY(blame(flaw, "nomor"));
	if (number.n == 0)
		return FAIL(err, RC_INVALID, "Nomor surat harus diisi.");
	return check_text(number, EVALUATION_NUMBER_MAX, false, err);
}

static enum rc check_day(struct day on, struct day from, int64_t now_us, struct evaluation_flaw *flaw, struct err *err)
{
	TRY(blame(flaw, "tanggal"));
	if (on.n == 0)
		return FAIL(err, RC_INVALID, "Tanggal harus diisi.");
	if (on.n > day_of_us(now_us).n)
		return FAIL(err, RC_INVALID, "Tanggal itu belum tiba.");
	if (on.n < from.n)
		return FAIL(err, RC_INVALID, "Tanggal itu mendahului %s.", day_long(from).z);
	return RC_OK;
}

static enum rc conflict(struct err *err)
{
	return FAIL(err, RC_CONFLICT, "Evaluasi ini telah diubah orang lain sejak Anda membukanya. Tindakan Anda belum dilakukan.");
}

static enum rc add_step(struct tx *tx, int64_t evaluation_id, const struct evaluation_step *step, struct err *err)
{
	struct sql_evaluation_step_next next;
	TRY(sql_evaluation_step_next(tx, (struct sql_evaluation_step_next_in){evaluation_id}, &next, err));
	if (next.n >= EVALUATION_STEPS_MAX)
		return FAIL(err, RC_LIMIT, "Evaluasi ini sudah mempunyai %d langkah.", EVALUATION_STEPS_MAX);
	struct sql_evaluation_step_insert_in in = {.evaluation_id = evaluation_id,
	                                           .number = next.n,
	                                           .step = str_c(evaluation_step_at(step->step)->key),
	                                           .by_user = step->by,
	                                           .now_us = step->at_us,
	                                           .on_day = step->on.n,
	                                           .letter_number = step->letter_number,
	                                           .note = step->note};
	return sql_evaluation_step_insert(tx, in, NULL, err);
}

/* ---- making one ---- */

/* The days of a semester that is over, or any that are not to come. */
static enum rc check_period(struct evaluation_ask *ask, int64_t now_us, struct err *err)
{
	struct semester s;
	struct day today = day_of_us(now_us);
	if (ask->semester.n && semester_from_str(ask->semester, &s) != RC_OK)
		return FAIL(err, RC_INVALID, "Semester ditulis seperti 2026-1.");
	if (ask->semester.n) {
		ask->first = day_from_ymd(s.year, s.half == 1 ? 1 : 7, 1);
		ask->last = semester_end(s);
	}
	if (ask->semester.n && ask->last.n >= today.n)
		return FAIL(err, RC_INVALID, "Semester itu belum berakhir; pilih masa lain bila hendak dievaluasi sekarang.");
	if (ask->first.n == 0 || ask->last.n < ask->first.n)
		return FAIL(err, RC_INVALID, "Hari terakhir harus sama dengan atau sesudah hari pertama.");
	if (ask->last.n > today.n)
		return FAIL(err, RC_INVALID, "Hari terakhir belum tiba.");
	return RC_OK;
}

static enum rc check_first(struct tx *tx, const struct evaluation_ask *ask, struct err *err)
{
	struct sql_evaluation_drafts drafts;
	struct sql_evaluation_of_semester there;
	struct instansi_row row;
	TRY(instansi_lock(tx, ask->instansi_id, &row, err)); /* of two at once one comes first */
	TRY(sql_evaluation_drafts(tx, (struct sql_evaluation_drafts_in){ask->instansi_id}, &drafts, err));
	if (drafts.n >= EVALUATION_DRAFTS_MAX)
		return FAIL(err, RC_LIMIT, "Instansi ini sudah mempunyai %d rancangan evaluasi.", EVALUATION_DRAFTS_MAX);
	if (!ask->semester.n)
		return RC_OK;
	enum rc rc = sql_evaluation_of_semester(tx, (struct sql_evaluation_of_semester_in){ask->instansi_id, ask->semester}, &there,
	                                        err);
	if (rc == RC_OK)
		return FAIL(err, RC_CONFLICT, "Semester itu sudah mempunyai evaluasi.");
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc evaluation_make(struct tx *tx, const struct evaluation_ask *asked, int64_t now_us, int64_t *ret, struct err *err)
{
	struct evaluation_ask ask = *asked;
	struct sql_evaluation_insert row;
	int64_t run_id;
	TRY(check_period(&ask, now_us, err));
	TRY(check_first(tx, &ask, err));
	TRY(run_ask(tx, &(struct figures_ask){ask.instansi_id, ask.first, ask.last}, ask.by, now_us, &run_id, err));
	struct sql_evaluation_insert_in in = {.instansi_id = ask.instansi_id,
	                                      .semester = ask.semester.n ? ask.semester : (struct str){NULL, 0},
	                                      .first_day = ask.first.n,
	                                      .last_day = ask.last.n,
	                                      .run_id = run_id,
	                                      .by_user = ask.by,
	                                      .now_us = now_us};
	TRY(sql_evaluation_insert(tx, in, &row, err));
	*ret = row.evaluation_id;
	struct evaluation_step step = {
	        .step = EVALUATION_MAKE, .by = ask.by, .letter_number = S(""), .note = S(""), .at_us = now_us};
	return add_step(tx, *ret, &step, err);
}

/* ---- the draft ---- */

static enum rc check_decisions(const struct decision *decisions, struct evaluation_flaw *flaw, struct err *err)
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		TRY(blame(flaw, point_at(i)->key));
		TRY(check_text(decisions[i].remark, EVALUATION_REMARK_MAX, false, err));
		if (decisions[i].decided < RATING_COUNT && str_trim(decisions[i].remark).n == 0)
			return FAIL(err, RC_INVALID, "Tuliskan pada catatan mengapa putusan ini berbeda dari usul.");
	}
	return RC_OK;
}

static enum rc put_points(struct tx *tx, int64_t evaluation_id, const struct decision *decisions, bool all, struct err *err)
{
	struct sql_evaluation_point_insert_in in[POINT_COUNT];
	size_t n = 0;
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const struct decision *d = &decisions[i];
		bool decided = d->decided < RATING_COUNT;
		if (!all && !decided && !d->remark.n)
			continue;
		in[n++] = (struct sql_evaluation_point_insert_in){
		        .evaluation_id = evaluation_id,
		        .point = str_c(point_at(i)->key),
		        .proposed = all ? str_c(rating_at(d->proposed)->key) : S(""),
		        .words = all ? d->words : S(""),
		        .decided = decided ? str_c(rating_at(d->decided)->key) : S(""),
		        .remark = str_trim(d->remark),
		};
	}
	TRY(sql_evaluation_points_drop(tx, (struct sql_evaluation_points_drop_in){evaluation_id}, NULL, err));
	return n ? sql_evaluation_point_insert(tx, in, n, err) : RC_OK;
}

enum rc evaluation_save(struct tx *tx, const struct evaluation_text *text, int64_t now_us, struct evaluation_flaw *flaw,
                        struct err *err)
{
	int64_t changed;
	TRY(blame(flaw, "temuan"));
	TRY(check_text(text->findings, EVALUATION_FINDINGS_MAX, true, err));
	TRY(check_decisions(text->decisions, flaw, err));
	TRY(blame(flaw, ""));
	const struct recommendation_row *row = recommendation_at(text->recommendation);
	struct sql_evaluation_save_in in = {.evaluation_id = text->evaluation_id,
	                                    .rev = text->rev,
	                                    .recommendation = row ? str_c(row->key) : S(""),
	                                    .findings = str_trim(text->findings),
	                                    .deadline_day = text->deadline.n,
	                                    .by_user = text->by,
	                                    .now_us = now_us};
	TRY(sql_evaluation_save(tx, in, &changed, err));
	return changed ? put_points(tx, text->evaluation_id, text->decisions, false, err) : conflict(err);
}

enum rc evaluation_recount(struct tx *tx, const struct evaluation *evaluation, struct str by, int64_t now_us, struct err *err)
{
	int64_t run_id, changed;
	struct figures_ask ask = {evaluation->instansi_id, evaluation->first, evaluation->last};
	TRY(run_ask(tx, &ask, by, now_us, &run_id, err));
	struct sql_evaluation_recount_in in = {
	        .evaluation_id = evaluation->evaluation_id, .rev = evaluation->rev, .run_id = run_id, .now_us = now_us};
	TRY(sql_evaluation_recount(tx, in, &changed, err));
	return changed ? RC_OK : conflict(err);
}

enum rc evaluation_drop(struct tx *tx, int64_t evaluation_id, int64_t rev, struct err *err)
{
	struct evaluation now;
	int64_t changed;
	TRY(evaluation_get(tx, evaluation_id, &now, err));
	if (now.state != EVALUATION_DRAFT || now.rev != rev)
		return conflict(err);
	TRY(sql_evaluation_points_drop(tx, (struct sql_evaluation_points_drop_in){evaluation_id}, NULL, err));
	TRY(sql_evaluation_steps_drop(tx, (struct sql_evaluation_steps_drop_in){evaluation_id}, NULL, err));
	TRY(sql_evaluation_drop(tx, (struct sql_evaluation_drop_in){.evaluation_id = evaluation_id, .rev = rev}, &changed, err));
	return changed ? RC_OK : conflict(err);
}

/* ---- signing ---- */

static enum rc check_complete(const struct evaluation *e, struct evaluation_flaw *flaw, struct err *err)
{
	TRY(blame(flaw, "temuan"));
	if (!e->findings.n)
		return FAIL(err, RC_INVALID, "Temuan belum diisi.");
	TRY(blame(flaw, "rekomendasi"));
	if (e->recommendation == RECOMMEND_COUNT)
		return FAIL(err, RC_INVALID, "Rekomendasi belum dipilih.");
	TRY(blame(flaw, "tenggat"));
	if (e->recommendation == RECOMMEND_WARN && !e->deadline.n)
		return FAIL(err, RC_INVALID, "Peringatan memerlukan batas waktu.");
	return RC_OK;
}

static enum rc check_signing(const struct evaluation_signing *ask, const struct evaluation *e, int64_t now_us,
                             struct evaluation_flaw *flaw, struct err *err)
{
	if (e->state != EVALUATION_DRAFT || e->rev != ask->rev)
		return conflict(err);
	TRY(check_complete(e, flaw, err));
	TRY(check_number(ask->number, flaw, err));
	TRY(check_day(ask->signed_on, e->last, now_us, flaw, err));
	TRY(blame(flaw, "tenggat"));
	if (e->deadline.n && e->deadline.n < ask->signed_on.n)
		return FAIL(err, RC_INVALID, "Batas waktu mendahului tanggal evaluasi.");
	TRY(blame(flaw, ""));
	if (ask->two_persons && str_eq(ask->by, e->saved_by))
		return FAIL(err, RC_REFUSED, "Evaluasi yang Anda simpan terakhir ditetapkan admin lain.");
	return RC_OK;
}

/* P8: the provider's duty of that semester is done (procedure/duty.c looks for this paper). */
static enum rc close_duty(struct tx *tx, const struct evaluation_signing *ask, const struct evaluation *e, int64_t now_us,
                          struct err *err)
{
	bool changed;
	if (!e->semester.n)
		return RC_OK;
	struct paper paper = {.kind = PAPER_EVIDENCE,
	                      .instansi_id = e->instansi_id,
	                      .subject = arena_printf(tx_arena(tx), "%s %.*s", duty_at(DUTY_EVALUATION)->key, STR_ARG(e->semester)),
	                      .number = ask->number,
	                      .signer = ask->signer.n ? ask->signer : S("Dinas Dukcapil"),
	                      .signed_on = ask->signed_on};
	return paper_put(tx, &paper, ask->by, now_us, &changed, err);
}

static enum rc freeze(struct tx *tx, const struct evaluation_signing *ask, const struct evaluation *e, struct err *err)
{
	struct decision decisions[POINT_COUNT];
	TRY(evaluation_decisions(tx, e, ask->findings, decisions, err));
	return put_points(tx, e->evaluation_id, decisions, true, err);
}

enum rc evaluation_sign(struct tx *tx, const struct evaluation_signing *ask, int64_t now_us, struct evaluation_flaw *flaw,
                        struct err *err)
{
	struct evaluation e;
	int64_t changed;
	TRY(blame(flaw, ""));
	TRY(evaluation_get(tx, ask->evaluation_id, &e, err));
	TRY(check_signing(ask, &e, now_us, flaw, err));
	if (!str_eq(ask->seen, str_c(checklist_mark(ask->findings).z)))
		return FAIL(err, RC_CONFLICT, "Usul daftar periksa berubah sejak Anda membukanya. Evaluasi belum ditetapkan.");
	struct sql_evaluation_finish_in in = {.evaluation_id = e.evaluation_id,
	                                      .rev = ask->rev,
	                                      .number = str_trim(ask->number),
	                                      .signed_day = ask->signed_on.n,
	                                      .now_us = now_us};
	TRY(sql_evaluation_finish(tx, in, &changed, err));
	if (!changed)
		return conflict(err);
	TRY(freeze(tx, ask, &e, err));
	struct evaluation_step step = {.step = EVALUATION_SIGN,
	                               .by = ask->by,
	                               .letter_number = str_trim(ask->number),
	                               .note = S(""),
	                               .at_us = now_us,
	                               .on = ask->signed_on};
	TRY(add_step(tx, e.evaluation_id, &step, err));
	return close_duty(tx, ask, &e, now_us, err);
}

/* ---- told, reported, followed ---- */

/* Where the way before this one ended: nothing comes before what it follows. */
static enum rc last_day(struct tx *tx, int64_t evaluation_id, struct day *ret, struct err *err)
{
	struct evaluation_step *list;
	size_t n;
	TRY(evaluation_steps(tx, evaluation_id, &list, &n, err));
	ret->n = 0;
	for (size_t i = 0; i < n; i++)
		if (list[i].step != EVALUATION_FOLLOW && list[i].on.n)
			*ret = list[i].on;
	return RC_OK;
}

static enum rc check_move(struct tx *tx, const struct evaluation_move *move, int64_t now_us, struct evaluation_flaw *flaw,
                          struct err *err)
{
	struct day from;
	TRY(last_day(tx, move->evaluation_id, &from, err));
	if (move->step == EVALUATION_REPORT)
		TRY(check_number(move->letter_number, flaw, err));
	else
		TRY(check_text(move->letter_number, EVALUATION_NUMBER_MAX, false, err));
	TRY(check_day(move->on, from, now_us, flaw, err));
	TRY(blame(flaw, "keterangan"));
	TRY(check_text(move->note, EVALUATION_REMARK_MAX, false, err));
	return blame(flaw, "");
}

enum rc evaluation_move(struct tx *tx, const struct evaluation_move *move, int64_t now_us, struct evaluation_flaw *flaw,
                        struct err *err)
{
	struct evaluation e;
	int64_t changed;
	assert(move->step == EVALUATION_TELL || move->step == EVALUATION_REPORT);
	TRY(blame(flaw, ""));
	TRY(evaluation_get(tx, move->evaluation_id, &e, err));
	if (e.rev != move->rev || !evaluation_may(move->step, e.state))
		return conflict(err);
	TRY(check_move(tx, move, now_us, flaw, err));
	struct sql_evaluation_move_in in = {.evaluation_id = e.evaluation_id,
	                                    .rev = move->rev,
	                                    .state = str_c(evaluation_state_at(evaluation_step_at(move->step)->to)->key),
	                                    .from = str_c(evaluation_state_at(e.state)->key),
	                                    .now_us = now_us};
	TRY(sql_evaluation_move(tx, in, &changed, err));
	if (!changed)
		return conflict(err);
	struct evaluation_step step = {.step = move->step,
	                               .by = move->by,
	                               .letter_number = str_trim(move->letter_number),
	                               .note = str_trim(move->note),
	                               .at_us = now_us,
	                               .on = move->on};
	return add_step(tx, e.evaluation_id, &step, err);
}

enum rc evaluation_followed(struct tx *tx, int64_t evaluation_id, int64_t instansi_id, struct str what, struct str by,
                            int64_t now_us, struct err *err)
{
	struct evaluation e;
	TRY(evaluation_get(tx, evaluation_id, &e, err));
	if (e.instansi_id != instansi_id || !evaluation_may(EVALUATION_FOLLOW, e.state))
		return FAIL(err, RC_REFUSED, "Evaluasi itu belum ditetapkan, atau bukan evaluasi instansi ini.");
	struct evaluation_step step = {.step = EVALUATION_FOLLOW, .by = by, .letter_number = S(""), .note = what, .at_us = now_us};
	return add_step(tx, evaluation_id, &step, err);
}
