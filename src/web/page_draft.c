/* SPDX-License-Identifier: EUPL-1.2
 * web/page_draft.c - the next version of an agreement: begun, written as a form,
 * compared, recorded, thrown away; or read from a file.
 *
 * A draft may be saved with mistakes: they stand beside their fields afterwards, and
 * keep it from being recorded. Whoever saves, records or drops says which revision he
 * has seen; when another admin was faster he sees the new state, and what he had typed
 * as differences from it. */
#include <stdio.h>
#include <stdlib.h>

#include "agreement/draft.h"
#include "agreement/field.h"
#include "agreement/file.h"
#include "agreement/paper.h"
#include "gate/record.h"
#include "web/draft_form.h"
#include "web/draftnew.page.h"
#include "web/evaluation_seen.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/terms_view.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/perjanjian/rancangan"

/* A draft that was read, and what is to be said about it. */
struct sheet {
	struct office_subject subject;
	struct draft draft;
	json_t *root; /* of draft.file_json; owner */
	json_t *terms;
	struct shape_complaints *complaints;
	struct str notice, alert, record_problem;
	struct str typed; /* terms somebody could not save; absent: none */
	struct evaluation evaluation; /* it is begun because of; evaluation_id 0: none */
};

static void sheet_close(struct sheet *sheet)
{
	json_decref(sheet->root);
}
#define SHEET_AUTO __attribute__((cleanup(sheet_close))) struct sheet

/* Terms as a text; {NULL,0}: no memory. */
static struct str terms_text(struct visit *v, const json_t *terms)
{
	char *text = json_dumps(terms, JSON_COMPACT);
	struct str ret = text ? arena_str(visit_page_arena(v), str_c(text)) : (struct str){NULL, 0};
	free(text); /* tidy: allow, jansson's */
	return ret;
}

/* RC_ABSENT: there is no draft. */
static enum rc sheet_read(struct visit *v, struct sheet *sheet, struct err *err)
{
	TRY(draft_get(v->tx, sheet->subject.row.instansi_id, &sheet->draft, err));
	json_decref(sheet->root);
	sheet->root = json_loadb(sheet->draft.file_json.at, sheet->draft.file_json.n, 0, NULL);
	sheet->terms = json_object_get(sheet->root, "terms");
	sheet->complaints = ARENA_NEW(visit_page_arena(v), struct shape_complaints);
	if (!sheet->complaints || !json_is_object(sheet->terms))
		return FAIL(err, RC_BROKEN, "rancangan tidak dapat dibaca");
	return agreement_file_complaints(sheet->draft.file_json, sheet->complaints, err);
}

/* ---- drawing ---- */

static enum rc put_changes(struct visit *v, const struct sheet *sheet, struct page_draft *page, struct buf *const out[2],
                           struct err *err)
{
	int base;
	size_t n = 0;
	struct terms_pair pair = {.after = terms_text(v, sheet->terms), .empty = "Rancangan ini belum mengubah apa pun."};
	TRY(agreement_base(v->tx, sheet->subject.row.instansi_id, sheet->draft.number, &base, err));
	page->first = base == 0;
	if (base)
		TRY(agreement_terms_json(v->tx, sheet->subject.row.instansi_id, base, &pair.before, err));
	if (base)
		TRY(terms_view_changes(v, &pair, out[0], &n, err));
	page->changed = (int64_t)n;
	page->changes = html_from_buf(out[0]);
	if (!sheet->typed.at)
		return RC_OK;
	struct terms_pair lost = {.before = pair.after, .after = sheet->typed, .empty = "Tidak ada yang berbeda dari isi terbaru."};
	TRY(terms_view_changes(v, &lost, out[1], NULL, err));
	page->unsaved = html_from_buf(out[1]);
	return RC_OK;
}

