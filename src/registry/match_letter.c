/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_letter.c - see match_letter.h.
 *
 * The distance is the optimal string alignment distance with weights. What two words
 * have in common at both ends is cut off first: most pairs then are a letter or two. */
#include "registry/match_letter.h"

#include <assert.h>

#define SWAP_COST 8

#define L(c) MATCH_LETTER(c)
#define D(c) ((c) - '0' + MATCH_LETTER_0)
/* What a pair saves against an arbitrary one, both ways. */
#define KIN(a, b, saved) [a][b] = (saved), [b][a] = (saved)
#define BESIDE(a, b) KIN(L(a), L(b), 3)

static const unsigned char saved[MATCH_LETTER_COUNT][MATCH_LETTER_COUNT] = {
	/* old and new spelling, and what sounds alike */
	KIN(L('J'), L('Y'), 8), KIN(L('I'), L('Y'), 7), KIN(L('I'), L('J'), 5), KIN(L('E'), L('I'), 5),
	KIN(L('E'), L('Y'), 2), KIN(L('A'), L('E'), 4), KIN(L('A'), L('O'), 5), KIN(L('O'), L('U'), 5),
	KIN(L('F'), L('V'), 7), KIN(L('F'), L('P'), 6), KIN(L('P'), L('V'), 5), KIN(L('V'), L('W'), 3),
	KIN(L('S'), L('Z'), 5), KIN(L('J'), L('Z'), 3), KIN(L('D'), L('T'), 3), KIN(L('K'), L('Q'), 8),
	KIN(MATCH_LETTER_KH, L('H'), 7), KIN(MATCH_LETTER_KH, L('K'), 7), KIN(MATCH_LETTER_KH, L('C'), 7),
	/* misread or mistyped digits */
	KIN(D('0'), L('O'), 8), KIN(D('1'), L('I'), 8), KIN(D('1'), L('L'), 7), KIN(D('2'), L('Z'), 7),
	KIN(D('3'), L('E'), 7), KIN(D('4'), L('A'), 7), KIN(D('5'), L('S'), 8), KIN(D('6'), L('G'), 7),
	KIN(D('7'), L('T'), 7), KIN(D('8'), L('B'), 8), KIN(D('9'), L('G'), 6), KIN(D('0'), L('D'), 5),
	/* misread letters */
	KIN(L('I'), L('L'), 3), KIN(L('U'), L('V'), 3), KIN(L('C'), L('G'), 3),
	/* keyboard neighbours. Not I and O: they part SUPARTI from SUPARTO */
	BESIDE('Q', 'W'), BESIDE('W', 'E'), BESIDE('E', 'R'), BESIDE('R', 'T'), BESIDE('T', 'Y'), BESIDE('Y', 'U'),
	BESIDE('U', 'I'), BESIDE('O', 'P'), BESIDE('A', 'S'), BESIDE('S', 'D'), BESIDE('D', 'F'), BESIDE('F', 'G'),
	BESIDE('G', 'H'), BESIDE('H', 'J'), BESIDE('J', 'K'), BESIDE('K', 'L'), BESIDE('Z', 'X'), BESIDE('X', 'C'),
	BESIDE('C', 'V'), BESIDE('V', 'B'), BESIDE('B', 'N'), BESIDE('N', 'M'), BESIDE('Q', 'A'), BESIDE('W', 'S'),
	BESIDE('E', 'D'), BESIDE('R', 'F'), BESIDE('T', 'G'), BESIDE('Y', 'H'), BESIDE('U', 'J'), BESIDE('I', 'K'),
	BESIDE('O', 'L'), BESIDE('A', 'Z'), BESIDE('S', 'X'), BESIDE('D', 'C'), BESIDE('G', 'B'), BESIDE('H', 'N'),
	BESIDE('J', 'M'),
};

/* H, Y and W are written or not: YUDI YUDHI, RIANTO RIYANTO, SUARNO SUWARNO. */
#define GONE_SAVED_MAX 5
static const unsigned char gone_saved[MATCH_LETTER_COUNT] = {
	[L('H')] = 5, [L('Y')] = 5, [L('W')] = 4, [MATCH_LETTER_KH] = 2,
};

/* Between letters of two families, or from one of a family to nothing, no way costs
 * less than FAMILY_COST. The others have none: vowels, and what may be left out. */
#define FAMILY_COST 7
#define FAMILY_BITS 16
static const unsigned char family[MATCH_LETTER_COUNT] = {
	[L('B')] = 1, [L('D')] = 2, [L('F')] = 3, [L('P')] = 3, [L('V')] = 3, [L('G')] = 4,  [L('L')] = 5,  [L('M')] = 6,
	[L('N')] = 7, [L('R')] = 8, [L('S')] = 9, [L('Z')] = 9, [L('T')] = 10, [L('X')] = 11,
};

int match_letter_cost(uint8_t a, uint8_t b)
{
	return a == b ? 0 : MATCH_LETTER_COST - saved[a][b];
}

int match_letter_gone(uint8_t a)
{
	return MATCH_LETTER_COST - gone_saved[a];
}

static inline int least(int x, int y)
{
	return x < y ? x : y;
}

/* A word, or what is left of it between the ends it has in common with another. */
struct rest {
	const uint8_t *at;
	size_t n;
	uint8_t gone[MATCH_LETTERS_MAX]; /* what each letter costs when left out */
};

static bool doubled(struct match_letters a, size_t i)
{
	return i > 0 && a.at[i] == a.at[i - 1] && a.at[i] < MATCH_LETTER_OTHER;
}

/* `word` from `head` on, as far as `n` letters go. Of a doubled letter the second is
 * nothing. */
