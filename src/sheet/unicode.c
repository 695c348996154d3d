/* SPDX-License-Identifier: EUPL-1.2
 * sheet/unicode.c - see unicode.h. */
#include "sheet/unicode.h"

#define FOREIGN                                                                                                                    \
	"Huruf di sekitar baris %d tidak terbaca. Di Excel pilih Simpan Sebagai, lalu jenis \"CSV UTF-8\" atau \"Buku Kerja "      \
	"Excel (.xlsx)\"."

size_t unicode_put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
	return n;
}

static int line_at(struct str s, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at; i++)
		line += s.at[i] == '\n' || (s.at[i] == '\r' && (i + 1 == s.n || s.at[i + 1] != '\n'));
	return line;
}

static enum rc utf8_check(struct str s, struct err *err)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		n = (unsigned char)s.at[i] < 0x80 ? 1 : str_utf8(s, i);
		if (n == 0)
			return FAIL(err, RC_INVALID, FOREIGN, line_at(s, i));
		if (s.at[i] == '\0')
			return FAIL(err, RC_INVALID,
			            "Berkas ini bukan tabel CSV (ada bita kosong di sekitar baris %d). Simpan sebagai "
			            "\"CSV UTF-8\" atau .xlsx.",
			            line_at(s, i));
	}
	return RC_OK;
}

struct utf16 {
	struct str s;
	size_t at;
	bool big;
};

static uint32_t unit(struct utf16 *u)
{
	unsigned char a = (unsigned char)u->s.at[u->at], b = (unsigned char)u->s.at[u->at + 1];
	u->at += 2;
	return u->big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

/* The next character; 0 for what is none (a lone surrogate, half a unit at the end). */
static uint32_t utf16_next(struct utf16 *u)
{
	if (u->s.n - u->at < 2)
		return 0;
	uint32_t c = unit(u);
	if (c < 0xd800 || c > 0xdfff)
		return c;
	if (c > 0xdbff || u->s.n - u->at < 2)
		return 0;
	uint32_t low = unit(u);
	return low < 0xdc00 || low > 0xdfff ? 0 : 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
}

static enum rc utf16_read(struct utf16 u, struct arena *arena, struct str *ret, struct err *err)
{
	int line = 1;
	size_t n = 0;
	char *out = arena_alloc(arena, u.s.n / 2 * 3 + 4); /* two bytes become three at most, four become four */
	if (!out)
		return FAIL(err, RC_BROKEN, "memori habis");
	while (u.at < u.s.n) {
		uint32_t c = utf16_next(&u);
		if (c == 0)
			return FAIL(err, RC_INVALID, FOREIGN, line);
		line += c == '\n';
		n += unicode_put(out + n, c);
	}
	*ret = (struct str){out, n};
	return RC_OK;
}

enum rc unicode_read(struct str file, struct arena *arena, struct str *ret, struct err *err)
{
	bool big = str_starts(file, S("\xfe\xff"));
	if (big || str_starts(file, S("\xff\xfe")))
		return utf16_read((struct utf16){str_sub(file, 2, file.n), 0, big}, arena, ret, err);
	*ret = str_starts(file, S("\xef\xbb\xbf")) ? str_sub(file, 3, file.n) : file;
	return utf8_check(*ret, err);
}
