/* SPDX-License-Identifier: EUPL-1.2
 * sheet/escape.c - see escape.h. */
#include "sheet/escape.h"

#include "sheet/unicode.h"

#define ESCAPE_N 7 /* _xHHHH_ */

/* The character written at the beginning of `s`; 0: none is. */
static uint32_t escaped(struct str s)
{
	uint32_t c = 0;
	if (s.n < ESCAPE_N || s.at[0] != '_' || s.at[1] != 'x' || s.at[ESCAPE_N - 1] != '_')
		return 0;
	for (size_t i = 2; i < ESCAPE_N - 1; i++) {
		int digit = hex_digit(s.at[i]);
		if (digit < 0)
			return 0;
		c = c << 4 | (uint32_t)digit;
	}
	return c >= 0xd800 && c <= 0xdfff ? 0 : c;
}

void escape_off(struct raw *raw)
{
	struct str s = raw_str(raw);
	size_t n = str_index(s, '_');
	for (size_t i = n; i < s.n;) {
		uint32_t c = escaped(str_sub(s, i, s.n));
		if (c) {
			n += unicode_put(raw->at + n, c);
			i += ESCAPE_N;
		} else {
			raw->at[n++] = s.at[i++];
		}
	}
	raw->n = n;
}
