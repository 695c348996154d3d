/* SPDX-License-Identifier: EUPL-1.2
 * main.c - the composition root: it alone knows every room, and hands the front
 * doors to the command line, which stands below them. */
#include <assert.h>

#include "api/api.h"
#include "api/ops.h"
#include "cli/cli.h"
#include "web/web.h"

#define ROUTES_MAX 256

/* The tables of both front doors, one after the other. */
static size_t add_routes(struct route *all, size_t n, const struct route *some)
{
	for (; some->path; some++) {
		assert(n < ROUTES_MAX - 1);
		all[n++] = *some;
	}
	return n;
}

static void refuse(struct visit *v, int status, const struct err *err)
{
	if (api_owns(http_path(v->rq)))
		api_refuse(v, status, err);
	else
		web_refuse(v, status, err);
}

int main(int argc, char **argv)
{
	struct route routes[ROUTES_MAX] = {0};
	const struct front front = {
		.routes = routes,
		.refuse = refuse,
		.refuse_body = web_refuse_body,
		.is_api = api_owns,
		.refuse_api_body = api_refuse_body,
		.ops_admit = ops_admit,
		.ops_handle = ops_handle,
		.ops_refuse = ops_refuse,
	};
	add_routes(routes, add_routes(routes, 0, web_routes), api_routes);
	return (int)cli_main(&front, argc, argv);
}
