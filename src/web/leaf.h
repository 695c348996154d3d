/* SPDX-License-Identifier: EUPL-1.2
 * web/leaf.h - leafing through a long list: LEAF_ROWS a page, the page number in the
 * parameter `halaman`. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"

#define LEAF_ROWS 50
#define LEAF_PAGES_MAX 100000

/* How many rows to pass over for the page that was asked for. */
int64_t leaf_skip(struct visit *v);

struct leaf_ask {
	const char *path;
	const struct url_pair *pairs; /* the filter, kept from page to page */
	size_t pairs_n;               /* at most LEAF_PAIRS_MAX */
	int64_t skip, shown, all;
};
#define LEAF_PAIRS_MAX 8
struct leaf {
	struct url before, after; /* absent at the ends */
	struct str words;         /* "51-100 dari 10.000" */
};
struct leaf leaf_links(struct arena *arena, const struct leaf_ask *ask);
/* "10.000" */
struct str leaf_number(struct arena *arena, int64_t n);
