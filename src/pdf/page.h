/* SPDX-License-Identifier: EUPL-1.2
 * pdf/page.h - where pages end. */
#pragma once
#include "pdf/piece.h"

struct page {
	size_t from, to; /* pieces */
	const struct piece_table *head; /* repeated on top; NULL: none */
};
struct pages {
	struct page *at;
	size_t n;
};

/* Cut the sheet into pages of `sheet->page_room`. A page ends behind the last piece
 * that fits and is not kept with the next; where that leaves nothing, behind the last
 * that fits. RC_LIMIT: more than `max` pages. */
MUST_USE enum rc page_cut(struct sheet *sheet, size_t max, struct pages *ret);
