/* SPDX-License-Identifier: EUPL-1.2
 * web/leaf.c - see leaf.h. */
#include "web/leaf.h"

#include <assert.h>

int64_t leaf_skip(struct visit *v)
{
	int64_t page;
	if (str_int(http_query(v->rq, "halaman"), 1, LEAF_PAGES_MAX, &page) != RC_OK)
		return 0;
	return (page - 1) * LEAF_ROWS;
}

static struct url page_url(struct arena *arena, const struct leaf_ask *ask, int64_t page)
{
	struct url_pair pairs[LEAF_PAIRS_MAX + 1];
	size_t n = 0;
	assert(ask->pairs_n <= LEAF_PAIRS_MAX);
	for (size_t i = 0; i < ask->pairs_n; i++)
		if (ask->pairs[i].value.n)
			pairs[n++] = ask->pairs[i];
	if (page > 1)
		pairs[n++] = (struct url_pair){"halaman", arena_printf(arena, "%lld", (long long)page)};
	return url_path(arena, ask->path, pairs, n);
}

struct leaf leaf_links(struct arena *arena, const struct leaf_ask *ask)
{
	struct leaf leaf = {0};
	int64_t page = ask->skip / LEAF_ROWS + 1;
	if (page > 1)
		leaf.before = page_url(arena, ask, page - 1);
	if (ask->skip + ask->shown < ask->all)
		leaf.after = page_url(arena, ask, page + 1);
	struct str all = leaf_number(arena, ask->all);
	if (ask->shown)
		leaf.words = arena_printf(arena, "%.*s\xe2\x80\x93%.*s dari %.*s", STR_ARG(leaf_number(arena, ask->skip + 1)),
		                          STR_ARG(leaf_number(arena, ask->skip + ask->shown)), STR_ARG(all));
	else
		leaf.words = arena_printf(arena, "0 dari %.*s", STR_ARG(all));
	return leaf;
}

struct str leaf_number(struct arena *arena, int64_t n)
{
	if (n < 1000)
		return arena_printf(arena, "%lld", (long long)n);
	struct str head = leaf_number(arena, n / 1000);
	return arena_printf(arena, "%.*s.%03d", STR_ARG(head), (int)(n % 1000));
}
