/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_spell.h - from bytes to letters: case, accents, apostrophes, old and
 * new spelling.
 *
 * OE is U, DJ is J, TJ is C, SJ is SY, CH is KH: nobody hears a difference, so
 * SOEKARNO and SUKARNO are the same letters afterwards. J for Y alone, as in SOERJO, is
 * only near (match_letter.c): JOKO and BANJAR are modern words. */
#pragma once
#include "registry/match_letter.h"

/* What stands at the beginning of a text. */
enum match_sign {
	MATCH_SIGN_LETTER, /* a letter or digit */
	MATCH_SIGN_MUTE,   /* nothing: an apostrophe, an accent of its own */
	MATCH_SIGN_BREAK   /* between words: everything else */
};
/* Take one character off *rest, which is not empty. Bytes that are not UTF-8 are
 * letters of the kind OTHER. *ret is filled for a letter. */
enum match_sign match_spell_next_any(struct str *rest, uint8_t *ret);
static inline enum match_sign match_spell_next(struct str *rest, uint8_t *ret)
{
	unsigned letter = (unsigned char)(rest->at[0] | 0x20) - (unsigned)'a';
	if (letter >= 26 || (rest->at[0] & 0x80))
		return match_spell_next_any(rest, ret);
	rest->at++, rest->n--;
	*ret = (uint8_t)(letter + MATCH_LETTER_A);
	return MATCH_SIGN_LETTER;
}
/* Write letter `c` after the `n` of one word at `word`; returns how many there are
 * now: n or n + 1. There must be room for one more. */
size_t match_spell_add(uint8_t *word, size_t n, uint8_t c);
static inline bool match_spell_is_digit(uint8_t letter)
{
	return letter >= MATCH_LETTER_0;
}
