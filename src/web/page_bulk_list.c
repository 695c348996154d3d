/* SPDX-License-Identifier: EUPL-1.2
 * web/page_bulk_list.c - an uploaded list, row by row: what will happen, what must be put
 * right; saving what is fine, and discarding it.
 *
 * The rows are opened and looked at before the tray, each time anew, so that whoever was
 * looked up or told of meanwhile is seen; the tray draws one page of them. Saving leads back
 * here: the list then holds what is left. */
#include "web/bulk.h"

#include "agreement/kejadian.h"
#include "gate/early.h"
#include "web/bulk_list.page.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

#define CELL_SHOWN 80 /* bytes of a cell as it stands in the file */

static const struct view_row {
	const char *key, *label;
	enum list_fate fate;
} views[] = {
        {"siap", "Siap disimpan", LIST_READY},
        {"sama", "Tidak berubah", LIST_SAME},
        {"perbaiki", "Perlu diperbaiki", LIST_WRONG},
};

/* What the worker found, for the tray. */
struct view {
	bool found;
	struct list_kept kept;
	struct list_count count;
	const struct view_row *only; /* NULL: all rows */
	enum sheet_kind kind;
	struct str worksheet;
	int worksheets, hidden;
	struct page_bulk_list_row *rows;
	size_t rows_n;
	struct pager pager;
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- before the tray ---- */

static enum rc find(struct visit *v, void *arg, struct err *err)
{
	struct view *view = arg;
	struct err ignored;
	if (bulk_allowed(v, &ignored) != RC_OK)
		return RC_OK;
	enum rc rc = bulk_list_named(v, &view->kept, err);
	view->found = rc == RC_OK;
	return rc == RC_ABSENT ? RC_OK : rc;
}

static const char *words_of_ready(enum debt_state before)
{
	switch (before) {
	case DEBT_OPEN: return "Data balikan pertama; tunggakannya tertutup.";
	case DEBT_CLOSED: return "Keadaannya berubah; riwayat lama tetap ada.";
	case DEBT_WAIVED: return "Semula dicatat bukan korban; kini menjadi korban.";
	}
	return "";
}

/* Tag, colour and sentence of a row. */
static void put_fate(struct visit *v, const struct list_row *from, struct page_bulk_list_row *row)
{
	struct str reason = arena_str(v->arena, list_reason(from, v->arena));
	switch (from->fate) {
	case LIST_READY:
		row->tag = S("siap");
		row->colour = S("ok");
		row->words = str_c(words_of_ready(from->before));
		return;
	case LIST_SAME:
		row->tag = S("tidak berubah");
		row->words = reason.n ? reason : S("Sudah tercatat seperti ini.");
		return;
	case LIST_WRONG:
		row->tag = from->flaw == LIST_UNASKED ? S("belum diperiksa") : S("perbaiki");
		row->colour = from->flaw == LIST_UNASKED ? S("warn") : S("no");
		row->words = reason;
		return;
	}
}

static struct str shown(struct visit *v, const struct list_row *from, enum list_column column)
{
	return arena_str(v->arena, str_cut(list_cell(from, column, v->arena), CELL_SHOWN));
}

static void put_row(struct visit *v, const struct list_row *from, struct page_bulk_list_row *row)
{
	*row = (struct page_bulk_list_row){
	        .number = from->number,
	        .nik = from->nik.n ? arena_str(v->arena, str_c(nik_grouped(from->nik).z)) : shown(v, from, LIST_NIK),
	        .keterangan = shown(v, from, LIST_KETERANGAN),
	        .day = shown(v, from, LIST_DAY),
	        .house = shown(v, from, LIST_HOUSE),
	        .note = shown(v, from, LIST_NOTE),
	};
	put_fate(v, from, row);
}

static void put_page(struct visit *v, const struct list *list, struct view *view)
{
	int64_t skip = pager_skip(view->pager.page), at = 0;
	for (size_t i = 0; i < list->n && view->rows_n < PAGER_MOST; i++) {
		if (view->only && list->rows[i].fate != view->only->fate)
			continue;
		if (at++ >= skip)
			put_row(v, &list->rows[i], &view->rows[view->rows_n++]);
	}
	view->pager.shown = view->rows_n;
}

static enum rc look(struct visit *v, struct err *err)
{
	struct view *view = v->own;
	struct list list;
	enum rc rc = list_kept_open(v->tx, visit_office_key(v), &view->kept, &list, err);
	view->found = rc == RC_OK;
	if (rc == RC_ABSENT) /* discarded a moment ago */
		return RC_OK;
	TRY(rc);
	TRY(list_look(visit_feedback(v), v->tx, view->kept.instansi_id, view->kept.kejadian_id, &list, err));
	view->rows = ARENA_ARRAY(v->arena, PAGER_MOST, struct page_bulk_list_row);
	if (!view->rows)
		return no_memory(err);
	view->count = list_count(&list);
	view->kind = list.kind;
	view->worksheet = list.worksheets > 1 ? arena_str(v->arena, list.worksheet) : S("");
	view->worksheets = list.worksheets;
	view->hidden = list.hidden;
	const size_t of[] = {[LIST_READY] = view->count.ready, [LIST_SAME] = view->count.same, [LIST_WRONG] = view->count.wrong};
	view->pager.all = (int64_t)(view->only ? of[view->only->fate] : list.n);
	put_page(v, &list, view);
	return v->arena->broken ? no_memory(err) : RC_OK;
}

static const struct view_row *view_asked(struct visit *v)
{
	struct str key = http_query(v->rq, "tampil");
	for (size_t i = 0; i < LEN(views); i++)
		if (str_eq(key, str_c(views[i].key)))
			return &views[i];
	return NULL;
}

enum rc page_bulk_list_slow(struct visit *v, struct err *err)
{
	struct view *view = ARENA_NEW(v->arena, struct view);
	bool entered;
	if (!view)
		return no_memory(err);
	v->own = view;
	view->only = view_asked(v);
	view->pager = (struct pager){.path = BULK_LIST_PATH, .page = pager_page(v)};
	TRY(visit_early(v, find, view, &entered, err));
	return view->found ? visit_read(v, look, err) : RC_OK;
}

/* ---- the page ---- */

static void put_views(struct visit *v, const struct view *view, struct page_bulk_list *page)
{
	const size_t of[] = {[LIST_READY] = view->count.ready, [LIST_SAME] = view->count.same, [LIST_WRONG] = view->count.wrong};
	static const char *const colours[] = {[LIST_READY] = "ok", [LIST_SAME] = "", [LIST_WRONG] = "no"};
	page->views = ARENA_ARRAY(v->arena, LEN(views) + 1, struct page_bulk_list_view);
	if (!page->views)
		return;
	page->views[page->views_n++] = (struct page_bulk_list_view){
	        .url = bulk_list_url(v, view->kept.list_id, NULL),
	        .label = S("Semua"),
	        .n = pager_count(v->arena, (int64_t)(view->count.ready + view->count.same + view->count.wrong)),
	        .now = !view->only};
	for (size_t i = 0; i < LEN(views); i++)
		page->views[page->views_n++] =
		        (struct page_bulk_list_view){.url = bulk_list_url(v, view->kept.list_id, views[i].key),
		                                     .label = str_c(views[i].label),
		                                     .n = pager_count(v->arena, (int64_t)of[views[i].fate]),
		                                     .colour = of[views[i].fate] ? str_c(colours[views[i].fate]) : S(""),
		                                     .now = view->only == &views[i]};
}

static void put_saved(struct visit *v, const struct list_kept *kept, struct page_bulk_list *page)
{
	if (!kept->saved_us)
		return;
	page->saved = arena_printf(v->arena, "%.*s baris telah tersimpan", STR_ARG(pager_count(v->arena, kept->saved)));
	if (kept->same)
		page->same = arena_printf(v->arena, "%.*s baris tidak berubah dan tidak dicatat ulang.",
		                          STR_ARG(pager_count(v->arena, kept->same)));
}

static struct url link_number(struct visit *v, const char *path, const char *name, int64_t number)
{
	struct url_pair pair = {name, arena_printf(v->arena, "%lld", (long long)number)};
	return url_path(v->arena, path, &pair, 1);
}

static void put_around(struct visit *v, const struct view *view, struct page_bulk_list *page)
{
	const struct list_kept *kept = &view->kept;
	page->number = kept->list_id;
	page->at = arena_str(v->arena, str_c(when_row(kept->made_us).z));
	page->until = arena_str(v->arena, str_c(when_row(kept->made_us + LIST_KEPT_LIFE_US).z));
	page->ready = view->count.ready ? pager_count(v->arena, (int64_t)view->count.ready) : S("");
	page->wrong = view->count.wrong ? pager_count(v->arena, (int64_t)view->count.wrong) : S("");
	page->xlsx = view->kind == SHEET_XLSX;
	page->worksheet = view->worksheet;
	page->worksheets = view->worksheets;
	page->hidden = view->hidden;
	page->download = link_number(v, BULK_WRONG_PATH, "nomor", kept->list_id);
	page->again = link_number(v, BULK_PATH, "kejadian", kept->kejadian_id);
	if (link_open(v, HTTP_GET, "/korban"))
		page->back = link_number(v, "/korban", "kejadian", kept->kejadian_id);
	put_saved(v, kept, page);
}

enum rc page_bulk_list_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct view *view = v->own;
	struct kejadian kejadian;
	struct list_kept kept;
	TRY(bulk_allowed(v, err));
	TRY(bulk_list_named(v, &kept, err)); /* still his, and still there */
	if (!view->found || view->kept.list_id != kept.list_id)
		return FAIL(err, RC_CONFLICT, "Daftar itu baru saja berubah.");
	TRY(kejadian_get(v->tx, kept.instansi_id, kept.kejadian_id, &kejadian, err));
	view->kept = kept;
	struct page_bulk_list page = {.csrf = visit_csrf(v),
	                              .event = kejadian.name,
	                              .rows = view->rows,
	                              .rows_n = view->rows_n,
	                              .filtered = view->only != NULL};
	put_around(v, view, &page);
	put_views(v, view, &page);
	pager_add(&view->pager, "nomor", arena_printf(v->arena, "%lld", (long long)kept.list_id));
	pager_add(&view->pager, "tampil", view->only ? str_c(view->only->key) : S(""));
	pager_write(v, &view->pager, &pages);
	page.pages = html_from_buf(&pages);
	page_bulk_list_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Daftar yang diunggah", .at = "/korban"}, 200, &body, err);
}

/* ---- saving, discarding ---- */

enum rc page_bulk_save(struct visit *v, struct err *err)
{
	struct list_kept kept;
	struct list_saved saved;
	struct entry by = {0};
	TRY(bulk_allowed(v, err));
	TRY(bulk_list_named(v, &kept, err));
	visit_sign(v, &by);
	struct list_saving saving = {visit_feedback(v), visit_office_key(v), &by};
	TRY(list_kept_save(&saving, v->tx, &kept, &saved, err));
	visit_redirect(v, bulk_list_url(v, kept.list_id, NULL).s);
	return RC_OK;
}

enum rc page_bulk_drop(struct visit *v, struct err *err)
{
	struct list_kept kept;
	TRY(bulk_allowed(v, err));
	TRY(bulk_list_named(v, &kept, err));
	TRY(list_kept_drop(v->tx, kept.list_id, err));
	visit_redirect(v, kept.saved_us ? S(BULK_PATH) : S(BULK_PATH "?dibuang=1"));
	return RC_OK;
}
