/* SPDX-License-Identifier: EUPL-1.2
 * The answer card (P2.1a): eight elements in clause order, only what was granted, and
 * the address put together from its parts. */
#include "web/card.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "web/address.h"
#include "web/answer.page.h"

static void assert_text(struct str s, const char *z)
{
	assert_int_equal(s.n, strlen(z));
	assert_memory_equal(s.at, z, s.n);
}

static void all(struct str parts[ELEMENT_COUNT])
{
	memset(parts, 0, sizeof(struct str) * ELEMENT_COUNT);
	parts[ELEMENT_NO_KK] = S("3304131203119904");
	parts[ELEMENT_NIK] = S("3304134107859907");
	parts[ELEMENT_NAMA_LGKP] = S("SRI CONTOH");
	parts[ELEMENT_JENIS_KLMIN] = S("Perempuan");
	parts[ELEMENT_TMPT_LHR] = S("BANJARNEGARA");
	parts[ELEMENT_TGL_LHR] = S("1985-07-01");
	parts[ELEMENT_JENIS_PKRJN] = S("PETANI/PEKEBUN");
	parts[ELEMENT_ALAMAT] = S("DUSUN KRAJAN");
	parts[ELEMENT_PROP_NAME] = S("JAWA TENGAH");
	parts[ELEMENT_KAB_NAME] = S("BANJARNEGARA");
	parts[ELEMENT_NO_KEC] = S("13");
	parts[ELEMENT_KEC_NAME] = S("KARANGKOBAR");
	parts[ELEMENT_KEL_NAME] = S("LEKSANA");
	parts[ELEMENT_NO_RT] = S("003");
	parts[ELEMENT_NO_RW] = S("001");
}

static void the_base_grant_makes_the_whole_card(void **state)
{
	struct arena *arena = *state;
	struct str parts[ELEMENT_COUNT];
	struct page_answer_row rows[CARD_ROWS_MAX];
	static const char *const want[][2] = {
		{"Nomor KK", "330413 120311 9904"},
		{"NIK", "330413 410785 9907"},
		{"Nama lengkap", "SRI CONTOH"},
		{"Jenis kelamin", "Perempuan"},
		{"Tempat, tanggal lahir", "BANJARNEGARA, 1 Juli 1985"},
		{"Jenis pekerjaan", "PETANI/PEKEBUN"},
	};
	all(parts);
	assert_int_equal(card_rows(arena, parts, rows), LEN(want) + 1);
	for (size_t i = 0; i < LEN(want); i++) {
		assert_text(rows[i].label, want[i][0]);
		assert_text(rows[i].text, want[i][1]);
		assert_int_equal(rows[i].digits, i < 2);
	}
	assert_text(rows[LEN(want)].label, "Alamat sekarang");
	assert_int_equal(rows[LEN(want)].lines_n, ADDRESS_LINES);
}

static void what_was_not_granted_makes_no_row(void **state)
{
	struct arena *arena = *state;
	struct str parts[ELEMENT_COUNT] = {{0}};
	struct page_answer_row rows[CARD_ROWS_MAX];
	assert_int_equal(card_rows(arena, parts, rows), 0);
	parts[ELEMENT_TMPT_LHR] = S("BANJARNEGARA");
	assert_int_equal(card_rows(arena, parts, rows), 1);
	assert_text(rows[0].label, "Tempat lahir");
	assert_text(rows[0].text, "BANJARNEGARA");
	parts[ELEMENT_TMPT_LHR] = (struct str){NULL, 0};
	parts[ELEMENT_TGL_LHR] = S("1985-07-01");
	assert_int_equal(card_rows(arena, parts, rows), 1);
	assert_text(rows[0].label, "Tanggal lahir");
	assert_text(rows[0].text, "1 Juli 1985");
}

static void a_date_no_calendar_has_is_shown_as_it_came(void **state)
{
	struct arena *arena = *state;
	struct str parts[ELEMENT_COUNT] = {{0}};
	struct page_answer_row rows[CARD_ROWS_MAX];
	parts[ELEMENT_TGL_LHR] = S("1985-02-30");
	assert_int_equal(card_rows(arena, parts, rows), 1);
	assert_text(rows[0].text, "1985-02-30");
}

static void an_address_names_every_granted_part_and_the_codes(void **state)
{
	struct arena *arena = *state;
	struct str parts[ELEMENT_COUNT], lines[ADDRESS_LINES];
	static const char *const want[ADDRESS_LINES] = {
		"DUSUN KRAJAN",                "RT 003 / RW 001",         "Desa/Kelurahan LEKSANA (2001)",
		"Kecamatan KARANGKOBAR (13)", "Kabupaten/Kota BANJARNEGARA", "Provinsi JAWA TENGAH",
	};
	all(parts);
	parts[ELEMENT_NO_KEL] = S("2001"); /* by addendum */
	assert_int_equal(address_lines(arena, parts, lines), ADDRESS_LINES);
	for (size_t i = 0; i < ADDRESS_LINES; i++)
		assert_text(lines[i], want[i]);
}

static void an_address_leaves_out_what_is_absent(void **state)
{
	struct arena *arena = *state;
	struct str parts[ELEMENT_COUNT] = {{0}}, lines[ADDRESS_LINES];
	assert_int_equal(address_lines(arena, parts, lines), 0);
	parts[ELEMENT_NO_RT] = S("003");
	parts[ELEMENT_NO_KEC] = S("13");
	assert_int_equal(address_lines(arena, parts, lines), 2);
	assert_text(lines[0], "RT 003");
	assert_text(lines[1], "Kecamatan (13)");
}

static int setup(void **state)
{
	static struct arena arena;
	arena_init(&arena, (size_t)64 << 10);
	*state = &arena;
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_base_grant_makes_the_whole_card),
		TEST(what_was_not_granted_makes_no_row),
		TEST(a_date_no_calendar_has_is_shown_as_it_came),
		TEST(an_address_names_every_granted_part_and_the_codes),
		TEST(an_address_leaves_out_what_is_absent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
