/* SPDX-License-Identifier: EUPL-1.2
 * web/page_trace.c - where something that leaked came from (P2.2g): the reference of a slip or
 * of a screen leads to one access; what can be read of a watermark, to the few it may have been.
 *
 * All of it is read before the tray, on a worker, for somebody who may come in; the page draws
 * it and writes down which reference was found. A NIK that is typed is compared and forgotten; that it
 * was is counted and written down about it first, as a search of its history is (gate/history.h). */
#include "agreement/kejadian.h"
#include "gate/early.h"
#include "gate/history.h"
#include "gate/ledger.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "identity/user.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/stamp.h"
#include "web/trace.page.h"

#define NIK_TYPED 40
#define ECHO_MAX 120
#define FACTS_MAX 16
#define CANDIDATES_MAX 20
#define LIST_MEMORY ((size_t)8 << 20)
#define TOLERANCE_US (2 * US_PER_S)

static const struct {
	int minutes;
	const char *label;
} spans[] = {{0, "tepat"}, {5, "5 menit"}, {60, "1 jam"}, {24 * 60, "1 hari"}};

/* How an entry and the typed NIK fit. */
enum fit { FIT_UNASKED, FIT_YES, FIT_NO, FIT_UNKNOWN };

struct question {
	/* as typed, and as read */
	struct str ref, user_id, when, nik_text;
	int64_t minutes;
	struct nik nik;
	struct stamp stamp;
	const char *problem;
	int status; /* with a problem */
	/* found before the tray */
	bool entered;
	int64_t user; /* 0: no such user id */
	bool is_found;
	struct trace trace;
	enum fit fit;
	struct own_list list;
	struct own_row rows[CANDIDATES_MAX];
	bool fits[CANDIDATES_MAX];
	size_t fits_n;
};

/* ---- what was typed ---- */

/* "operator1 · 23-11-2026 09.41.07 WIB · 7K2M-94QX", or "7K2M-94QX · 23-11-2026 09.41.07 WIB" of a
 * slip, or "PADAN:7K2M-94QX:..." of its QR code. */
static void split_ref(struct question *q)
{
	static const char dot[] = "·";
	struct str rest = q->ref, last = q->ref;
	if (str_ieq(str_split(&rest, ':'), S("PADAN")) && rest.at) {
		q->ref = str_split(&rest, ':');
		return;
	}
	rest = q->ref;
	const char *at = rest.n ? memmem(rest.at, rest.n, dot, sizeof dot - 1) : NULL;
	if (!at)
		return;
	struct str first = str_trim(str_from(rest.at, (size_t)(at - rest.at)));
	for (; at; at = memmem(last.at, last.n, dot, sizeof dot - 1))
		last = str_from(at + sizeof dot - 1, (size_t)(q->ref.at + q->ref.n - at) - (sizeof dot - 1));
	struct stamp ignored;
	q->ref = stamp_from_str(str_trim(last), &ignored) == RC_OK ? first : str_trim(last);
}

static const char *read_typed(struct question *q)
{
	char digits[NIK_TYPED];
	if (q->nik_text.n) {
		size_t n = nik_strip(q->nik_text, digits, sizeof digits);
		if (nik_from_str((struct str){digits, n}, &q->nik, NULL) != RC_OK)
			return "NIK terdiri atas 16 angka; periksa ketikannya, atau kosongkan.";
	}
	if (q->ref.n)
		return NULL;
	if (!q->user_id.n || !q->when.n)
		return "Isi referensinya, atau User ID dan waktu yang terbaca pada tanda air.";
	if (stamp_from_str(q->when, &q->stamp) != RC_OK)
		return "Waktu itu tidak terbaca; tulis seperti 23-11-2026 09.41.07.";
	return NULL;
}

static struct question *question_of(struct visit *v)
{
	struct question *q = ARENA_NEW(v->arena, struct question);
	if (!q)
		return NULL;
	q->ref = str_cut(str_trim(http_form(v->rq, "ref")), ECHO_MAX);
	q->user_id = str_cut(str_trim(http_form(v->rq, "userid")), NIK_TYPED);
	q->when = str_cut(str_trim(http_form(v->rq, "waktu")), ECHO_MAX);
	q->nik_text = str_cut(str_trim(http_form(v->rq, "nik")), NIK_TYPED);
	if (str_int(http_form(v->rq, "selisih"), 0, 24 * 60, &q->minutes) != RC_OK)
		q->minutes = 0;
	split_ref(q);
	q->problem = read_typed(q);
	q->status = 400;
	return q;
}

/* ---- before the tray ---- */

