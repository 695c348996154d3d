/* SPDX-License-Identifier: EUPL-1.2
 * web/page_paper_new.c - a new paper on file, with its scan. The agency's waits for the
 * provider; what the admin enters counts at once, except a PoC result where two persons
 * must agree (office.two_persons). */
#include "agreement/filing.h"
#include "agreement/official.h"
#include "gate/strip.h"
#include "gate/upload.h"
#include "identity/user.h"
#include "procedure/duty.h"
#include "web/beside.h"
#include "web/blame.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pages.h"
#include "web/paper_new.page.h"
#include "web/words.h"

#define PATH "/dokumen"
#define SCAN_FIELD "berkas"

struct attempt {
	struct office_subject subject;
	struct paper paper;
	struct str day, until; /* as typed */
	struct blame blame;
};

/* ---- drawing ---- */

static bool may_file(const struct visit *v, const struct paper_row *row)
{
	return row->agency || principal_role(v->who) == ROLE_ADMIN;
}

static enum rc put_kinds(struct visit *v, const struct attempt *a, struct page_paper_new *page, struct err *err)
{
	const struct paper_row *row;
	page->kinds = ARENA_ARRAY(v->arena, PAPER_COUNT, struct page_paper_new_kind);
	if (!page->kinds)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; (row = paper_at(i)); i++) {
		struct url_pair pairs[] = {{"jenis", str_c(row->key)},
		                           {"instansi", a->subject.own ? (struct str){0} : a->subject.row.code}};
		if (may_file(v, row))
			page->kinds[page->kinds_n++] =
			        (struct page_paper_new_kind){url_path(v->arena, "/dokumen/baru", pairs, LEN(pairs)),
			                                     str_c(row->label), clause_words(v->arena, str_c(row->clause))};
	}
	return RC_OK;
}

static void add_choice(struct page_paper_new *page, struct str key, struct str label, struct str typed)
{
	page->choices[page->choices_n++] = (struct page_paper_new_choice){key, label, str_eq(key, typed)};
}

/* What a PoC may be of: the methods, and the applications of the version in force. */
static enum rc put_applications(struct visit *v, const struct attempt *a, struct page_paper_new *page, struct err *err)
{
	struct gate_instansi one;
	TRY(gate_instansi_get(v, a->subject.row.instansi_id, &one, err));
	const struct terms *t = one.standing.terms;
	page->choices = ARENA_ARRAY(v->arena, METHOD_COUNT + TERMS_APPLICATIONS_MAX, struct page_paper_new_choice);
	if (!page->choices)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (i == METHOD_PORTAL || (t && t->methods[i].granted))
			add_choice(page, str_c(method_at(i)->key), str_c(method_at(i)->label), a->paper.subject);
	for (size_t i = 0; t && i < t->applications_n; i++)
		add_choice(page, t->applications[i].code, t->applications[i].name, a->paper.subject);
	return RC_OK;
}

/* What a paper can prove of a duty: its subject and what people call it; {NULL,0}: nothing. */
struct proof {
	struct str key, label;
};
static struct proof proof_of(struct visit *v, enum paper_kind kind, const struct duty_item *item)
{
	const struct duty_row *row = duty_at(item->duty);
	if (kind == PAPER_REPORT && item->duty == DUTY_REPORT)
		return (struct proof){item->subject, item->subject};
	if (kind != PAPER_EVIDENCE)
		return (struct proof){0};
	if (item->duty == DUTY_STAFF || item->duty == DUTY_PUBLICITY || item->duty == DUTY_SECURITY)
		return (struct proof){str_c(row->key), str_c(row->label)};
	if (item->duty == DUTY_EVALUATION && principal_role(v->who) == ROLE_ADMIN)
		return (struct proof){arena_printf(v->arena, "%s %.*s", row->key, STR_ARG(item->subject)),
		                      arena_printf(v->arena, "%s %.*s", row->label, STR_ARG(item->subject))};
	return (struct proof){0};
}