/* On record already, as the file says it. */
static enum rc is_on_record(struct visit *v, const struct paper *paper, bool *ret, struct err *err)
{
	int64_t id;
	struct paper there;
	*ret = false;
	enum rc rc = paper_id_of(v->tx, paper, &id, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	TRY(paper_get(v->tx, id, &there, err));
	*ret = there.state == PAPER_ACCEPTED && str_eq(there.signer, paper->signer) && there.signed_on.n == paper->signed_on.n &&
	       there.valid_until.n == paper->valid_until.n;
	return RC_OK;
}

static struct str paper_text(struct visit *v, const struct paper *p)
{
	struct str about = p->subject.n ? arena_printf(v->arena, "%.*s, ", STR_ARG(p->subject)) : S("");
	struct str until = p->valid_until.n ? arena_printf(v->arena, ", berlaku sampai %s", day_short(p->valid_until).z) : S("");
	return arena_printf(v->arena, "%.*snomor %.*s, ditandatangani %.*s %s%.*s", STR_ARG(about), STR_ARG(p->number),
	                    STR_ARG(p->signer), day_short(p->signed_on).z, STR_ARG(until));
}

/* Whoever records the version accepts these too, so he must see them. A file with
 * mistakes is not recorded, and shows none yet. */
static enum rc put_papers(struct visit *v, const struct sheet *sheet, struct page_draft *page, struct err *err)
{
	AGREEMENT_FILE_AUTO file = {0};
	struct err ignored = {0};
	if (sheet->complaints->n || agreement_file_read(sheet->draft.file_json, &file, &ignored) != RC_OK)
		return RC_OK;
	page->papers = ARENA_ARRAY(v->arena, json_array_size(file.papers) + 1, struct page_draft_paper);
	if (!page->papers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < json_array_size(file.papers); i++) {
		bool there;
		struct paper paper = agreement_file_paper(&file, i);
		paper.instansi_id = sheet->subject.row.instansi_id;
		TRY(is_on_record(v, &paper, &there, err));
		if (!there)
			page->papers[page->papers_n++] =
			        (struct page_draft_paper){str_c(paper_at(paper.kind)->label), paper_text(v, &paper)};
	}
	return RC_OK;
}

static void put_head(struct visit *v, const struct sheet *sheet, struct page_draft *page)
{
	const struct draft *draft = &sheet->draft;
	bool own = str_eq(draft->by, principal_user_id(v->who));
	page->csrf = visit_csrf(v);
	page->code = sheet->subject.row.code;
	page->name = sheet->subject.row.name;
	page->number = draft->number;
	page->rev = draft->rev;
	page->notice = sheet->notice;
	page->alert = sheet->alert;
	page->record_problem = sheet->record_problem;
	page->saved = arena_printf(v->arena, "%.*s, %s", STR_ARG(draft->by), when_row(draft->at_us).z);
	page->back = link_about(v, "/perjanjian", sheet->subject.row.code);
	page->may_edit = principal_role(v->who) == ROLE_ADMIN;
	page->other_person = visit_two_persons(v) && own && page->mistakes == 0;
	page->may_record = page->mistakes == 0 && !page->other_person;
}

/* One that was just begun is all gaps; they are named from the first saving on. */
static const struct shape_complaints *complaints_shown(const struct sheet *sheet)
{
	static const struct shape_complaints none;
	return sheet->draft.rev > 1 || sheet->alert.n ? sheet->complaints : &none;
}

static enum rc draw(struct visit *v, const struct sheet *sheet, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO terms = BUF(PAGE_MAX);
	BUF_AUTO changes = BUF(PAGE_MAX);
	BUF_AUTO unsaved = BUF(PAGE_MAX);
	struct buf *const parts[2] = {&changes, &unsaved};
	struct page_draft page = {0};
	const struct draft_form form = {visit_page_arena(v), sheet->terms, sheet->draft.number, complaints_shown(sheet)};
	TRY(draft_form_put(&form, &page, err));
	page.mistakes = (int64_t)sheet->complaints->n;
	put_head(v, sheet, &page);
	TRY(put_changes(v, sheet, &page, parts, err));
	TRY(put_papers(v, sheet, &page, err));
	if (!page.may_edit)
		TRY(terms_view_write(v, terms_text(v, sheet->terms), sheet->draft.number, &terms, err));
	page.terms = html_from_buf(&terms);
	page_draft_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Rancangan versi", .at = link_menu(v)}, status, &body, err);
}

/* An evaluation that recommends to reduce (report/evaluation.h) leads here. */
static enum rc sheet_evaluation(struct visit *v, struct str number, struct sheet *sheet, struct err *err)
{
	if (!number.n)
		return RC_OK;
	return evaluation_seen_followed(v, number, sheet->subject.row.instansi_id, &sheet->evaluation, err);
}

static struct str evaluation_words(struct visit *v, const struct sheet *sheet)
{
	const struct evaluation *e = &sheet->evaluation;
	if (!e->evaluation_id)
		return S("");
	return arena_printf(v->arena, "nomor %.*s tanggal %s", STR_ARG(e->number), day_long(e->signed_on).z);
}

static struct str evaluation_number(struct visit *v, const struct sheet *sheet)
{
	int64_t id = sheet->evaluation.evaluation_id;
	return id ? arena_printf(v->arena, "%lld", (long long)id) : S("");
}

static enum rc draw_none(struct visit *v, const struct sheet *sheet, struct str file_problem, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	const struct instansi_row *row = &sheet->subject.row;
	int base;
	TRY(agreement_base(v->tx, row->instansi_id, INT32_MAX, &base, err));
	page_draftnew_write(&body, &(struct page_draftnew){
	                                   .csrf = visit_csrf(v),
	                                   .code = row->code,
	                                   .name = row->name,
	                                   .first = base == 0,
	                                   .may_edit = principal_role(v->who) == ROLE_ADMIN,
	                                   .closed = row->state == INSTANSI_ENDED || row->state == INSTANSI_REVOKED,
	                                   .notice = sheet->notice,
	                                   .alert = sheet->alert,
	                                   .file_problem = file_problem,
	                                   .evaluation = evaluation_number(v, sheet),
	                                   .evaluation_words = evaluation_words(v, sheet),
	                                   .back = link_about(v, "/perjanjian", row->code),
	                           });
	return frame_page(v, &(struct frame){.title = "Rancangan versi", .at = link_menu(v)}, status, &body, err);
}

enum rc page_draft_get(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {.notice = words_notice(v)};
	TRY(office_subject(v, &sheet.subject, err));
	if (principal_role(v->who) == ROLE_ADMIN)
		TRY(sheet_evaluation(v, http_query(v->rq, "evaluasi"), &sheet, err));
	enum rc rc = sheet_read(v, &sheet, err);
	if (rc == RC_ABSENT)
		return draw_none(v, &sheet, S(""), 200, err);
	TRY(rc);
	return draw(v, &sheet, 200, err);
}

/* ---- what every POST begins and ends with ---- */

static enum rc posted(struct visit *v, struct sheet *sheet, int64_t *ret_rev, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca, atau terlalu banyak.");
	if (str_int(http_form(v->rq, "rev"), 1, INT64_MAX, ret_rev) != RC_OK)
		return FAIL(err, RC_INVALID, "Formulir ini tidak lengkap. Buka kembali rancangannya.");
	return office_subject(v, &sheet->subject, err);
}

static enum rc journal(struct visit *v, const struct office_subject *subject, struct str about, int64_t version_id, struct err *err)
{
	struct entry entry = {.act = ACT_AGREEMENT,
	                      .outcome = "ok",
	                      .instansi_id = subject->row.instansi_id,
	                      .version_id = version_id,
	                      .clause = "P9.2",
	                      .about = about};
	return visit_journal(v, entry, NULL, err);
}

static enum rc go(struct visit *v, const struct office_subject *subject, const char *path, struct str notice)
{
	struct url_pair pairs[] = {{"instansi", subject->row.code}, {"catatan", notice}};
	visit_redirect(v, url_path(v->arena, path, pairs, LEN(pairs)).s);
	return RC_OK;
}

/* Somebody was faster: what stands now, with what he did not see coming. */
static enum rc draw_conflict(struct visit *v, struct sheet *sheet, struct err *err)
{
	sheet->alert =
	        S("Rancangan ini telah disimpan, dicatat, atau dibuang orang lain sejak Anda membukanya. Tindakan Anda belum "
	          "dilakukan.");
	enum rc rc = sheet_read(v, sheet, err);
	if (rc == RC_ABSENT)
		return draw_none(v, sheet, S(""), 409, err);
	TRY(rc);
	return draw(v, sheet, 409, err);
}

/* ---- begin, import ---- */

static enum rc begun(struct visit *v, const struct sheet *sheet, const char *how, struct str notice, struct err *err)
{
	struct draft draft;
	TRY(draft_get(v->tx, sheet->subject.row.instansi_id, &draft, err));
	struct str evaluation = evaluation_number(v, sheet);
	struct str about = arena_printf(v->arena, "agreement draft %s version=%d%s%.*s", how, draft.number,
	                                evaluation.n ? " evaluation=" : "", STR_ARG(evaluation));
	TRY(journal(v, &sheet->subject, about, 0, err));
	return go(v, &sheet->subject, PATH, notice);
}

static enum rc save(struct visit *v, struct sheet *sheet, struct err *err);

/* What the addendum is about, as far as the evaluation says it. */
static enum rc put_recommended(struct visit *v, struct sheet *sheet, struct err *err)
{
	const struct evaluation *e = &sheet->evaluation;
	if (!e->evaluation_id)
		return RC_OK;
	TRY(sheet_read(v, sheet, err));
	struct str words = arena_printf(v->arena, "Pengurangan menurut hasil evaluasi %.*s", STR_ARG(evaluation_words(v, sheet)));
	json_t *subject = json_stringn(words.at, words.n);
	if (json_object_set_new(json_object_get(sheet->terms, "addendum"), "subject", subject) != 0)
		return FAIL(err, RC_BROKEN, "rancangan tidak dapat ditulis");
	TRY(save(v, sheet, err));
	return evaluation_followed(v->tx, e->evaluation_id, e->instansi_id, S("Rancangan adendum dimulai"),
	                           principal_user_id(v->who), v->now_us, err);
}

enum rc page_draft_begin(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {0};
	struct err reason = {0};
	TRY(office_subject(v, &sheet.subject, err));
	TRY(sheet_evaluation(v, http_form(v->rq, "evaluasi"), &sheet, err));
	enum rc rc = draft_begin(v->tx, sheet.subject.row.instansi_id, principal_user_id(v->who), v->now_us, &reason);
	if (rc == RC_CONFLICT)
		return draw_conflict(v, &sheet, err);
	if (rc == RC_REFUSED) {
		sheet.alert = words_sentence(v->arena, reason.what);
		return draw_none(v, &sheet, S(""), 403, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(put_recommended(v, &sheet, err));
	return begun(v, &sheet, "begin", S("rancangan-mulai"), err);
}

enum rc page_draft_import(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {0};
	struct err reason = {0};
	const struct http_file *file = http_file(v->rq, "berkas");
	TRY(office_subject(v, &sheet.subject, err));
	if (!file || file->bytes.n == 0)
		return draw_none(v, &sheet, S("Pilih berkas yang akan dimuat."), 400, err);
	enum rc rc = draft_import(v->tx, sheet.subject.row.instansi_id, file->bytes, principal_user_id(v->who), v->now_us, &reason);
	struct draft there;
	if (rc == RC_CONFLICT && draft_get(v->tx, sheet.subject.row.instansi_id, &there, err) == RC_OK)
		return draw_conflict(v, &sheet, err);
	if (rc == RC_INVALID || rc == RC_LIMIT || rc == RC_CONFLICT || rc == RC_REFUSED)
		return draw_none(v, &sheet, words_sentence(v->arena, reason.what), rc == RC_CONFLICT ? 409 : 400, err);
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	return begun(v, &sheet, "import", S("rancangan-muat"), err);
}

/* ---- save ---- */

static struct str form_get(void *arg, const char *name)
{
	return http_form(arg, name);
}

/* The form's texts into the terms that were read. */
static enum rc take_form(struct visit *v, struct sheet *sheet, struct err *err)
{
	const struct field_source source = {form_get, v->rq};
	return field_take_all(sheet->terms, sheet->draft.number, &source, err);
}

static enum rc save(struct visit *v, struct sheet *sheet, struct err *err)
{
	char *text = json_dumps(sheet->root, JSON_INDENT(2));
	struct draft draft = sheet->draft;
	if (!text)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	draft.file_json = str_c(text);
	enum rc rc = draft_save(v->tx, &draft, principal_user_id(v->who), v->now_us, err);
	free(text); /* tidy: allow, jansson's */
	return rc;
}

enum rc page_draft_save(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {0};
	int64_t rev;
	TRY(posted(v, &sheet, &rev, err));
	enum rc rc = sheet_read(v, &sheet, err);
	if (rc == RC_ABSENT)
		return draw_conflict(v, &sheet, err);
	TRY(rc);
	TRY(take_form(v, &sheet, err));
	rc = rev == sheet.draft.rev ? save(v, &sheet, err) : RC_CONFLICT;
	if (rc == RC_CONFLICT) {
		sheet.typed = terms_text(v, sheet.terms);
		return draw_conflict(v, &sheet, err);
	}
	TRY(rc);
	struct str about = arena_printf(v->arena, "agreement draft save version=%d", sheet.draft.number);
	TRY(journal(v, &sheet.subject, about, 0, err));
	return go(v, &sheet.subject, PATH, S("rancangan-simpan"));
}

/* ---- drop, record ---- */

enum rc page_draft_drop(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {0};
	int64_t rev;
	TRY(posted(v, &sheet, &rev, err));
	enum rc rc = draft_drop(v->tx, sheet.subject.row.instansi_id, rev, err);
	if (rc == RC_CONFLICT)
		return draw_conflict(v, &sheet, err);
	TRY(rc);
	TRY(journal(v, &sheet.subject, S("agreement draft drop"), 0, err));
	return go(v, &sheet.subject, PATH, S("rancangan-buang"));
}

static bool moved_on(struct visit *v, const struct sheet *sheet, int64_t rev)
{
	struct err ignored;
	struct draft now;
	return draft_get(v->tx, sheet->subject.row.instansi_id, &now, &ignored) != RC_OK || now.rev != rev;
}

/* The field a refusal is about gets one more complaint; without one it stands above. */
static enum rc draw_refused(struct visit *v, struct sheet *sheet, const struct applied *applied, const struct err *reason,
                            struct err *err)
{
	TRY(sheet_read(v, sheet, err));
	struct shape_complaints *all = sheet->complaints;
	if (!applied->field || all->n == SHAPE_COMPLAINTS_MAX) {
		sheet->alert = words_sentence(v->arena, reason->what);
		return draw(v, sheet, 409, err);
	}
	struct shape_complaint *one = &all->at[all->n++];
	snprintf(one->path, sizeof one->path, "%s", applied->field);
	snprintf(one->words, sizeof one->words, "%.119s", reason->what);
	sheet->alert = S("Versi belum dicatat; lihat isian yang ditandai.");
	return draw(v, sheet, 409, err);
}

/* " papers=sptjm,nda" for the journal. */
static struct str papers_text(struct visit *v, unsigned papers)
{
	struct str text = S("");
	for (size_t i = 0; paper_at(i); i++)
		if (papers & 1U << i)
			text = arena_printf(v->arena, "%.*s%s%s", STR_ARG(text), text.n ? "," : " papers=", paper_at(i)->key);
	return text;
}

static enum rc record(struct visit *v, struct sheet *sheet, int64_t rev, struct err *err)
{
	struct err reason = {0};
	struct applied applied;
	enum rc rc = record_draft(v, sheet->subject.row.instansi_id, rev, &applied, &reason);
	if (rc == RC_CONFLICT && moved_on(v, sheet, rev))
		return draw_conflict(v, sheet, err);
	if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_REFUSED)
		return draw_refused(v, sheet, &applied, &reason, err);
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	struct str about = arena_printf(v->arena, "agreement record version=%d%.*s", applied.version_number,
	                                STR_ARG(papers_text(v, applied.papers)));
	TRY(journal(v, &sheet->subject, about, applied.version_id, err));
	return go(v, &sheet->subject, "/perjanjian", S("versi-dicatat"));
}

enum rc page_draft_record(struct visit *v, struct err *err)
{
	SHEET_AUTO sheet = {0};
	int64_t rev;
	TRY(posted(v, &sheet, &rev, err));
	if (str_eq(http_form(v->rq, "yakin"), S("1")))
		return record(v, &sheet, rev, err);
	sheet.record_problem = S("Centang pernyataan ini sebelum mencatat.");
	enum rc rc = sheet_read(v, &sheet, err);
	if (rc == RC_ABSENT)
		return draw_conflict(v, &sheet, err);
	TRY(rc);
	return draw(v, &sheet, 400, err);
}
