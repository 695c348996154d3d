/* SPDX-License-Identifier: EUPL-1.2
 * The tables of kinds, states and steps have no holes: every state of every kind can be
 * reached and has a way out or is an end, every step has its words, its actor, its fields
 * and its letter (or says that it has none), every letter is one that pdf/letter.def
 * knows, and what a letter prints under the name of a field is a name it has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/words.h"
#include "pdf/letter.h"
#include "procedure/step.h"

static void letter_is_one(const char *key)
{
	enum letter letter;
	assert_non_null(key); /* NO_LETTER is said, never forgotten */
	if (*key)
		assert_int_equal(letter_from_key(str_c(key), &letter), RC_OK);
}

static void asks_are_whole(const struct ask *asks)
{
	size_t n = 0;
	assert_non_null(asks);
	for (const struct ask *ask = asks; ask->name; ask++, n++) {
		assert_true(*ask->name && ask->label && *ask->label);
		assert_int_equal(ask->type == ASK_CHOICE, ask->choice != CHOICE_NONE);
		if (ask->type == ASK_TEXT || ask->type == ASK_LINES || ask->type == ASK_INT || ask->type == ASK_NETS)
			assert_true(ask->max > 0);
		assert_ptr_equal(ask_find(asks, str_c(ask->name)), ask); /* no name twice */
		if (ask->type == ASK_NIK)
			assert_true(ask->sealed);
	}
	assert_true(n < ASKS_MAX);
}

static void every_kind_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < KIND_COUNT; i++) {
		const struct kind_row *row = kind_at(i);
		enum kind kind;
		assert_int_equal(row->kind, i);
		assert_true(*row->key && *row->label && *row->clause && *row->lead && row->open);
		assert_int_equal(kind_from_key(str_c(row->key), &kind), RC_OK);
		assert_int_equal(kind, i);
		asks_are_whole(row->asks);
		assert_non_null(ask_find(row->asks, str_c(row->title)));
		if (row->subject && *row->subject)
			assert_non_null(ask_find(row->asks, str_c(row->subject)));
		letter_is_one(row->letter);
		letter_is_one(row->form);
	}
	assert_null(kind_at(KIND_COUNT));
}

static void every_state_is_reached_and_left(void **state)
{
	(void)state;
	for (size_t i = 0; state_at(i); i++) {
		const struct state_row *row = state_at(i);
		bool reached = strcmp(row->key, STATE_FILED) == 0, left = false, by_turn = false;
		assert_true(*row->label);
		assert_ptr_equal(state_find(row->kind, str_c(row->key)), row);
		for (size_t j = 0; step_at(j); j++) {
			const struct step_row *step = step_at(j);
			unsigned actor = row->turn == TURN_INSTANSI ? ROLE_BIT(ROLE_KEPALA) : ROLE_BIT(ROLE_ADMIN);
			bool from = step->kind == row->kind && strcmp(step->from, row->key) == 0;
			reached = reached || (step->kind == row->kind && strcmp(step->to, row->key) == 0);
			left = left || from;
			by_turn = by_turn || (from && (step->by & actor));
		}
		if (!reached)
			fail_msg("%s: %s is never reached", kind_at(row->kind)->key, row->key);
		assert_int_equal(left, row->turn != TURN_NOBODY);
		assert_int_equal(by_turn, row->turn != TURN_NOBODY); /* whose turn it is can act */
		assert_int_equal(row->tone == TONE_OPEN, row->turn != TURN_NOBODY);
	}
}

static void every_step_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; step_at(i); i++) {
		const struct step_row *row = step_at(i);
		assert_true(*row->key && *row->label && *row->done && row->by);
		assert_non_null(state_find(row->kind, str_c(row->from)));
		assert_non_null(state_find(row->kind, str_c(row->to)));
		assert_ptr_equal(step_find(row->kind, str_c(row->from), str_c(row->key)), row);
		asks_are_whole(row->asks);
		letter_is_one(row->letter);
	}
}

/* From `filed` an end can be reached, whatever happened before. */
static void every_kind_comes_to_an_end(void **state)
{
	(void)state;
	for (size_t i = 0; state_at(i); i++) {
		const struct state_row *at = state_at(i);
		for (int hops = 0; at->turn != TURN_NOBODY; hops++) {
			const struct step_row *out = NULL;
			for (size_t j = 0; step_at(j); j++) /* the last row that leads elsewhere */
				if (step_at(j)->kind == at->kind && strcmp(step_at(j)->from, at->key) == 0 &&
				    strcmp(step_at(j)->to, at->key) != 0)
					out = step_at(j);
			assert_non_null(out);
			at = state_find(at->kind, str_c(out->to));
			assert_true(hops < 10);
		}
	}
}

static bool letter_names(const char *key, const char *name)
{
	enum letter letter;
	const struct letter_name *known;
	assert_int_equal(letter_from_key(str_c(key), &letter), RC_OK);
	for (size_t i = 0; (known = letter_name_at(letter, i)); i++)
		if (strcmp(known->name, name) == 0)
			return true;
	return false;
}

/* A field with a dot in it is called as a letter calls it. */
static void dotted_fields_are_names_of_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < KIND_COUNT; i++)
		for (const struct ask *ask = kind_at(i)->asks; ask->name; ask++) {
			if (!strchr(ask->name, '.'))
				continue;
			const char *form = kind_at(i)->form;
			assert_true(letter_names(*form ? form : kind_at(i)->letter, ask->name) || *kind_at(i)->form == 0);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_kind_is_whole),
	        cmocka_unit_test(every_state_is_reached_and_left),
	        cmocka_unit_test(every_step_is_whole),
	        cmocka_unit_test(every_kind_comes_to_an_end),
	        cmocka_unit_test(dotted_fields_are_names_of_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
