/* SPDX-License-Identifier: EUPL-1.2
 * identity/narrowing.c - see narrowing.h. */
#include "identity/narrowing.h"

static size_t count_parts(struct str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.at[i] == ',';
	return n;
}

enum rc narrowing_read(struct str text, struct arena *arena, struct cidr **ret, size_t *ret_n, struct err *err)
{
	*ret = NULL;
	*ret_n = 0;
	if (str_trim(text).n == 0)
		return RC_OK;
	size_t n = count_parts(text);
	if (n > NARROWING_MAX)
		return FAIL(err, RC_LIMIT, "paling banyak %d rentang alamat untuk satu user ID", NARROWING_MAX);
	struct cidr *ranges = ARENA_ARRAY(arena, n, struct cidr);
	if (!ranges)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		struct str part = str_trim(str_split(&text, ','));
		if (cidr_from_str(part, &ranges[i]) != RC_OK)
			return FAIL(err, RC_INVALID, "%.60s bukan alamat jaringan", arena_printf(arena, "%.*s", STR_ARG(part)).at);
	}
	*ret = ranges;
	*ret_n = n;
	return RC_OK;
}

struct str narrowing_text(const struct cidr *ranges, size_t n, struct arena *arena)
{
	struct str text = S("");
	for (size_t i = 0; i < n; i++)
		text = arena_printf(arena, "%.*s%s%s", STR_ARG(text), i ? "," : "", cidr_text(&ranges[i]).z);
	return text;
}
