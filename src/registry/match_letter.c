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
static const unsigned char gone_saved[MATCH_LETTER_COUNT] = {
	[L('H')] = 5, [L('Y')] = 5, [L('W')] = 4, [MATCH_LETTER_KH] = 2,
};

/* Between letters of two families, or from one of a family to nothing, no way costs
 * less than FAMILY_COST. The others have none: vowels, and what may be left out. */
#define FAMILY_COST 7
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

static int gone_all(struct match_letters a)
{
	int sum = 0;
	for (size_t i = 0; i < a.n; i++)
		sum += match_letter_gone(a.at[i]);
	return sum;
}

static void cut_ends(struct match_letters *a, struct match_letters *b)
{
	while (a->n && b->n && a->at[0] == b->at[0])
		a->at++, a->n--, b->at++, b->n--;
	while (a->n && b->n && a->at[a->n - 1] == b->at[b->n - 1])
		a->n--, b->n--;
}

static inline int least(int x, int y)
{
	return x < y ? x : y;
}

/* One row of the alignment: the letter `c` of a, after `before` (0: it is the first),
 * against all of b. rows: two above, above, this one. Returns its smallest value. */
static int row_fill(uint16_t *const rows[3], uint8_t before, uint8_t c, struct match_letters b)
{
	const uint16_t *over = rows[0], *up = rows[1];
	const unsigned char *save = saved[c];
	uint16_t *row = rows[2];
	int gone = match_letter_gone(c), here = up[0] + gone, smallest = here;
	row[0] = (uint16_t)here;
	for (size_t j = 0; j < b.n; j++) {
		uint8_t d = b.at[j];
		int by = up[j] + (c == d ? 0 : MATCH_LETTER_COST - save[d]);
		here = least(by, least(up[j + 1] + gone, here + match_letter_gone(d)));
		if (before == d && j > 0 && b.at[j - 1] == c)
			here = least(here, over[j - 1] + SWAP_COST);
		row[j + 1] = (uint16_t)here;
		smallest = least(smallest, here);
	}
	return smallest;
}

int match_letter_distance(struct match_letters a, struct match_letters b, int cap)
{
	assert(a.n <= MATCH_LETTERS_MAX && b.n <= MATCH_LETTERS_MAX);
	uint16_t room[3][MATCH_LETTERS_MAX + 1];
	uint16_t *rows[3] = {room[0], room[1], room[2]};
	int above = 0;
	cut_ends(&a, &b);
	if (a.n == 0 || b.n == 0)
		return least(cap, gone_all(a) + gone_all(b));
	rows[2][0] = 0;
	for (size_t j = 0; j < b.n; j++)
		rows[2][j + 1] = (uint16_t)(rows[2][j] + match_letter_gone(b.at[j]));
	for (size_t i = 0; i < a.n; i++) {
		uint16_t *old = rows[0];
		rows[0] = rows[1], rows[1] = rows[2], rows[2] = old;
		int smallest = row_fill(rows, i ? a.at[i - 1] : 0, a.at[i], b);
		if (smallest >= cap && above >= cap)
			return cap;
		above = smallest;
	}
	return least(cap, rows[2][b.n]);
}

uint32_t match_letter_families(struct match_letters a)
{
	uint32_t set = 1;
	for (size_t i = 0; i < a.n; i++) {
		if (a.at[i] >= MATCH_LETTER_OTHER)
			return 0;
		set |= UINT32_C(1) << family[a.at[i]];
	}
	return set;
}

int match_letter_distance_least(uint32_t families_a, uint32_t families_b)
{
	if (families_a == 0 || families_b == 0)
		return 0;
	int only_a = __builtin_popcount(families_a & ~families_b), only_b = __builtin_popcount(families_b & ~families_a);
	return FAMILY_COST * (only_a > only_b ? only_a : only_b);
}

bool match_letter_is_short(struct match_letters few, struct match_letters many)
{
	if (few.n == 0 || few.n >= many.n || few.at[0] != many.at[0])
		return false;
	size_t found = 1;
	for (size_t i = 1; i < many.n && found < few.n; i++)
		found += many.at[i] == few.at[found];
	return found == few.n;
}