static void rest_make(struct rest *r, struct match_letters word, size_t head, size_t n)
{
	r->at = word.at + head;
	r->n = n;
	for (size_t i = 0; i < n; i++)
		r->gone[i] = doubled(word, head + i) ? 0 : (uint8_t)match_letter_gone(r->at[i]);
}

/* What is left when both ends are cut off as far as they are the same. */
static void rests_make(struct match_letters a, struct match_letters b, struct rest *ra, struct rest *rb)
{
	size_t head = 0, i = a.n, j = b.n;
	while (head < i && head < j && a.at[head] == b.at[head])
		head++;
	while (i > head && j > head && a.at[i - 1] == b.at[j - 1] && !doubled(a, i - 1) && !doubled(b, j - 1))
		i--, j--;
	rest_make(ra, a, head, i - head);
	rest_make(rb, b, head, j - head);
}

static int gone_all(const struct rest *r)
{
	int sum = 0;
	for (size_t i = 0; i < r->n; i++)
		sum += r->gone[i];
	return sum;
}

/* One row of the alignment: letter i of a against all of b. rows: two above, above,
 * this one. Returns its smallest value. */
static int row_fill(uint16_t *const rows[3], const struct rest *a, size_t i, const struct rest *b)
{
	const uint16_t *over = rows[0], *up = rows[1];
	uint8_t c = a->at[i], before = i ? a->at[i - 1] : 0, last = 0;
	const unsigned char *save = saved[c];
	uint16_t *row = rows[2];
	int gone = a->gone[i], here = up[0] + gone, smallest = here;
	row[0] = (uint16_t)here;
	for (size_t j = 0; j < b->n; j++) {
		uint8_t d = b->at[j];
		int by = up[j] + (c == d ? 0 : MATCH_LETTER_COST - save[d]);
		here = least(by, least(up[j + 1] + gone, here + b->gone[j]));
		if (j > 0 && last == c && before == d)
			here = least(here, over[j - 1] + SWAP_COST);
		last = d;
		row[j + 1] = (uint16_t)here;
		smallest = least(smallest, here);
	}
	return smallest;
}

static int distance(const struct rest *a, const struct rest *b, int cap)
{
	uint16_t room[3][MATCH_LETTERS_MAX + 1] = {{0}};
	uint16_t *rows[3] = {room[0], room[1], room[2]};
	int above = 0;
	rows[2][0] = 0;
	for (size_t j = 0; j < b->n; j++)
		rows[2][j + 1] = (uint16_t)(rows[2][j] + b->gone[j]);
	for (size_t i = 0; i < a->n; i++) {
		uint16_t *old = rows[0];
		rows[0] = rows[1], rows[1] = rows[2], rows[2] = old;
		int smallest = row_fill(rows, a, i, b);
		if (smallest >= cap && above >= cap)
			return cap;
		above = smallest;
	}
	return least(cap, rows[2][b->n]);
}

int match_letter_distance(struct match_letters a, struct match_letters b, int cap)
{
	struct rest ra, rb;
	assert(a.n <= MATCH_LETTERS_MAX && b.n <= MATCH_LETTERS_MAX);
	rests_make(a, b, &ra, &rb);
	if (ra.n == 0 || rb.n == 0)
		return least(cap, gone_all(&ra) + gone_all(&rb));
	return distance(&ra, &rb, cap);
}

static uint32_t families_both(uint32_t a, uint32_t b)
{
	return a | b | (a & b) << FAMILY_BITS;
}

struct match_gist match_letter_gist(struct match_letters a)
{
	struct match_gist gist = {0};
	for (size_t i = 0; i < a.n; i++) {
		gist.n++;
		gist.twin = (uint8_t)(gist.twin + doubled(a, i));
		gist.families = families_both(gist.families, UINT32_C(1) << family[a.at[i]]);
		gist.soft = (uint8_t)(gist.soft + (gone_saved[a.at[i]] != 0));
		gist.vague |= a.at[i] >= MATCH_LETTER_OTHER || doubled(a, i);
	}
	gist.families &= ~(UINT32_C(1) | UINT32_C(1) << FAMILY_BITS); /* those of no family */
	return gist;
}

struct match_gist match_letter_gist_both(struct match_gist a, struct match_gist b)
{
	return (struct match_gist){
		.families = families_both(a.families, b.families),
		.n = (uint8_t)(a.n + b.n),
		.soft = (uint8_t)(a.soft + b.soft),
		.twin = (uint8_t)(a.twin + b.twin),
		.vague = a.vague || b.vague,
	};
}

/* Letters of families that `a` has and `b` has not, or not again. */
static int only_in(struct match_gist a, struct match_gist b)
{
	return __builtin_popcount(a.families & ~b.families);
}

/* As many letters more as `a` has must be left out. */
static int surplus(struct match_gist a, struct match_gist b)
{
	int more = a.n - a.twin - b.n;
	return more <= 0 ? 0 : more * MATCH_LETTER_COST - least(more, a.soft) * GONE_SAVED_MAX;
}

static inline int most(int x, int y)
{
	return x > y ? x : y;
}

int match_letter_distance_least(struct match_gist a, struct match_gist b)
{
	int by_length = most(surplus(a, b), surplus(b, a));
	return a.vague || b.vague ? by_length : most(by_length, FAMILY_COST * most(only_in(a, b), only_in(b, a)));
}

bool match_letter_is_short(struct match_letters few, struct match_letters many)
{
	size_t found = 0;
	if (few.n >= many.n)
		return false;
	for (size_t i = 0; i < many.n && found < few.n; i++)
		found += many.at[i] == few.at[found];
	return few.n > 0 && found == few.n;
}
