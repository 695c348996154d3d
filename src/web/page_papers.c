/* SPDX-License-Identifier: EUPL-1.2
 * web/page_papers.c - papers on file as a list: of one agency with what its access hangs
 * on, or, for the provider's people who name none, what waits of all. One paper:
 * page_paper.c; a new one: page_paper_new.c. */
#include "agreement/official.h"
#include "agreement/paper.h"
#include "agreement/workday.h"
#include "gate/strip.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/paper_words.h"
#include "web/papers.page.h"

#define PATH "/dokumen"
#define GATES_MAX 4
#define ISO_MONTHS 6 /* P2.2i */

struct look {
	struct office_subject subject;
	struct paper_page ask;
	struct pager pager;
	struct gate_instansi instansi;
};

static struct str state_asked(struct visit *v)
{
	struct str key = http_query(v->rq, "keadaan");
	const struct paper_state_row *row;
	for (size_t i = 0; (row = paper_state_at(i)); i++)
		if (str_eq(key, str_c(row->key)))
			return key;
	return S("");
}

static enum rc look_of(struct visit *v, struct look *ret, struct err *err)
{
	TRY(office_subject_or_all(v, &ret->subject, err));
	ret->ask = (struct paper_page){.instansi_id = ret->subject.row.instansi_id,
	                               .kind = paper_kind_of(http_query(v->rq, "jenis")),
	                               .state = state_asked(v),
	                               .skip = pager_skip(pager_page(v)),
	                               .most = PAGER_MOST};
	const struct paper_row *kind = paper_at(ret->ask.kind);
	ret->pager = (struct pager){.path = PATH, .page = pager_page(v)};
	pager_add(&ret->pager, "instansi", ret->subject.own ? S("") : ret->subject.row.code);
	pager_add(&ret->pager, "jenis", str_c(kind ? kind->key : ""));
	pager_add(&ret->pager, "keadaan", ret->ask.state);
	return RC_OK;
}

/* ---- what access hangs on ---- */

static void add_gate(struct page_papers *page, const char *label, const char *value, const char *colour, struct str more)
{
	page->gates[page->gates_n++] = (struct page_papers_gate){str_c(label), str_c(value), str_c(colour), more};
}

