/* SPDX-License-Identifier: EUPL-1.2
 * base/str.c - see str.h. */
#include "base/str.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_ieq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	return true;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

size_t str_index(struct str s, char c)
{
	const char *hit = s.n ? memchr(s.at, c, s.n) : NULL;
	return hit ? (size_t)(hit - s.at) : s.n;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
	while (s.n && blank(s.at[0]))
		s.at++, s.n--;
	while (s.n && blank(s.at[s.n - 1]))
		s.n--;
	return s;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
	if (from >= s.n)
		return (struct str){s.at ? s.at + s.n : NULL, 0};
	return (struct str){s.at + from, n < s.n - from ? n : s.n - from};
}

struct str str_cut(struct str s, size_t max)
{
	size_t n = s.n < max ? s.n : max;
	while (n < s.n && n > 0 && ((unsigned char)s.at[n] & 0xc0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

struct str str_split(struct str *rest, char sep)
{
	size_t cut = str_index(*rest, sep);
	struct str head = {rest->at, cut};
	*rest = cut < rest->n ? str_sub(*rest, cut + 1, rest->n) : (struct str){NULL, 0};
	return head;
}

enum rc str_int(struct str s, int64_t min, int64_t max, int64_t *ret)
{
	bool minus = s.n && s.at[0] == '-';
	size_t first = minus ? 1 : 0;
	if (s.n <= first)
		return RC_INVALID;
	int64_t n = 0; /* kept negative, so that INT64_MIN fits */
	for (size_t i = first; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return RC_INVALID;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, s.at[i] - '0', &n))
			return RC_INVALID;
	}
	if (!minus && __builtin_sub_overflow(0, n, &n))
		return RC_INVALID;
	if (n < min || n > max)
		return RC_INVALID;
	*ret = n;
	return RC_OK;
}

/* Length of the UTF-8 sequence at p (n bytes left), 0 when it is not one.
 * RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF. */
static size_t utf8_len(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
	bool beyond = (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f);
	return overlong || beyond ? 0 : len;
}

bool str_is_text(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	for (size_t i = 0; i < s.n;) {
		if (p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r')
			return false;
		if (p[i] == 0x7f)
			return false;
		size_t len = utf8_len(p + i, s.n - i);
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

size_t str_utf8(struct str s, size_t at)
{
	return at < s.n ? utf8_len((const unsigned char *)s.at + at, s.n - at) : 0;
}

bool str_eq_secret(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	unsigned char diff = 0;
	for (size_t i = 0; i < a.n; i++)
		diff |= (unsigned char)(a.at[i] ^ b.at[i]);
	return diff == 0;
}
