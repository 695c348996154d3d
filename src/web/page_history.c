/* SPDX-License-Identifier: EUPL-1.2
 * web/page_history.c - who looked at a NIK, for the provider's people (P2.2g, P3.1a). On paper, for
 * the owner of the data: page_history_print.c.
 *
 * What was typed is checked first. Then a tray of its own lets the visitor in, counts the search and
 * writes it down; only when that is durable is the journal searched, on a worker thread. The page is
 * drawn last. A ticket (gate/history.h) stands for a search that was written down already. */
#include "gate/early.h"
#include "gate/reason.h"
#include "web/blame.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/history.page.h"
#include "web/history_form.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

#define NIK_TYPED 40
#define ECHO_MAX 40
#define ROWS 25 /* a page */

struct asking {
	struct history_ticket ticket;
	bool again; /* with a ticket in hand */
	struct history_time time;
	struct history_after after;
	struct str nik_typed;
	struct blame blame;
	bool found;
	int status;
	struct history_look look;
};

/* ---- what was typed ---- */

static void read_nik(struct visit *v, struct asking *a)
{
	char digits[NIK_TYPED];
	a->nik_typed = str_cut(str_trim(http_form(v->rq, "nik")), ECHO_MAX);
	size_t n = nik_strip(a->nik_typed, digits, sizeof digits);
	if (nik_from_str((struct str){digits, n}, &a->ticket.nik, NULL) != RC_OK)
		blame_set(&a->blame, "nik", "NIK terdiri atas 16 angka; periksa kembali ketikan Anda.");
}

/* The number of the row with that key; `n` for none. */
static size_t row_with(const struct history_ground_row *(*at)(size_t i), size_t n, struct str key)
{
	size_t i = 0;
	while (i < n && !str_eq(key, str_c(at(i)->key)))
		i++;
	return i;
}

static const struct history_ground_row *ground_at(size_t i)
{
	return history_ground_at((enum history_ground)i);
}

static const struct history_ground_row *asker_at(size_t i)
{
	return history_asker_at((enum history_asker)i);
}

static void read_why(struct visit *v, struct asking *a)
{
	struct history_why *why = &a->ticket.why;
	const char *field;
	struct err reason = {0};
	size_t ground = row_with(ground_at, HISTORY_GROUND_COUNT, http_form(v->rq, "dasar"));
	size_t asker = row_with(asker_at, HISTORY_ASKER_COUNT, http_form(v->rq, "pemohon"));
	why->basis = str_trim(http_form(v->rq, "keterangan"));
	if (document_from_key(http_form(v->rq, "dokumen"), &why->document) != RC_OK)
		why->document = DOCUMENT_NONE;
	why->ground = ground < HISTORY_GROUND_COUNT ? (enum history_ground)ground : HISTORY_OWNER;
	why->asker = asker < HISTORY_ASKER_COUNT ? (enum history_asker)asker : HISTORY_SELF;
	if (ground == HISTORY_GROUND_COUNT)
		blame_set(&a->blame, "", "Pilih dasar pencarian.");
	else if (history_why_check(why, &field, &reason) != RC_OK)
		blame_err(&a->blame, field, &reason, v->arena);
}

static void read_time(struct visit *v, struct asking *a)
{
	const char *field;
	struct err reason = {0};
	if (history_time_read(v, &a->time, &field, &reason) != RC_OK)
		blame_err(&a->blame, field, &reason, v->arena);
}

/* "time.seq" of the last row of the page before. */
static void read_after(struct visit *v, struct asking *a)
{
	struct str seq = http_form(v->rq, "lanjut"), time = str_split(&seq, '.');
	if (str_int(time, 1, INT64_MAX, &a->after.time_us) != RC_OK || str_int(seq, 0, INT64_MAX, &a->after.seq) != RC_OK)
		a->after = (struct history_after){0};
}

static void read_form(struct visit *v, struct asking *a)
{
	a->again = http_form(v->rq, "tiket").n > 0;
	if (!http_form_ok(v->rq))
		blame_set(&a->blame, "", "Isian tidak dapat dibaca.");
	read_time(v, a);
	if (a->again) {
		read_after(v, a);
		return;
	}
	read_nik(v, a);
	read_why(v, a);
}

/* ---- before the page: written down, then searched ---- */

static enum rc enter(struct visit *v, void *arg, struct err *err)
{
	struct asking *a = arg;
	if (a->again)
		return history_ticket_read(v, http_form(v->rq, "tiket"), &a->ticket, err);
	a->ticket.asked_us = v->now_us;
	return history_begin(v, &a->ticket, err);
}

