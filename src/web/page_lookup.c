/* SPDX-License-Identifier: EUPL-1.2
 * web/page_lookup.c - one NIK in, one answer out.
 *
 * The form posts to its own address, and the answer stands under the question; with
 * script only the answer, the quota cell and the mistake travel (X-Padan-Bagian). What
 * was typed stays in the field. What could not be a NIK is told from its digits alone
 * and goes nowhere else. A one-time key in the form makes reload, Back and double
 * click repeats of the first (DOMAIN 2). Without script a Refresh header leads back to
 * the form when the data has stood long enough.
 *
 * Beside the answer stands the card that tells what became of the person (tell_card.h).
 * Without script it comes back by the number of its row: ?tersimpan= after saving, with
 * an empty field for the next NIK, and ?korban= when the data has gone from the screen. */
#include "gate/answer.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "identity/session.h"
#include "web/clause.h"
#include "web/answer.page.h"
#include "web/card.h"
#include "web/frame.h"
#include "web/hint.h"
#include "web/lookup.page.h"
#include "web/mistake.page.h"
#include "web/next.page.h"
#include "web/pages.h"
#include "web/strip.h"
#include "web/tell_card.h"
#include "web/whom.h"

#define TYPED_MAX 40 /* echoed; the field has the same limit */
#define HINT_MAX 240

/* What was asked, from `inquiry` to `page`. */
struct question {
	struct str typed;  /* as it goes back into the field */
	struct str digits; /* without blanks, dots and dashes */
	enum nik_flaw flaw;
	struct nik nik;
	enum document document;
	/* who is to be told of: the one asked for, or the one the address names when nobody was */
	struct person person;
	bool owed;           /* asked for, and owed; */
	bool known;          /* something may have been told of him: `person` is filled in */
	bool saved, cleared; /* named: just told of, or his data has gone from the screen */
};

/* ---- the question ---- */

static struct question *question_of(struct visit *v)
{
	char digits[TYPED_MAX + 1];
	struct question *q = ARENA_NEW(v->arena, struct question);
	if (!q)
		return NULL;
	struct str typed = str_trim(http_form(v->rq, "nik"));
	size_t n = nik_strip(typed, digits, sizeof digits);
	q->digits = arena_str(v->arena, (struct str){digits, n});
	if (nik_from_str(q->digits, &q->nik, &q->flaw) == RC_OK)
		q->typed = arena_str(v->arena, str_c(nik_grouped(q->nik).z));
	else if (typed.n <= TYPED_MAX)
		q->typed = typed;
	if (document_from_key(http_form(v->rq, "document"), &q->document) != RC_OK)
		q->document = DOCUMENT_NONE;
	return q;
}

enum rc page_lookup_inquiry(struct visit *v, struct inquiry *ret, struct err *err)
{
	struct question *q = question_of(v);
	struct str once = http_form(v->rq, "once");
	if (!q)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	v->own = q;
	*ret = (struct inquiry){.method = METHOD_PORTAL, .nik = q->nik, .flaw = q->flaw, .document = q->document};
	if (q->digits.n == 0)
		ret->against |= GROUND_BIT(GROUND_MALFORMED);
	ret->nik_bad = q->digits.n != 0 && q->flaw != NIK_FLAW_NONE;
	if (once.n == VISIT_ONCE_TEXT) {
		ret->repeat_key = once;
		ret->repeat_order = visit_once_made(once);
		ret->repeat_body = arena_printf(v->arena, "%.*s %s", STR_ARG(q->digits), document_at(q->document)->key);
	}
	return RC_OK;
}

/* ---- the answer ---- */

/* How an outcome looks, which next step it has, and whom to call under it. */
struct look_row {
	enum outcome outcome;
	const char *band;
	struct page_next next;
	unsigned whom;
};
static const struct look_row looks[] = {
	{OUTCOME_DATA, "found", {.found = true}, 0},
	{OUTCOME_DECEASED, "dead", {.dead = true}, WHOM_PROVIDER},
	{OUTCOME_DOUBLE, "care", {.twin = true}, WHOM_PROVIDER},
	{OUTCOME_NONACTIVE, "care", {.nonactive = true}, WHOM_PROVIDER},
	{OUTCOME_ABSENT, "", {.absent = true}, 0},
	{OUTCOME_FORMAT, "", {.format = true}, 0},
	{OUTCOME_QUOTA, "stop", {.quota = true}, WHOM_BOTH},
	{OUTCOME_INSTANSI, "stop", {.stopped = true}, WHOM_BOTH},
	{OUTCOME_USER, "stop", {.user = true}, WHOM_BOTH},
	{OUTCOME_PARAMETER, "", {.kejadian = true}, 0},
};

