/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_key.c - see v1_key.h. */
#include "api/v1_key.h"

static bool is_visible(char c)
{
	return c > ' ' && c < 0x7f;
}

/* Between the quotes a backslash stands before a quote or another backslash, and nowhere else. */
static size_t unquote(struct str inside, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < inside.n; i++) {
		bool escape = inside.at[i] == '\\';
		if (inside.at[i] == '"' || (escape && (i + 1 == inside.n || !strchr("\"\\", inside.at[i + 1]))))
			return 0;
		out[n++] = inside.at[escape ? ++i : i];
	}
	return n;
}

enum rc v1_key_read(struct str header, struct arena *arena, struct str *ret)
{
	char key[2 * V1_KEY_MAX];
	struct str sent = str_trim(header);
	bool quoted = sent.n && sent.at[0] == '"';
	*ret = (struct str){NULL, 0};
	if (sent.n > sizeof key + 2 || (quoted && (sent.n < 2 || sent.at[sent.n - 1] != '"')))
		return RC_INVALID;
	if (quoted)
		sent = str_from(key, unquote(str_sub(sent, 1, sent.n - 2), key));
	for (size_t i = 0; i < sent.n; i++)
		if (!is_visible(sent.at[i]))
			return RC_INVALID;
	if (sent.n == 0 || sent.n > V1_KEY_MAX)
		return RC_INVALID;
	*ret = arena_str(arena, sent);
	return ret->at ? RC_OK : RC_BROKEN;
}
