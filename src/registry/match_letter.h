/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_letter.h - letters as the matching sees them, and how far two words
 * of letters are apart.
 *
 * A letter is a small number: A to Z, KH (also written CH), the digits, and one for
 * everything else. Of a doubled letter the second is nothing: nobody hears it. The
 * distance is the cheapest way to change one word into the other by replacing, leaving
 * out, adding a letter or swapping two neighbours. What sounds or looks alike, or lies
 * beside it on the keyboard, costs less (doc/matching.md). */
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
/* What can be said of a word at a glance: most pairs need no closer look. */
struct match_gist {
	uint32_t families; /* of letters that occur, and in the upper half: that occur again */
	uint8_t n, soft;   /* letters; those that may be left out for less */
	uint8_t twin;      /* second letters of doubled ones, which count or not */
	bool vague;        /* with digits or doubled letters: its families say nothing */
};
struct match_gist match_letter_gist(struct match_letters a);
/* Of the two words written as one. */
struct match_gist match_letter_gist_both(struct match_gist a, struct match_gist b);
/* No distance is below this. */
int match_letter_distance_least(struct match_gist a, struct match_gist b);
/* `few` is what is left of `many` when letters are left out. */
bool match_letter_is_short(struct match_letters few, struct match_letters many);
static inline bool match_letter_same(struct match_letters a, struct match_letters b)
{
	return a.n == b.n && memcmp(a.at, b.at, a.n) == 0;
}