static const struct look_row *look_of(const struct verdict *verdict)
{
	static const struct look_row other = {.band = "stop", .whom = WHOM_BOTH}; /* Gagal Login */
	static const struct look_row debt = {.band = "stop", .next = {.debt = true}, .whom = WHOM_BOTH};
	if (verdict->ground == GROUND_DEBT_LIMIT) /* 17 that the operator can put right himself */
		return &debt;
	for (size_t i = 0; i < LEN(looks); i++)
		if (looks[i].outcome == verdict->outcome)
			return &looks[i];
	return &other;
}

static struct str words_of(const struct verdict *verdict)
{
	if (verdict->outcome == OUTCOME_DATA)
		return S("Data ditemukan");
	if (verdict->ground == GROUND_NO_KEJADIAN)
		return S("Kejadian belum dipilih");
	return str_c(outcome_get(verdict->outcome)->portal);
}

static void put_data(struct visit *v, const struct verdict *verdict, struct page_answer *page)
{
	struct str parts[ELEMENT_COUNT];
	if (!verdict->answer)
		return;
	struct day as_of = gate_answer_as_of(verdict->answer);
	if (as_of.n) /* of a system above nobody knows */
		page->as_of = arena_str(v->arena, str_c(day_short(as_of).z));
	if (verdict->outcome != OUTCOME_DATA)
		return;
	for (enum element e = 0; e < ELEMENT_COUNT; e++)
		parts[e] = gate_answer_element(verdict->answer, e);
	page->rows = ARENA_ARRAY(v->arena, CARD_ROWS_MAX, struct page_answer_row);
	page->rows_n = page->rows ? card_rows(v->arena, parts, page->rows) : 0;
	page->seconds = gate_clear_s(v);
	page->extendable = visit_wants_fragment(v); /* a page of its own goes by the Refresh header */
	/* a part of a photo is enough to find the access again (P2.2g) */
	struct str ref = verdict->receipt ? arena_str(v->arena, str_c(receipt_ref(verdict->receipt).z)) : S("-");
	page->mark = arena_printf(v->arena, "%.*s · %s · %.*s", STR_ARG(principal_user_id(v->who)), clock_short_wib(v->now_us).z,
	                          STR_ARG(ref));
}

static void put_receipt(struct visit *v, const struct verdict *verdict, struct page_answer *page)
{
	const struct question *q = v->own;
	int64_t us = verdict->receipt ? receipt_time_us(verdict->receipt) : v->now_us;
	page->time = arena_str(v->arena, str_c(clock_time_wib(us).z));
	int version = verdict->standing.version_number;
	page->basis = version ? arena_printf(v->arena, "Juknis II.C, versi %d", version) : S("tidak ada versi yang berlaku");
	page->repeat = verdict->repeat;
	if (verdict->receipt)
		page->ref = arena_str(v->arena, str_c(receipt_ref(verdict->receipt).z));
	if (verdict->receipt && verdict->answer) {
		page->nik = arena_str(v->arena, str_c(nik_digits(q->nik).z));
		page->csrf = visit_csrf(v);
	}
}

static void put_reason(struct visit *v, const struct verdict *verdict, struct page_answer *page)
{
	if (principal_role(v->who) != ROLE_KEPALA)
		return;
	struct gate_reason reason = gate_reason(verdict->ground);
	page->ground = str_c(reason.text);
	page->clause = clause_words(v->arena, str_c(reason.clause));
}

/* ---- what became of him (P2.2b) ---- */

static bool may_owe(const struct visit *v)
{
	const struct verdict *verdict = v->verdict;
	return verdict->answer && verdict->outcome != OUTCOME_ABSENT && verdict->kejadian_id && visit_feedback(v);
}

