/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_words.c - see match_words.h.
 *
 * Losses are in thousandths of a weight. Both pairings find the smallest possible
 * loss, so a question that says less, or says it worse, never loses less. The free one
 * goes through sets of held words (a bit each) and is only tried when it can win. */
#include "registry/match_words.h"

#include <assert.h>

#define WHOLE 1000  /* gain of a word said right */
#define SHORT 500   /* of a word abbreviated */
#define MATCH_SWAP 4 /* points for words in another order */
#define LOSS_MAX (1 << 29) /* more than any; twice that still is a number */

/* ---- text into words ---- */

/* A new word begins before letter `c`. */
static bool parts(const struct match_text *t, uint8_t last, uint8_t c, bool broken, bool numbers)
{
	if (t->n == 0)
		return true;
	if (t->n == MATCH_WORDS_MAX)
		return false;
	return broken || (numbers && match_spell_is_digit(last) != match_spell_is_digit(c));
}

static void letter_add(struct match_text *t, uint8_t c)
{
	struct match_word *w = &t->word[t->n - 1];
	w->n = (uint8_t)match_spell_add(t->letter + w->at, w->n, c);
	t->letters = (size_t)w->at + w->n;
}

enum rc match_words_split(struct str text, bool numbers, struct match_text *ret)
{
	uint8_t c = 0, last = 0;
	bool broken = false;
	ret->n = ret->letters = 0;
	if (text.n >= MATCH_TEXT_MAX)
		return RC_LIMIT;
	while (text.n) {
		enum match_sign sign = match_spell_next(&text, &c);
		broken |= sign == MATCH_SIGN_BREAK;
		if (sign != MATCH_SIGN_LETTER)
			continue;
		if (parts(ret, last, c, broken, numbers))
			ret->word[ret->n++] = (struct match_word){.at = (uint8_t)ret->letters};
		letter_add(ret, c);
		last = c;
		broken = false;
	}
	for (size_t i = 0; i < ret->n; i++)
		ret->word[i].gist = match_letter_gist(match_words_letters(ret, i));
	return ret->n ? RC_OK : RC_ABSENT;
}

void match_words_glue(struct match_text *text, size_t i)
{
	assert(i + 1 < text->n);
	text->word[i].n = (uint8_t)(text->word[i].n + text->word[i + 1].n);
	text->n--;
	memmove(&text->word[i + 1], &text->word[i + 2], (text->n - i - 1) * sizeof *text->word);
	text->word[i].gist = match_letter_gist(match_words_letters(text, i));
}

uint64_t match_words_key(const struct match_text *text, size_t first, size_t last)
{
	static const char sign[] = " ABCDEFGHIJKLMNOPQRSTUVWXYZ#?0123456789";
	_Static_assert(sizeof sign == MATCH_LETTER_COUNT + 1, "one for each");
	size_t at = text->word[first].at, n = (size_t)text->word[last].at + text->word[last].n - at;
	char z[MATCH_KEY_MAX] = "";
	uint64_t key;
	if (n > MATCH_KEY_MAX)
		return 0;
	for (size_t i = 0; i < n; i++)
		z[i] = sign[text->letter[at + i]];
	memcpy(&key, z, sizeof key);
	return key;
}

size_t match_words_find(uint64_t key, const void *table, size_t n, size_t size)
{
	const char *row = table;
	for (size_t i = 0; i < n; i++, row += size)
		if (memcmp(row, &key, sizeof key) == 0)
			return i;
	return n;
}

/* ---- two words ---- */

/* What the asked letters say of the held ones: up to a quarter of those wrong costs
 * that much, half of them everything. */
static int gain_near(struct match_letters asked, struct match_letters held, int at_least)
{
	int all = (int)held.n * MATCH_LETTER_COST, half = all / 2;
	if (at_least >= half)
		return 0;
	int share = match_letter_distance(asked, held, half) * WHOLE / all;
	if (share >= WHOLE / 2)
		return 0;
	return share <= WHOLE / 4 ? WHOLE - share : 3 * (WHOLE / 2 - share);
}

