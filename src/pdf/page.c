/* SPDX-License-Identifier: EUPL-1.2
 * pdf/page.c - see page.h. */
#include "pdf/page.h"

/* The head to repeat when a page begins with piece `at`; not when it is as high as half a page. */
static const struct piece_table *head_before(const struct sheet *sheet, size_t at)
{
	const struct piece_table *table = sheet->pieces[at].table;
	if (!table || !table->head_n || at < table->head + table->head_n)
		return NULL;
	return table->head_height < sheet->page_room / 2 ? table : NULL;
}

/* Where the page that begins at `from` ends. */
static size_t page_end(const struct sheet *sheet, const struct page *page)
{
	const struct piece *pieces = sheet->pieces;
	double y = page->head ? page->head->head_height : 0;
	size_t good = page->from;
	for (size_t i = page->from; i < sheet->n; i++) {
		if (pieces[i].ends_page)
			return i;
		y += (i == page->from ? 0 : pieces[i].before) + pieces[i].height;
		if (y > sheet->page_room)
			return good > page->from ? good : i > page->from ? i : i + 1;
		if (!pieces[i].keep)
			good = i + 1;
	}
	return sheet->n;
}

static size_t skip_breaks(const struct sheet *sheet, size_t at)
{
	return at < sheet->n && sheet->pieces[at].ends_page ? at + 1 : at;
}

enum rc page_cut(struct sheet *sheet, size_t max, struct pages *ret)
{
	size_t room = sheet->n + 1 < max ? sheet->n + 1 : max;
	*ret = (struct pages){.at = ARENA_ARRAY(sheet->arena, room, struct page)};
	if (!ret->at)
		return FAIL(sheet->err, RC_BROKEN, "memori tidak cukup");
	for (size_t from = 0; from < sheet->n || !ret->n;) {
		if (ret->n == room)
			return FAIL(sheet->err, RC_LIMIT, "dokumen lebih panjang dari %zu halaman", max);
		struct page *page = &ret->at[ret->n++];
		*page = (struct page){.from = from, .to = from};
		if (from == sheet->n)
			break;
		page->head = head_before(sheet, from);
		page->to = page_end(sheet, page);
		from = skip_breaks(sheet, page->to);
	}
	return RC_OK;
}
