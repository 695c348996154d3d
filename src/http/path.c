/* SPDX-License-Identifier: EUPL-1.2
 * http/path.c - see path.h. */
#include "http/path.h"

#include "http/percent.h"

/* An encoded '/' would be a separator to us and a letter to a proxy before us. */
static bool hides_slash(struct str raw)
{
	for (size_t i = 0; i + 2 < raw.n; i++)
		if (raw.at[i] == '%' && raw.at[i + 1] == '2' && (raw.at[i + 2] | 32) == 'f')
			return true;
	return false;
}

static bool segments_ok(struct str path)
{
	struct str rest = str_sub(path, 1, path.n);
	while (rest.at) {
		struct str segment = str_split(&rest, '/');
		bool last = !rest.at;
		if ((segment.n == 0 && !last) || str_eq(segment, S(".")) || str_eq(segment, S("..")))
			return false;
	}
	return true;
}

enum rc path_from_raw(struct str raw, struct arena *arena, struct str *ret)
{
	if (raw.n == 0 || raw.at[0] != '/' || hides_slash(raw))
		return RC_INVALID;
	char *out = arena_alloc(arena, raw.n + 1);
	if (!out)
		return RC_LIMIT;
	struct str path = {out, 0};
	TRY(percent_decode(raw, false, out, &path.n));
	if (!str_is_text(path) || !segments_ok(path))
		return RC_INVALID;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.at[i] < ' ' || path.at[i] == '\\' || path.at[i] == '#')
			return RC_INVALID;
	*ret = path;
	return RC_OK;
}

struct str path_plain_part(struct str raw)
{
	size_t n = 0;
	for (; n < raw.n; n++) {
		char c = raw.at[n];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && c != '/' && c != '-' && c != '.' && c != '_')
			break;
	}
	return str_sub(raw, 0, n);
}
