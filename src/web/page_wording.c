/* SPDX-License-Identifier: EUPL-1.2
 * web/page_wording.c - the texts of letters and the provider's letterhead: the admin
 * edits, tries and restores them, the auditor reads. A text with a mistake is not kept,
 * and stays in the form. */
#include "procedure/wording.h"

#include "web/frame.h"
#include "web/pages.h"
#include "web/when.h"
#include "web/wording.page.h"
#include "web/wordings.page.h"
#include "web/words.h"

#define HISTORY_MAX 100
#define LETTERS_MAX LETTER_COUNT
#define NAMES_MAX LETTER_NAMES_MAX

static bool may_edit(const struct visit *v)
{
	return principal_role(v->who) == ROLE_ADMIN;
}

static struct str number(struct visit *v, int64_t n)
{
	return arena_printf(v->arena, "%lld", (long long)n);
}

static struct str changed_by(struct visit *v, int64_t at_us, struct str by)
{
	return arena_printf(v->arena, "diubah %s oleh %.*s", day_short(day_of_us(at_us)).z, STR_ARG(by));
}

/* ---- all letters ---- */

static enum rc put_letters(struct visit *v, struct page_wordings *page, struct err *err)
{
	struct wording_row *edits;
	size_t n;
	TRY(wording_edited(v->tx, &edits, &n, err));
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		struct url_pair pair = {"surat", str_c(letter_at(i)->key)};
		page->letters[i] = (struct page_wordings_letter){.url = url_path(v->arena, "/naskah/isi", &pair, 1),
		                                                 .name = str_c(letter_at(i)->name),
		                                                 .clause = str_c(letter_at(i)->clause)};
		for (size_t j = 0; j < n; j++)
			if (edits[j].letter == letter_at(i)->letter && !edits[j].restored)
				page->letters[i].edited = changed_by(v, edits[j].at_us, edits[j].by);
	}
	page->letters_n = LETTER_COUNT;
	return RC_OK;
}

static const char *const line_labels[PDF_LETTERHEAD_MAX] = {"Pemerintah daerah", "Nama kantor",  "Baris ketiga",
                                                            "Baris keempat",     "Baris kelima", "Baris keenam"};
static const char *const line_names[PDF_LETTERHEAD_MAX] = {"kop1", "kop2", "kop3", "kop4", "kop5", "kop6"};

static void put_face(struct visit *v, const struct wording_face *face, struct page_wordings *page)
{
	for (size_t i = 0; i < PDF_LETTERHEAD_MAX; i++)
		page->lines[i] = (struct page_wordings_line){str_c(line_names[i]), str_c(line_labels[i]),
		                                             i < face->lines_n ? face->lines[i] : S("")};
	page->lines_n = PDF_LETTERHEAD_MAX;
	page->place = face->place;
	page->signer = face->signer;
	page->nip = face->nip;
	page->seen = number(v, face->number);
	page->face_by = face->number && face->by.n ? changed_by(v, face->at_us, face->by)
	                                           : S("Belum diisi: kop memakai nama dan alamat kantor menurut perjanjian.");
}

static enum rc draw_all(struct visit *v, const struct wording_face *face, const char *problem, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_wordings_letter letters[LETTERS_MAX];
	struct page_wordings_line lines[PDF_LETTERHEAD_MAX];
	struct page_wordings page = {.notice = words_notice(v),
	                             .may_edit = may_edit(v),
	                             .csrf = visit_csrf(v),
	                             .letters = letters,
	                             .lines = lines,
	                             .problem = problem ? words_sentence(v->arena, problem) : S("")};
	TRY(put_letters(v, &page, err));
	put_face(v, face, &page);
	page_wordings_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Naskah surat", .at = "/naskah"}, problem ? 400 : 200, &body, err);
}

enum rc page_wordings_get(struct visit *v, struct err *err)
{
	struct wording_face face;
	TRY(wording_face(v->tx, &face, err));
	return draw_all(v, &face, NULL, err);
}