/* J.VI.D, J.VI.H: signed by the present head. */
static enum rc add_sptjm(struct visit *v, const struct look *look, struct page_papers *page, struct err *err)
{
	struct official head;
	struct day today = day_of_us(v->now_us);
	if (look->instansi.standing.sptjm) {
		add_gate(page, "SPTJM", "berlaku", "ok", S("Ditandatangani pimpinan instansi."));
		return RC_OK;
	}
	enum rc rc = official_definitive(v->tx, look->ask.instansi_id, today, &head, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	struct str more = S("Belum ada SPTJM yang berlaku; semua permintaan dijawab \"Instansi tidak aktif\".");
	if (rc == RC_OK)
		more = arena_printf(
		        v->arena,
		        "SPTJM yang ditandatangani %.*s sejak %s belum ada; semua permintaan dijawab \"Instansi tidak aktif\".",
		        STR_ARG(head.name), day_short(head.begin).z);
	add_gate(page, "SPTJM", "belum ada", "no", more);
	return RC_OK;
}

static struct str iso_due_words(struct visit *v, struct day due, struct day moved)
{
	if (due.n == moved.n)
		return arena_printf(v->arena, "Paling lambat %s, enam bulan setelah penandatanganan.", day_long(due).z);
	return arena_printf(v->arena, "Paling lambat %s: enam bulan setelah penandatanganan, maju dari %s yang hari libur.",
	                    day_long(moved).z, day_long(due).z);
}

/* The due date does not gate access; who is late is told so. */
static enum rc add_iso(struct visit *v, const struct look *look, struct page_papers *page, struct err *err)
{
	const struct terms *t = look->instansi.standing.terms;
	struct workdays cal;
	struct paper paper;
	struct day today = day_of_us(v->now_us), due, moved;
	int year, month, mday;
	enum rc rc = paper_latest(v->tx, look->ask.instansi_id, PAPER_ISO27001, S(""), &paper, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	if (rc == RC_OK && (!paper.valid_until.n || paper.valid_until.n >= today.n)) {
		add_gate(page, "ISO/IEC 27001", "berlaku", "ok",
		         paper.valid_until.n ? arena_printf(v->arena, "Sampai %s.", day_long(paper.valid_until).z)
		                             : S("Tanpa batas waktu."));
		return RC_OK;
	}
	if (!t || !t->pks_signed.n)
		return RC_OK;
	due = day_add_months(t->pks_signed, ISO_MONTHS);
	day_to_ymd(due, &year, &month, &mday);
	TRY(workdays_load(v->tx, year, year, &cal, err));
	moved = workday_or_before(&cal, due);
	bool late = today.n > moved.n;
	const char *state = rc == RC_OK ? "habis" : late ? "terlambat" : "belum ada";
	add_gate(page, "ISO/IEC 27001", state, late || rc == RC_OK ? "no" : "warn", iso_due_words(v, due, moved));
	return RC_OK;
}

static enum rc put_gates(struct visit *v, struct look *look, struct page_papers *page, struct err *err)
{
	page->gates = ARENA_ARRAY(v->arena, GATES_MAX, struct page_papers_gate);
	if (!page->gates)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(gate_instansi_get(v, look->ask.instansi_id, &look->instansi, err));
	TRY(add_sptjm(v, look, page, err));
	TRY(add_iso(v, look, page, err));
	if (principal_role(v->who) == ROLE_AUDITOR)
		return RC_OK;
	struct url_pair pairs[] = {{"jenis", S("sptjm")},
	                           {"instansi", look->subject.own ? (struct str){0} : look->subject.row.code}};
	page->print_sptjm = url_path(v->arena, "/dokumen/cetak", pairs, LEN(pairs));
	pairs[0].value = S("formulir-user-id");
	page->print_form = url_path(v->arena, "/dokumen/cetak", pairs, LEN(pairs));
	return RC_OK;
}

/* ---- rows ---- */

static struct url url_of(struct visit *v, const char *path, int64_t id)
{
	struct url_pair pair = {"nomor", arena_printf(v->arena, "%lld", (long long)id)};
	return url_path(v->arena, path, &pair, 1);
}

static struct page_papers_paper row_of(struct visit *v, const struct paper *p, struct str code)
{
	struct paper_words words = paper_words(v->arena, p, day_of_us(v->now_us));
	return (struct page_papers_paper){
	        .url = url_of(v, "/dokumen/rincian", p->paper_id),
	        .kind = words.kind,
	        .subject = p->subject,
	        .agency = code,
	        .number = p->number,
	        .signer = p->signer,
	        .day = words.day,
	        .until = words.until,
	        .until_tag = str_c(words.until_tag),
	        .until_colour = str_c(words.until_colour),
	        .state = words.state,
	        .colour = str_c(words.colour),
	        .scan = p->scan_id ? url_of(v, "/dokumen/pindaian", p->paper_id) : (struct url){.s.at = NULL},
	};
}

static enum rc put_rows(struct visit *v, const struct paper_inbox *box, struct page_papers *page, struct err *err)
{
	page->papers = ARENA_ARRAY(v->arena, box->n + 1, struct page_papers_paper);
	if (!page->papers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->papers_n < box->n; page->papers_n++)
		page->papers[page->papers_n] =
		        row_of(v, &box->papers[page->papers_n], box->codes ? box->codes[page->papers_n] : S(""));
	return RC_OK;
}

static enum rc read_rows(struct visit *v, const struct look *look, struct paper_inbox *box, int64_t *ret_all, struct err *err)
{
	*box = (struct paper_inbox){0};
	if (look->ask.instansi_id)
		return paper_page(v->tx, &look->ask, &box->papers, &box->n, ret_all, err);
	TRY(paper_waiting(v->tx, 0, ret_all, err));
	return paper_inbox(v->tx, look->ask.skip, PAGER_MOST, box, err);
}

static void put_choices(struct visit *v, const struct look *look, struct page_papers *page)
{
	const struct paper_state_row *state;
	page->kinds = ARENA_ARRAY(v->arena, PAPER_COUNT, struct page_papers_kind);
	page->states = ARENA_ARRAY(v->arena, PAPER_COUNT, struct page_papers_state);
	for (size_t i = 0; page->kinds && paper_at(i); i++)
		page->kinds[page->kinds_n++] = (struct page_papers_kind){str_c(paper_at(i)->key), str_c(paper_at(i)->label),
		                                                         look->ask.kind == (enum paper_kind)i};
	for (size_t i = 0; page->states && (state = paper_state_at(i)); i++)
		page->states[page->states_n++] = (struct page_papers_state){str_c(state->key), str_c(state->label),
		                                                            str_eq(look->ask.state, str_c(state->key))};
}

static void put_around(struct visit *v, const struct look *look, struct page_papers *page)
{
	bool one = look->ask.instansi_id != 0,
	     writes = principal_role(v->who) == ROLE_ADMIN || principal_role(v->who) == ROLE_KEPALA;
	page->inbox = !one;
	page->code = look->subject.own ? S("") : look->subject.row.code;
	page->filtered = one && (look->ask.kind != PAPER_COUNT || look->ask.state.n);
	page->clear = link_about(v, PATH, look->subject.row.code);
	page->title = one ? S("Dokumen") : S("Dokumen yang menunggu");
	page->lead = one ? S("Surat dan pernyataan yang menjadi dasar akses, dengan masa berlaku dan pindaiannya.")
	                 : S("Dokumen yang diajukan instansi dan belum diputuskan, yang terlama di atas.");
	if (one && writes)
		page->fresh = link_about(v, "/dokumen/baru", look->subject.row.code);
}

enum rc page_papers_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct look look = {0};
	struct page_papers page = {0};
	struct paper_inbox box;
	int64_t all;
	TRY(look_of(v, &look, err));
	TRY(read_rows(v, &look, &box, &all, err));
	TRY(put_rows(v, &box, &page, err));
	put_choices(v, &look, &page);
	put_around(v, &look, &page);
	look.pager.all = all;
	look.pager.shown = page.papers_n;
	pager_write(v, &look.pager, &pages);
	page.pages = html_from_buf(&pages);
	if (look.ask.instansi_id) {
		TRY(put_gates(v, &look, &page, err));
		page.beside = beside_write(&beside, v, &look.subject, PATH);
	}
	page_papers_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Dokumen", .at = PATH}, 200, &body, err);
}
