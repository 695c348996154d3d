/* SPDX-License-Identifier: EUPL-1.2
 * web/page_agreement.c - the agreement with one agency: state, life, terms in force,
 * versions, papers. The provider's people name the agency, its head sees his own. */
#include "agreement/paper.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "web/agreement.page.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/terms_view.h"
#include "web/timeline.h"
#include "web/words.h"

#define PATH "/perjanjian"
#define PAST_SHOWN 12 /* of what lies behind */

/* The other pages about one agency; those that are not for the visitor are left out. */
static const struct link_row {
	const char *path, *label;
} links[] = {
        {"/perjanjian/rancangan", "Rancangan versi"},
        {"/perjanjian/status", "Ubah status"},
        {"/dokumen", "Dokumen"},
        {"/pengguna", "Pengguna"},
        {"/pejabat", "Pejabat dan narahubung"},
        {"/permohonan", "Permohonan"},
        {"/kewajiban", "Kewajiban"},
};

static void put_links(struct visit *v, struct str code, struct page_agreement *page)
{
	page->links = ARENA_ARRAY(v->arena, LEN(links), struct page_agreement_link);
	for (size_t i = 0; page->links && i < LEN(links); i++)
		if (link_open(v, HTTP_GET, links[i].path))
			page->links[page->links_n++] =
			        (struct page_agreement_link){link_about(v, links[i].path, code), str_c(links[i].label)};
}

/* ---- state ---- */

static enum rc put_state(struct visit *v, const struct standing *s, struct page_agreement *page, struct err *err)
{
	struct stand_words words = stand_words(s);
	page->code = s->code;
	page->name = s->name;
	page->state = words.label;
	page->good = words.good;
	page->warned = words.warned;
	page->bad = words.bad;
	struct gate_reason reason = gate_standing_reason(s);
	if (s->state == INSTANSI_DRAFT || words.good)
		return RC_OK;
	page->ground = str_c(reason.text);
	page->clause = clause_words(v->arena, str_c(reason.clause));
	struct stand_step step;
	TRY(stand_reason(v, s, &step, err));
	page->reason = step.words;
	page->letter = step.letter;
	return RC_OK;
}

/* ---- the line ---- */

static void put_line(struct visit *v, const struct timeline *t, struct day today, struct page_agreement *page)
{
	size_t past = 0, skip;
	while (past < t->n && !t->at[past].now)
		past++;
	skip = past > PAST_SHOWN && past < t->n ? past - PAST_SHOWN : 0;
	page->older = (int64_t)skip;
	page->line = ARENA_ARRAY(v->arena, t->n + 1, struct page_agreement_moment);
	for (size_t i = skip; page->line && i < t->n; i++)
		page->line[page->line_n++] = (struct page_agreement_moment){
		        .done = t->at[i].day.n <= today.n && !t->at[i].now,
		        .now = t->at[i].now,
		        .day = arena_str(v->arena, str_c(day_long(t->at[i].day).z)),
		        .title = t->at[i].title,
		        .note = t->at[i].note,
		};
}

static enum rc draw_line(struct visit *v, const struct stand *stand, const struct version_list *versions,
                         struct page_agreement *page, struct err *err)
{
	struct timeline_source source = {.stand = stand, .versions = versions->at, .versions_n = versions->n};
	struct life_step *steps;
	struct timeline *timeline = ARENA_NEW(visit_page_arena(v), struct timeline);
	if (!timeline)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(life_list(v->tx, stand->s.instansi_id, &steps, &source.steps_n, err));
	source.steps = steps;
	timeline_make(v, &source, timeline);
	put_line(v, timeline, stand->today, page);
	return RC_OK;
}

/* ---- versions ---- */

static const char *version_state(const struct version *one, const struct standing *s, struct day today)
{
	if (one->number == s->version_number)
		return "berlaku";
	if (one->begin.n > today.n)
		return "terjadwal";
	return one->end.n >= today.n ? "digantikan" : "lampau";
}

static struct str ground_words(struct visit *v, const struct terms *terms)
{
	struct str clause = clause_words(v->arena, terms->addendum_ground);
	return arena_printf(v->arena, "Adendum nomor %.*s; dasar: %.*s", STR_ARG(terms->addendum_number), STR_ARG(clause));
}

static void put_versions(struct visit *v, const struct stand *stand, const struct version_list *list, struct page_agreement *page)
{
	page->versions = ARENA_ARRAY(v->arena, list->n + 1, struct page_agreement_version);
	for (size_t i = 0; page->versions && i < list->n; i++) {
		const struct version *one = &list->at[i];
		bool base = one->number == 1;
		page->versions[page->versions_n++] = (struct page_agreement_version){
		        .url = link_version(v, "/perjanjian/versi", stand->s.code, one->number),
		        .number = arena_printf(v->arena, "%d", one->number),
		        .state = str_c(version_state(one, &stand->s, stand->today)),
		        .good = one->number == stand->s.version_number,
		        .first = arena_str(v->arena, str_c(day_short(one->begin).z)),
		        .last = arena_str(v->arena, str_c(day_short(one->end).z)),
		        .ground = base ? arena_printf(v->arena, "PKS nomor %.*s", STR_ARG(one->terms->pks_number))
		                       : ground_words(v, one->terms),
		        .subject = base ? S("Perjanjian dasar") : one->terms->addendum_subject,
		};
	}
}

