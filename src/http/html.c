/* SPDX-License-Identifier: EUPL-1.2
 * http/html.c - see html.h. */
#include "http/html.h"

#include <assert.h>

struct html html_from_buf(const struct buf *b)
{
	return buf_ok(b) ? (struct html){buf_str(b)} : (struct html){{NULL, 0}};
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void url_encode(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (unreserved(s.at[i]))
			buf_addc(b, s.at[i]);
		else
			buf_add(b, str_from((char[3]){'%', hex[c >> 4], hex[c & 15]}, 3));
	}
}

#define URL_MAX 2048

struct url url_path(struct arena *arena, const char *path, const struct url_pair *pairs, size_t n)
{
	assert(path[0] == '/' && path[1] != '/' && path[1] != '\\');
	if (n == 0)
		return (struct url){str_c(path)};
	BUF_AUTO b = BUF(URL_MAX);
	char sep = '?';
	buf_addz(&b, path);
	for (size_t i = 0; i < n; i++) {
		if (!pairs[i].value.at)
			continue;
		buf_addc(&b, sep);
		buf_addz(&b, pairs[i].name);
		buf_addc(&b, '=');
		url_encode(&b, pairs[i].value);
		sep = '&';
	}
	return (struct url){buf_ok(&b) ? arena_str(arena, buf_str(&b)) : (struct str){NULL, 0}};
}

enum rc url_from_str(struct str s, struct url *ret)
{
	if (s.n == 0 || s.n > URL_MAX || s.at[0] != '/' || (s.n > 1 && s.at[1] == '/'))
		return RC_INVALID;
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] <= ' ' || s.at[i] >= 0x7f || s.at[i] == '\\')
			return RC_INVALID;
	*ret = (struct url){s};
	return RC_OK;
}
