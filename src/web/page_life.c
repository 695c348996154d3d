/* SPDX-License-Identifier: EUPL-1.2
 * web/page_life.c - what the provider does to an agency's standing (agreement/life.h).
 *
 * Two steps: what was typed is checked and its effect told first; only the second
 * sending acts. Both are checked alike, and the state may have moved in between. An
 * evaluation that recommends a step (report/evaluation.h) leads here with what it knows. */
#include "agreement/life.h"
#include "procedure/letters.h"
#include "web/clause.h"
#include "web/evaluation_seen.h"
#include "web/frame.h"
#include "web/life.page.h"
#include "web/link.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/stand.h"
#include "web/subject.h"
#include "web/when.h"
#include "web/words.h"

#define SHOWN 200 /* steps of the past */
#define QUOTED 600 /* bytes of the findings that become the ground */

#define NEW_CODE "Perjanjian ini tidak dapat dihidupkan kembali; kerja sama baru didaftarkan dengan kode instansi yang baru."
#define REFUSED_NEXT                                                                                                               \
	"Permintaan berikutnya dari instansi ini langsung ditolak dengan teks \"Instansi tidak aktif\", juga pada halaman yang "   \
	"sudah terbuka. "
static const char *const effects[LIFE_COUNT] = {
        [LIFE_SUSPEND] =
                REFUSED_NEXT "Kepala instansi tetap dapat membuka perjanjian, dokumen, dan permohonan, dan melihat alasan ini.",
        [LIFE_RESUME] = "Permintaan berikutnya dilayani kembali, selama SPTJM, NDA, dan syarat lainnya terpenuhi.",
        [LIFE_END_TERM] = "Berakhirnya jangka waktu dicatat, sehingga suratnya dapat dibuat. " NEW_CODE,
        [LIFE_END_CONSENT] = REFUSED_NEXT NEW_CODE,
        [LIFE_END_NOMENCLATURE] = REFUSED_NEXT NEW_CODE,
        [LIFE_REVOKE] = REFUSED_NEXT NEW_CODE,
};

/* What was typed, and where it is wrong. */
struct attempt {
	struct office_subject subject;
	struct life_ask ask;
	struct evaluation evaluation; /* it follows from; evaluation_id 0: none */
	struct str day; /* as typed */
	enum life_part part;
	struct str problem;
	bool confirm;
	struct str alert;
};

/* ---- drawing ---- */

static void put_options(struct visit *v, const struct attempt *a, struct page_life *page)
{
	page->options = ARENA_ARRAY(v->arena, LIFE_COUNT, struct page_life_option);
	for (size_t i = 0; page->options && life_at(i); i++) {
		const struct life_row *row = life_at(i);
		if (life_allowed(row->life, a->subject.row.state))
			page->options[page->options_n++] = (struct page_life_option){
			        .key = str_c(row->key),
			        .label = str_c(row->label),
			        .clause = clause_words(v->arena, str_c(row->clause)),
			        .on = a->ask.life == row->life,
			        .noted = row->note,
			};
	}
}

static void put_typed(struct visit *v, const struct attempt *a, struct page_life *page)
{
	const struct life_row *row = life_at((size_t)a->ask.life);
	page->letter = a->ask.letter_number;
	page->letter_day = a->day;
	page->note = a->ask.note;
	page->step_problem = a->part == LIFE_PART_STEP ? a->problem : S("");
	page->note_problem = a->part == LIFE_PART_NOTE ? a->problem : S("");
	page->letter_problem = a->part == LIFE_PART_NUMBER ? a->problem : S("");
	page->day_problem = a->part == LIFE_PART_DAY ? a->problem : S("");
	page->confirm = a->confirm && row;
	if (!page->confirm)
		return;
	page->chosen = str_c(row->key);
	page->chosen_label = str_c(row->label);
	page->effect = str_c(effects[row->life]);
	page->clause = clause_words(v->arena, str_c(row->clause));
	page->letter_day_words = arena_str(v->arena, str_c(day_long(a->ask.letter_day).z));
}

static enum rc put_history(struct visit *v, int64_t instansi_id, struct str code, struct page_life *page, struct err *err)
{
	struct life_step *steps;
	size_t n;
	TRY(life_list(v->tx, instansi_id, &steps, &n, err));
	n = n < SHOWN ? n : SHOWN;
	page->steps = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_life_step);
	if (!page->steps)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		const struct life_step *s = &steps[i];
		struct arena *arena = visit_page_arena(v);
		page->steps[page->steps_n++] = (struct page_life_step){
		        .when = arena_str(arena, str_c(when_row(s->at_us).z)),
		        .title = str_c(life_at(s->life)->done),
		        .letter = s->letter_number.n
		                          ? arena_printf(arena, "%.*s, %s", STR_ARG(s->letter_number), day_short(s->letter_day).z)
		                          : S("-"),
		        .note = s->note.n ? s->note : S("-"),
		        .by = s->by.n ? s->by : S("baris perintah"),
		        .pdf = stand_step_letter(v, code, s),
		};
	}
	return RC_OK;
}