static enum rc journal(struct visit *v, const char *what, struct err *err)
{
	struct entry entry = {.act = ACT_PAPER, .outcome = "ok", .about = arena_printf(v->arena, "naskah %s", what)};
	return visit_journal(v, entry, NULL, err);
}

enum rc page_wording_face_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct wording_face face = {.place = str_trim(http_form(v->rq, "tempat")),
	                            .signer = str_trim(http_form(v->rq, "pejabat")),
	                            .nip = str_trim(http_form(v->rq, "nip")),
	                            .by = S("")};
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "dilihat"), 0, INT64_MAX, &face.number) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	for (size_t i = 0; i < PDF_LETTERHEAD_MAX; i++)
		face.lines[i] = str_trim(http_form(v->rq, line_names[i]));
	face.lines_n = PDF_LETTERHEAD_MAX;
	enum rc rc = wording_save_face(v->tx, &face, principal_user_id(v->who), v->now_us, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return draw_all(v, &face, reason.what, err);
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal(v, "kop", err));
	visit_redirect(v, S("/naskah?catatan=naskah-simpan"));
	return RC_OK;
}

/* ---- one letter ---- */

static enum rc letter_named(struct str key, enum letter *ret, struct err *err)
{
	return letter_from_key(key, ret) == RC_OK ? RC_OK : FAIL(err, RC_ABSENT, "Surat itu tidak ada.");
}

/* What the form shows: the text in use, an earlier one, or what was typed and refused. */
struct showing {
	enum letter letter;
	struct str body;
	int64_t seen, earlier;
	const char *problem;
};

static enum rc put_history(struct visit *v, enum letter letter, struct page_wording *page, struct err *err)
{
	struct wording_row *rows;
	TRY(wording_history(v->tx, letter, &rows, &page->edits_n, err));
	page->edits = ARENA_ARRAY(tx_arena(v->tx), page->edits_n + 1, struct page_wording_edit);
	if (!page->edits)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page->edits_n; i++) {
		struct url_pair pairs[] = {{"surat", str_c(letter_at(letter)->key)}, {"nomor", number(v, rows[i].number)}};
		page->edits[i] = (struct page_wording_edit){.url = url_path(v->arena, "/naskah/isi", pairs, 2),
		                                            .number = pairs[1].value,
		                                            .when = arena_str(v->arena, str_c(when_row(rows[i].at_us).z)),
		                                            .by = rows[i].by,
		                                            .restored = rows[i].restored};
	}
	return RC_OK;
}

static void put_names(enum letter letter, struct page_wording *page)
{
	const struct letter_name *name;
	for (size_t i = 0; page->names_n < NAMES_MAX && (name = letter_name_at(letter, i)); i++)
		page->names[page->names_n++] = (struct page_wording_name){str_c(name->name), str_c(name->meaning)};
}

static enum rc draw_one(struct visit *v, const struct showing *showing, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_wording_name names[NAMES_MAX];
	struct wording now;
	const struct letter_kind *kind = letter_at(showing->letter);
	struct url_pair pair = {"surat", str_c(kind->key)};
	TRY(wording_get(v->tx, showing->letter, &now, err));
	struct page_wording page = {
	        .notice = words_notice(v),
	        .name = str_c(kind->name),
	        .clause = str_c(kind->clause),
	        .key = str_c(kind->key),
	        .csrf = visit_csrf(v),
	        .seen = number(v, showing->seen),
	        .problem = showing->problem ? words_sentence(v->arena, showing->problem) : S(""),
	        .body = showing->body,
	        .edited = now.edited,
	        .may_edit = may_edit(v),
	        .sample = url_path(v->arena, "/naskah/contoh", &pair, 1),
	        .names = names,
	        .showing = showing->earlier ? number(v, showing->earlier) : S(""),
	};
	put_names(showing->letter, &page);
	TRY(put_history(v, showing->letter, &page, err));
	page_wording_write(&body, &page);
	return frame_page(v, &(struct frame){.title = kind->name, .at = "/naskah"}, showing->problem ? 400 : 200, &body, err);
}