static enum rc put_proofs(struct visit *v, const struct attempt *a, struct page_paper_new *page, struct err *err)
{
	struct duty_item *items;
	size_t n;
	const struct duty_ask ask = {.agreement = gate_agreement(v), .instansi_id = a->subject.row.instansi_id};
	TRY(duty_list(v->tx, &ask, v->now_us, &items, &n, err));
	page->choices = ARENA_ARRAY(v->arena, n + 1, struct page_paper_new_choice);
	if (!page->choices)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		struct proof proof = proof_of(v, a->paper.kind, &items[i]);
		if (proof.key.n)
			add_choice(page, proof.key, proof.label, a->paper.subject);
	}
	return RC_OK;
}

static enum rc put_subject(struct visit *v, const struct attempt *a, struct page_paper_new *page, struct err *err)
{
	enum paper_kind kind = a->paper.kind;
	page->subject = a->paper.subject;
	page->subject_label = str_c(paper_at(kind)->subject);
	if (kind == PAPER_POC)
		return put_applications(v, a, page, err);
	if (kind == PAPER_EVIDENCE || kind == PAPER_REPORT) {
		page->subject_hint = S("Dapat diisi setelah versi pertama perjanjian dicatat.");
		return put_proofs(v, a, page, err);
	}
	page->subject_hint = S("User ID pemegangnya, misalnya operator1.");
	return RC_OK;
}

static struct str effect_of(const struct visit *v, enum paper_kind kind)
{
	if (principal_role(v->who) != ROLE_ADMIN)
		return S("Dokumen menunggu pemeriksaan Dinas Dukcapil, dan berlaku setelah diterima.");
	if (kind == PAPER_POC && visit_two_persons(v))
		return S("Hasil PoC yang Anda catat berlaku setelah diterima admin lain.");
	return S("Dokumen yang dicatat admin langsung berlaku.");
}

static void put_form(struct visit *v, const struct attempt *a, struct page_paper_new *page)
{
	const struct paper_row *row = paper_at(a->paper.kind);
	const struct blame *b = &a->blame;
	page->kind = str_c(row->key);
	page->title = str_c(row->label);
	page->clause = clause_words(v->arena, str_c(row->clause));
	page->effect = effect_of(v, a->paper.kind);
	page->provider = principal_role(v->who) == ROLE_ADMIN;
	page->scan_needed = !page->provider;
	page->number = a->paper.number;
	page->signer = a->paper.signer;
	page->day = a->day;
	page->until = a->until;
	page->today = arena_str(v->arena, str_c(day_iso(day_of_us(v->now_us)).z));
	page->problem = blame_of(b, "");
	page->p_subject = blame_of(b, "perihal");
	page->p_number = blame_of(b, "surat");
	page->p_signer = blame_of(b, "penanda");
	page->p_day = blame_of(b, "tanggal");
	page->p_until = blame_of(b, "sampai");
	page->p_scan = blame_of(b, SCAN_FIELD);
}

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct page_paper_new page = {.csrf = visit_csrf(v),
	                              .code = a->subject.own ? S("") : a->subject.row.code,
	                              .back = link_about(v, PATH, a->subject.row.code)};
	if (a->paper.kind == PAPER_COUNT) {
		TRY(put_kinds(v, a, &page, err));
	} else {
		put_form(v, a, &page);
		TRY(put_subject(v, a, &page, err));
	}
	page.beside = beside_write(&beside, v, &a->subject, PATH);
	page_paper_new_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Catat dokumen", .at = PATH}, status, &body, err);
}

/* ---- asking ---- */

