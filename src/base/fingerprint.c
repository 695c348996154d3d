/* SPDX-License-Identifier: EUPL-1.2
 * base/fingerprint.c - see fingerprint.h. */
#include "base/fingerprint.h"

#include <sodium.h>
#include <string.h>

#include "base/hex.h"

#define DIGITS (2 * FINGERPRINT_SIZE)
#define WITH_COLONS (3 * FINGERPRINT_SIZE - 1)

/* "AB:CD:..." as "ABCD..."; false: a colon stands elsewhere. */
static bool drop_colons(struct str s, char out[DIGITS])
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool colon = i % 3 == 2;
		if (colon != (s.at[i] == ':'))
			return false;
		if (!colon)
			out[n++] = s.at[i];
	}
	return n == DIGITS;
}

enum rc fingerprint_from_str(struct str s, struct fingerprint *ret)
{
	char digits[DIGITS];
	*ret = (struct fingerprint){0};
	if (s.n == WITH_COLONS && drop_colons(s, digits))
		s = str_from(digits, DIGITS);
	ret->is = hex_read(s, ret->at, sizeof ret->at) == RC_OK;
	if (ret->is)
		return RC_OK;
	*ret = (struct fingerprint){0};
	return RC_INVALID;
}

struct fingerprint_text fingerprint_text(const struct fingerprint *fingerprint)
{
	struct fingerprint_text text = {{0}};
	if (fingerprint->is)
		sodium_bin2hex(text.z, sizeof text.z, fingerprint->at, sizeof fingerprint->at);
	return text;
}

bool fingerprint_eq(const struct fingerprint *a, const struct fingerprint *b)
{
	return (sodium_memcmp(a->at, b->at, FINGERPRINT_SIZE) == 0) & a->is & b->is;
}
