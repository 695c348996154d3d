/* SPDX-License-Identifier: EUPL-1.2
 * Names, rule by rule: for each a pair and the range its score must lie in. The exact
 * scores of more examples stand in doc/matching.md and are tried by match_doc_test. */
#include "registry/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

struct pair {
	const char *asked, *held;
	int least, most;
};

static void expect(const struct pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int score = match_name(str_c(pairs[i].asked), str_c(pairs[i].held));
		if (score < pairs[i].least || score > pairs[i].most)
			fail_msg("'%s' asked of '%s': %d, not %d to %d", pairs[i].asked, pairs[i].held, score, pairs[i].least,
			         pairs[i].most);
	}
}

static void titles_count_nothing(void **state)
{
	static const struct pair pairs[] = {
		{"H SLAMET", "SLAMET", 100, 100},
		{"Hj. Siti Aminah", "SITI AMINAH", 100, 100},
		{"Prof. Dr. Ir. H. BUDI SANTOSO", "BUDI SANTOSO", 100, 100},
		{"dr. BUDI SANTOSO, Sp.OG", "BUDI SANTOSO", 100, 100},
		{"BUDI SANTOSO SE MM", "BUDI SANTOSO", 100, 100},
		{"BUDI SANTOSO S. Pd. I", "BUDI SANTOSO", 100, 100},
		{"BUDI SANTOSO, A.Md.Kep", "BUDI SANTOSO", 100, 100},
		{"DRS. BUDI SANTOSO", "DR. BUDI SANTOSO, S.H.", 100, 100},
		{"BUDI SANTOSO (ALM)", "BUDI SANTOSO", 100, 100},
	};
	(void)state;
	expect(pairs, LEN(pairs));
}

static void titles_are_titles_only_where_titles_stand(void **state)
{
	static const struct pair pairs[] = {
		{"IR", "IR", 100, 100},                    /* the only word */
		{"BUDI", "BUDI HAJI SANTOSO", 0, 50},      /* in the middle */
		{"BUDI SE", "BUDI SETYO", 70, 80},         /* a word cut short */
		{"BUDI HARTONO", "BUDI SE", 0, 70},        /* a title stands for no word */
		{"SH", "SE", 0, 60},
	};
	(void)state;
	expect(pairs, LEN(pairs));
}

static void listed_abbreviations_are_the_word(void **state)
{
	static const char *const ways[] = {"M.", "M", "MUH", "Muh.", "MOH", "MOHD", "MOCH", "MUHD", "MUCH", "MUHAMAD", "MOHAMMAD",
	                                   "MOCHAMMAD", "MOCHAMAD", "MUKHAMAD", "MUHAMMED"};
	(void)state;
	for (size_t i = 0; i < LEN(ways); i++) {
		char z[64];
		size_t n = strlen(ways[i]);
		memcpy(z, ways[i], n);
		memcpy(z + n, " RIZKI", 6);
		assert_int_equal(match_name(str_from(z, n + 6), S("MUHAMMAD RIZKI")), 100);
	}
	static const struct pair pairs[] = {
		{"ABD RAHMAN", "ABDUL RAHMAN", 100, 100}, {"ST AMINAH", "SITI AMINAH", 100, 100},
		{"NOER AINI", "NUR AINI", 100, 100},      {"ST AMINAH", "SRI AMINAH", 0, 85},
	};
	expect(pairs, LEN(pairs));
}

static void words_swapped_and_missing(void **state)
{
	static const struct pair pairs[] = {
		{"SANTOSO BUDI", "BUDI SANTOSO", 95, 99},
		{"WIBOWO AGUS TRI", "AGUS TRI WIBOWO", 90, 99},
		{"BUDI WIBOWO", "BUDI HADI WIBOWO", 60, 70},
		{"BUDI HADI WIBOWO", "BUDI WIBOWO", 70, 80},
		{"AGUS", "WIBOWO", 0, 20},
		{"A B C D E F G H I J K L", "A B C D E F G H I J K L", 100, 100},
		{"L K J I H G F E D C B A", "A B C D E F G H I J K L", 50, 99},
	};
	(void)state;
	expect(pairs, LEN(pairs));
	/* saying less costs more than saying too much */
	assert_true(match_name(S("AGUS HADI"), S("AGUS HADI WIBOWO")) < match_name(S("AGUS HADI WIBOWO"), S("AGUS HADI")));
}

static void near_names_of_others(void **state)
{
	static const struct pair pairs[] = {
		{"BUDI SANTOSO", "JOKO SANTOSO", 40, 60},        {"SITI AMINAH", "SITI AISYAH", 0, 79},
		{"MUHAMMAD RIZKI", "MUHAMMAD FAJAR", 0, 40},     {"DWI LESTARI", "TRI LESTARI", 0, 85},
		{"SITI NURJANAH", "SITI NURHASANAH", 0, 89},     {"SARI WAHYUNI", "SRI WAHYUNI", 80, 95},
		{"AHMAD FAUZI HIDAYAT", "AHMAD HIDAYAT", 0, 80}, {"SUPARDI", "SUPARMAN", 0, 79},
	};
	(void)state;
	expect(pairs, LEN(pairs));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_count_nothing),
		cmocka_unit_test(titles_are_titles_only_where_titles_stand),
		cmocka_unit_test(listed_abbreviations_are_the_word),
		cmocka_unit_test(words_swapped_and_missing),
		cmocka_unit_test(near_names_of_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
