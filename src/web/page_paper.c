/* SPDX-License-Identifier: EUPL-1.2
 * web/page_paper.c - one paper on file: what it says, its scan, and the provider's
 * decision on one that waits. Of two who decide at once one wins; the other is shown
 * what became of it, and so is whoever decides on a paper that was filed anew meanwhile. */
#include "agreement/official.h"
#include "gate/strip.h"
#include "gate/upload.h"
#include "web/beside.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/paper.page.h"
#include "web/paper_words.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/dokumen"
#define FACTS_MAX 12
#define KB 1024

struct attempt {
	struct blame blame;
	struct str reason; /* as typed */
	int64_t seen_us;
	struct str conflict;
};

static void fact(struct page_paper *page, const char *label, struct str value)
{
	if (value.n && page->facts_n < FACTS_MAX)
		page->facts[page->facts_n++] = (struct page_paper_fact){str_c(label), value};
}

static void put_facts(struct visit *v, const struct paper *p, const struct paper_words *words, struct page_paper *page)
{
	const struct paper_row *row = paper_at(p->kind);
	if (row->subject)
		fact(page, row->subject, p->subject);
	fact(page, "Nomor", p->number);
	fact(page, "Penanda tangan", p->signer);
	fact(page, "Tanggal surat", words->day);
	fact(page, "Berlaku sampai",
	     words->until_tag[0] ? arena_printf(v->arena, "%.*s (%s)", STR_ARG(words->until), words->until_tag) : words->until);
	fact(page, "Dicatat",
	     p->filed_by.n ? arena_printf(v->arena, "%s, oleh %.*s", when_row(p->filed_us).z, STR_ARG(p->filed_by))
	                   : arena_printf(v->arena, "%s, dari berkas perjanjian", when_row(p->filed_us).z));
	fact(page, p->state == PAPER_DECLINED ? "Ditolak oleh" : "Diterima oleh", p->decided_by);
	fact(page, "Alasan penolakan", p->note);
}

static enum rc put_scan(struct visit *v, const struct paper *p, struct page_paper *page, struct err *err)
{
	struct scan_meta meta;
	struct url_pair pair = {"nomor", arena_printf(v->arena, "%lld", (long long)p->paper_id)};
	if (!p->scan_id)
		return RC_OK;
	TRY(scan_meta(v->tx, p->scan_id, &meta, err));
	page->scan = url_path(v->arena, "/dokumen/pindaian", &pair, 1);
	page->scan_name = meta.name;
	page->scan_more = arena_printf(v->arena, "%s, %.*s KB", scan_type_at(meta.type)->label,
	                               STR_ARG(pager_count(v->arena, (meta.bytes + KB - 1) / KB)));
	return RC_OK;
}

/* J.VI.H: accepted, and yet of a head before the present one. */
static enum rc put_stays(struct visit *v, const struct paper *p, struct page_paper *page, struct err *err)
{
	struct official head;
	if (p->kind != PAPER_SPTJM || p->state == PAPER_DECLINED)
		return RC_OK;
	enum rc rc = official_definitive(v->tx, p->instansi_id, day_of_us(v->now_us), &head, err);
	if (rc == RC_OK && p->signed_on.n < head.begin.n)
		page->stays = arena_printf(
		        v->arena, "Ditandatangani sebelum %.*s menjabat pada %s; tidak membuka akses. SPTJM baru diperlukan.",
		        STR_ARG(head.name), day_long(head.begin).z);
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* office.two_persons: whoever entered a PoC result does not accept it too. */
static bool needs_another(const struct visit *v, const struct paper *p)
{
	return p->kind == PAPER_POC && visit_two_persons(v) && str_eq(p->filed_by, principal_user_id(v->who));
}

static void put_decision(struct visit *v, const struct paper *p, const struct attempt *a, struct page_paper *page)
{
	bool admin = principal_role(v->who) == ROLE_ADMIN && p->state == PAPER_FILED;
	page->may = admin && !needs_another(v, p);
	if (admin && !page->may)
		page->wait = S("Anda yang mencatat hasil PoC ini; admin lain yang memutuskannya.");
	page->reason = a->reason;
	page->p_reason = blame_of(&a->blame, "alasan");
	page->conflict = a->conflict;
}

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct paper paper;
	struct office_subject subject;
	TRY(paper_words_find(v, &paper, &subject, err));
	struct paper_words words = paper_words(v->arena, &paper, day_of_us(v->now_us));
	struct page_paper page = {.csrf = visit_csrf(v),
	                          .id = paper.paper_id,
	                          .seen = paper.filed_us,
	                          .title = words.kind,
	                          .state = words.state,
	                          .colour = str_c(words.colour),
	                          .notice = a->conflict.n ? S("") : words_notice(v),
	                          .all = link_about(v, PATH, subject.row.code)};
	page.facts = ARENA_ARRAY(v->arena, FACTS_MAX, struct page_paper_fact);
	if (!page.facts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	put_facts(v, &paper, &words, &page);
	TRY(put_scan(v, &paper, &page, err));
	TRY(put_stays(v, &paper, &page, err));
	put_decision(v, &paper, a, &page);
	page.beside = beside_write(&beside, v, &subject, PATH);
	page_paper_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Dokumen", .at = PATH}, status, &body, err);
}

enum rc page_paper_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct attempt){0}, 200, err);
}