static enum rc put_terms(struct visit *v, const struct stand *stand, struct buf *out, struct page_agreement *page, struct err *err)
{
	struct str json;
	const struct standing *s = &stand->s;
	page->in_force = s->terms != NULL;
	if (!s->terms)
		return RC_OK;
	page->version = s->version_number;
	page->version_url = link_version(v, "/perjanjian/versi", s->code, s->version_number);
	TRY(agreement_terms_json(v->tx, s->instansi_id, s->version_number, &json, err));
	TRY(terms_view_write(v, json, s->version_number, out, err));
	page->terms = html_from_buf(out);
	return RC_OK;
}

/* ---- papers ---- */

static enum rc put_paper(struct visit *v, const struct stand *stand, enum paper_kind kind, struct str subject,
                         struct page_agreement_paper *row, struct err *err)
{
	struct paper paper;
	enum rc rc = paper_latest(v->tx, stand->s.instansi_id, kind, subject, &paper, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	row->note = paper.valid_until.n
	                    ? arena_printf(v->arena, "Nomor %.*s, %s sampai %s", STR_ARG(paper.number),
	                                   day_short(paper.signed_on).z, day_short(paper.valid_until).z)
	                    : arena_printf(v->arena, "Nomor %.*s, %s", STR_ARG(paper.number), day_short(paper.signed_on).z);
	if (paper.valid_until.n && paper.valid_until.n < stand->today.n)
		row->state = S("habis berlaku");
	return RC_OK;
}

static enum rc put_papers(struct visit *v, const struct stand *stand, struct page_agreement *page, struct err *err)
{
	const struct standing *s = &stand->s;
	const struct {
		const char *label;
		struct str subject;
		enum paper_kind kind;
		bool there, needed;
	} rows[] = {
	        {"SPTJM kepala instansi", S(""), PAPER_SPTJM, s->sptjm, true},
	        {"Surat persetujuan Direktur Jenderal", S(""), PAPER_MINISTRY, s->ministry_approval, true},
	        {"Hasil PoC web portal", S("portal"), PAPER_POC, s->poc_passed[METHOD_PORTAL], false},
	        {"Sertifikat ISO/IEC 27001", S(""), PAPER_ISO27001, false, false},
	};
	page->papers = ARENA_ARRAY(v->arena, LEN(rows), struct page_agreement_paper);
	if (!page->papers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < LEN(rows); i++) {
		struct page_agreement_paper *row = &page->papers[page->papers_n++];
		*row = (struct page_agreement_paper){.label = str_c(rows[i].label), .note = S("-")};
		TRY(put_paper(v, stand, rows[i].kind, rows[i].subject, row, err));
		bool valid = rows[i].there || (rows[i].kind == PAPER_ISO27001 && row->note.n > 1 && !row->state.n);
		row->good = valid;
		row->bad = !valid && rows[i].needed;
		if (!row->state.n)
			row->state = valid ? S("tercatat") : S("belum ada");
	}
	return RC_OK;
}

/* ---- the page ---- */

static enum rc draw(struct visit *v, const struct stand *stand, struct page_agreement *page, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO band = BUF(PAGE_MAX);
	BUF_AUTO lacks = BUF(PAGE_MAX);
	BUF_AUTO terms = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct version_list versions;
	struct pager pager = {.path = PATH, .page = pager_page(v)};
	pager_add(&pager, "instansi", principal_instansi(v->who) ? S("") : stand->s.code);
	TRY(agreement_version_page(gate_agreement(v), v->tx, stand->s.instansi_id, pager_skip(pager.page), PAGER_MOST, &versions,
	                           err));
	stand_band_write(v, stand, &band);
	stand_lacks_write(v, stand, &lacks);
	page->band = html_from_buf(&band);
	page->lacks = html_from_buf(&lacks);
	TRY(put_terms(v, stand, &terms, page, err));
	TRY(draw_line(v, stand, &versions, page, err));
	put_versions(v, stand, &versions, page);
	pager.all = versions.all;
	pager.shown = versions.n;
	if (versions.all > PAGER_MOST)
		pager_write(v, &pager, &pages);
	page->pages = html_from_buf(&pages);
	page_agreement_write(&body, page);
	return frame_page(v, &(struct frame){.title = "Perjanjian", .at = link_menu(v)}, 200, &body, err);
}

enum rc page_agreement_get(struct visit *v, struct err *err)
{
	struct office_subject subject;
	struct stand stand;
	struct page_agreement page = {.notice = words_notice(v)};
	TRY(office_subject(v, &subject, err));
	TRY(stand_read(v, subject.row.instansi_id, &stand, err));
	TRY(put_state(v, &stand.s, &page, err));
	put_links(v, stand.s.code, &page);
	TRY(put_papers(v, &stand, &page, err));
	return draw(v, &stand, &page, err);
}
