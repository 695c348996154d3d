/* SPDX-License-Identifier: EUPL-1.2
 * web/page_reports.c - the list of reports: the head sees what his agency owes and its
 * reports, the provider's people those of all. What waits for the visitor stands first. */
#include "gate/strip.h"
#include "report/report_owed.h"
#include "web/frame.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/report_seen.h"
#include "web/reports.page.h"
#include "web/subject.h"
#include "web/words.h"

static const char *const sides[] = {[TURN_NOBODY] = "", [TURN_INSTANSI] = "Instansi", [TURN_PROVIDER] = "Dinas Dukcapil"};
static const struct {
	enum report_state state;
	const char *label;
} whichs[] = {
        {REPORT_DRAFT, "Rancangan"},      {REPORT_SUBMITTED, "Disampaikan"}, {REPORT_RECEIVED, "Diterima"},
        {REPORT_EVALUATED, "Dievaluasi"}, {REPORT_FORWARDED, "Diteruskan"},  {REPORT_CANCELLED, "Dibatalkan"},
};

static struct str which_key(enum report_state state)
{
	const struct report_state_row *row = report_state_of(REPORT_REQUEST, state); /* that kind has all of them */
	return row ? str_c(row->key) : S("");
}

static struct report_filter filter_of(struct visit *v, int64_t instansi_id)
{
	struct str asked = http_query(v->rq, "keadaan");
	struct report_filter filter = {.instansi_id = instansi_id,
	                               .side = report_seen_side(v),
	                               .state = REPORT_STATES,
	                               .skip = pager_skip(pager_page(v)),
	                               .most = PAGER_MOST};
	for (size_t i = 0; asked.n && i < LEN(whichs); i++)
		if (str_eq(asked, which_key(whichs[i].state)))
			filter.state = whichs[i].state;
	return filter;
}

/* "Semester 1 Tahun 2026"; any other subject as it is. */
static struct str semester_name(struct visit *v, struct str subject)
{
	struct semester s;
	if (report_semester_from_str(subject, &s) != RC_OK)
		return subject;
	return arena_printf(v->arena, "Semester %d Tahun %d", s.half, s.year);
}

static struct str kind_words(struct visit *v, const struct report *r)
{
	if (r->kind->kind == REPORT_SEMESTER)
		return str_c(r->kind->label);
	return arena_printf(v->arena, "%s, %s s.d. %s", r->kind->label, day_short(r->first).z, day_short(r->last).z);
}

/* ---- what is owed ---- */

static struct page_reports_due due_of(struct visit *v, const struct report_owed *owed)
{
	struct semester s = {0};
	enum rc rc = report_semester_from_str(owed->semester, &s);
	struct page_reports_due row = {
	        .code = owed->code,
	        .name = owed->name,
	        .semester = semester_name(v, owed->semester),
	        .period = rc != RC_OK   ? S("")
	                  : s.half == 1 ? S("Januari sampai Juni")
	                                : S("Juli sampai Desember"),
	        .due = arena_str(v->arena, str_c(day_short(owed->due).z)),
	        .uncertain = !owed->certain,
	        .state = str_c(duty_state_at(owed->state)->label),
	        .late = owed->state == DUTY_LATE,
	        .near = owed->state == DUTY_NEAR,
	        .has_draft = owed->draft_id != 0,
	        .may_make = principal_role(v->who) == ROLE_KEPALA,
	        .key = owed->semester,
	};
	if (owed->draft_id)
		row.draft = report_seen_url(v, "/laporan/isi", owed->draft_id);
	return row;
}

static enum rc put_owed(struct visit *v, const struct office_subject *subject, struct page_reports *page, struct err *err)
{
	struct report_owed *owed;
	size_t n;
	struct duty_ask ask = {.agreement = gate_agreement(v), .instansi_id = subject->row.instansi_id};
	if (ask.instansi_id)
		TRY(report_owed_of(v->tx, &ask, v->now_us, &owed, &n, err));
	else
		TRY(report_owed_all(v->tx, day_of_us(v->now_us), &owed, &n, err));
	page->owed = ARENA_ARRAY(tx_arena(v->tx), n + 1, struct page_reports_due);
	if (!page->owed)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		page->owed[i] = due_of(v, &owed[i]);
		if (ask.instansi_id) {
			page->owed[i].code = subject->row.code;
			page->owed[i].name = subject->row.name;
		}
	}
	page->owed_n = n;
	return RC_OK;
}

/* ---- the reports ---- */

static enum rc put_row(struct visit *v, const struct report *r, bool waits, struct page_reports_report *ret, struct err *err)
{
	*ret = (struct page_reports_report){
	        .url = report_seen_url(v, "/laporan/isi", r->report_id),
	        .name = r->kind->kind == REPORT_SEMESTER ? semester_name(v, r->subject) : r->subject,
	        .kind = kind_words(v, r),
	        .state = str_c(r->state->label),
	        .good = r->state->tone == TONE_GOOD,
	        .waits = waits,
	        .late = report_seen_late(r, v->arena),
	        .turn = str_c(sides[r->state->turn]),
	        .day = arena_str(v->arena, str_c(day_short(day_of_us(r->moved_us)).z)),
	};
	if (principal_instansi(v->who))
		return RC_OK;
	struct instansi_row instansi;
	TRY(instansi_get(v->tx, r->instansi_id, &instansi, err));
	ret->code = instansi.code;
	return RC_OK;
}

static enum rc put_rows(struct visit *v, const struct report_filter *filter, const struct report_list *list,
                        struct page_reports *page, struct err *err)
{
	page->rows = ARENA_ARRAY(tx_arena(v->tx), list->n + 1, struct page_reports_report);
	if (!page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	page->rows_n = list->n;
	for (size_t i = 0; i < list->n; i++)
		TRY(put_row(v, &list->at[i], filter->skip + (int64_t)i < list->waiting, &page->rows[i], err));
	return RC_OK;
}

static void put_pages(struct visit *v, const struct report_filter *filter, const struct report_list *list,
                      struct page_reports *page, struct buf *out)
{
	struct pager pager = {.path = "/laporan", .page = pager_page(v), .all = list->all, .shown = list->n};
	pager_add(&pager, "keadaan", filter->state == REPORT_STATES ? S("") : which_key(filter->state));
	pager_add(&pager, "instansi", page->code);
	pager_write(v, &pager, out);
	page->pages = html_from_buf(out);
}

enum rc page_reports_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_reports_which which[LEN(whichs)];
	struct office_subject subject;
	struct report_list list;
	struct page_reports page = {.notice = words_notice(v), .csrf = visit_csrf(v), .whichs = which, .whichs_n = LEN(whichs)};
	TRY(office_subject_or_all(v, &subject, err));
	struct report_filter filter = filter_of(v, subject.row.instansi_id);
	TRY(report_page(v->tx, &filter, &list, err));
	for (size_t i = 0; i < LEN(whichs); i++)
		which[i] = (struct page_reports_which){which_key(whichs[i].state), str_c(whichs[i].label),
		                                       filter.state == whichs[i].state};
	page.provider = !subject.own;
	page.may_open = principal_role(v->who) != ROLE_AUDITOR;
	page.code = subject.own ? S("") : subject.row.code;
	page.filtered = filter.state != REPORT_STATES || page.code.n;
	page.waiting = list.waiting ? pager_count(v->arena, list.waiting) : S("");
	TRY(put_owed(v, &subject, &page, err));
	TRY(put_rows(v, &filter, &list, &page, err));
	put_pages(v, &filter, &list, &page, &pages);
	page_reports_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Laporan", .at = "/laporan"}, 200, &body, err);
}