static enum rc find_user(struct visit *v, struct question *q, struct err *err)
{
	struct err ignored = {0};
	struct user user;
	if (q->ref.n)
		return RC_OK;
	enum rc rc = user_find(v->tx, q->user_id, &user, &ignored);
	q->user = rc == RC_OK ? user.user : 0;
	if (rc == RC_OK || rc == RC_ABSENT || rc == RC_INVALID)
		return RC_OK;
	*err = ignored;
	return rc;
}

static enum rc begin(struct visit *v, void *arg, struct err *err)
{
	struct question *q = arg;
	if (q->nik.n)
		TRY(history_compare(v, q->nik, err));
	return find_user(v, q, err);
}

/* In a tray of its own: what is written there is durable before anything is compared. */
static enum rc let_in(struct visit *v, struct question *q, struct err *err)
{
	struct err reason = {0};
	enum rc rc = visit_early(v, begin, q, &q->entered, &reason);
	if (rc == RC_REFUSED) { /* too many NIK today */
		q->entered = false;
		q->problem = arena_str(v->arena, str_c(reason.what)).at;
		q->status = 429;
		return q->problem ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
	}
	if (rc != RC_OK)
		*err = reason;
	return rc;
}

static enum rc fit_of(struct visit *v, int64_t seq, struct nik nik, enum fit *ret, struct err *err)
{
	struct err ignored = {0};
	enum rc rc = ledger_is_about(v, seq, nik, &ignored);
	*ret = rc == RC_OK ? FIT_YES : rc == RC_ABSENT ? FIT_UNKNOWN : FIT_NO;
	if (rc == RC_OK || rc == RC_ABSENT || rc == RC_REFUSED)
		return RC_OK;
	*err = ignored;
	return rc;
}

static enum rc compare(struct visit *v, struct err *err)
{
	struct question *q = v->own;
	enum fit fit = FIT_UNASKED;
	if (q->is_found)
		return q->nik.n ? fit_of(v, q->trace.seq, q->nik, &q->fit, err) : RC_OK;
	for (size_t i = 0; i < q->list.n; i++) {
		if (q->nik.n)
			TRY(fit_of(v, q->list.at[i].seq, q->nik, &fit, err));
		q->fits[i] = fit != FIT_NO;
		q->fits_n += q->fits[i];
	}
	return RC_OK;
}

static enum rc trace(struct visit *v, struct question *q, struct str ref, struct err *err)
{
	struct err ignored = {0};
	enum rc rc = ledger_trace(v, ref, &q->trace, &ignored);
	q->is_found = rc == RC_OK;
	if (rc == RC_OK || rc == RC_ABSENT)
		return RC_OK;
	*err = ignored;
	return rc;
}

/* The list is read in memory of its own: it holds whatever was not counted yet. */
static enum rc read_list(struct visit *v, const struct own_ask *ask, struct question *q, struct err *err)
{
	struct arena arena;
	struct ledger_list list;
	arena_init(&arena, LIST_MEMORY);
	enum rc rc = ledger_inquiries(v, ask, &arena, &list, err);
	for (size_t i = 0; rc == RC_OK && i < list.own.n; i++) {
		q->rows[i] = list.own.at[i];
		q->rows[i].outcome = arena_str(v->arena, list.own.at[i].outcome);
	}
	if (rc == RC_OK)
		q->list = (struct own_list){q->rows, list.own.n, list.own.more, list.own.archived_us};
	arena_free(&arena);
	return rc;
}

/* By what the watermark says; of several, those that may be about the NIK. */
static enum rc search(struct visit *v, struct question *q, struct err *err)
{
	int64_t wider_us = q->minutes ? q->minutes * 60 * US_PER_S : TOLERANCE_US;
	struct own_ask ask = {.user = q->user,
	                      .from_us = q->stamp.from_us - wider_us,
	                      .until_us = q->stamp.until_us + wider_us,
	                      .most = CANDIDATES_MAX};
	if (!q->user)
		return RC_OK;
	TRY(read_list(v, &ask, q, err));
	TRY(visit_read(v, compare, err));
	for (size_t i = 0; q->fits_n == 1 && !q->list.more && i < q->list.n; i++)
		if (q->fits[i])
			return trace(v, q, str_c(ledger_ref(v, q->list.at[i].seq).z), err);
	return RC_OK;
}

/* A stranger causes none of it. */
enum rc page_trace_slow(struct visit *v, struct err *err)
{
	struct question *q = question_of(v);
	v->own = q;
	if (!q)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (q->problem)
		return RC_OK;
	TRY(let_in(v, q, err));
	if (!q->entered)
		return RC_OK;
	TRY(q->ref.n ? trace(v, q, q->ref, err) : search(v, q, err));
	return q->is_found ? visit_read(v, compare, err) : RC_OK;
}

/* ---- the page ---- */

