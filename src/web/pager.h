/* SPDX-License-Identifier: EUPL-1.2
 * web/pager.h - long lists: which page is asked for, the count and the way to the
 * pages beside it, and column heads that sort. Filters stay in the links. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"

#define PAGER_MOST 50
#define PAGER_PAIRS_MAX 8

struct pager {
	const char *path;
	struct url_pair pairs[PAGER_PAIRS_MAX]; /* the filter; "hal" is added */
	size_t pairs_n;
	int64_t page; /* from 1 */
	int64_t all;  /* rows the filter shows */
	size_t shown; /* rows on this page */
};
/* The page named by the query's `hal`; 1 when none is, or one that cannot be. */
int64_t pager_page(struct visit *v);
int64_t pager_skip(int64_t page);
/* "1-50 dari 10.000" and the links; nothing for an empty list. */
void pager_write(struct visit *v, const struct pager *pager, struct buf *out);
/* Another filter parameter; an empty one is left out of the links. */
void pager_add(struct pager *pager, const char *name, struct str value);

/* A column head: the link that sorts by it, or turns the order round. */
struct pager_head {
	struct url url;
	struct str sorted; /* of aria-sort: "ascending", "descending", or "" */
};
struct pager_sort {
	const char *key; /* of this column */
	struct str now;  /* the column that sorts now */
	bool down;
};
/* `pager` without urut and arah among its pairs. */
struct pager_head pager_head(struct visit *v, const struct pager *pager, struct pager_sort sort);
/* 10000 as "10.000". */
struct str pager_count(struct arena *arena, int64_t n);
