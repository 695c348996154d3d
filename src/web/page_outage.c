/* SPDX-License-Identifier: EUPL-1.2
 * web/page_outage.c - planned outages: the provider's people see them, the admin announces,
 * changes and calls off. */
#include "agreement/outage.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/outage.page.h"
#include "web/outage_band.h"
#include "web/pages.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/pemeliharaan"

/* What stands in the form, and why it was refused. */
struct attempt {
	struct outage outage;    /* outage_id 0: a new one */
	struct str begin, until; /* as typed */
	bool runs;
	struct blame blame;
};

static bool may_change(const struct visit *v)
{
	return principal_role(v->who) == ROLE_ADMIN;
}

static struct str who_of(struct visit *v, const struct outage *outage)
{
	return arena_printf(v->arena, "%.*s, %s", STR_ARG(outage->changed_by), when_row(outage->changed_us).z);
}

/* ---- drawing ---- */

static struct page_outage_outage coming_of(struct visit *v, const struct outage *outage)
{
	struct url_pair pair = {"ubah", arena_printf(v->arena, "%lld", (long long)outage->outage_id)};
	return (struct page_outage_outage){.id = outage->outage_id,
	                                   .change = url_path(v->arena, PATH, &pair, 1),
	                                   .span = outage_span(v->arena, outage->begin_us, outage->end_us),
	                                   .part = str_c(outage_part_at(outage->part)->label),
	                                   .note = outage->note,
	                                   .who = who_of(v, outage),
	                                   .runs = outage_runs(outage, v->now_us),
	                                   .may = may_change(v)};
}

static struct page_outage_old past_of(struct visit *v, const struct outage *outage)
{
	return (struct page_outage_old){.span = outage_span(v->arena, outage->begin_us, outage->end_us),
	                                .part = str_c(outage_part_at(outage->part)->label),
	                                .note = outage->note,
	                                .who = who_of(v, outage),
	                                .cancelled = outage->cancelled};
}

static enum rc put_lists(struct visit *v, struct page_outage *page, struct err *err)
{
	struct outage_list coming, past;
	TRY(outage_coming(v->tx, v->now_us, INT64_MAX, &coming, err));
	TRY(outage_past(v->tx, v->now_us, &past, err));
	page->coming = ARENA_ARRAY(visit_page_arena(v), coming.n + 1, struct page_outage_outage);
	page->past = ARENA_ARRAY(visit_page_arena(v), past.n + 1, struct page_outage_old);
	if (!page->coming || !page->past)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->coming_n < coming.n; page->coming_n++)
		page->coming[page->coming_n] = coming_of(v, &coming.at[page->coming_n]);
	for (; page->past_n < past.n; page->past_n++)
		page->past[page->past_n] = past_of(v, &past.at[page->past_n]);
	return RC_OK;
}

static void put_form(const struct attempt *attempt, struct page_outage_part parts[OUTAGE_PART_COUNT], struct page_outage *page)
{
	const struct blame *blame = &attempt->blame;
	for (enum outage_part p = 0; p < OUTAGE_PART_COUNT; p++) {
		const struct outage_part_row *row = outage_part_at(p);
		parts[p] = (struct page_outage_part){str_c(row->key), str_c(row->label), p == attempt->outage.part};
	}
	page->parts = parts;
	page->parts_n = OUTAGE_PART_COUNT;
	page->id = attempt->outage.outage_id;
	page->rev = attempt->outage.rev;
	page->runs = attempt->runs;
	page->begin = attempt->begin;
	page->until = attempt->until;
	page->note = attempt->outage.note;
	page->p_form = blame_of(blame, "");
	page->p_begin = blame_of(blame, "mulai");
	page->p_end = blame_of(blame, "selesai");
	page->p_note = blame_of(blame, "keterangan");
}

static enum rc draw(struct visit *v, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_outage_part parts[OUTAGE_PART_COUNT];
	struct page_outage page = {.csrf = visit_csrf(v), .notice = words_notice(v), .may = may_change(v)};
	TRY(put_lists(v, &page, err));
	put_form(attempt, parts, &page);
	page_outage_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Pemeliharaan", .at = PATH}, status, &body, err);
}

/* ---- reading ---- */

static struct str time_of(struct visit *v, int64_t us)
{
	return arena_str(v->arena, str_c(outage_time_text(us).z));
}

static enum rc find(struct visit *v, int64_t id, struct outage *ret, struct err *err)
{
	struct outage_list list;
	TRY(outage_coming(v->tx, v->now_us, INT64_MAX, &list, err));
	for (size_t i = 0; i < list.n; i++) {
		if (list.at[i].outage_id != id)
			continue;
		*ret = list.at[i];
		return RC_OK;
	}
	return FAIL(err, RC_ABSENT, "Pemeliharaan itu tidak ada, sudah selesai, atau sudah dibatalkan.");
}