static int gain_letters(struct match_letters asked, struct match_letters held, int at_least)
{
	if (match_letter_same(asked, held))
		return WHOLE;
	int gain = gain_near(asked, held, at_least);
	if (gain < SHORT && (match_letter_is_short(asked, held) || match_letter_is_short(held, asked)))
		return SHORT;
	return gain;
}

static bool is_abbreviation(struct match_letters few, struct match_letters many)
{
	return few.at[0] == many.at[0] && match_letter_is_short(few, many);
}

static int gain_words(const struct match_text *a, size_t i, const struct match_text *h, size_t j)
{
	const struct match_word *x = &a->word[i], *y = &h->word[j];
	struct match_letters p = match_words_letters(a, i), q = match_words_letters(h, j);
	if (x->kind == MATCH_NUMBER || y->kind == MATCH_NUMBER)
		return x->kind == y->kind && x->sense == y->sense && match_letter_same(p, q) ? WHOLE : 0;
	if (x->sense && x->sense == y->sense)
		return WHOLE;
	if ((y->sense && is_abbreviation(p, q)) || (x->sense && is_abbreviation(q, p)))
		return WHOLE;
	return gain_letters(p, q, match_letter_distance_least(x->gist, y->gist));
}

/* ---- two texts ---- */

struct pairing {
	const struct match_text *asked, *held;
	int gain[MATCH_WORDS_MAX][MATCH_WORDS_MAX]; /* of asked word, held word */
};

/* What is lost when these two stand for each other. Beside a held word that counts
 * nothing (a title), an asked one is as good as too many. */
static int loss_pair(const struct match_word *asked, const struct match_word *held, int gain)
{
	int stake = held->kind != MATCH_MARK || held->weight > asked->extra ? held->weight : asked->extra;
	return stake * (WHOLE - gain);
}

static int loss_of(const struct pairing *p, size_t i, size_t j)
{
	return loss_pair(&p->asked->word[i], &p->held->word[j], p->gain[i][j]);
}

static int loss_extra(const struct pairing *p, size_t i)
{
	return p->asked->word[i].extra * WHOLE;
}

static int loss_missing(const struct pairing *p, size_t j)
{
	return p->held->word[j].weight * WHOLE;
}

static inline int least(int a, int b)
{
	return a < b ? a : b;
}

/* Words i and i + 1 as one, when both are plain. */
static bool join(const struct match_text *t, size_t i, struct match_letters *ret, struct match_gist *ret_gist)
{
	const struct match_word *x = &t->word[i], *y = x + 1;
	*ret = (struct match_letters){t->letter + x->at, (size_t)x->n + y->n};
	*ret_gist = match_letter_gist_both(x->gist, y->gist);
	return x->kind == MATCH_WORD && y->kind == MATCH_WORD;
}

/* Two words on one side against one on the other: SRI WAHYUNI, SRIWAHYUNI. */
static int loss_joined_asked(const struct pairing *p, size_t i, size_t j)
{
	const struct match_word *one = &p->held->word[j];
	struct match_letters two;
	struct match_gist gist;
	if (one->kind != MATCH_WORD || !join(p->asked, i, &two, &gist))
		return LOSS_MAX;
	int gain = gain_near(two, match_words_letters(p->held, j), match_letter_distance_least(gist, one->gist));
	return gain ? one->weight * (WHOLE - gain) : LOSS_MAX;
}

static int loss_joined_held(const struct pairing *p, size_t i, size_t j)
{
	const struct match_word *one = &p->asked->word[i], *held = &p->held->word[j];
	struct match_letters two;
	struct match_gist gist;
	if (one->kind != MATCH_WORD || !join(p->held, j, &two, &gist))
		return LOSS_MAX;
	int gain = gain_near(match_words_letters(p->asked, i), two, match_letter_distance_least(one->gist, gist));
	return gain ? (held[0].weight + held[1].weight) * (WHOLE - gain) : LOSS_MAX;
}

/* The smallest loss of asked words from i, held words from j on. best: rows i + 1 and
 * i + 2 are known, and row i right of j. */