/* A default text begins with remarks for whoever builds Padan; an editor needs none of
 * them. */
static struct str without_remarks(struct str body)
{
	while (str_starts(body, S("//")))
		(void)str_split(&body, '\n');
	return body;
}

enum rc page_wording_get(struct visit *v, struct err *err)
{
	struct showing showing = {0};
	struct wording wording;
	int64_t earlier;
	TRY(letter_named(http_query(v->rq, "surat"), &showing.letter, err));
	TRY(wording_get(v->tx, showing.letter, &wording, err));
	showing.seen = wording.number;
	if (str_int(http_query(v->rq, "nomor"), 1, INT64_MAX, &earlier) == RC_OK && earlier != wording.number) {
		TRY(wording_version(v->tx, showing.letter, earlier, &wording, err));
		showing.earlier = earlier;
	}
	showing.body = wording.edited ? wording.body : without_remarks(wording.body);
	return draw_one(v, &showing, err);
}

/* A sample as PDF, typeset after the commit. */
struct sample {
	enum letter letter;
	struct str body;
};

static enum rc keep_sample(struct visit *v, enum letter letter, struct str body, struct err *err)
{
	struct sample *sample = ARENA_NEW(v->arena, struct sample);
	if (!sample)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*sample = (struct sample){letter, arena_str(v->arena, body)};
	v->own = sample;
	return RC_OK;
}

/* Line ends as the language of naskah has them. */
static struct str unix_lines(struct visit *v, struct str typed)
{
	size_t n = 0;
	char *out = arena_alloc(v->arena, typed.n + 1);
	for (size_t i = 0; out && i < typed.n; i++)
		if (typed.at[i] != '\r')
			out[n++] = typed.at[i];
	return str_from(out, n);
}

static enum rc save(struct visit *v, const struct showing *showing, bool restore, struct err *err)
{
	struct err reason = {0};
	struct wording_edit edit = {.body = restore ? S("") : showing->body,
	                            .seen = showing->seen,
	                            .by = principal_user_id(v->who),
	                            .now_us = v->now_us};
	enum rc rc = !restore && !edit.body.n ? FAIL(&reason, RC_INVALID, "naskah tidak boleh kosong")
	                                      : wording_save(v->tx, showing->letter, &edit, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT || rc == RC_CONFLICT) {
		struct showing again = *showing;
		again.problem = reason.what;
		return draw_one(v, &again, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal(v, letter_at(showing->letter)->key, err));
	visit_redirect(v, arena_printf(v->arena, "/naskah/isi?surat=%s&catatan=naskah-simpan", letter_at(showing->letter)->key));
	return RC_OK;
}

enum rc page_wording_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct showing showing = {.body = unix_lines(v, http_form(v->rq, "isi"))};
	struct str act = http_form(v->rq, "tindakan");
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "dilihat"), 0, INT64_MAX, &showing.seen) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(letter_named(http_form(v->rq, "surat"), &showing.letter, err));
	if (!str_eq(act, S("contoh")))
		return save(v, &showing, str_eq(act, S("bawaan")), err);
	if (letter_check(showing.letter, showing.body, &reason) != RC_OK) {
		showing.problem = reason.what;
		return draw_one(v, &showing, err);
	}
	return keep_sample(v, showing.letter, showing.body, err);
}

enum rc page_wording_sample_get(struct visit *v, struct err *err)
{
	enum letter letter;
	struct wording wording;
	TRY(letter_named(http_query(v->rq, "surat"), &letter, err));
	TRY(wording_get(v->tx, letter, &wording, err));
	return keep_sample(v, letter, wording.body, err);
}

enum rc page_wording_sample_after(struct visit *v, struct err *err)
{
	const struct sample *sample = v->own;
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	TRY(letter_sample(sample->letter, sample->body, &pdf, err));
	visit_file(v, "application/pdf", arena_printf(v->arena, "contoh-%s.pdf", letter_at(sample->letter)->key), &pdf);
	return RC_OK;
}
