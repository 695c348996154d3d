/* SPDX-License-Identifier: EUPL-1.2
 * The door of kesesuaian: which elements have a score, what exact means for each of the
 * others, empty and oversized texts, and the threshold. */
#include "registry/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static bool scored(enum element e)
{
	return e == ELEMENT_NAMA_LGKP || e == ELEMENT_TMPT_LHR || e == ELEMENT_ALAMAT;
}

static void three_elements_have_a_score(void **state)
{
	(void)state;
	for (int e = 0; e < ELEMENT_COUNT; e++)
		assert_int_equal(match_element((enum element)e, S("1"), S("1"), 90).scored, scored((enum element)e));
}

static const struct {
	enum element element;
	const char *asked, *held;
	bool same;
} exact[] = {
	{ELEMENT_NO_KK, "3304131203119904", "3304131203119904", true},
	{ELEMENT_NO_KK, "3304131203119905", "3304131203119904", false},
	{ELEMENT_NO_KK, "9104131203119904", "9104131203119904", true},
	{ELEMENT_NO_KK, "9104131203119905", "9104131203119904", false}, /* one double */
	{ELEMENT_NO_KK, "03304131203119904", "3304131203119904", false},
	{ELEMENT_NO_KK, "3304-1312-0311-9904", "3304131203119904", false},
	{ELEMENT_NO_RT, "3", "003", true},
	{ELEMENT_NO_RT, "003", "003", true},
	{ELEMENT_NO_RT, "0", "000", true},
	{ELEMENT_NO_RT, "30", "003", false},
	{ELEMENT_NO_RW, "1x", "001", false},
	{ELEMENT_NO_KEC, "6", "06", true},
	{ELEMENT_NO_KEL, "2001", "2001", true},
	{ELEMENT_NO_KEL, "2002", "2001", false},
	{ELEMENT_TGL_LHR, "01-02-1990", "1990-02-01", true},
	{ELEMENT_TGL_LHR, "1990-02-01", "1990-02-01", true},
	{ELEMENT_TGL_LHR, "02-01-1990", "1990-02-01", false},
	{ELEMENT_TGL_LHR, "01-02-90", "1990-02-01", false},
	{ELEMENT_TGL_LHR, "30-02-1990", "30-02-1990", false},
	{ELEMENT_TGL_LHR, "01/02/1990", "1990-02-01", false},
	{ELEMENT_JENIS_KLMIN, "LAKI-LAKI", "Laki-Laki", true},
	{ELEMENT_JENIS_KLMIN, "laki laki", "Laki-Laki", true},
	{ELEMENT_JENIS_KLMIN, "1", "Laki-Laki", true},
	{ELEMENT_JENIS_KLMIN, "P", "Perempuan", true},
	{ELEMENT_JENIS_KLMIN, "P", "Laki-Laki", false},
	{ELEMENT_JENIS_KLMIN, "X", "X", false},
	{ELEMENT_JENIS_PKRJN, "Petani/Pekebun", "PETANI/PEKEBUN", true},
	{ELEMENT_JENIS_PKRJN, "PETANI / PEKEBUN", "PETANI/PEKEBUN", true},
	{ELEMENT_JENIS_PKRJN, "PETANI", "PETANI/PEKEBUN", false},
	{ELEMENT_KEC_NAME, "Karangkobar", "KARANGKOBAR", true},
	{ELEMENT_KEC_NAME, "KARANGKOBER", "KARANGKOBAR", false},
	{ELEMENT_PROP_NAME, "JAWA  TENGAH", "JAWA TENGAH", true},
};

static void exact_elements(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(exact); i++) {
		struct match m = match_element(exact[i].element, str_c(exact[i].asked), str_c(exact[i].held), 0);
		if (m.same != exact[i].same || m.score != (m.same ? 100 : 0))
			fail_msg("%s asked of %s", exact[i].asked, exact[i].held);
		assert_int_equal(match_exact(exact[i].element, str_c(exact[i].asked), str_c(exact[i].held)), exact[i].same);
	}
}

static void nothing_agrees_with_an_empty_text(void **state)
{
	static const char *const empty[] = {NULL, "", " ", "-", "...", "\t"};
	(void)state;
	for (int e = 0; e < ELEMENT_COUNT; e++)
		for (size_t i = 0; i < LEN(empty); i++) {
			struct str none = str_c(empty[i]);
			assert_false(match_element((enum element)e, none, S("1990-02-01"), 0).same);
			assert_false(match_element((enum element)e, S("1990-02-01"), none, 0).same);
			assert_false(match_element((enum element)e, none, none, 0).same);
			assert_int_equal(match_element((enum element)e, none, none, 0).score, 0);
		}
}

static void too_long_is_not_compared(void **state)
{
	(void)state;
	char z[MATCH_BYTES_MAX + 1];
	memset(z, 'A', sizeof z);
	struct str fits = {z, MATCH_BYTES_MAX}, not = {z, MATCH_BYTES_MAX + 1};
	assert_int_equal(match_name(fits, fits), 100);
	assert_int_equal(match_name(not, not), 0);
	assert_int_equal(match_address(not, not), 0);
	assert_int_equal(match_place(fits, not), 0);
	assert_true(match_element(ELEMENT_NAMA_LGKP, not, not, 0).same); /* as every score does (DOMAIN 4.1) */
	assert_false(match_element(ELEMENT_NAMA_LGKP, not, not, 1).same);
	assert_false(match_exact(ELEMENT_JENIS_PKRJN, not, not));
}

static void the_threshold_is_the_least_score_that_agrees(void **state)
{
	(void)state;
	struct str asked = S("BUDI SANTOSP"), held = S("BUDI SANTOSO");
	int score = match_name(asked, held);
	assert_true(match_element(ELEMENT_NAMA_LGKP, asked, held, score).same);
	assert_false(match_element(ELEMENT_NAMA_LGKP, asked, held, score + 1).same);
	assert_int_equal(match_element(ELEMENT_NAMA_LGKP, asked, held, 1).score, score);
	assert_true(match_element(ELEMENT_NAMA_LGKP, held, held, 1000).same);
	assert_true(match_element(ELEMENT_NAMA_LGKP, S("SLAMET"), S("UNTUNG"), -5).same);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_elements_have_a_score),
		cmocka_unit_test(exact_elements),
		cmocka_unit_test(nothing_agrees_with_an_empty_text),
		cmocka_unit_test(too_long_is_not_compared),
		cmocka_unit_test(the_threshold_is_the_least_score_that_agrees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