/* Of whom the debt was opened just now nothing can be known; only a page of its own needs the
 * number of his row. Who is not found has no card: whatever fails here would fail the tray. */
static enum rc find_owed(struct visit *v, struct err *err)
{
	struct question *q = v->own;
	struct err absent = {0};
	q->owed = may_owe(v);
	q->known = false; /* it may have been here before (gate/again.h) */
	if (!q->owed || (v->verdict->fresh_debt && visit_wants_fragment(v)))
		return RC_OK;
	enum rc rc = person_find(visit_feedback(v), v->tx, v->standing.instansi_id, v->verdict->kejadian_id, q->nik, &q->person,
	                         &absent);
	q->known = rc == RC_OK;
	q->owed = rc == RC_OK;
	if (rc == RC_OK || rc == RC_ABSENT)
		return RC_OK;
	*err = absent;
	return rc;
}

static enum rc add_tell(struct visit *v, struct buf *out, struct err *err)
{
	const struct question *q = v->own;
	if (!q->owed)
		return RC_OK;
	return tell_card_write(v, out, &(struct tell_card){
		.nik = q->nik,
		.kejadian_id = v->verdict->kejadian_id,
		.csrf = visit_wants_fragment(v) ? S("") : visit_csrf(v),
		.person = q->known ? &q->person : NULL,
		.focus = !visit_wants_fragment(v),
	}, err);
}

/* The person that the address names by his row; false: nobody, or not of this instansi. */
static enum rc find_named(struct visit *v, const char *name, struct person *ret, bool *found, struct err *err)
{
	struct err absent = {0};
	int64_t id;
	*found = false;
	if (str_int(http_query(v->rq, name), 1, INT64_MAX, &id) != RC_OK || !visit_feedback(v))
		return RC_OK;
	enum rc rc = person_get(visit_feedback(v), v->tx, id, ret, &absent);
	*found = rc == RC_OK && ret->instansi_id == v->standing.instansi_id;
	if (rc == RC_OK || rc == RC_ABSENT)
		return RC_OK;
	*err = absent;
	return rc;
}

static enum rc find_back(struct visit *v, struct err *err)
{
	struct question *q = ARENA_NEW(v->arena, struct question);
	if (!q)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	q->document = principal_document(v->who);
	TRY(find_named(v, "tersimpan", &q->person, &q->saved, err));
	if (!q->saved)
		TRY(find_named(v, "korban", &q->person, &q->cleared, err));
	if (q->cleared)
		q->typed = arena_str(v->arena, str_c(nik_grouped(q->person.nik).z));
	v->own = q;
	return RC_OK;
}

static enum rc add_back(struct visit *v, struct page_answer *page, struct buf *out, struct err *err)
{
	const struct question *q = v->own;
	page->back = q->saved || q->cleared;
	page->cleared = q->cleared;
	if (!page->back)
		return RC_OK;
	return tell_card_write(v, out, &(struct tell_card){
		.nik = q->person.nik,
		.kejadian_id = q->person.kejadian_id,
		.csrf = visit_csrf(v),
		.person = &q->person,
		.saved = q->saved,
	}, err);
}

/* The part that is the same in the page and in the fragment. */
static enum rc add_answer(struct visit *v, struct buf *out, struct err *err)
{
	BUF_AUTO next = BUF(PAGE_MAX);
	BUF_AUTO whom = BUF(PAGE_MAX);
	BUF_AUTO tell = BUF(PAGE_MAX);
	const struct verdict *verdict = v->verdict;
	struct page_answer page = {.once = visit_once(v)};
	bool empty_form = !verdict || verdict->ground == GROUND_MALFORMED;
	if (!verdict)
		TRY(add_back(v, &page, &tell, err));
	if (!empty_form) {
		const struct look_row *look = look_of(verdict);
		page_next_write(&next, &look->next);
		if (look->whom)
			whom_write(&whom, &verdict->standing, look->whom);
		page.asked = true;
		page.band = str_c(look->band);
		page.words = words_of(verdict);
		put_data(v, verdict, &page);
		put_receipt(v, verdict, &page);
		put_reason(v, verdict, &page);
		page.caution = verdict->caution;
		TRY(find_owed(v, err));
		TRY(add_tell(v, &tell, err));
	}
	page.next = html_from_buf(&next);
	page.whom = html_from_buf(&whom);
	page.tell = html_from_buf(&tell);
	page_answer_write(out, &page);
	return RC_OK;
}

