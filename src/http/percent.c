/* SPDX-License-Identifier: EUPL-1.2
 * http/percent.c - see percent.h. */
#include "http/percent.h"

#include "base/hex.h"

enum rc percent_decode(struct str s, bool plus, char *out, size_t *ret_n)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		if (c == '%') {
			int high = s.n - i > 2 ? hex_digit(s.at[i + 1]) : -1, low = s.n - i > 2 ? hex_digit(s.at[i + 2]) : -1;
			if (high < 0 || low < 0)
				return RC_INVALID;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[n++] = c;
	}
	*ret_n = n;
	return RC_OK;
}