static int ordered_at(const struct pairing *p, size_t i, size_t j, int best[][MATCH_WORDS_MAX + 1])
{
	size_t n = p->asked->n, m = p->held->n;
	if (i == n && j == m)
		return 0;
	if (i == n)
		return best[i][j + 1] + loss_missing(p, j);
	if (j == m)
		return best[i + 1][j] + loss_extra(p, i);
	int pair = loss_of(p, i, j) + best[i + 1][j + 1];
	int loss = least(pair, least(best[i + 1][j] + loss_extra(p, i), best[i][j + 1] + loss_missing(p, j)));
	if (loss == 0)
		return 0;
	if (i + 1 < n)
		loss = least(loss, loss_joined_asked(p, i, j) + best[i + 2][j + 1]);
	if (j + 1 < m)
		loss = least(loss, loss_joined_held(p, i, j) + best[i + 1][j + 2]);
	return loss;
}

static int loss_ordered(const struct pairing *p)
{
	int best[MATCH_WORDS_MAX + 1][MATCH_WORDS_MAX + 1] = {{0}};
	for (size_t i = p->asked->n + 1; i-- > 0;)
		for (size_t j = p->held->n + 1; j-- > 0;)
			best[i][j] = ordered_at(p, i, j, best);
	return best[0][0];
}

/* best[set]: the smallest loss of the asked words so far when these held ones are
 * taken; `to` after one more asked word. */
static void free_step(const struct pairing *p, size_t i, const int *from, int *to)
{
	size_t m = p->held->n, sets = (size_t)1 << m;
	for (size_t set = 0; set < sets; set++)
		to[set] = from[set] + loss_extra(p, i);
	for (size_t j = 0; j < m; j++) {
		int loss = loss_of(p, i, j);
		for (size_t set = 0; set < sets; set++)
			if (!(set >> j & 1))
				/* every set was written by the loop above. NOLINTNEXTLINE(clang-analyzer-core.*) */
				to[set | (size_t)1 << j] = least(to[set | (size_t)1 << j], from[set] + loss);
	}
}

static int loss_free(const struct pairing *p)
{
	int room[2][1 << MATCH_WORDS_MAX], *now = room[0], *next = room[1];
	size_t m = p->held->n, sets = (size_t)1 << m;
	for (size_t set = 0; set < sets; set++)
		now[set] = set ? LOSS_MAX / 2 : 0;
	for (size_t i = 0; i < p->asked->n; i++) {
		free_step(p, i, now, next);
		int *swap = now;
		now = next, next = swap;
	}
	int loss = LOSS_MAX;
	for (size_t set = 0; set < sets; set++) {
		int missing = 0;
		for (size_t j = 0; j < m; j++)
			missing += set >> j & 1 ? 0 : loss_missing(p, j);
		loss = least(loss, now[set] + missing);
	}
	return loss;
}

/* No pairing loses less: every held word with the asked one that says it best. */
static int loss_bound(const struct pairing *p)
{
	int bound = 0;
	for (size_t j = 0; j < p->held->n; j++) {
		int best = loss_missing(p, j);
		for (size_t i = 0; i < p->asked->n; i++)
			best = least(best, loss_of(p, i, j));
		bound += best;
	}
	return bound;
}

static void gains_fill(struct pairing *p)
{
	for (size_t i = 0; i < p->asked->n; i++)
		for (size_t j = 0; j < p->held->n; j++)
			p->gain[i][j] = gain_words(p->asked, i, p->held, j);
}

static int weight_all(const struct match_text *t)
{
	int sum = 0;
	for (size_t i = 0; i < t->n; i++)
		sum += t->word[i].weight;
	return sum;
}

int match_words_score(const struct match_text *asked, const struct match_text *held)
{
	struct pairing p = {.asked = asked, .held = held};
	int all = weight_all(held) * WHOLE, swap = all / 100 * MATCH_SWAP;
	if (all == 0)
		return 0;
	gains_fill(&p);
	int loss = loss_ordered(&p);
	if (loss > swap && asked->n > 1 && held->n > 1 && loss_bound(&p) + swap < loss)
		loss = least(loss, loss_free(&p) + swap);
	return loss >= all ? 0 : (int)((int64_t)(all - loss) * 100 / all);
}
