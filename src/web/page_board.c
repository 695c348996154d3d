/* SPDX-License-Identifier: EUPL-1.2
 * web/page_board.c - Dasbor: what was asked, what became of it and what is owed, of one
 * instansi or of all (P3.1a, J.V); and what was asked today, until this moment.
 *
 * Sums of half a year, and the entries that were not counted yet, are read before the tray by
 * a worker (board_look.c), so that nobody's inquiry waits for them. The page only draws. */
#include "feedback/reconcile.h"
#include "report/board.h"
#include "report/chart.h"
#include "web/board.page.h"
#include "web/board_look.h"
#include "web/board_now.page.h"
#include "web/balance.h"
#include "web/cover.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"

#define PATH "/dasbor"
#define CHARTS_MAX 16

static enum rc reload(struct err *err)
{
	return FAIL(err, RC_CONFLICT, "Muat ulang halaman ini.");
}

/* ---- today ---- */

static size_t put_methods(struct visit *v, const struct board *board, struct page_board_now_method rows[METHOD_COUNT])
{
	size_t n = 0;
	for (size_t m = 0; m < METHOD_COUNT; m++) {
		const struct board_method *method = &board->methods[m];
		int64_t left = method->today_quota - method->today;
		if (!method->used && !method->granted)
			continue;
		rows[n++] = (struct page_board_now_method){
		        .label = str_c(method_at(m)->label),
		        .hits = pager_count(v->arena, method->today),
		        .quota = method->today_quota ? pager_count(v->arena, method->today_quota) : S(""),
		        .left = pager_count(v->arena, left > 0 ? left : 0),
		};
	}
	return n;
}

static void write_now(struct visit *v, const struct board_look *look, struct buf *out)
{
	struct page_board_now_method methods[METHOD_COUNT];
	const struct spread_sum *today = &look->today;
	page_board_now_write(out, &(struct page_board_now){
	                                  .time = arena_str(v->arena, str_c(clock_time_wib(v->now_us).z)),
	                                  .inquiries = pager_count(v->arena, today->inquiries),
	                                  .hits = pager_count(v->arena, today->hits),
	                                  .refused = pager_count(v->arena, today->refused),
	                                  .agencies = look->of_all ? pager_count(v->arena, look->today_agencies) : S(""),
	                                  .methods = methods,
	                                  .methods_n = look->of_all ? 0 : put_methods(v, &look->board, methods),
	                          });
}

/* ---- pictures ---- */

struct drawing {
	struct buf bufs[CHARTS_MAX];
	struct page_board_chart rows[CHARTS_MAX];
	size_t n;
};

static void drawing_free(struct drawing *drawing)
{
	for (size_t i = 0; i < CHARTS_MAX; i++)
		buf_free(&drawing->bufs[i]);
}
#define DRAWING_AUTO __attribute__((cleanup(drawing_free))) struct drawing

static struct buf *drawing_next(struct drawing *drawing)
{
	drawing->bufs[drawing->n] = BUF(PAGE_MAX);
	return &drawing->bufs[drawing->n];
}

static void drawing_took(struct drawing *drawing, bool wide)
{
	if (drawing->bufs[drawing->n].n)
		drawing->rows[drawing->n] = (struct page_board_chart){html_from_buf(&drawing->bufs[drawing->n]), wide};
	drawing->n += drawing->bufs[drawing->n].n > 0;
}

static void draw_one(struct drawing *drawing, const struct board *board)
{
	bool wide;
	for (size_t i = 0; drawing->n < CHARTS_MAX && board_chart(board, i, &wide, drawing_next(drawing)); i++)
		drawing_took(drawing, wide);
}

static void draw_all(struct drawing *drawing, const struct board_look *look)
{
	struct chart_point points[BOARD_TOP];
	struct buf *out = drawing_next(drawing);
	board_chart_all(&look->all, look->ask.first, look->ask.last, out);
	drawing_took(drawing, true);
	for (size_t i = 0; i < look->top_n; i++)
		points[i] = (struct chart_point){look->top[i].code, look->top[i].sum.inquiries, look->top[i].sum.refused};
	chart_svg(drawing_next(drawing), &(struct chart){.kind = CHART_BARS,
	                                                 .title = "Instansi terbanyak meminta",
	                                                 .unit = "permintaan",
	                                                 .points = points,
	                                                 .n = look->top_n,
	                                                 .part_label = "ditolak",
	                                                 .label_head = "Instansi"});
	drawing_took(drawing, true);
}