static struct str evaluation_number(struct visit *v, const struct attempt *a)
{
	int64_t id = a->evaluation.evaluation_id;
	return id ? arena_printf(v->arena, "%lld", (long long)id) : S("");
}

static struct str evaluation_words(struct visit *v, const struct attempt *a)
{
	const struct evaluation *e = &a->evaluation;
	if (!e->evaluation_id)
		return S("");
	return arena_printf(v->arena, "nomor %.*s tanggal %s", STR_ARG(e->number), day_long(e->signed_on).z);
}

static enum rc draw(struct visit *v, struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct stand stand;
	TRY(stand_read(v, a->subject.row.instansi_id, &stand, err));
	a->subject.row.state = stand.s.state;
	struct stand_words words = stand_words(&stand.s);
	struct page_life page = {
	        .csrf = visit_csrf(v),
	        .code = a->subject.row.code,
	        .name = a->subject.row.name,
	        .state = words.label,
	        .good = words.good,
	        .warned = words.warned,
	        .bad = words.bad,
	        .alert = a->alert,
	        .evaluation = evaluation_number(v, a),
	        .evaluation_words = evaluation_words(v, a),
	        .back = link_about(v, "/perjanjian", a->subject.row.code),
	};
	put_options(v, a, &page);
	put_typed(v, a, &page);
	TRY(put_history(v, a->subject.row.instansi_id, a->subject.row.code, &page, err));
	page_life_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Ubah status", .at = link_menu(v)}, status, &body, err);
}

/* ---- what follows from an evaluation (J.V, P9.1) ---- */

static enum rc read_evaluation(struct visit *v, struct str number, struct attempt *a, struct err *err)
{
	if (!number.n)
		return RC_OK;
	return evaluation_seen_followed(v, number, a->subject.row.instansi_id, &a->evaluation, err);
}

/* What the evaluation recommends, and why. */
static void put_recommended(struct visit *v, struct attempt *a)
{
	const struct evaluation *e = &a->evaluation;
	const struct recommendation_row *row = recommendation_at(e->recommendation);
	if (!e->evaluation_id || !row || !row->life)
		return;
	a->ask.life = life_of(str_c(row->life));
	struct str findings = str_cut(e->findings, QUOTED);
	a->ask.note = arena_printf(v->arena, "Hasil evaluasi %.*s:\n%.*s%s", STR_ARG(evaluation_words(v, a)), STR_ARG(findings),
	                           findings.n < e->findings.n ? "..." : "");
}

enum rc page_life_get(struct visit *v, struct err *err)
{
	struct attempt a = {.ask.life = LIFE_COUNT};
	TRY(office_subject(v, &a.subject, err));
	TRY(read_evaluation(v, http_query(v->rq, "evaluasi"), &a, err));
	put_recommended(v, &a);
	return draw(v, &a, 200, err);
}

/* ---- taking one ---- */

static enum rc attempt_of(struct visit *v, struct attempt *a, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(office_subject(v, &a->subject, err));
	a->day = str_trim(http_form(v->rq, "tanggal"));
	a->ask = (struct life_ask){
	        .instansi_id = a->subject.row.instansi_id,
	        .life = life_of(http_form(v->rq, "langkah")),
	        .letter_number = str_trim(http_form(v->rq, "nomor")),
	        .note = str_trim(http_form(v->rq, "alasan")),
	        .by = principal_user_id(v->who),
	};
	if (a->day.n && day_from_str(a->day, &a->ask.letter_day) != RC_OK) {
		a->part = LIFE_PART_DAY;
		a->problem = S("Tanggal surat tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.");
	}
	return read_evaluation(v, http_form(v->rq, "evaluasi"), a, err);
}

/* RC_INVALID, RC_REFUSED: a->part and a->problem tell; the page draws them. */
static enum rc check(struct visit *v, struct attempt *a, struct err *err)
{
	struct err reason = {0};
	if (a->problem.n)
		return RC_INVALID;
	enum rc rc = life_check(v->tx, &a->ask, v->now_us, &a->part, &reason);
	if (rc != RC_OK)
		*err = reason;
	a->problem = rc == RC_OK ? S("") : words_sentence(v->arena, reason.what);
	return rc;
}