/* What he can put right himself stands on the page. */
static enum rc as_blame(struct visit *v, struct asking *a, enum rc rc, const struct err *reason, struct err *err)
{
	switch (rc) {
	case RC_OK: return RC_OK;
	case RC_INVALID: a->status = 400; break;
	case RC_REFUSED: a->status = a->again ? 400 : 429; break;
	case RC_LIMIT: a->status = 503; break;
	default: *err = *reason; return rc;
	}
	blame_err(&a->blame, "", reason, v->arena);
	return RC_OK;
}

static enum rc search(struct visit *v, struct asking *a, struct err *err)
{
	struct err reason = {0};
	const struct history_ask ask = {
	        .nik = a->ticket.nik, .from_us = a->time.from_us, .until_us = a->time.until_us, .after = a->after, .most = ROWS};
	enum rc rc = history_look(v, &ask, v->arena, &a->look, &reason);
	a->found = rc == RC_OK;
	if (rc != RC_REFUSED)
		return as_blame(v, a, rc, &reason, err);
	*err = reason; /* a key that does not open is ours to mend */
	return RC_BROKEN;
}

enum rc page_history_slow(struct visit *v, struct err *err)
{
	struct asking *a = ARENA_NEW(v->arena, struct asking);
	struct err reason = {0};
	bool entered = false;
	if (!a)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = a;
	a->status = 400;
	read_form(v, a);
	if (a->blame.field)
		return RC_OK;
	TRY(as_blame(v, a, visit_early(v, enter, a, &entered, &reason), &reason, err));
	if (!entered || a->blame.field)
		return RC_OK;
	a->status = 200;
	return search(v, a, err);
}

/* ---- drawing ---- */

static void put_outcome(struct visit *v, const struct history_row *row, struct page_history_access *ret)
{
	enum outcome outcome;
	enum history_shown shown = history_shown(row);
	struct gate_reason reason = gate_reason_of(row->ground);
	ret->colour = shown == HISTORY_DATA ? S("ok") : S("");
	if (row->act != ACT_LOOKUP || outcome_from_code(row->outcome, &outcome) != RC_OK)
		ret->outcome = str_eq(row->outcome, S("refused")) ? S("ditolak") : S("berhasil");
	else if (shown != HISTORY_NOTHING)
		ret->outcome = str_c(history_shown_words(shown));
	else
		ret->outcome = arena_printf(v->arena, "%.*s tanpa data", STR_ARG(row->outcome));
	if (reason.ground != GROUND_NONE)
		ret->why = str_c(reason.text);
	else if (row->act == ACT_LOOKUP && shown == HISTORY_NOTHING && outcome_from_code(row->outcome, &outcome) == RC_OK)
		ret->why = str_c(outcome_get(outcome)->portal);
}

static struct str how_of(struct visit *v, const struct history_row *row)
{
	enum method method;
	enum document document;
	const char *how = method_from_key(row->method, &method) == RC_OK ? method_at(method)->label : "";
	if (row->document.n == 0 || document_from_key(row->document, &document) != RC_OK || document == DOCUMENT_NONE)
		return str_c(how);
	return arena_printf(v->arena, "%s%s%s", how, *how ? ", " : "", document_at(document)->label);
}

static void put_purpose(const struct history_seen *seen, struct page_history_access *ret)
{
	ret->purpose = seen->kejadian;
	ret->jenis = seen->jenis;
	struct str basis;
	enum history_ground ground = history_ground_of(seen->row.about, &basis);
	if (seen->row.act == ACT_HISTORY && ground < HISTORY_GROUND_COUNT) {
		ret->purpose = str_c(history_ground_at(ground)->label);
		ret->jenis = basis;
	} else if (seen->row.act == ACT_TRACE) {
		ret->purpose = S("NIK dicocokkan dengan akses");
	} else if (ret->purpose.n == 0) {
		ret->purpose = seen->row.about.n ? seen->row.about : S("–");
	}
}

static struct page_history_access row_of(struct visit *v, const struct history_seen *seen)
{
	struct page_history_access row = {
	        .time = arena_str(v->arena, str_c(when_row(seen->row.time_us).z)),
	        .ref = arena_str(v->arena, str_c(seen->ref.z)),
	        .instansi = seen->code.n ? seen->code : S("Dinas Dukcapil"),
	        .user_id = seen->row.user_id.n ? seen->row.user_id : S("–"),
	        .act = str_c(act_at(seen->row.act)->label),
	        .how = how_of(v, &seen->row),
	        .repeat = seen->row.repeat,
	        .peer = seen->row.peer.n ? seen->row.peer : S("–"),
	        .version = seen->version,
	};
	put_outcome(v, &seen->row, &row);
	put_purpose(seen, &row);
	return row;
}

