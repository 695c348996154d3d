/* SPDX-License-Identifier: EUPL-1.2
 * sheet/mark.c - see mark.h. A text that has apostrophes of its own before such a
 * character gets one more: reading takes off exactly one. */
#include "sheet/mark.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Would a spreadsheet program compute a cell that begins with it? */
static bool computes(char c)
{
	return c && strchr("=+-@\t\r", c);
}

static size_t apostrophes(struct str text)
{
	size_t n = 0;
	while (n < text.n && text.at[n] == '\'')
		n++;
	return n;
}

bool mark_needed(struct str text)
{
	size_t n = apostrophes(text);
	return n < text.n && (computes(text.at[n]) || (n > 0 && digit(text.at[n])));
}

struct str mark_off(struct str text)
{
	if (text.n > 3 && str_starts(text, S("=\"")) && str_index(str_sub(text, 2, text.n), '"') == text.n - 3)
		return str_sub(text, 2, text.n - 3);
	return apostrophes(text) > 0 && mark_needed(text) ? str_sub(text, 1, text.n) : text;
}
