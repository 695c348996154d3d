/* SPDX-License-Identifier: EUPL-1.2
 * web/blame.c - see blame.h. */
#include "web/blame.h"

void blame_set(struct blame *blame, const char *field, const char *what)
{
	if (!blame->field)
		*blame = (struct blame){field, str_c(what)};
}

void blame_err(struct blame *blame, const char *field, const struct err *err, struct arena *arena)
{
	if (blame->field)
		return;
	struct str what = str_c(err->what);
	char first = what.n ? what.at[0] : ' ';
	if (first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	bool ends = what.n && what.at[what.n - 1] == '.';
	struct str rest = str_sub(what, 1, what.n);
	*blame = (struct blame){field, arena_printf(arena, "%c%.*s%s", first, STR_ARG(rest), ends ? "" : ".")};
}

struct str blame_of(const struct blame *blame, const char *field)
{
	return blame->field && strcmp(blame->field, field) == 0 ? blame->what : S("");
}
