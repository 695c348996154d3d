/* SPDX-License-Identifier: EUPL-1.2
 * base/buf.c - see buf.h. Growth copies into new memory and wipes the old, so
 * that a grown buffer leaves no answer behind. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool grow(struct buf *b, size_t need)
{
	if (need > b->max)
		return false;
	size_t cap = b->cap ? b->cap : 256;
	while (cap < need)
		cap *= 2;
	if (cap > b->max)
		cap = b->max;
	char *at = malloc(cap + 1);
	if (!at)
		return false;
	if (b->at) {
		memcpy(at, b->at, b->n);
		explicit_bzero(b->at, b->cap);
	}
	free(b->at);
	b->at = at;
	b->cap = cap;
	return true;
}

bool buf_room(struct buf *b, size_t n)
{
	if (b->broken)
		return false;
	if (b->at && n <= b->cap - b->n)
		return true;
	size_t need;
	if (__builtin_add_overflow(b->n, n, &need) || !grow(b, need))
		b->broken = true;
	return !b->broken;
}

void buf_add(struct buf *b, struct str s)
{
	if (!buf_room(b, s.n) || s.n == 0)
		return;
	memcpy(b->at + b->n, s.at, s.n);
	b->n += s.n;
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_c(z));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		b->broken = true;
	else if (buf_room(b, (size_t)n)) { /* grow() keeps one byte past cap for this NUL */
		vsnprintf(b->at + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_add_int(struct buf *b, int64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do
		digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		buf_addc(b, '-');
	buf_add(b, (struct str){digits + at, sizeof digits - at});
}

static struct str json_escape(unsigned char c, char room[8])
{
	switch (c) {
	case '"': return S("\\\"");
	case '\\': return S("\\\\");
	case '\n': return S("\\n");
	case '\r': return S("\\r");
	case '\t': return S("\\t");
	default: return (struct str){room, (size_t)snprintf(room, 8, "\\u%04x", c)};
	}
}

/* Bytes from `i` on that go into a JSON string as they are; 0: the byte needs an escape. */
static size_t json_plain(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.at[i];
	if (c >= 0x80)
		return str_utf8(s, i);
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

void buf_add_json(struct buf *b, struct str s)
{
	char room[8];
	size_t from = 0;
	buf_addc(b, '"');
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		unsigned char c = (unsigned char)s.at[i];
		n = json_plain(s, i);
		if (n)
			continue;
		buf_add(b, str_sub(s, from, i - from));
		buf_add(b, c >= 0x80 ? S("\xef\xbf\xbd") : json_escape(c, room));
		from = i + 1;
	}
	buf_add(b, str_sub(s, from, s.n));
	buf_addc(b, '"');
}

void buf_add_html(struct buf *b, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct str ref;
		switch (s.at[i]) {
		case '&': ref = S("&amp;"); break;
		case '<': ref = S("&lt;"); break;
		case '>': ref = S("&gt;"); break;
		case '"': ref = S("&#34;"); break;
		case '\'': ref = S("&#39;"); break;
		default: continue;
		}
		buf_add(b, str_sub(s, from, i - from));
		buf_add(b, ref);
		from = i + 1;
	}
	buf_add(b, str_sub(s, from, s.n));
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->broken = false;
}

void buf_free(struct buf *b)
{
	if (b->at)
		explicit_bzero(b->at, b->cap);
	free(b->at);
	*b = (struct buf){.max = b->max};
}
