/* SPDX-License-Identifier: EUPL-1.2
 * sheet/number.c - see number.h. */
#include "sheet/number.h"

#define DIGITS_MAX 15

static size_t digits_at(struct str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.n && s.at[at + n] >= '0' && s.at[at + n] <= '9')
		n++;
	return n;
}

static bool is_one_of(struct str s, size_t at, const char *these)
{
	return at < s.n && s.at[at] && strchr(these, s.at[at]);
}

/* Digits before and after the point; 0 when the text is no number. */
static size_t digits_of(struct str s)
{
	size_t at = is_one_of(s, 0, "+-");
	size_t whole = digits_at(s, at), part = 0;
	at += whole;
	if (is_one_of(s, at, ".")) {
		part = digits_at(s, at + 1);
		at += 1 + part;
	}
	if (whole + part > 0 && is_one_of(s, at, "eE")) {
		at++;
		at += is_one_of(s, at, "+-");
		size_t exponent = digits_at(s, at);
		if (exponent == 0)
			return 0;
		at += exponent;
	}
	return at == s.n ? whole + part : 0;
}

bool number_is(struct str text)
{
	return digits_of(text) > 0;
}

bool number_is_safe(struct str text)
{
	size_t n = digits_of(text);
	return n > 0 && n <= DIGITS_MAX;
}
