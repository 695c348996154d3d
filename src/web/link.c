/* SPDX-License-Identifier: EUPL-1.2
 * web/link.c - see link.h. */
#include "web/link.h"

#include "web/web.h"

bool link_open(const struct visit *v, enum http_method method, const char *path)
{
	for (const struct route *r = web_routes; r->path; r++)
		if (r->method == method && strcmp(r->path, path) == 0)
			return r->roles & ROLE_BIT(principal_role(v->who));
	return false;
}

const char *link_menu(const struct visit *v)
{
	return principal_instansi(v->who) ? "/perjanjian" : "/";
}

struct url link_about(struct visit *v, const char *path, struct str code)
{
	struct url_pair pair = {"instansi", principal_instansi(v->who) ? (struct str){NULL, 0} : code};
	return url_path(v->arena, path, &pair, 1);
}

struct url link_version(struct visit *v, const char *path, struct str code, int number)
{
	struct url_pair pairs[] = {
	        {"instansi", principal_instansi(v->who) ? (struct str){NULL, 0} : code},
	        {"n", arena_printf(v->arena, "%d", number)},
	};
	return url_path(v->arena, path, pairs, LEN(pairs));
}