/* ---- deciding ---- */

static enum rc journal_decision(struct visit *v, const struct paper *p, bool accept, struct err *err)
{
	struct entry entry = {.act = ACT_PAPER,
	                      .outcome = "ok",
	                      .instansi_id = p->instansi_id,
	                      .about = arena_printf(v->arena, "paper %s %lld %s", accept ? "accept" : "decline",
	                                            (long long)p->paper_id, paper_at(p->kind)->key)};
	return visit_journal(v, entry, NULL, err);
}

static enum rc take_decision(struct visit *v, const struct paper *p, struct attempt *a, bool accept, struct err *err)
{
	struct err reason = {0};
	if (accept && needs_another(v, p))
		return FAIL(err, RC_REFUSED, "Hasil PoC yang Anda catat sendiri diterima oleh admin lain.");
	if (!accept && !a->reason.n) {
		blame_set(&a->blame, "alasan", "Alasan penolakan harus diisi.");
		return draw(v, a, 400, err);
	}
	const struct paper_decision decision = {.paper_id = p->paper_id,
	                                        .seen_us = a->seen_us,
	                                        .accept = accept,
	                                        .note = accept ? S("") : a->reason,
	                                        .by = principal_user_id(v->who)};
	enum rc rc = paper_decide(v->tx, &decision, &reason);
	if (rc == RC_INVALID) {
		blame_err(&a->blame, "alasan", &reason, v->arena);
		return draw(v, a, 400, err);
	}
	if (rc == RC_CONFLICT) {
		a->conflict =
		        p->state == PAPER_FILED
		                ? S("Dokumen ini diajukan ulang sejak Anda membukanya. Periksa isi dan pindaiannya yang baru.")
		                : S("Dokumen ini sudah diputuskan orang lain sesaat sebelumnya. Keadaannya sekarang tertera di "
		                    "bawah.");
		return draw(v, a, 409, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal_decision(v, p, accept, err));
	visit_redirect(v, arena_printf(v->arena, "/dokumen/rincian?nomor=%lld&catatan=%s", (long long)p->paper_id,
	                               accept ? "dokumen-terima" : "dokumen-tolak"));
	return RC_OK;
}

enum rc page_paper_decide(struct visit *v, struct err *err)
{
	struct paper paper;
	struct office_subject subject;
	struct str choice = http_form(v->rq, "keputusan");
	struct attempt a = {.reason = str_trim(http_form(v->rq, "alasan"))};
	bool accept = str_eq(choice, S("terima"));
	if (!http_form_ok(v->rq) || (!accept && !str_eq(choice, S("tolak"))) ||
	    str_int(http_form(v->rq, "dilihat"), 0, INT64_MAX, &a.seen_us) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(paper_words_find(v, &paper, &subject, err));
	return take_decision(v, &paper, &a, accept, err);
}

/* ---- the scan ---- */

enum rc page_paper_scan(struct visit *v, struct err *err)
{
	struct paper paper;
	struct office_subject subject;
	int64_t *wanted = ARENA_NEW(v->arena, int64_t);
	if (!wanted)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(paper_words_find(v, &paper, &subject, err));
	if (!paper.scan_id)
		return FAIL(err, RC_ABSENT, "Dokumen itu tidak mempunyai pindaian.");
	*wanted = paper.scan_id;
	v->own = wanted;
	struct entry entry = {.act = ACT_PAPER,
	                      .outcome = "ok",
	                      .instansi_id = paper.instansi_id,
	                      .about = arena_printf(v->arena, "scan read %lld", (long long)paper.paper_id)};
	return visit_journal(v, entry, NULL, err);
}

enum rc page_paper_scan_after(struct visit *v, struct err *err)
{
	const int64_t *wanted = v->own;
	return upload_send(v, *wanted, err);
}
