/* SPDX-License-Identifier: EUPL-1.2
 * web/blame.c - see blame.h. */
#include "web/blame.h"

#include "web/words.h"

void blame_set(struct blame *blame, const char *field, const char *what)
{
	if (!blame->field)
		*blame = (struct blame){field, str_c(what)};
}

void blame_err(struct blame *blame, const char *field, const struct err *err, struct arena *arena)
{
	if (!blame->field)
		*blame = (struct blame){field, words_sentence(arena, err->what)};
}

struct str blame_of(const struct blame *blame, const char *field)
{
	return blame->field && strcmp(blame->field, field) == 0 ? blame->what : S("");
}
