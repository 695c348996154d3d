/* SPDX-License-Identifier: EUPL-1.2
 * Addresses and birthplaces, rule by rule: marks however they are spelt, numbers right
 * or wrong, RT and RW, and what of the region may be said. */
#include "registry/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static int address(const char *asked, const char *held)
{
	return match_address(str_c(asked), str_c(held));
}

static void marks_are_one_however_they_are_spelt(void **state)
{
	static const char *const same[][2] = {
		{"JLN MAWAR", "JL. MAWAR"},       {"Jalan Mawar", "JL MAWAR"},     {"GG. MAWAR", "GANG MAWAR"},
		{"DSN KRAJAN", "DUSUN KRAJAN"},   {"DK KRAJAN", "DUKUH KRAJAN"},   {"KP. KRAJAN", "KAMPUNG KRAJAN"},
		{"PERUM INDAH", "PERUMAHAN INDAH"}, {"BLK C", "BLOK C"},           {"MAWAR NOMOR 5", "MAWAR NO. 5"},
		{"LINGKUNGAN KRAJAN", "LK KRAJAN"}, {"MAWAR NO12", "MAWAR NO 12"}, {"RT01 RW02 KRAJAN", "RT 1 RW 2 KRAJAN"},
	};
	(void)state;
	for (size_t i = 0; i < LEN(same); i++)
		if (address(same[i][0], same[i][1]) != 100)
			fail_msg("%s, %s", same[i][0], same[i][1]);
	assert_in_range(address("MAWAR", "JL. MAWAR"), 90, 99);
}

static void a_number_is_right_or_wrong(void **state)
{
	(void)state;
	const char *held = "JL. MERDEKA NO. 12";
	int right = address("JL MERDEKA NO 12", held), near = address("JL MERDEKA NO 13", held);
	assert_int_equal(right, 100);
	assert_int_equal(address("JL MERDEKA NO 012", held), 100);
	assert_true(near < 80);
	assert_int_equal(near, address("JL MERDEKA NO 99", held));
	assert_true(near < address("JL MERDEKO NO 12", held)); /* stricter than a word */
	assert_true(address("JL MERDEKA NO 12 A", held) < 100);
	assert_true(address("JL MERDEKA NO 1 2", held) < 80);
}

static void rt_and_rw(void **state)
{
	(void)state;
	assert_int_equal(address("KRAJAN RT 1 RW 2", "KRAJAN RT 001/RW 002"), 100);
	assert_true(address("KRAJAN RT 01/02", "KRAJAN RT 1 RW 2") >= 95);
	assert_int_equal(address("KRAJAN RT 5 RW 6", "KRAJAN"), 100); /* elements of their own */
	assert_true(address("KRAJAN RT 2 RW 1", "KRAJAN RT 1 RW 2") < 80);
	assert_true(address("KRAJAN RT 1 RW 3", "KRAJAN RT 1 RW 2") < 80);
}

static void the_region_may_be_said(void **state)
{
	(void)state;
	assert_int_equal(address("KRAJAN DESA LEKSANA KEC. KARANGKOBAR KAB. BANJARNEGARA", "KRAJAN"), 100);
	assert_true(address("KRAJAN LEKSANA", "KRAJAN") < 80); /* a word too many */
}

static void birthplaces(void **state)
{
	(void)state;
	assert_int_equal(match_place(S("Kab. Banjarnegara"), S("BANJARNEGARA")), 100);
	assert_int_equal(match_place(S("BANJARNEGARA"), S("KABUPATEN BANJARNEGARA")), 100);
	assert_int_equal(match_place(S("Poerbalingga"), S("PURBALINGGA")), 100);
	assert_int_equal(match_place(S("KOTA"), S("KOTA")), 100);
	assert_true(match_place(S("BANYUMAS"), S("BANJARNEGARA")) < 60);
	assert_true(match_place(S("PURWOKERTO"), S("PURWOREJO")) < 80);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_one_however_they_are_spelt),
		cmocka_unit_test(a_number_is_right_or_wrong),
		cmocka_unit_test(rt_and_rw),
		cmocka_unit_test(the_region_may_be_said),
		cmocka_unit_test(birthplaces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
