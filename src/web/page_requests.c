/* SPDX-License-Identifier: EUPL-1.2
 * web/page_requests.c - the list of requests: the head sees those of his agency, the
 * provider's people those of all. What waits for the visitor stands first. */
#include "web/frame.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/requests.page.h"
#include "web/subject.h"
#include "web/words.h"

static const struct {
	const char *key, *label;
} whichs[REQUEST_WHICH_COUNT] = {
        [REQUEST_ALL] = {"", "Semua"}, [REQUEST_OPEN] = {"berjalan", "Berjalan"}, [REQUEST_ENDED] = {"selesai", "Selesai"}};
static const char *const sides[] = {[TURN_NOBODY] = "", [TURN_INSTANSI] = "Instansi", [TURN_PROVIDER] = "Dinas Dukcapil"};

static enum turn side_of(const struct visit *v)
{
	switch (principal_role(v->who)) {
	case ROLE_KEPALA: return TURN_INSTANSI;
	case ROLE_ADMIN: return TURN_PROVIDER;
	default: return TURN_NOBODY; /* the auditor reads: nothing waits for him */
	}
}

static struct request_filter filter_of(struct visit *v, int64_t instansi_id)
{
	enum kind kind;
	struct str which = http_query(v->rq, "keadaan");
	struct request_filter filter = {
	        .instansi_id = instansi_id, .side = side_of(v), .skip = pager_skip(pager_page(v)), .most = PAGER_MOST};
	if (kind_from_key(http_query(v->rq, "jenis"), &kind) == RC_OK)
		filter.kind = kind_at(kind);
	for (enum request_which i = REQUEST_ALL; i < REQUEST_WHICH_COUNT; i++)
		if (str_eq(which, str_c(whichs[i].key)))
			filter.which = i;
	return filter;
}

static void put_choices(const struct request_filter *filter, struct page_requests *page)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		page->kinds[i] =
		        (struct page_requests_kind){str_c(kind_at(i)->key), str_c(kind_at(i)->label), filter->kind == kind_at(i)};
	for (size_t i = 0; i < REQUEST_WHICH_COUNT; i++)
		page->whichs[i] = (struct page_requests_which){str_c(whichs[i].key), str_c(whichs[i].label),
		                                               filter->which == (enum request_which)i};
	page->kinds_n = KIND_COUNT;
	page->whichs_n = REQUEST_WHICH_COUNT;
}

static enum rc put_row(struct visit *v, const struct request *r, bool waits, struct page_requests_request *ret, struct err *err)
{
	struct str number = arena_printf(v->arena, "%lld", (long long)r->request_id);
	struct url_pair pair = {"nomor", number};
	*ret = (struct page_requests_request){
	        .url = url_path(v->arena, "/permohonan/isi", &pair, 1),
	        .number = arena_printf(v->arena, "No. %.*s", STR_ARG(number)),
	        .kind = str_c(r->kind->label),
	        .title = r->title,
	        .state = str_c(r->state->label),
	        .good = r->state->tone == TONE_GOOD,
	        .bad = r->state->tone == TONE_BAD,
	        .waits = waits,
	        .late = r->late,
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

static enum rc put_rows(struct visit *v, const struct request_filter *filter, const struct request_list *list,
                        struct page_requests *page, struct err *err)
{
	page->rows = ARENA_ARRAY(tx_arena(v->tx), list->n + 1, struct page_requests_request);
	if (!page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	page->rows_n = list->n;
	for (size_t i = 0; i < list->n; i++)
		TRY(put_row(v, &list->at[i], filter->skip + (int64_t)i < list->waiting, &page->rows[i], err));
	return RC_OK;
}

static void put_pages(struct visit *v, const struct request_filter *filter, const struct request_list *list,
                      struct page_requests *page, struct buf *out)
{
	struct pager pager = {.path = "/permohonan", .page = pager_page(v), .all = list->all, .shown = list->n};
	pager_add(&pager, "jenis", filter->kind ? str_c(filter->kind->key) : S(""));
	pager_add(&pager, "keadaan", str_c(whichs[filter->which].key));
	pager_add(&pager, "instansi", page->code);
	pager_write(v, &pager, out);
	page->pages = html_from_buf(out);
}

enum rc page_requests_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_requests_kind kinds[KIND_COUNT];
	struct page_requests_which which[REQUEST_WHICH_COUNT];
	struct office_subject subject;
	struct request_list list;
	struct page_requests page = {.notice = words_notice(v), .kinds = kinds, .whichs = which};
	struct desk desk = request_desk(v);
	TRY(office_subject_or_all(v, &subject, err));
	struct request_filter filter = filter_of(v, subject.row.instansi_id);
	TRY(request_page(&desk, &filter, &list, err));
	page.provider = !subject.own;
	page.may_open = principal_role(v->who) != ROLE_AUDITOR;
	page.code = subject.own ? S("") : subject.row.code;
	page.filtered = filter.kind || filter.which != REQUEST_ALL || page.code.n;
	page.waiting = list.waiting ? pager_count(v->arena, list.waiting) : S("");
	put_choices(&filter, &page);
	TRY(put_rows(v, &filter, &list, &page, err));
	put_pages(v, &filter, &list, &page, &pages);
	page_requests_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Permohonan", .at = "/permohonan"}, 200, &body, err);
}
