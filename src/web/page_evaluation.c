/* SPDX-License-Identifier: EUPL-1.2
 * web/page_evaluation.c - one evaluation: its draft is written, reviewed and signed; then it
 * is told to the agency and reported to the minister (J.V). */
#include "jobs/mail.h"
#include "procedure/wording.h"
#include "report/report.h"
#include "web/evaluation_draw.h"
#include "web/pages.h"
#include "web/report_told.h"
#include "web/request_form.h"
#include "web/words.h"

#define LIST "/evaluasi"

static enum rc journal(struct visit *v, const struct evaluation_seen *seen, const char *what, struct err *err)
{
	const struct recommendation_row *row = recommendation_at(seen->e.recommendation);
	struct str about = arena_printf(v->arena, "evaluation %lld %s run=%lld figures=%.16s%s%s", (long long)seen->e.evaluation_id,
	                                what, (long long)seen->run.run_id, seen->run.digest.n >= 16 ? seen->run.digest.at : "-",
	                                row ? " recommendation=" : "", row ? row->key : "");
	struct entry entry = {
	        .act = ACT_EVALUATION, .outcome = "ok", .clause = "J.V", .instansi_id = seen->e.instansi_id, .about = about};
	return visit_journal(v, entry, NULL, err);
}

static enum rc draw(struct visit *v, const struct evaluation_seen *seen, const struct evaluation_try *tried, bool review,
                    int status, struct err *err)
{
	bool writes = principal_role(v->who) == ROLE_ADMIN && seen->e.state == EVALUATION_DRAFT;
	if (writes && (!review || !seen->counted))
		return evaluation_draw_form(v, seen, tried, status, err);
	return evaluation_draw_page(v, seen, tried, status, err);
}

enum rc page_evaluation_get(struct visit *v, struct err *err)
{
	int64_t id;
	struct evaluation_seen seen;
	TRY(evaluation_seen_number(http_query(v->rq, "e"), &id, err));
	TRY(evaluation_seen_find(v, id, &seen, err));
	return draw(v, &seen, &(struct evaluation_try){0}, str_eq(http_query(v->rq, "tinjau"), S("1")), 200, err);
}

/* Which evaluation a form is about, and the revision it was drawn from. */
static enum rc posted(struct visit *v, struct evaluation_seen *seen, int64_t *ret_rev, struct err *err)
{
	int64_t id;
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "rev"), 1, INT64_MAX, ret_rev) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(evaluation_seen_number(http_form(v->rq, "e"), &id, err));
	return evaluation_seen_find(v, id, seen, err);
}

/* What stands now, with what was refused; whatever was written is undone by the caller. */
static enum rc refused(struct visit *v, int64_t id, struct evaluation_try *tried, bool review, enum rc rc, const struct err *reason,
                       struct err *err)
{
	struct evaluation_seen now;
	if (rc == RC_BROKEN || rc == RC_ABSENT) {
		*err = *reason;
		return rc;
	}
	if (rc == RC_CONFLICT || rc == RC_REFUSED || rc == RC_LIMIT)
		tried->alert = words_sentence(v->arena, reason->what);
	TRY(evaluation_seen_find(v, id, &now, err));
	return draw(v, &now, tried, review, rc == RC_CONFLICT ? 409 : rc == RC_REFUSED ? 403 : 400, err);
}

/* ---- the draft ---- */

static void read_decisions(struct visit *v, struct decision decisions[POINT_COUNT])
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const char *key = point_at(i)->key;
		struct str remark = arena_printf(v->arena, "%s.catatan", key);
		decisions[i] = (struct decision){.proposed = RATING_NONE,
		                                 .decided = rating_of(http_form(v->rq, key)),
		                                 .words = S(""),
		                                 .remark = remark.at ? str_trim(http_form(v->rq, remark.at)) : S("")};
	}
}

static void read_text(struct visit *v, const struct evaluation_seen *seen, int64_t rev, struct evaluation_text *text,
                      struct evaluation_try *tried)
{
	text->evaluation_id = seen->e.evaluation_id;
	text->rev = rev;
	text->findings = http_form(v->rq, "temuan");
	text->recommendation = recommendation_of(http_form(v->rq, "rekomendasi"));
	text->by = principal_user_id(v->who);
	tried->deadline = str_trim(http_form(v->rq, "tenggat"));
	tried->text = text;
	if (tried->deadline.n && day_from_str(tried->deadline, &text->deadline) != RC_OK)
		blame_set(&tried->blame, "tenggat", "Tulis tanggalnya seperti 2026-11-23.");
}

