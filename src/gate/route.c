/* SPDX-License-Identifier: EUPL-1.2
 * gate/route.c - see route.h. A walk along the table: it has a few dozen rows and
 * most of them differ in length, so the walk is cheaper than any index. */
#include "gate/route.h"

static bool path_matches(const struct route *row, struct str path)
{
	struct str p = str_c(row->path);
	if (p.n && p.at[p.n - 1] == '*') {
		p = str_sub(p, 0, p.n - 1);
		path = str_sub(path, 0, p.n);
	}
	return row->flags & ROUTE_ANY_CASE ? str_ieq(p, path) : str_eq(p, path);
}

static bool method_matches(enum http_method row, enum http_method asked)
{
	return row == asked || (row == HTTP_GET && asked == HTTP_HEAD);
}

const struct route *route_find(const struct route *routes, enum http_method method, struct str path, int *ret_status)
{
	*ret_status = 404;
	for (const struct route *r = routes; r->path; r++) {
		if (!path_matches(r, path))
			continue;
		if (method_matches(r->method, method))
			return r;
		*ret_status = 405;
	}
	return NULL;
}
