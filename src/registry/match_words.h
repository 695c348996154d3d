/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_words.h - a text as words that count differently, and how much of
 * what the registry holds another such text says.
 *
 * Losses are added up: a word of what is held that the question does not say loses its
 * weight, one that it says wrongly a part of that, a word too many its `extra`. The
 * score is the weight that is left, in hundredths. Words are paired in order, where
 * two may be written as one; or freely, which costs MATCH_SWAP (doc/matching.md). */
#pragma once
#include "registry/match_spell.h"

#define MATCH_TEXT_MAX MATCH_LETTERS_MAX /* bytes of a text; a longer one is not compared */
#define MATCH_WORDS_MAX 10               /* what follows is part of the last word */

enum match_kind {
	MATCH_WORD,
	MATCH_MARK,  /* says what kind of thing follows, or a title: equal or not, counts little */
	MATCH_NUMBER /* equal or wrong */
};
struct match_word {
	uint8_t at, n; /* in `letter` */
	uint8_t kind;
	uint8_t weight; /* when held */
	uint8_t extra;  /* when asked and not held */
	uint8_t sense;  /* not 0: two words or marks with the same one are the same, and a word of it may be
	                   cut short; a number of one sense never equals one of another */
	struct match_gist gist;
};
struct match_text {
	size_t n, letters;
	struct match_word word[MATCH_WORDS_MAX];
	uint8_t letter[MATCH_LETTERS_MAX];
};

/* Split into words at everything that is no letter or digit; with `numbers` also
 * between letters and digits. A dot with letters on both sides parts words as well.
 * All words are MATCH_WORD of weight 0, to be judged by the caller.
 * RC_LIMIT: longer than MATCH_TEXT_MAX; RC_ABSENT: no letter in it. */
MUST_USE enum rc match_words_split(struct str text, bool numbers, struct match_text *ret);
static inline struct match_letters match_words_letters(const struct match_text *text, size_t i)
{
	return (struct match_letters){text->letter + text->word[i].at, text->word[i].n};
}
/* Word i and the one after it become one. */
void match_words_glue(struct match_text *text, size_t i);
/* The letters of words first to last as a key for tables, which are written as the
 * letters are after spelling: "MUHAMAD", with '#' for KH. 0: too long. */
uint64_t match_words_key(const struct match_text *text, size_t first, size_t last);
#define MATCH_KEY_MAX 8
typedef char match_key[MATCH_KEY_MAX + 1];
/* Where `key` stands in a table of n rows of `size` bytes that begin with a match_key;
 * n when it does not. */
size_t match_words_find(uint64_t key, const void *table, size_t n, size_t size);
/* The same letters, however they are parted. */
static inline bool match_words_is_same(const struct match_text *a, const struct match_text *b)
{
	return a->letters == b->letters && memcmp(a->letter, b->letter, a->letters) == 0;
}
/* 0-100; 100 when nothing is lost. Not symmetric: see above. */
int match_words_score(const struct match_text *asked, const struct match_text *held);