static void add_fact(struct page_trace *page, const char *label, struct str words, bool digits)
{
	if (words.n && page->facts_n < FACTS_MAX)
		page->facts[page->facts_n++] = (struct page_trace_fact){str_c(label), words, digits};
}

static struct str time_of(struct visit *v, int64_t us)
{
	return arena_str(v->arena, str_c(clock_short_wib(us).z));
}

static struct str outcome_words(struct str code)
{
	enum outcome outcome;
	if (outcome_from_code(code, &outcome) != RC_OK)
		return code;
	return outcome == OUTCOME_DATA ? S("Data ditemukan") : str_c(outcome_get(outcome)->portal);
}

static struct str label_of_method(struct str key)
{
	for (size_t i = 0; method_at(i); i++)
		if (str_eq(key, str_c(method_at(i)->key)))
			return str_c(method_at(i)->label);
	return key;
}

static struct str label_of_document(struct str key)
{
	for (size_t i = 0; document_at(i); i++)
		if (str_eq(key, str_c(document_at(i)->key)))
			return str_c(document_at(i)->label);
	return key;
}

static struct str fit_words(const struct question *q)
{
	switch (q->fit) {
	case FIT_UNASKED: break;
	case FIT_YES: return S("cocok dengan akses ini");
	case FIT_NO: return S("bukan NIK pada akses ini");
	case FIT_UNKNOWN: return S("tidak dapat dicocokkan lagi; kunci bulannya telah dimusnahkan");
	}
	return S("");
}

/* What the office knows beside the entry: names, numbers. */
static enum rc put_office(struct visit *v, const struct trace *t, struct page_trace *page, struct str *ret_code, struct err *err)
{
	struct instansi_row agency = {.code = S("")};
	struct kejadian kejadian = {.name = S("")};
	struct user user = {.holder = S("")};
	int version = 0;
	if (t->instansi_id)
		TRY(instansi_get(v->tx, t->instansi_id, &agency, err));
	if (t->instansi_id && t->kejadian_id)
		TRY(kejadian_get(v->tx, t->instansi_id, t->kejadian_id, &kejadian, err));
	if (t->user)
		TRY(user_get(v->tx, t->user, &user, err));
	if (t->version_id)
		TRY(agreement_version_number(v->tx, t->version_id, &version, err));
	*ret_code = agency.code;
	if (agency.code.n)
		add_fact(page, "Instansi", arena_printf(v->arena, "%.*s (%.*s)", STR_ARG(agency.name), STR_ARG(agency.code)),
		         false);
	add_fact(page, "User ID", t->user_id, false);
	add_fact(page, "Pemegang", user.holder, false);
	add_fact(page, "Kejadian", kejadian.name, false);
	if (version)
		add_fact(page, "Versi perjanjian", arena_printf(v->arena, "%d", version), false);
	return RC_OK;
}

static enum rc put_found(struct visit *v, const struct question *q, struct page_trace *page, struct err *err)
{
	const struct trace *t = &q->trace;
	struct str code;
	struct ref_text ref = ledger_ref(v, t->seq);
	page->found = true;
	add_fact(page, "Referensi", arena_str(v->arena, str_c(ref.z)), true);
	add_fact(page, "Waktu", time_of(v, t->time_us), false);
	add_fact(page, "Peristiwa", str_c(act_at(t->act)->label), false);
	add_fact(page, "Hasil", t->act == ACT_LOOKUP ? outcome_words(t->outcome) : S(""), false);
	TRY(put_office(v, t, page, &code, err));
	add_fact(page, "Alamat", t->peer, true);
	if (t->session)
		add_fact(page, "Sesi", arena_printf(v->arena, "nomor %lld", (long long)t->session), false);
	add_fact(page, "Metode", label_of_method(t->method), false);
	add_fact(page, "Dokumen", label_of_document(t->document), false);
	add_fact(page, "Sebab ditolak", t->ground, false);
	add_fact(page, "Klausul", t->clause, false);
	if (t->repeat)
		add_fact(page, "Ulangan dari", arena_str(v->arena, str_c(ledger_ref(v, t->repeat_of).z)), true);
	add_fact(page, "NIK yang diketik", fit_words(q), false);
	if (principal_role(v->who) == ROLE_ADMIN && code.n) {
		struct url_pair pairs[] = {{"instansi", code}, {"asal", arena_str(v->arena, str_c(ref.z))}};
		page->incident = url_path(v->arena, "/insiden/baru", pairs, LEN(pairs));
	}
	return RC_OK;
}

