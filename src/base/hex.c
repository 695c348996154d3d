/* SPDX-License-Identifier: EUPL-1.2
 * base/hex.c - see hex.h. Base64 is libsodium's, hex is short enough to be ours. */
#include "base/hex.h"

#include <sodium.h>

void hex_add(struct buf *b, struct str bytes)
{
	static const char digits[] = "0123456789abcdef";
	if (!buf_room(b, bytes.n * 2))
		return;
	for (size_t i = 0; i < bytes.n; i++) {
		b->at[b->n++] = digits[(unsigned char)bytes.at[i] >> 4];
		b->at[b->n++] = digits[(unsigned char)bytes.at[i] & 15];
	}
}

int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum rc hex_read(struct str s, unsigned char *ret, size_t n)
{
	if (s.n != n * 2)
		return RC_INVALID;
	for (size_t i = 0; i < n; i++) {
		int hi = hex_digit(s.at[2 * i]), lo = hex_digit(s.at[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return RC_INVALID;
		ret[i] = (unsigned char)(hi << 4 | lo);
	}
	return RC_OK;
}

static void add(struct buf *b, struct str bytes, int variant)
{
	size_t len = sodium_base64_encoded_len(bytes.n, variant);
	if (!buf_room(b, len))
		return;
	sodium_bin2base64(b->at + b->n, len, (const unsigned char *)bytes.at, bytes.n, variant);
	b->n += len - 1; /* without the NUL */
}

void base64_add(struct buf *b, struct str bytes)
{
	add(b, bytes, sodium_base64_VARIANT_ORIGINAL);
}

void base64url_add(struct buf *b, struct str bytes)
{
	add(b, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* libsodium 1.0.18 takes some bytes past ASCII for digits ("\xe1" for '/'). */
static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	}
	return true;
}

/* How many bytes so much base64 stands for, padded or not. */
static size_t decoded(struct str s)
{
	size_t n = s.n;
	while (n > 0 && s.n - n < 2 && s.at[n - 1] == '=')
		n--;
	return n / 4 * 3 + n % 4 * 3 / 4;
}

static enum rc read(struct str s, unsigned char *out, size_t max, size_t *ret_n, int variant)
{
	const char *end = NULL;
	if (decoded(s) > max)
		return RC_LIMIT;
	if (!is_ascii(s))
		return RC_INVALID;
	if (sodium_base642bin(out, max, s.at ? s.at : "", s.n, NULL, ret_n, &end, variant) != 0)
		return RC_INVALID;
	return end == (s.at ? s.at : "") + s.n || s.n == 0 ? RC_OK : RC_INVALID;
}

enum rc base64_read(struct str s, unsigned char *out, size_t max, size_t *ret_n)
{
	return read(s, out, max, ret_n, sodium_base64_VARIANT_ORIGINAL);
}

enum rc base64url_read(struct str s, unsigned char *out, size_t max, size_t *ret_n)
{
	return read(s, out, max, ret_n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
