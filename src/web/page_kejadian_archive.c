/* SPDX-License-Identifier: EUPL-1.2
 * web/page_kejadian_archive.c - the closed kejadian of the own instansi with their
 * figures, and the way to the worksheet of each. */
#include "agreement/kejadian.h"
#include "web/balance.h"
#include "web/frame.h"
#include "web/kejadian_archive.page.h"
#include "web/pages.h"
#include "web/victims_look.h"

static enum rc figures_of(struct visit *v, const struct kejadian_archive *list, struct debt_figures ret[PAGER_MOST],
                          struct err *err)
{
	int64_t ids[PAGER_MOST];
	for (size_t i = 0; i < list->n; i++)
		ids[i] = list->at[i].kejadian_id;
	return debt_figures_each(v->tx, ids, list->n, ret, err);
}

static struct page_kejadian_archive_event row_of(struct visit *v, const struct kejadian *k, const struct debt_figures *f)
{
	struct arena *arena = visit_page_arena(v);
	struct url_pair pair = {"kejadian", arena_printf(arena, "%lld", (long long)k->kejadian_id)};
	return (struct page_kejadian_archive_event){
		.title = k->name,
		.jenis = k->jenis,
		.place = k->place,
		.note = k->note,
		.from = arena_str(arena, str_c(day_short(day_of_us(k->opened_us)).z)),
		.until = k->closed_us ? arena_str(arena, str_c(day_short(day_of_us(k->closed_us)).z)) : S(""),
		.people = url_path(arena, VICTIMS_PATH, &pair, 1),
		.answered = pager_count(arena, f->answered),
		.closed = pager_count(arena, f->closed),
		.waived = pager_count(arena, f->waived),
		.open = pager_count(arena, f->open),
		.owes = f->open > 0,
		.late = balance_late(v, f->oldest_us),
	};
}

enum rc page_kejadian_archive_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct pager pager = {.path = "/kejadian/arsip", .page = pager_page(v)};
	struct kejadian_archive list;
	struct debt_figures figures[PAGER_MOST];
	struct page_kejadian_archive page = {0};
	TRY(kejadian_archive(v->tx, v->standing.instansi_id, pager_skip(pager.page), PAGER_MOST, &list, err));
	TRY(figures_of(v, &list, figures, err));
	page.events = ARENA_ARRAY(visit_page_arena(v), list.n + 1, struct page_kejadian_archive_event);
	if (!page.events)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < list.n; i++)
		page.events[i] = row_of(v, &list.at[i], &figures[i]);
	page.events_n = list.n;
	pager.all = list.all;
	pager.shown = list.n;
	pager_write(v, &pager, &pages);
	page.pages = html_from_buf(&pages);
	page_kejadian_archive_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Arsip kejadian", .at = "/kejadian"}, 200, &body, err);
}