/* ---- the page ---- */

static void put_spans(struct visit *v, const struct board_look *look, struct page_board *page)
{
	for (size_t i = 0; i < BOARD_SPANS; i++) {
		int days = board_spans[i];
		struct url_pair pairs[] = {{"hari", arena_printf(v->arena, "%d", days)},
		                           {"instansi", look->of_all || page->own ? (struct str){NULL, 0} : page->code}};
		page->spans[i] = (struct page_board_span){.url = url_path(v->arena, PATH, pairs, LEN(pairs)),
		                                          .label = arena_printf(v->arena, "%d hari", days),
		                                          .on = look->days == days};
	}
	page->spans_n = BOARD_SPANS;
	page->days = arena_printf(v->arena, "%d", look->days);
}

static enum rc put_rows(struct visit *v, const struct board_look *look, struct page_board *page, struct buf *pages, struct err *err)
{
	struct pager pager = {.path = PATH, .page = pager_page(v), .all = look->agencies_all, .shown = look->rows_n};
	page->rows = ARENA_ARRAY(visit_page_arena(v), look->rows_n + 1, struct page_board_agency);
	if (!page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < look->rows_n; i++) {
		const struct board_agency *row = &look->rows[i];
		struct url_pair pairs[] = {{"instansi", row->code}, {"hari", http_query(v->rq, "hari")}};
		page->rows[page->rows_n++] = (struct page_board_agency){
		        .url = row->known ? url_path(visit_page_arena(v), PATH, pairs, pairs[1].value.n ? 2 : 1)
		                          : (struct url){{NULL, 0}},
		        .code = row->code,
		        .name = row->name,
		        .inquiries = pager_count(visit_page_arena(v), row->sum.inquiries),
		        .hits = pager_count(visit_page_arena(v), row->sum.hits),
		        .refused = pager_count(visit_page_arena(v), row->sum.refused),
		};
	}
	pager_add(&pager, "hari", http_query(v->rq, "hari"));
	pager_write(v, &pager, pages);
	page->pages = html_from_buf(pages);
	return RC_OK;
}

static void put_owed(struct visit *v, const struct board_look *look, struct page_board *page, struct buf *figures)
{
	page->figures = balance_write(figures, v, &look->board.debt);
	page->cover = cover_words(v, &look->board.debt);
	page->owed = page->own ? URL("/korban") : link_about(v, "/balikan/instansi", page->code);
}

enum rc page_board_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO now = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	BUF_AUTO figures = BUF(PAGE_MAX);
	DRAWING_AUTO drawing = {.n = 0};
	struct page_board_span spans[BOARD_SPANS];
	struct office_subject subject;
	const struct board_look *look = v->own;
	TRY(office_subject_or_all(v, &subject, err));
	if (!look->read || look->ask.instansi_id != subject.row.instansi_id)
		return reload(err);
	struct page_board page = {.of_all = look->of_all,
	                          .behind = look->behind,
	                          .own = subject.own,
	                          .code = look->of_all ? S("") : subject.row.code,
	                          .name = subject.row.name,
	                          .spans = spans,
	                          .charts = drawing.rows};
	if (look->behind) {
		page_board_write(&body, &page);
		return frame_page(v, &(struct frame){.title = "Dasbor", .at = PATH}, 503, &body, err);
	}
	put_spans(v, look, &page);
	write_now(v, look, &now);
	page.now = html_from_buf(&now);
	if (look->of_all) {
		draw_all(&drawing, look);
		TRY(put_rows(v, look, &page, &pages, err));
	} else {
		draw_one(&drawing, &look->board);
		put_owed(v, look, &page, &figures);
		page.agreement = subject.own ? (struct url){{NULL, 0}} : link_about(v, "/perjanjian", page.code);
	}
	page.charts_n = drawing.n;
	page_board_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Dasbor", .at = PATH}, 200, &body, err);
}

enum rc page_board_now_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct office_subject subject;
	const struct board_look *look = v->own;
	TRY(office_subject_or_all(v, &subject, err));
	if (!look->read || look->ask.instansi_id != subject.row.instansi_id)
		return reload(err);
	if (look->behind)
		return FAIL(err, RC_LIMIT, "Jurnal masih dihitung.");
	write_now(v, look, &body);
	return frame_fragment(v, 200, &body, err);
}
