/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_spell.c - see match_spell.h. */
#include "registry/match_spell.h"

#define L(c) MATCH_LETTER(c)

/* Two letters that are written as one, `first` being the last written so far. */
static const struct {
	uint8_t first, second, one;
} pairs[] = {
	{L('O'), L('E'), L('U')}, {L('D'), L('J'), L('J')},
	{L('T'), L('J'), L('C')}, {L('C'), L('H'), MATCH_LETTER_KH},
	{L('K'), L('H'), MATCH_LETTER_KH},
};

/* U+00C0 to U+00FF, the accented letters of Latin-1; '.' is another letter, ' ' none. */
static const char latin[] = "AAAAAA.CEEEEIIII.NOOOOO OUUUUY..AAAAAA.CEEEEIIII.NOOOOO OUUUUY.Y";
_Static_assert(sizeof latin == 64 + 1, "one for each");

/* Not the letters: match_spell_next. */
static enum match_sign ascii(unsigned char c, uint8_t *ret)
{
	if (c >= '0' && c <= '9') {
		*ret = (uint8_t)(c - '0' + MATCH_LETTER_0);
		return MATCH_SIGN_LETTER;
	}
	return c == '\'' || c == '`' ? MATCH_SIGN_MUTE : MATCH_SIGN_BREAK;
}

static enum match_sign beyond_ascii(struct str c, uint8_t *ret)
{
	const unsigned char *at = (const unsigned char *)c.at;
	*ret = MATCH_LETTER_OTHER;
	if (c.n == 2 && at[0] == 0xc2)
		return at[1] == 0xb4 ? MATCH_SIGN_MUTE : MATCH_SIGN_BREAK; /* signs, U+00A0 the blank among them */
	if (c.n == 2 && at[0] == 0xc3) {
		char base = latin[at[1] - 0x80];
		if (base >= 'A')
			*ret = (uint8_t)MATCH_LETTER(base);
		return base == ' ' ? MATCH_SIGN_BREAK : MATCH_SIGN_LETTER;
	}
	if (c.n == 2 && (at[0] == 0xca || (at[0] == 0xcc)))
		return MATCH_SIGN_MUTE; /* U+02BB, U+02BC and their like; accents of their own */
	if (c.n == 3 && at[0] == 0xe2 && at[1] == 0x80) /* U+2010 ...: dashes and quotes */
		return at[2] == 0x98 || at[2] == 0x99 ? MATCH_SIGN_MUTE : MATCH_SIGN_BREAK;
	return MATCH_SIGN_LETTER;
}

enum match_sign match_spell_next_any(struct str *rest, uint8_t *ret)
{
	unsigned char c = (unsigned char)rest->at[0];
	size_t n = c < 0x80 ? 1 : str_utf8(*rest, 0);
	struct str one = str_sub(*rest, 0, n ? n : 1);
	*rest = str_sub(*rest, one.n, rest->n);
	return c < 0x80 ? ascii(c, ret) : beyond_ascii(one, ret);
}

size_t match_spell_add(uint8_t *word, size_t n, uint8_t c)
{
	uint8_t last = n ? word[n - 1] : 0;
	bool second = c == L('E') || c == L('H') || c == L('J');
	for (size_t i = 0; second && i < LEN(pairs); i++) {
		if (pairs[i].second != c || pairs[i].first != last)
			continue;
		word[n - 1] = pairs[i].one;
		return n;
	}
	word[n] = last == L('S') && c == L('J') ? L('Y') : c;
	return n + 1;
}
