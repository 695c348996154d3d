/* SPDX-License-Identifier: EUPL-1.2
 * main.c - the composition root: it alone knows every room, and hands the front
 * doors to the command line, which stands below them. */
#include "api/ops.h"
#include "cli/cli.h"
#include "web/web.h"

int main(int argc, char **argv)
{
	const struct front front = {
		.routes = web_routes,
		.refuse = web_refuse,
		.refuse_body = web_refuse_body,
		.ops_admit = ops_admit,
		.ops_handle = ops_handle,
		.ops_refuse = ops_refuse,
	};
	return (int)cli_main(&front, argc, argv);
}
