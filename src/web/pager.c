/* SPDX-License-Identifier: EUPL-1.2
 * web/pager.c - see pager.h. */
#include "web/pager.h"

#include <stdio.h>

#include "web/pager.page.h"

#define PAGE_NUMBER_MAX 1000000
#define FIGURES 3

int64_t pager_page(struct visit *v)
{
	int64_t page;
	struct str text = http_query(v->rq, "hal");
	return text.n && str_int(text, 1, PAGE_NUMBER_MAX, &page) == RC_OK ? page : 1;
}

int64_t pager_skip(int64_t page)
{
	return (page - 1) * PAGER_MOST;
}

struct str pager_count(struct arena *arena, int64_t n)
{
	char digits[24], out[32];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % FIGURES == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	return arena_str(arena, str_from(out, (size_t)at));
}

void pager_add(struct pager *pager, const char *name, struct str value)
{
	if (value.n && pager->pairs_n < PAGER_PAIRS_MAX)
		pager->pairs[pager->pairs_n++] = (struct url_pair){name, value};
}

/* No url for a page that is not there. */
static struct url page_url(struct visit *v, const struct pager *pager, int64_t page)
{
	struct url_pair pairs[PAGER_PAIRS_MAX + 1];
	size_t n = pager->pairs_n;
	if (page < 1)
		return (struct url){.s.at = NULL};
	memcpy(pairs, pager->pairs, n * sizeof *pairs);
	if (page > 1)
		pairs[n++] = (struct url_pair){"hal", arena_printf(v->arena, "%lld", (long long)page)};
	return url_path(v->arena, pager->path, pairs, n);
}

void pager_write(struct visit *v, const struct pager *pager, struct buf *out)
{
	int64_t skip = pager_skip(pager->page), last = skip + (int64_t)pager->shown;
	if (pager->all == 0)
		return;
	page_pager_write(out, &(struct page_pager){
	                              .first = pager_count(v->arena, pager->shown ? skip + 1 : 0),
	                              .last = pager_count(v->arena, pager->shown ? last : 0),
	                              .all = pager_count(v->arena, pager->all),
	                              .before = page_url(v, pager, pager->page - 1),
	                              .after = page_url(v, pager, last < pager->all && pager->shown ? pager->page + 1 : 0),
	                      });
}

struct pager_head pager_head(struct visit *v, const struct pager *pager, struct pager_sort sort)
{
	struct pager with = *pager;
	bool now = str_eq(sort.now, str_c(sort.key));
	pager_add(&with, "urut", str_c(sort.key));
	if (now && !sort.down)
		pager_add(&with, "arah", S("turun"));
	return (struct pager_head){
	        .url = url_path(v->arena, with.path, with.pairs, with.pairs_n),
	        .sorted = !now        ? S("")
	                  : sort.down ? S("descending")
	                              : S("ascending"),
	};
}
