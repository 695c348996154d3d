/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_letter.h - letters as the matching sees them, and how far two words
 * of letters are apart.
 *
 * A letter is a small number: A to Z, KH (also written CH), the digits, and one for
 * everything else. The distance is the cheapest way to change one word into the other
 * by replacing, leaving out, adding a letter or swapping two neighbours. What sounds
 * or looks alike, or lies beside it on the keyboard, costs less (doc/matching.md). */
#pragma once
#include "base/base.h"

enum {
	MATCH_LETTER_A = 1, /* to Z = 26 */
	MATCH_LETTER_KH = 27,
	MATCH_LETTER_OTHER = 28,
	MATCH_LETTER_0 = 29, /* to 9 = 38 */
	MATCH_LETTER_COUNT = 39
};
#define MATCH_LETTER(c) ((c) - 'A' + MATCH_LETTER_A)
#define MATCH_LETTER_COST 10 /* of one arbitrary letter for another */
#define MATCH_LETTERS_MAX 256 /* of one text */

struct match_letters {
	const uint8_t *at;
	size_t n;
};

/* 0 to MATCH_LETTER_COST; the same both ways. */
int match_letter_cost(uint8_t a, uint8_t b);
/* Of leaving the letter out. */
int match_letter_gone(uint8_t a);
/* At most `cap`, which is returned for everything farther. Texts of at most
 * MATCH_LETTERS_MAX letters. */
int match_letter_distance(struct match_letters a, struct match_letters b, int cap);
/* Which families of letters occur: words in which many differ cannot be near. A word
 * with digits has none (0), and may be near anything. */
uint32_t match_letter_families(struct match_letters a);
/* No distance is below this. */
int match_letter_distance_least(uint32_t families_a, uint32_t families_b);
/* `few` is what is left of `many` when letters, but not the first, are left out. */
bool match_letter_is_short(struct match_letters few, struct match_letters many);
static inline bool match_letter_same(struct match_letters a, struct match_letters b)
{
	return a.n == b.n && memcmp(a.at, b.at, a.n) == 0;
}
