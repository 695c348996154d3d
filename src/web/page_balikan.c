/* SPDX-License-Identifier: EUPL-1.2
 * web/page_balikan.c - the provider's list: what every agency accessed, and what of it was
 * told about (P2.2b, P3.1b).
 *
 * To find the fifty that are shown, the figures of all are added up: that is done before
 * the tray, in a reading transaction of a worker, so that nobody's inquiry waits for it. A
 * search finds names, and then the names give the order. */
#include "agreement/roster.h"
#include "feedback/reconcile.h"
#include "gate/early.h"
#include "gate/strip.h"
#include "web/balikan.page.h"
#include "web/cover.h"
#include "web/frame.h"
#include "web/owed.h"
#include "web/pager.h"
#include "web/pages.h"

#define BY_NAME RECONCILE_SORT_COUNT

/* In the order of the columns. */
static const struct sort_row {
	const char *key, *column, *label;
	enum reconcile_sort sort;
} sorts[] = {
        {"nama", "Instansi", "Nama instansi", BY_NAME},
        {"diakses", "Diakses", "Terbanyak diakses", RECONCILE_BY_ANSWERED},
        {"dilaporkan", "Dilaporkan", "Terbanyak dilaporkan", RECONCILE_BY_CLOSED},
        {"bukan", "Bukan korban", "Terbanyak bukan korban", RECONCILE_BY_WAIVED},
        {"belum", "Belum", "Terbanyak belum dilaporkan", RECONCILE_BY_OPEN},
        {"umur", "Tertua", "Terlama belum dilaporkan", RECONCILE_BY_AGE},
        {"cakupan", "Cakupan", "Cakupan tertinggi", RECONCILE_BY_COVER},
        {"tanpa", "Tanpa akses", "Terbanyak tanpa akses", RECONCILE_BY_UNASKED},
};
#define DEFAULT_SORT (&sorts[4])
#define WAY_NAME "arah"

struct asked {
	struct str text;
	const struct sort_row *sort;
	bool turned; /* against the column's own way: names from A, figures from the largest */
	int64_t page;
};

static struct asked asked_of(struct visit *v)
{
	struct asked a = {.text = str_trim(http_query(v->rq, "cari")), .sort = DEFAULT_SORT, .page = pager_page(v)};
	struct str sort = http_query(v->rq, "urut");
	for (size_t i = 0; i < LEN(sorts); i++)
		if (str_eq(sort, str_c(sorts[i].key)))
			a.sort = &sorts[i];
	if (a.text.n)
		a.sort = &sorts[0];
	a.turned = str_eq(http_query(v->rq, WAY_NAME), S("balik"));
	return a;
}

/* ---- before the tray: which ones, and their figures ---- */

struct listing {
	struct reconcile rows[PAGER_MOST];
	struct debt_total owed[PAGER_MOST];
	size_t n;
	int64_t all;
	struct reconcile_total total;
	bool read; /* false: who asks came in only after he was asked */
};

static enum rc list_by_name(struct visit *v, const struct asked *a, struct listing *list, struct err *err)
{
	struct roster roster;
	int64_t ids[PAGER_MOST];
	struct roster_ask ask = {.text = a->text, .down = a->turned, .today = day_of_us(v->now_us)};
	ask.skip = pager_skip(a->page);
	ask.most = PAGER_MOST;
	TRY(roster_page(v->tx, &ask, &roster, err));
	for (size_t i = 0; i < roster.n; i++)
		ids[i] = roster.at[i].instansi_id;
	list->n = roster.n;
	list->all = roster.all;
	return reconcile_of(v->tx, ids, roster.n, list->rows, err);
}

static enum rc list_by_figure(struct visit *v, const struct asked *a, struct listing *list, struct err *err)
{
	struct reconcile *rows;
	struct reconcile_ask ask = {.sort = a->sort->sort, .up = a->turned, .skip = pager_skip(a->page), .most = PAGER_MOST};
	TRY(reconcile_page(v->tx, &ask, &rows, &list->n, err));
	for (size_t i = 0; i < list->n; i++)
		list->rows[i] = rows[i];
	list->all = list->total.instansi;
	return RC_OK;
}

static enum rc read_listing(struct visit *v, struct err *err)
{
	struct asked a = asked_of(v);
	struct listing *list = v->own;
	int64_t ids[PAGER_MOST];
	TRY(reconcile_total(v->tx, &list->total, err));
	TRY(a.sort->sort == BY_NAME ? list_by_name(v, &a, list, err) : list_by_figure(v, &a, list, err));
	for (size_t i = 0; i < list->n; i++)
		ids[i] = list->rows[i].instansi_id;
	list->read = true;
	return debt_totals(v->tx, ids, list->n, list->owed, err);
}

static enum rc nothing(struct visit *v, void *arg, struct err *err)
{
	(void)v;
	(void)arg;
	(void)err;
	return RC_OK;
}

/* A stranger causes none of it. */
enum rc page_balikan_slow(struct visit *v, struct err *err)
{
	bool entered;
	v->own = ARENA_NEW(v->arena, struct listing);
	if (!v->own)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(visit_early(v, nothing, NULL, &entered, err));
	return entered ? visit_read(v, read_listing, err) : RC_OK;
}

/* ---- the page ---- */