/* Who is likely to have signed it. */
static enum rc guess_signer(struct visit *v, struct attempt *a, struct err *err)
{
	struct official head;
	struct user user;
	enum rc rc = RC_ABSENT;
	if (a->paper.kind == PAPER_SPTJM) {
		rc = official_on(v->tx, a->subject.row.instansi_id, day_of_us(v->now_us), &head, err);
		a->paper.signer = rc == RC_OK ? head.name : S("");
	} else if (a->paper.kind == PAPER_NDA && a->paper.subject.n) {
		rc = user_find(v->tx, a->paper.subject, &user, err);
		a->paper.signer = rc == RC_OK && user.instansi_id == a->subject.row.instansi_id ? user.holder : S("");
	}
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc page_paper_new_get(struct visit *v, struct err *err)
{
	struct attempt a = {0};
	TRY(office_subject(v, &a.subject, err));
	a.paper.kind = paper_kind_of(http_query(v->rq, "jenis"));
	if (a.paper.kind != PAPER_COUNT && !may_file(v, paper_at(a.paper.kind)))
		a.paper.kind = PAPER_COUNT;
	a.paper.subject = str_cut(str_trim(http_query(v->rq, "user")), USER_ID_MAX);
	if (a.paper.kind != PAPER_COUNT)
		TRY(guess_signer(v, &a, err));
	return draw(v, &a, 200, err);
}

/* ---- filing ---- */

enum rc page_paper_new_slow(struct visit *v, struct err *err)
{
	const struct upload *upload;
	TRY(upload_take(v, SCAN_FIELD, &upload, err));
	v->own = (void *)(uintptr_t)upload;
	return RC_OK;
}

static enum rc attempt_of(struct visit *v, struct attempt *a, struct err *err)
{
	TRY(office_subject(v, &a->subject, err));
	a->paper = (struct paper){.kind = paper_kind_of(http_form(v->rq, "jenis")),
	                          .instansi_id = a->subject.row.instansi_id,
	                          .subject = str_trim(http_form(v->rq, "perihal")),
	                          .number = str_trim(http_form(v->rq, "surat")),
	                          .signer = str_trim(http_form(v->rq, "penanda"))};
	a->day = str_trim(http_form(v->rq, "tanggal"));
	a->until = str_trim(http_form(v->rq, "sampai"));
	if (a->paper.kind == PAPER_COUNT)
		return FAIL(err, RC_INVALID, "Jenis dokumen tidak disebutkan.");
	if (!may_file(v, paper_at(a->paper.kind)))
		return FAIL(err, RC_REFUSED, "Dokumen itu dicatat oleh Dinas Dukcapil.");
	return RC_OK;
}

static void check_dates(struct visit *v, struct attempt *a)
{
	static const char form[] = "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.";
	struct paper *p = &a->paper;
	if (day_from_str(a->day, &p->signed_on) != RC_OK)
		blame_set(&a->blame, "tanggal", form);
	else if (p->signed_on.n > day_of_us(v->now_us).n)
		blame_set(&a->blame, "tanggal", "Tanggal surat belum tiba.");
	if (a->until.n && day_from_str(a->until, &p->valid_until) != RC_OK)
		blame_set(&a->blame, "sampai", form);
	else if (a->until.n && p->valid_until.n < p->signed_on.n)
		blame_set(&a->blame, "sampai", "Hari terakhir mendahului tanggal surat.");
}

/* Evidence of nothing would be filed and never found again. */
static enum rc check_proof(struct visit *v, struct attempt *a, struct err *err)
{
	struct page_paper_new page = {0};
	TRY(put_proofs(v, a, &page, err));
	for (size_t i = 0; i < page.choices_n; i++)
		if (str_eq(page.choices[i].key, a->paper.subject))
			return RC_OK;
	blame_set(&a->blame, "perihal", "Pilih salah satu dari daftar; isian lain tidak membuktikan kewajiban apa pun.");
	return RC_OK;
}

/* NDA and BAST are about a user id of that agency (J.VI.E, J.II.A/B). */
static enum rc check_subject(struct visit *v, struct attempt *a, struct err *err)
{
	struct user user;
	struct paper *p = &a->paper;
	if (!paper_at(p->kind)->subject) {
		p->subject = S("");
		return RC_OK;
	}
	if (!p->subject.n)
		blame_set(&a->blame, "perihal", "Isian ini diperlukan untuk jenis dokumen ini.");
	if (p->subject.n && (p->kind == PAPER_EVIDENCE || p->kind == PAPER_REPORT))
		return check_proof(v, a, err);
	if (!p->subject.n || (p->kind != PAPER_NDA && p->kind != PAPER_BAST))
		return RC_OK;
	enum rc rc = user_find(v->tx, p->subject, &user, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	if (rc == RC_ABSENT || user.instansi_id != p->instansi_id)
		blame_set(&a->blame, "perihal", "User ID itu tidak ada pada instansi ini.");
	return RC_OK;
}

static enum rc check(struct visit *v, struct attempt *a, const struct upload *upload, struct err *err)
{
	struct err reason = {0};
	TRY(check_subject(v, a, err));
	if (!a->paper.number.n)
		blame_set(&a->blame, "surat", "Nomor surat harus diisi.");
	if (!a->paper.signer.n)
		blame_set(&a->blame, "penanda", "Penanda tangan harus diisi.");
	check_dates(v, a);
	if (upload->chosen && upload->flaw.n)
		blame_set(&a->blame, SCAN_FIELD, words_sentence(v->arena, upload->flaw.at).at);
	if (!upload->chosen && principal_role(v->who) != ROLE_ADMIN)
		blame_set(&a->blame, SCAN_FIELD, "Pindaian dokumen diperlukan.");
	if (!a->blame.field && paper_check(&a->paper, &reason) != RC_OK)
		blame_err(&a->blame, "", &reason, v->arena);
	return RC_OK;
}

static struct filing filing_of(struct visit *v, const struct attempt *a, const struct scan_new *scan)
{
	bool admin = principal_role(v->who) == ROLE_ADMIN;
	bool two = admin && a->paper.kind == PAPER_POC && visit_two_persons(v);
	return (struct filing){.paper = a->paper,
	                       .scan = scan->sealed ? scan : NULL,
	                       .how = !admin ? FILING_SUBMIT
	                              : two  ? FILING_PROPOSE
	                                     : FILING_ENTER,
	                       .by = principal_user_id(v->who)};
}

static enum rc filed(struct visit *v, const struct filing *filing, int64_t id, struct err *err)
{
	static const char *const verbs[] = {[FILING_ENTER] = "enter", [FILING_SUBMIT] = "submit", [FILING_PROPOSE] = "propose"};
	static const char *const words[] = {[FILING_ENTER] = "catat", [FILING_SUBMIT] = "ajukan", [FILING_PROPOSE] = "usul"};
	struct str about =
	        arena_printf(v->arena, "paper %s %lld %s", verbs[filing->how], (long long)id, paper_at(filing->paper.kind)->key);
	struct entry entry = {.act = ACT_PAPER, .outcome = "ok", .instansi_id = filing->paper.instansi_id, .about = about};
	TRY(visit_journal(v, entry, NULL, err));
	visit_redirect(v,
	               arena_printf(v->arena, "/dokumen/rincian?nomor=%lld&catatan=dokumen-%s", (long long)id, words[filing->how]));
	return RC_OK;
}

enum rc page_paper_new_post(struct visit *v, struct err *err)
{
	const struct upload *upload = v->own;
	struct attempt a = {0};
	struct err reason = {0};
	int64_t id;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(attempt_of(v, &a, err));
	TRY(check(v, &a, upload, err));
	if (a.blame.field)
		return draw(v, &a, 400, err);
	struct scan_new scan = {
	        .instansi_id = a.paper.instansi_id, .user = principal_user(v->who), .name = upload->name, .sealed = upload->sealed};
	struct filing filing = filing_of(v, &a, &scan);
	enum rc rc = filing_take(v->tx, visit_office_key(v), &filing, v->now_us, &id, &reason);
	if (rc == RC_BROKEN) {
		*err = reason;
		return rc;
	}
	if (rc == RC_OK)
		return filed(v, &filing, id, err);
	blame_err(&a.blame, rc == RC_CONFLICT ? "surat" : rc == RC_ABSENT ? SCAN_FIELD : "", &reason, v->arena);
	return draw(v, &a, rc == RC_CONFLICT ? 409 : 400, err);
}
