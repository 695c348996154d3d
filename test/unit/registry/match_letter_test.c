/* SPDX-License-Identifier: EUPL-1.2
 * Letters: costs are symmetric and bounded, a glance never says more than the distance,
 * and a distance is what one would count by hand. */
#include "registry/match_spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "registry/chance.h"

struct word {
	uint8_t at[64];
	size_t n;
};

static struct match_letters letters(const struct word *w)
{
	return (struct match_letters){w->at, w->n};
}

static struct word read(const char *z)
{
	struct word w = {.n = 0};
	struct str rest = str_c(z);
	uint8_t c;
	while (rest.n)
		if (match_spell_next(&rest, &c) == MATCH_SIGN_LETTER)
			w.n = match_spell_add(w.at, w.n, c);
	return w;
}

static int distance(const char *a, const char *b)
{
	struct word x = read(a), y = read(b);
	int there = match_letter_distance(letters(&x), letters(&y), 1000);
	assert_int_equal(there, match_letter_distance(letters(&y), letters(&x), 1000));
	return there;
}

static void costs_are_symmetric_and_bounded(void **state)
{
	(void)state;
	for (uint8_t a = 1; a < MATCH_LETTER_COUNT; a++)
		for (uint8_t b = 1; b < MATCH_LETTER_COUNT; b++) {
			int cost = match_letter_cost(a, b);
			assert_int_equal(cost, match_letter_cost(b, a));
			assert_in_range(cost, a == b ? 0 : 1, a == b ? 0 : MATCH_LETTER_COST);
			assert_true(cost <= match_letter_gone(a) + match_letter_gone(b));
		}
}

static void a_distance_is_counted_by_hand(void **state)
{
	(void)state;
	assert_int_equal(distance("SANTOSO", "SANTOSO"), 0);
	assert_int_equal(distance("SANTOSO", "SANTOSB"), 10);
	assert_int_equal(distance("SANTOSO", "SANTOSP"), 7); /* beside each other on the keyboard */
	assert_int_equal(distance("SANTOSO", "SANTOS"), 10);
	assert_int_equal(distance("SANTOSO", "SATNOSO"), 8);
	assert_int_equal(distance("SANTOSO", "SANT0S0"), 4);
	assert_int_equal(distance("SUPARTI", "SUPARTO"), 10); /* not cheaper: sister and brother */
	assert_int_equal(distance("MUHAMMAD", "MUHAMAD"), 0);
	assert_int_equal(distance("ANISA", "ANNISSA"), 0);
	assert_int_equal(distance("RIYANTO", "RIANTO"), 5);
	assert_int_equal(distance("", "ABC"), 30);
}

static void one_spelling(void **state)
{
	static const char *const pairs[][2] = {
		{"SOEKARNO", "SUKARNO"}, {"djoko", "JOKO"}, {"TJIPTO", "CIPTO"}, {"SJAHRIR", "SYAHRIR"}, {"CHAIRIL", "KHAIRIL"},
		{"MA'RUF", "MARUF"}, {"Ma\xe2\x80\x99ruf", "MARUF"}, {"\xc3\x89KA", "EKA"}, {"NOER", "NUR"},
	};
	(void)state;
	for (size_t i = 0; i < LEN(pairs); i++) {
		struct word a = read(pairs[i][0]), b = read(pairs[i][1]);
		assert_true(match_letter_same(letters(&a), letters(&b)));
	}
	assert_int_equal(distance("SOERJO", "SURYO"), 2); /* near, not the same: BANJAR, JOKO */
	assert_int_equal(distance("NJOMAN", "NYOMAN"), 2);
	assert_int_equal(distance("\xff\xfe", "A"), 20);
}

static struct word any_word(struct chance *c)
{
	struct word w = {.n = (size_t)chance_between(c, 1, 9)};
	for (size_t i = 0; i < w.n; i++)
		w.at[i] = (uint8_t)chance_between(c, 1, chance_permille(c, 950) ? MATCH_LETTER_KH : MATCH_LETTER_COUNT - 1);
	return w;
}

static void a_glance_never_says_more_than_the_distance(void **state)
{
	(void)state;
	struct chance c = {20261123};
	for (int i = 0; i < 200000; i++) {
		struct word a = any_word(&c), b = any_word(&c);
		int all = match_letter_distance(letters(&a), letters(&b), 1000);
		int glance = match_letter_distance_least(match_letter_gist(letters(&a)), match_letter_gist(letters(&b)));
		assert_true(glance <= all);
		assert_int_equal(match_letter_distance(letters(&a), letters(&b), 20), all < 20 ? all : 20);
		assert_int_equal(match_letter_distance(letters(&b), letters(&a), 1000), all);
	}
}

static void what_is_short(void **state)
{
	(void)state;
	struct word few = read("SGT"), many = read("SIGIT"), other = read("SGTX");
	assert_true(match_letter_is_short(letters(&few), letters(&many)));
	assert_false(match_letter_is_short(letters(&many), letters(&few)));
	assert_false(match_letter_is_short(letters(&many), letters(&many)));
	assert_false(match_letter_is_short(letters(&other), letters(&many)));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(costs_are_symmetric_and_bounded),
		cmocka_unit_test(a_distance_is_counted_by_hand),
		cmocka_unit_test(one_spelling),
		cmocka_unit_test(a_glance_never_says_more_than_the_distance),
		cmocka_unit_test(what_is_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