static struct page_balikan_agency row_of(struct visit *v, const struct gate_instansi *one, const struct listing *list, size_t i)
{
	const struct debt_figures *sum = &list->rows[i].sum;
	struct gate_owed owed = gate_owed(&one->standing, list->owed[i], v->now_us);
	struct url_pair pair = {"instansi", one->standing.code};
	return (struct page_balikan_agency){
	        .url = url_path(v->arena, "/balikan/instansi", &pair, 1),
	        .code = one->standing.code,
	        .name = one->standing.name,
	        .answered = pager_count(v->arena, sum->answered),
	        .closed = pager_count(v->arena, sum->closed),
	        .waived = pager_count(v->arena, sum->waived),
	        .open = pager_count(v->arena, sum->open),
	        .unasked = pager_count(v->arena, sum->unasked),
	        .cover = cover_words(v, sum),
	        .whole = sum->answered > 0 && sum->open == 0,
	        .age = owed.n ? owed_age(v, owed.days) : S(""),
	        .tag = owed_tag(&owed),
	        .stop = owed.refuses,
	};
}

static enum rc put_rows(struct visit *v, const struct listing *list, struct page_balikan *page, struct err *err)
{
	int64_t ids[PAGER_MOST];
	struct gate_instansi *all = ARENA_ARRAY(visit_page_arena(v), list->n + 1, struct gate_instansi);
	page->rows = ARENA_ARRAY(visit_page_arena(v), list->n + 1, struct page_balikan_agency);
	if (!all || !page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < list->n; i++)
		ids[i] = list->rows[i].instansi_id;
	TRY(gate_instansi_list(v, ids, list->n, all, err));
	for (size_t i = 0; i < list->n; i++)
		page->rows[page->rows_n++] = row_of(v, &all[i], list, i);
	return RC_OK;
}

static void put_total(struct visit *v, const struct reconcile_total *total, struct page_balikan *page)
{
	const struct debt_figures *sum = &total->sum;
	page->answered = pager_count(v->arena, sum->answered);
	page->closed = pager_count(v->arena, sum->closed);
	page->waived = pager_count(v->arena, sum->waived);
	page->open = pager_count(v->arena, sum->open);
	page->unasked = pager_count(v->arena, sum->unasked);
	page->cover = cover_words(v, sum);
	page->agencies =
	        arena_printf(v->arena, "%.*s instansi, %.*s di antaranya terutang", STR_ARG(pager_count(v->arena, total->instansi)),
	                     STR_ARG(pager_count(v->arena, total->owing)));
}

static struct page_balikan_head head_of(struct visit *v, const struct asked *a, const struct sort_row *row)
{
	bool now = a->sort == row, rises = (row->sort == BY_NAME) != a->turned;
	struct url_pair pairs[] = {
	        {"cari", row->sort == BY_NAME && a->text.n ? a->text : (struct str){NULL, 0}},
	        {"urut", str_c(row->key)},
	        {WAY_NAME, now && !a->turned ? S("balik") : (struct str){NULL, 0}},
	};
	struct page_balikan_head head = {
	        .label = str_c(row->column), .url = url_path(v->arena, "/balikan", pairs, LEN(pairs)), .num = row->sort != BY_NAME};
	if (now)
		head.sorted = rises ? S("ascending") : S("descending");
	return head;
}

static void put_orders(struct visit *v, const struct asked *a, struct page_balikan *page)
{
	for (size_t i = 0; i < LEN(sorts); i++) {
		page->sorts[i] = (struct page_balikan_sort){str_c(sorts[i].key), str_c(sorts[i].label), a->sort == &sorts[i]};
		page->heads[i] = head_of(v, a, &sorts[i]);
	}
	page->sorts_n = page->heads_n = LEN(sorts);
}

static void put_pages(struct visit *v, const struct asked *a, const struct listing *list, struct buf *out)
{
	struct pager pager = {.path = "/balikan", .page = a->page, .all = list->all, .shown = list->n};
	pager_add(&pager, "cari", a->text);
	pager_add(&pager, "urut", a->sort == DEFAULT_SORT ? S("") : str_c(a->sort->key));
	pager_add(&pager, WAY_NAME, a->turned ? S("balik") : S(""));
	pager_write(v, &pager, out);
}

enum rc page_balikan_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_balikan_sort options[LEN(sorts)];
	struct page_balikan_head heads[LEN(sorts)];
	struct page_balikan_state states[RECONCILE_STATE_COUNT];
	const struct listing *list = v->own;
	struct asked a = asked_of(v);
	struct page_balikan page = {
	        .text = a.text, .sorts = options, .heads = heads, .states = states, .filtered = a.text.n || a.page > 1};
	if (!list->read)
		return FAIL(err, RC_CONFLICT, "Muat ulang halaman ini.");
	TRY(put_rows(v, list, &page, err));
	put_total(v, &list->total, &page);
	put_orders(v, &a, &page);
	for (; page.states_n < LEN(states); page.states_n++) {
		const struct reconcile_state_row *row = reconcile_state_at(page.states_n);
		states[page.states_n] = (struct page_balikan_state){str_c(row->label), str_c(row->means)};
	}
	put_pages(v, &a, list, &pages);
	page.pages = html_from_buf(&pages);
	page_balikan_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Data balikan", .at = "/balikan"}, 200, &body, err);
}
