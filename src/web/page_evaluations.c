/* SPDX-License-Identifier: EUPL-1.2
 * web/page_evaluations.c - evaluations (J.V): the list of them, and a new one. The head sees
 * those of his agency that are signed. */
#include "report/evaluation.h"
#include "web/blame.h"
#include "web/evaluation_new.page.h"
#include "web/evaluation_seen.h"
#include "web/evaluations.page.h"
#include "web/frame.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/words.h"

#define PATH "/evaluasi"
#define SEMESTERS 6 /* offered; the latest that is over first */

/* ---- the list ---- */

static struct evaluation_filter filter_of(struct visit *v, const struct office_subject *subject)
{
	return (struct evaluation_filter){.instansi_id = subject->row.instansi_id,
	                                  .state = evaluation_state_of(http_query(v->rq, "keadaan")),
	                                  .drafts = !subject->own,
	                                  .skip = pager_skip(pager_page(v)),
	                                  .most = PAGER_MOST};
}

static void put_states(const struct evaluation_filter *filter, struct page_evaluations *page)
{
	for (size_t i = 0; i < EVALUATION_STATES; i++) {
		const struct evaluation_state_row *row = evaluation_state_at(i);
		if (filter->drafts || row->state != EVALUATION_DRAFT)
			page->states[page->states_n++] =
			        (struct page_evaluations_state){str_c(row->key), str_c(row->label), filter->state == row->state};
	}
}

static struct page_evaluations_evaluation row_of(struct visit *v, const struct evaluation_list *list, size_t i)
{
	const struct evaluation *e = &list->at[i];
	const struct evaluation_state_row *state = evaluation_state_at(e->state);
	const struct recommendation_row *row = recommendation_at(e->recommendation);
	return (struct page_evaluations_evaluation){
	        .url = evaluation_seen_url(v, e->evaluation_id, S("")),
	        .period = evaluation_seen_period(visit_page_arena(v), e),
	        .code = list->codes[i],
	        .name = list->names[i],
	        .state = str_c(state->label),
	        .next = str_c(state->next),
	        .draft = e->state == EVALUATION_DRAFT,
	        .done = e->state == EVALUATION_REPORTED,
	        .number = e->number,
	        .recommendation = row ? str_c(row->label) : S(""),
	        .good = e->recommendation == RECOMMEND_CONTINUE,
	        .warned = e->recommendation == RECOMMEND_WARN || e->recommendation == RECOMMEND_REDUCE,
	        .bad = e->recommendation == RECOMMEND_SUSPEND || e->recommendation == RECOMMEND_REVOKE,
	        .day = arena_str(visit_page_arena(v), str_c(day_short(day_of_us(e->moved_us)).z)),
	};
}

static enum rc put_rows(struct visit *v, const struct evaluation_list *list, struct page_evaluations *page, struct err *err)
{
	page->rows = ARENA_ARRAY(visit_page_arena(v), list->n + 1, struct page_evaluations_evaluation);
	if (!page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < list->n; i++)
		page->rows[page->rows_n++] = row_of(v, list, i);
	return RC_OK;
}

static void put_pages(struct visit *v, const struct evaluation_list *list, struct page_evaluations *page, struct buf *out)
{
	struct pager pager = {.path = PATH, .page = pager_page(v), .all = list->all, .shown = list->n};
	for (size_t i = 0; i < page->states_n; i++)
		if (page->states[i].on)
			pager_add(&pager, "keadaan", page->states[i].key);
	pager_add(&pager, "instansi", page->code);
	pager_write(v, &pager, out);
	page->pages = html_from_buf(out);
}

enum rc page_evaluations_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_evaluations_state states[EVALUATION_STATES];
	struct office_subject subject;
	struct evaluation_list list;
	struct page_evaluations page = {.notice = words_notice(v), .states = states};
	TRY(office_subject_or_all(v, &subject, err));
	struct evaluation_filter filter = filter_of(v, &subject);
	TRY(evaluation_page(v->tx, &filter, &list, err));
	page.provider = !subject.own;
	page.may_make = principal_role(v->who) == ROLE_ADMIN;
	page.code = subject.own ? S("") : subject.row.code;
	page.filtered = filter.state != EVALUATION_STATES || page.code.n;
	put_states(&filter, &page);
	TRY(put_rows(v, &list, &page, err));
	put_pages(v, &list, &page, &pages);
	page_evaluations_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Evaluasi", .at = PATH}, 200, &body, err);
}

/* ---- a new one ---- */

struct attempt {
	struct str code, semester, first, last; /* as typed */
	bool of_days;
	struct blame blame;
};