static void put_beside(struct visit *v, const struct trace *t, struct page_trace_beside *prints, struct page_trace_repeat *repeats,
                       struct page_trace *page)
{
	for (size_t i = 0; i < t->prints_n; i++)
		prints[i] = (struct page_trace_beside){time_of(v, t->prints[i].time_us), t->prints[i].user_id};
	for (size_t i = 0; i < t->repeats_n; i++)
		repeats[i] = (struct page_trace_repeat){time_of(v, t->repeats[i].time_us),
		                                        arena_str(v->arena, str_c(ledger_ref(v, t->repeats[i].seq).z))};
	page->prints = prints;
	page->prints_n = t->prints_n;
	page->repeats = repeats;
	page->repeats_n = t->repeats_n;
	page->archived = t->archived;
}

static void put_candidates(struct visit *v, const struct question *q, struct page_trace_candidate *rows, struct page_trace *page)
{
	page->candidates = rows;
	page->more = q->list.more;
	for (size_t i = 0; !q->is_found && i < q->list.n; i++)
		if (q->fits[i])
			rows[page->candidates_n++] = (struct page_trace_candidate){
			        time_of(v, q->list.at[i].time_us), arena_str(v->arena, str_c(ledger_ref(v, q->list.at[i].seq).z)),
			        outcome_words(q->list.at[i].outcome), q->list.at[i].repeat};
}

static void put_form(struct visit *v, const struct question *q, struct page_trace_span rows[LEN(spans)], struct page_trace *page)
{
	page->csrf = visit_csrf(v);
	page->problem = str_c(q->problem);
	page->ref = q->ref;
	page->user_id = q->user_id;
	page->when = q->when;
	page->nik = q->nik_text;
	page->spans = rows;
	page->spans_n = LEN(spans);
	for (size_t i = 0; i < LEN(spans); i++)
		rows[i] = (struct page_trace_span){spans[i].minutes, str_c(spans[i].label), spans[i].minutes == q->minutes};
}

static enum rc tell_nothing(struct visit *v, const struct question *q, struct page_trace *page, struct err *err)
{
	bool archived = q->list.archived_us != 0;
	if (q->ref.n)
		TRY(ledger_archived(v, q->ref, &archived, err));
	page->archived = archived;
	if (archived)
		page->nothing = q->ref.n ? S("Akses itu telah diarsipkan: catatannya hanya ada pada berkas arsip jurnal.")
		                         : S("Catatan masa itu telah diarsipkan: akses User ID itu hanya dapat dicari pada berkas "
		                             "arsip jurnal.");
	else
		page->nothing =
		        q->ref.n ? S("Tidak ada catatan dengan referensi itu. Periksa huruf dan angkanya, atau isi User ID dan "
		                     "waktu.")
		                 : S("Tidak ada akses User ID itu pada waktu itu. Periksa ejaannya, atau perlebar selisihnya.");
	return RC_OK;
}

static enum rc draw(struct visit *v, const struct question *q, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_trace_fact facts[FACTS_MAX];
	struct page_trace_span rows[LEN(spans)];
	struct page_trace_beside prints[TRACE_BESIDE_MAX];
	struct page_trace_repeat repeats[TRACE_BESIDE_MAX];
	struct page_trace_candidate candidates[CANDIDATES_MAX];
	struct page_trace page = {.facts = facts};
	put_form(v, q, rows, &page);
	if (q->is_found)
		TRY(put_found(v, q, &page, err));
	put_beside(v, &q->trace, prints, repeats, &page);
	put_candidates(v, q, candidates, &page);
	if (q->entered && !page.found && !page.candidates_n)
		TRY(tell_nothing(v, q, &page, err));
	page_trace_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Telusur", .at = "/telusur"}, status, &body, err);
}

enum rc page_trace_get(struct visit *v, struct err *err)
{
	const struct question q = {.ref = str_cut(str_trim(http_query(v->rq, "ref")), ECHO_MAX)};
	return draw(v, &q, 200, err);
}

/* Which reference was found; never what was typed. */
static enum rc journal(struct visit *v, const struct question *q, struct err *err)
{
	struct entry entry = {.act = ACT_TRACE, .outcome = q->is_found ? "ok" : "refused"};
	entry.instansi_id = q->is_found ? q->trace.instansi_id : 0;
	if (q->is_found)
		entry.about = arena_printf(v->arena, "trace %s", ledger_ref(v, q->trace.seq).z);
	else
		entry.about = arena_printf(v->arena, "trace %s %zu", q->ref.n ? "reference" : "mark", q->fits_n);
	return visit_journal(v, entry, NULL, err);
}

enum rc page_trace_post(struct visit *v, struct err *err)
{
	const struct question *q = v->own;
	if (!q)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	if (q->problem)
		return draw(v, q, q->status, err);
	if (!q->entered) /* he came in only after he was looked for */
		return FAIL(err, RC_CONFLICT, "Ulangi penelusuran.");
	TRY(journal(v, q, err));
	return draw(v, q, 200, err);
}