static enum rc save(struct visit *v, const struct evaluation_seen *seen, int64_t rev, bool review, struct err *err)
{
	struct decision decisions[POINT_COUNT];
	struct evaluation_text text = {.decisions = decisions};
	struct evaluation_try tried = {0};
	struct evaluation_flaw flaw = {""};
	struct err reason = {0};
	read_decisions(v, decisions);
	read_text(v, seen, rev, &text, &tried);
	if (tried.blame.field)
		return draw(v, seen, &tried, false, 400, err);
	struct desk desk = request_desk(v);
	TRY(desk_attempt(&desk, err));
	enum rc rc = evaluation_save(v->tx, &text, v->now_us, &flaw, &reason);
	if (rc != RC_OK) {
		TRY(desk_settle(&desk, rc, err));
		blame_err(&tried.blame, flaw.field, &reason, v->arena);
		return refused(v, seen->e.evaluation_id, &tried, false, rc, &reason, err);
	}
	TRY(desk_settle(&desk, RC_OK, err));
	TRY(journal(v, seen, "save", err));
	struct url url = evaluation_seen_url(v, seen->e.evaluation_id, review ? S("") : S("evaluasi-simpan"));
	visit_redirect(v, review ? arena_printf(v->arena, "%.*s&tinjau=1", STR_ARG(url.s)) : url.s);
	return RC_OK;
}

static enum rc recount(struct visit *v, const struct evaluation_seen *seen, int64_t rev, struct err *err)
{
	struct evaluation_try tried = {0};
	struct err reason = {0};
	struct evaluation e = seen->e;
	e.rev = rev;
	struct desk desk = request_desk(v);
	TRY(desk_attempt(&desk, err));
	enum rc rc = evaluation_recount(v->tx, &e, principal_user_id(v->who), v->now_us, &reason);
	if (rc != RC_OK) {
		TRY(desk_settle(&desk, rc, err));
		return refused(v, e.evaluation_id, &tried, false, rc, &reason, err);
	}
	TRY(desk_settle(&desk, RC_OK, err));
	TRY(journal(v, seen, "recount", err));
	visit_redirect(v, evaluation_seen_url(v, e.evaluation_id, S("")).s);
	return RC_OK;
}

static enum rc drop(struct visit *v, const struct evaluation_seen *seen, int64_t rev, struct err *err)
{
	struct evaluation_try tried = {0};
	struct err reason = {0};
	enum rc rc = evaluation_drop(v->tx, seen->e.evaluation_id, rev, &reason);
	if (rc != RC_OK)
		return refused(v, seen->e.evaluation_id, &tried, false, rc, &reason, err);
	TRY(journal(v, seen, "drop", err));
	visit_redirect(v, S(LIST "?catatan=evaluasi-buang"));
	return RC_OK;
}

enum rc page_evaluation_draft_post(struct visit *v, struct err *err)
{
	struct evaluation_seen seen;
	int64_t rev;
	struct str step = http_form(v->rq, "langkah");
	TRY(posted(v, &seen, &rev, err));
	if (str_eq(step, S("hitung")))
		return recount(v, &seen, rev, err);
	if (str_eq(step, S("buang")))
		return drop(v, &seen, rev, err);
	return save(v, &seen, rev, str_eq(step, S("tinjau")), err);
}

/* ---- steps ---- */

/* What was typed for a step. */
struct step_form {
	enum evaluation_step_kind step;
	struct evaluation_seen seen;
	int64_t rev;
	struct day on;
	bool mail; /* tell: by mail too */
	struct evaluation_try tried;
	struct evaluation_flaw flaw;
};

/* P8: the report of that semester is evaluated with it. One that was not received yet, or has
 * gone on, stays as it is. */
static enum rc tell_report(struct visit *v, const struct evaluation *e, struct err *err)
{
	struct report_taken taken;
	struct err reason = {0};
	struct desk desk = request_desk(v);
	struct report_evaluation ask = {.evaluation_id = e->evaluation_id, .by = principal_user_id(v->who)};
	if (!e->semester.n)
		return RC_OK;
	enum rc rc = report_of_semester(v->tx, e->instansi_id, e->semester, &ask.report_id, &reason);
	if (rc == RC_OK)
		rc = report_evaluated(&desk, &ask, &taken, &reason);
	if (rc == RC_OK)
		return report_tell(v, &taken, err);
	if (rc == RC_ABSENT || rc == RC_CONFLICT)
		return RC_OK;
	*err = reason;
	return rc;
}

/* Of a semester, the paper names who signs for the provider. */
static enum rc sign(struct visit *v, struct step_form *f, struct err *err)
{
	struct wording_face face;
	if (!f->seen.counted)
		return FAIL(err, RC_CONFLICT, "Angkanya belum selesai dihitung.");
	TRY(wording_face(v->tx, &face, err));
	struct evaluation_signing ask = {.evaluation_id = f->seen.e.evaluation_id,
	                                 .rev = f->rev,
	                                 .number = f->tried.number,
	                                 .signed_on = f->on,
	                                 .signer = face.signer,
	                                 .by = principal_user_id(v->who),
	                                 .findings = f->seen.findings,
	                                 .seen = http_form(v->rq, "dilihat"),
	                                 .two_persons = visit_two_persons(v)};
	TRY(evaluation_sign(v->tx, &ask, v->now_us, &f->flaw, err));
	return tell_report(v, &f->seen.e, err);
}