static struct str gone_of(struct visit *v, const struct history_list *list)
{
	struct str text = S("");
	for (size_t i = 0; i < list->gone_n; i++)
		text = arena_printf(v->arena, "%.*s%s%02d-%04d", STR_ARG(text), i ? ", " : "", list->gone[i] % 100,
		                    list->gone[i] / 100);
	return text;
}

static enum rc put_found(struct visit *v, const struct asking *a, struct page_history *page, struct err *err)
{
	const struct history_look *look = &a->look;
	const struct history_after last =
	        look->list.n ? (struct history_after){look->at[look->list.n - 1].row.time_us, look->at[look->list.n - 1].row.seq}
	                     : (struct history_after){0};
	page->accesses = ARENA_ARRAY(v->arena, look->list.n + 1, struct page_history_access);
	if (!page->accesses)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->accesses_n < look->list.n; page->accesses_n++)
		page->accesses[page->accesses_n] = row_of(v, &look->at[page->accesses_n]);
	page->searched = true;
	page->nik = arena_str(v->arena, str_c(nik_grouped(a->ticket.nik).z));
	page->ground = str_c(history_ground_at(a->ticket.why.ground)->label);
	page->basis = a->ticket.why.basis;
	page->ticket = history_ticket_text(v, &a->ticket);
	page->count = pager_count(v->arena, look->list.all);
	page->gone = gone_of(v, &look->list);
	if (look->list.archived)
		page->archived = arena_printf(v->arena, "%02d-%04d", look->list.archived % 100, look->list.archived / 100);
	page->later = a->after.time_us > 0;
	page->slip = a->ticket.why.ground == HISTORY_OWNER;
	if (look->list.more)
		page->cursor = arena_printf(v->arena, "%lld.%lld", (long long)last.time_us, (long long)last.seq);
	return page->ticket.at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

struct choices {
	struct page_history_ground grounds[HISTORY_GROUND_COUNT];
	struct page_history_asker askers[HISTORY_ASKER_COUNT];
	struct page_history_document documents[DOCUMENT_COUNT];
};

static void put_choices(const struct asking *a, struct choices *choices, struct page_history *page)
{
	const struct history_why *why = &a->ticket.why;
	for (size_t i = 0; i < HISTORY_GROUND_COUNT; i++)
		choices->grounds[i] =
		        (struct page_history_ground){str_c(ground_at(i)->key), str_c(ground_at(i)->label), i == why->ground};
	for (size_t i = 0; i < HISTORY_ASKER_COUNT; i++)
		choices->askers[i] =
		        (struct page_history_asker){str_c(asker_at(i)->key), str_c(asker_at(i)->label), i == why->asker};
	for (size_t i = 0; i < DOCUMENT_COUNT; i++)
		choices->documents[i] = (struct page_history_document){
		        str_c(document_at(i)->key), i == DOCUMENT_NONE ? S("Tidak diperiksa") : str_c(document_at(i)->label),
		        i == why->document};
	page->grounds = choices->grounds;
	page->grounds_n = HISTORY_GROUND_COUNT;
	page->askers = choices->askers;
	page->askers_n = HISTORY_ASKER_COUNT;
	page->documents = choices->documents;
	page->documents_n = DOCUMENT_COUNT;
}

static void put_blame(const struct asking *a, struct page_history *page)
{
	const struct blame *blame = &a->blame;
	page->p_form = blame_of(blame, "");
	page->p_nik = blame_of(blame, "nik");
	page->p_basis = blame_of(blame, "keterangan");
	page->p_document = blame_of(blame, "dokumen");
	page->p_from = blame_of(blame, "dari");
	page->p_until = blame_of(blame, "sampai");
}

static enum rc put_left(struct visit *v, struct page_history *page, struct err *err)
{
	struct history_left left;
	TRY(history_left(v, &left, err));
	page->made = left.made;
	page->most = left.most;
	page->all = left.all.n;
	return RC_OK;
}

static enum rc draw(struct visit *v, const struct asking *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct choices choices;
	struct page_history page = {.csrf = visit_csrf(v), .from = a->time.from, .until = a->time.until};
	if (!a->found && !a->again) { /* what was typed stays until it was searched */
		page.typed = a->nik_typed;
		page.basis_typed = str_cut(a->ticket.why.basis, HISTORY_BASIS_MAX);
	}
	TRY(put_left(v, &page, err));
	put_choices(a, &choices, &page);
	put_blame(a, &page);
	if (a->found)
		TRY(put_found(v, a, &page, err));
	page_history_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Riwayat akses NIK", .at = HISTORY_PATH}, status, &body, err);
}

enum rc page_history_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct asking){.ticket.why.document = DOCUMENT_KTP_EL}, 200, err);
}

enum rc page_history_post(struct visit *v, struct err *err)
{
	const struct asking *a = v->own;
	return draw(v, a, a->status, err);
}