static void add_mistake(const struct visit *v, struct buf *out)
{
	BUF_AUTO hint = BUF(HINT_MAX);
	const struct question *q = v->own;
	const struct verdict *verdict = v->verdict;
	if (verdict && verdict->ground == GROUND_MALFORMED)
		buf_addz(&hint, "Isi NIK yang akan diperiksa.");
	else if (verdict && verdict->outcome == OUTCOME_FORMAT)
		hint_write(&hint, q->flaw, q->digits);
	page_mistake_write(out, &(struct page_mistake){.problem = buf_str(&hint)});
}

/* KTP-el first: what is shown most often. */
static void put_documents(enum document chosen, struct page_lookup_document rows[DOCUMENT_COUNT])
{
	static const enum document order[DOCUMENT_COUNT] = {DOCUMENT_KTP_EL, DOCUMENT_IKD, DOCUMENT_NONE};
	for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
		const struct document_row *row = document_at(order[i]);
		rows[i] = (struct page_lookup_document){str_c(row->key), str_c(row->label), order[i] == chosen};
	}
}

static enum rc add_question(struct visit *v, struct buf *out, struct err *err)
{
	BUF_AUTO answer = BUF(PAGE_MAX);
	BUF_AUTO mistake = BUF(PAGE_MAX);
	BUF_AUTO form = BUF(PAGE_MAX);
	struct page_lookup_document documents[DOCUMENT_COUNT];
	const struct question *q = v->own;
	TRY(add_answer(v, &answer, err));
	add_mistake(v, &mistake);
	tell_card_form_write(v, &form);
	put_documents(q->document, documents);
	bool wrong = v->verdict && (v->verdict->ground == GROUND_MALFORMED || v->verdict->outcome == OUTCOME_FORMAT);
	page_lookup_write(out, &(struct page_lookup){
		.csrf = visit_csrf(v),
		.nik = q->typed,
		.wrong = wrong,
		.mistake = html_from_buf(&mistake),
		.focus = wrong || !v->verdict,
		.documents = documents,
		.documents_n = DOCUMENT_COUNT,
		.form = html_from_buf(&form),
		.answer = html_from_buf(&answer),
	});
	return RC_OK;
}

/* ---- the pages ---- */

enum rc page_lookup_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	TRY(find_back(v, err));
	TRY(add_question(v, &body, err));
	if (visit_wants_fragment(v)) /* the script wants a token of the new session */
		return frame_fragment(v, 200, &body, err);
	return frame_page(v, &(struct frame){.title = "Verifikasi NIK", .at = "/verifikasi"}, 200, &body, err);
}

static enum rc remember_document(struct visit *v, struct err *err)
{
	const struct question *q = v->own;
	if (q->document == principal_document(v->who) || !principal_session(v->who))
		return RC_OK;
	return session_choose(v->tx, principal_session(v->who), principal_kejadian(v->who), q->document, err);
}

static enum rc draw_fragment(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	TRY(add_answer(v, &body, err));
	add_mistake(v, &body);
	strip_quota_write(&body, v->verdict->quota_left, v->verdict->quota_limit);
	return frame_fragment(v, 200, &body, err);
}

/* The data goes, the form of data balikan stays. */
static void add_refresh(struct visit *v)
{
	const struct question *q = v->own;
	struct str where = q->known ? arena_printf(v->arena, "?korban=%lld", (long long)q->person.person_id) : S("");
	http_add_header(&v->out, "Refresh", arena_printf(v->arena, "%d; url=/verifikasi%.*s", gate_clear_s(v), STR_ARG(where)));
}

static enum rc draw_page(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	TRY(add_question(v, &body, err));
	TRY(frame_page(v, &(struct frame){.title = "Verifikasi NIK", .at = "/verifikasi"}, 200, &body, err));
	if (v->verdict->outcome == OUTCOME_DATA)
		add_refresh(v);
	return RC_OK;
}

enum rc page_lookup_post(struct visit *v, struct err *err)
{
	TRY(remember_document(v, err));
	return visit_wants_fragment(v) ? draw_fragment(v, err) : draw_page(v, err);
}