/* The form holds the one that is to be changed. */
static enum rc put_asked(struct visit *v, struct attempt *attempt, struct err *err)
{
	int64_t id;
	if (!may_change(v) || str_int(http_query(v->rq, "ubah"), 1, INT64_MAX, &id) != RC_OK)
		return RC_OK;
	TRY(find(v, id, &attempt->outage, err));
	attempt->begin = time_of(v, attempt->outage.begin_us);
	attempt->until = time_of(v, attempt->outage.end_us);
	attempt->runs = outage_runs(&attempt->outage, v->now_us);
	return RC_OK;
}

enum rc page_outage_get(struct visit *v, struct err *err)
{
	struct attempt attempt = {0};
	TRY(put_asked(v, &attempt, err));
	return draw(v, &attempt, 200, err);
}

/* ---- announcing ---- */

static void read_time(struct attempt *attempt, struct str text, const char *field, int64_t *ret)
{
	if (outage_time_from_str(text, ret) != RC_OK)
		blame_set(&attempt->blame, field, "Isi tanggal dan jam, misalnya 2026-11-26T22:00.");
}

static struct attempt attempt_sent(struct visit *v)
{
	struct attempt a = {.begin = http_form(v->rq, "mulai"), .until = http_form(v->rq, "selesai")};
	struct str id = http_form(v->rq, "nomor"), rev = http_form(v->rq, "rev");
	a.outage.note = http_form(v->rq, "keterangan");
	read_time(&a, a.begin, "mulai", &a.outage.begin_us);
	read_time(&a, a.until, "selesai", &a.outage.end_us);
	if (outage_part_from_key(http_form(v->rq, "bagian"), &a.outage.part) != RC_OK)
		blame_set(&a.blame, "", "Pilih bagian yang dipelihara.");
	if (id.n && (str_int(id, 1, INT64_MAX, &a.outage.outage_id) != RC_OK || str_int(rev, 1, INT64_MAX, &a.outage.rev) != RC_OK))
		blame_set(&a.blame, "", "Pemeliharaan yang diubah tidak disebutkan.");
	return a;
}

static enum rc save(struct visit *v, struct attempt *a, struct err *err)
{
	struct str by = principal_user_id(v->who);
	if (a->outage.outage_id)
		return outage_change(v->tx, &a->outage, by, v->now_us, err);
	return outage_plan(v->tx, &a->outage, by, v->now_us, &a->outage.outage_id, err);
}

/* A field's own trouble stands beside it. */
static const char *field_of(const struct attempt *a, int64_t now_us)
{
	const struct outage *o = &a->outage;
	if (o->end_us <= o->begin_us || o->end_us <= now_us || o->end_us - o->begin_us > OUTAGE_LENGTH_MAX_US)
		return "selesai";
	return o->begin_us - now_us > OUTAGE_AHEAD_MAX_US ? "mulai" : "keterangan";
}

static enum rc journal_outage(struct visit *v, const char *what, const struct outage *outage, struct err *err)
{
	struct entry entry = {.act = ACT_OUTAGE, .outcome = "ok", .about = outage_about(v->tx, what, outage)};
	return visit_journal(v, entry, NULL, err);
}

/* The form once more, as it was sent. It is drawn beside what stands by now, so that is what
 * is saved over when it comes again. */
static enum rc draw_again(struct visit *v, struct attempt *a, int status, struct err *err)
{
	struct outage now;
	if (a->outage.outage_id) {
		TRY(find(v, a->outage.outage_id, &now, err));
		a->outage.rev = now.rev;
		a->runs = outage_runs(&now, v->now_us);
	}
	return draw(v, a, status, err);
}

enum rc page_outage_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct attempt a = attempt_sent(v);
	bool is_new = a.outage.outage_id == 0;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	if (a.blame.field)
		return draw_again(v, &a, 400, err);
	enum rc rc = save(v, &a, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT || rc == RC_CONFLICT) {
		blame_err(&a.blame, rc == RC_INVALID ? field_of(&a, v->now_us) : "", &reason, v->arena);
		return draw_again(v, &a, rc == RC_CONFLICT ? 409 : 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal_outage(v, is_new ? "add" : "change", &a.outage, err));
	visit_redirect(v, is_new ? S(PATH "?catatan=pemeliharaan-rencana") : S(PATH "?catatan=pemeliharaan-ubah"));
	return RC_OK;
}

enum rc page_outage_cancel(struct visit *v, struct err *err)
{
	struct outage outage;
	int64_t id;
	if (str_int(http_form(v->rq, "nomor"), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_INVALID, "Pemeliharaan tidak disebutkan.");
	TRY(outage_cancel(v->tx, id, principal_user_id(v->who), v->now_us, &outage, err));
	TRY(journal_outage(v, outage.cancelled ? "cancel" : "end", &outage, err));
	visit_redirect(v, outage.cancelled ? S(PATH "?catatan=pemeliharaan-batal") : S(PATH "?catatan=pemeliharaan-akhir"));
	return RC_OK;
}
