/* SPDX-License-Identifier: EUPL-1.2
 * Clause ids as an official cites them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "web/clause.h"

static void ids_become_citations(void **state)
{
	(void)state;
	static const struct {
		const char *ids, *words;
	} rows[] = {
		{"", ""},
		{"P4", "PKS Pasal 4"},
		{"P9.1", "PKS Pasal 9 ayat (1)"},
		{"P2.1b", "PKS Pasal 2 ayat (1) huruf b"},
		{"J.II.B", "Juknis angka II.B"},
		{"J.II.C / J.IV", "Juknis angka II.C; Juknis angka IV"},
		{"P4 / J.VI.F", "PKS Pasal 4; Juknis angka VI.F"},
	};
	struct arena arena;
	arena_init(&arena, 4096);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str words = clause_words(&arena, str_c(rows[i].ids));
		assert_int_equal(words.n, strlen(rows[i].words));
		assert_memory_equal(words.at, rows[i].words, words.n);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(ids_become_citations)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