static void put_semesters(struct visit *v, struct str chosen, struct page_evaluation_new_semester semesters[SEMESTERS])
{
	struct semester s = semester_of(day_of_us(v->now_us));
	for (size_t i = 0; i < SEMESTERS; i++) {
		s = s.half == 1 ? (struct semester){s.year - 1, 2} : (struct semester){s.year, 1};
		struct str key = arena_printf(v->arena, "%d-%d", s.year, s.half);
		semesters[i] = (struct page_evaluation_new_semester){
		        .key = key,
		        .label = arena_printf(v->arena, "%.*s, sampai %s", STR_ARG(key), day_long(semester_end(s)).z),
		        .on = str_eq(key, chosen)};
	}
}

static enum rc put_agencies(struct visit *v, struct page_evaluation_new *page, struct err *err)
{
	struct instansi_row *rows;
	size_t n;
	TRY(instansi_list(v->tx, &rows, &n, err));
	n = n < 200 ? n : 200; /* a help for typing, no more */
	page->agencies = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_evaluation_new_agency);
	if (!page->agencies)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		page->agencies[page->agencies_n++] = (struct page_evaluation_new_agency){rows[i].code, rows[i].name};
	return RC_OK;
}

static enum rc draw_new(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_evaluation_new_semester semesters[SEMESTERS];
	struct page_evaluation_new page = {
	        .csrf = visit_csrf(v),
	        .code = a->code,
	        .of_semester = !a->of_days,
	        .semesters = semesters,
	        .semesters_n = SEMESTERS,
	        .first = a->first,
	        .last = a->last,
	        .p_form = blame_of(&a->blame, ""),
	        .p_agency = blame_of(&a->blame, "instansi"),
	        .p_semester = blame_of(&a->blame, "semester"),
	        .p_days = blame_of(&a->blame, "sampai"),
	};
	put_semesters(v, a->semester, semesters);
	TRY(put_agencies(v, &page, err));
	page_evaluation_new_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Buat evaluasi", .at = PATH}, status, &body, err);
}

enum rc page_evaluation_new_get(struct visit *v, struct err *err)
{
	struct str semester = http_query(v->rq, "semester");
	struct attempt a = {.code = http_query(v->rq, "instansi"), .semester = semester};
	return draw_new(v, &a, 200, err);
}

static enum rc read_new(struct visit *v, struct attempt *a, struct evaluation_ask *ask, struct err *err)
{
	*a = (struct attempt){.code = str_trim(http_form(v->rq, "instansi")),
	                      .semester = http_form(v->rq, "semester"),
	                      .first = str_trim(http_form(v->rq, "dari")),
	                      .last = str_trim(http_form(v->rq, "sampai")),
	                      .of_days = str_eq(http_form(v->rq, "jenis"), S("masa"))};
	*ask = (struct evaluation_ask){.semester = a->of_days ? S("") : a->semester, .by = principal_user_id(v->who)};
	enum rc rc = instansi_find(v->tx, a->code, &ask->instansi_id, err);
	if (rc == RC_ABSENT) {
		blame_set(&a->blame, "instansi", "Kode instansi itu tidak ada.");
		return RC_OK;
	}
	TRY(rc);
	if (a->of_days && (day_from_str(a->first, &ask->first) != RC_OK || day_from_str(a->last, &ask->last) != RC_OK))
		blame_set(&a->blame, "sampai", "Isi hari pertama dan terakhir, misalnya 2026-11-23.");
	if (!a->of_days && !a->semester.n)
		blame_set(&a->blame, "semester", "Pilih semesternya.");
	return RC_OK;
}

static enum rc journal_made(struct visit *v, int64_t id, const struct evaluation_ask *ask, struct err *err)
{
	struct str about = arena_printf(v->arena, "evaluation %lld make%s%.*s", (long long)id, ask->semester.n ? " semester=" : "",
	                                STR_ARG(ask->semester));
	struct entry entry = {
	        .act = ACT_EVALUATION, .outcome = "ok", .clause = "J.V", .instansi_id = ask->instansi_id, .about = about};
	return visit_journal(v, entry, NULL, err);
}

enum rc page_evaluation_new_post(struct visit *v, struct err *err)
{
	struct attempt a;
	struct evaluation_ask ask;
	struct err reason = {0};
	int64_t id;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(read_new(v, &a, &ask, err));
	if (a.blame.field)
		return draw_new(v, &a, 400, err);
	enum rc rc = evaluation_make(v->tx, &ask, v->now_us, &id, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_LIMIT) {
		const char *field = rc == RC_LIMIT ? "" : a.of_days ? "sampai" : "semester";
		blame_err(&a.blame, field, &reason, v->arena);
		return draw_new(v, &a, rc == RC_CONFLICT ? 409 : 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal_made(v, id, &ask, err));
	visit_redirect(v, evaluation_seen_url(v, id, S("evaluasi-buat")).s);
	return RC_OK;
}