static enum rc take(struct visit *v, struct attempt *a, struct err *err)
{
	const struct life_row *row = life_at((size_t)a->ask.life);
	struct str evaluation = evaluation_number(v, a);
	TRY(life_take(v->tx, &a->ask, v->now_us, err));
	if (evaluation.n)
		TRY(evaluation_followed(v->tx, a->evaluation.evaluation_id, a->ask.instansi_id, str_c(row->done), a->ask.by,
		                        v->now_us, err));
	struct entry entry = {.act = ACT_INSTANSI,
	                      .outcome = "ok",
	                      .instansi_id = a->ask.instansi_id,
	                      .clause = row->clause,
	                      .about = arena_printf(v->arena, "agreement state %s%s%.*s", row->key,
	                                            evaluation.n ? " evaluation=" : "", STR_ARG(evaluation))};
	TRY(visit_journal(v, entry, NULL, err));
	struct url_pair pairs[] = {{"instansi", a->subject.row.code}, {"catatan", S("status-dicatat")}};
	visit_redirect(v, url_path(v->arena, "/perjanjian", pairs, LEN(pairs)).s);
	return RC_OK;
}

enum rc page_life_post(struct visit *v, struct err *err)
{
	struct attempt a = {0};
	struct str sure = http_form(v->rq, "yakin");
	TRY(attempt_of(v, &a, err));
	enum rc rc = check(v, &a, err);
	if (rc == RC_REFUSED) { /* somebody took a step meanwhile */
		a.alert = a.problem;
		a.problem = S("");
		return draw(v, &a, 409, err);
	}
	if (rc == RC_INVALID)
		return draw(v, &a, 400, err);
	TRY(rc);
	if (str_eq(sure, S("1")))
		return take(v, &a, err);
	a.confirm = sure.n > 0; /* empty: back to the form, with what was typed */
	return draw(v, &a, 200, err);
}

/* ---- the letter of a step ---- */

static enum rc find_step(struct visit *v, const struct office_subject *subject, const struct life_step **ret, struct err *err)
{
	struct life_step *steps;
	size_t n;
	int64_t id;
	TRY(life_list(v->tx, subject->row.instansi_id, &steps, &n, err));
	if (str_int(http_query(v->rq, "n"), 1, INT64_MAX, &id) == RC_OK)
		for (size_t i = 0; i < n; i++)
			if (steps[i].step_id == id) {
				*ret = &steps[i];
				return RC_OK;
			}
	return FAIL(err, RC_ABSENT, "Surat itu tidak ada.");
}

/* What the letter says beside what every letter does. */
static void put_letter(struct visit *v, const struct life_step *step, struct letters *letters)
{
	const struct life_row *row = life_at(step->life);
	letters_put(letters, "nomor", step->letter_number);
	letters_put_day(letters, "tanggal", step->letter_day);
	letters_put(letters, "dasar", clause_words(v->arena, str_c(row->clause)));
	letters_put(letters, "alasan", step->note.n ? step->note : str_c(row->done));
	letters_put_day(letters, "mulai", day_of_us(step->at_us));
}

enum rc page_life_letter_get(struct visit *v, struct err *err)
{
	struct office_subject subject;
	const struct life_step *step;
	enum letter letter;
	struct letters *letters;
	struct desk desk = request_desk(v);
	TRY(office_subject(v, &subject, err));
	TRY(find_step(v, &subject, &step, err));
	TRY(letter_from_key(str_c(life_at(step->life)->letter), &letter));
	TRY(letters_begin(&desk, letter, subject.row.instansi_id, v->arena, &letters, err));
	put_letter(v, step, letters);
	struct str about =
	        arena_printf(v->arena, "agreement letter %s step=%lld", life_at(step->life)->key, (long long)step->step_id);
	struct entry entry = {.act = ACT_EXPORT, .outcome = "ok", .instansi_id = subject.row.instansi_id, .about = about};
	TRY(visit_journal(v, entry, NULL, err));
	v->own = letters;
	return RC_OK;
}

enum rc page_life_letter_after(struct visit *v, struct err *err)
{
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	const struct letter_ask *ask = letters_ask(v->own);
	if (!ask)
		return FAIL(err, RC_BROKEN, "memori surat tidak cukup");
	TRY(letter_write(ask, &pdf, err));
	visit_file(v, "application/pdf", arena_printf(v->arena, "surat-%s.pdf", letter_at(ask->letter)->key), &pdf);
	return RC_OK;
}