static enum rc send_mail(struct visit *v, const struct step_form *f, struct err *err)
{
	BUF_AUTO body = BUF(MAIL_BODY_MAX);
	struct str to[MAIL_TO_MAX];
	const struct evaluation *e = &f->seen.e;
	struct mail mail = {.to = to};
	TRY(evaluation_draw_addresses(v, e->instansi_id, to, LEN(to), &mail.to_n, err));
	if (mail.to_n == 0)
		return FAIL(err, RC_INVALID, "Narahubung instansi tidak mempunyai alamat surel.");
	buf_addf(&body,
	         "Yang terhormat,\n\nevaluasi Dinas Dukcapil nomor %.*s tanggal %s atas pemanfaatan data kependudukan oleh\n%.*s "
	         "telah ditetapkan.\n\nIsinya dan suratnya ada pada halaman Evaluasi di Padan.\n"
	         "Surat ini dibuat oleh sistem dan tidak perlu dibalas.\n",
	         STR_ARG(e->number), day_long(e->signed_on).z, STR_ARG(f->seen.instansi.name));
	mail.key = arena_printf(v->arena, "evaluasi:%lld:sampai", (long long)e->evaluation_id);
	mail.subject = arena_printf(v->arena, "Hasil evaluasi %.*s", STR_ARG(f->seen.instansi.code));
	mail.body = buf_str(&body);
	return mail_put(v->tx, &mail, v->now_us, err);
}

static enum rc move(struct visit *v, struct step_form *f, struct err *err)
{
	struct str note = f->step == EVALUATION_REPORT ? f->tried.note : f->mail ? S("Surat dan surel") : S("Surat");
	struct evaluation_move ask = {.evaluation_id = f->seen.e.evaluation_id,
	                              .rev = f->rev,
	                              .step = f->step,
	                              .on = f->on,
	                              .letter_number = f->tried.number,
	                              .note = note,
	                              .by = principal_user_id(v->who)};
	TRY(evaluation_move(v->tx, &ask, v->now_us, &f->flaw, err));
	return f->mail ? send_mail(v, f, err) : RC_OK;
}

static enum rc take(struct visit *v, struct step_form *f, struct err *err)
{
	switch (f->step) {
	case EVALUATION_SIGN: return sign(v, f, err);
	case EVALUATION_TELL:
	case EVALUATION_REPORT: return move(v, f, err);
	case EVALUATION_MAKE:
	case EVALUATION_SAVE:
	case EVALUATION_RECOUNT:
	case EVALUATION_DROP:
	case EVALUATION_FOLLOW:
	case EVALUATION_STEPS: break;
	}
	return FAIL(err, RC_CONFLICT, "Langkah itu tidak dikenal.");
}

static struct str notice_of(enum evaluation_step_kind step)
{
	return step == EVALUATION_SIGN ? S("evaluasi-tetap") : step == EVALUATION_TELL ? S("evaluasi-sampai") : S("evaluasi-lapor");
}

static enum rc read_step(struct visit *v, struct step_form *f, struct err *err)
{
	TRY(posted(v, &f->seen, &f->rev, err));
	f->step = evaluation_step_of(http_form(v->rq, "langkah"));
	f->tried.number = str_trim(http_form(v->rq, "nomor"));
	f->tried.day = str_trim(http_form(v->rq, "tanggal"));
	f->tried.note = str_trim(http_form(v->rq, "keterangan"));
	f->mail = f->step == EVALUATION_TELL && str_eq(http_form(v->rq, "cara"), S("surel"));
	if (f->tried.day.n && day_from_str(f->tried.day, &f->on) != RC_OK)
		blame_set(&f->tried.blame, "tanggal", "Tulis tanggalnya seperti 2026-11-23.");
	return RC_OK;
}

enum rc page_evaluation_step_post(struct visit *v, struct err *err)
{
	struct step_form f = {.flaw = {""}};
	struct err reason = {0};
	TRY(read_step(v, &f, err));
	if (f.tried.blame.field)
		return draw(v, &f.seen, &f.tried, true, 400, err);
	struct desk desk = request_desk(v);
	TRY(desk_attempt(&desk, err));
	enum rc rc = take(v, &f, &reason);
	if (rc != RC_OK) {
		TRY(desk_settle(&desk, rc, err));
		if (rc == RC_INVALID)
			blame_err(&f.tried.blame, f.flaw.field, &reason, v->arena);
		return refused(v, f.seen.e.evaluation_id, &f.tried, true, rc, &reason, err);
	}
	TRY(desk_settle(&desk, RC_OK, err));
	TRY(journal(v, &f.seen, evaluation_step_at(f.step)->key, err));
	visit_redirect(v, evaluation_seen_url(v, f.seen.e.evaluation_id, notice_of(f.step)).s);
	return RC_OK;
}
