/* SPDX-License-Identifier: EUPL-1.2
 * Outcomes: code, texts, kind and hit, letter for letter as the guideline has them
 * (DOMAIN 2). */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>

static const struct outcome_row want[] = {
        {OUTCOME_DATA, "01", "", "", OUTCOME_KIND_ANSWER, true},
        {OUTCOME_DECEASED, "11", "Data Ditemukan, Meninggal Dunia", "Data Ditemukan, Meninggal Dunia", OUTCOME_KIND_EMPTY_ANSWER,
         true},
        {OUTCOME_DOUBLE, "12", "Data Ditemukan, Data Ganda", "Data Ditemukan, Data Ganda", OUTCOME_KIND_EMPTY_ANSWER, true},
        {OUTCOME_ABSENT, "13", "Data tidak ditemukan, NIK tidak terdapat di database kependudukan",
         "Data Tidak Ditemukan, NIK tidak terdapat di database Kependudukan", OUTCOME_KIND_EMPTY_ANSWER, true},
        {OUTCOME_NONACTIVE, "14", "Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil",
         "Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil", OUTCOME_KIND_EMPTY_ANSWER, true},
        {OUTCOME_FORMAT, "15", "Data tidak ditemukan, NIK tidak sesuai format Dukcapil",
         "Data Tidak Ditemukan, NIK tidak sesuai format Dukcapil", OUTCOME_KIND_EMPTY_ANSWER, false},
        {OUTCOME_LOGIN, "03", "Gagal Login", "Login Gagal", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_QUOTA, "05", "Kuota akses hari ini telah habis", "Kuota Akses Hari ini telah Habis", OUTCOME_KIND_PARAMETER,
         false},
        {OUTCOME_INSTANSI, "16", "Instansi tidak aktif", "Instansi Tidak Aktif", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_USER, "17", "User ID non aktif, silahkan menghubungi Admin", "User ID Tidak Aktif", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_PEER, "10", "Gagal Login", "IP Client Tidak terdaftar", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_ADDRESS, "04", "Gagal Login", "IP Address Tidak Sesuai", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_PARAMETER, "07", "", "Parameter Tidak Lengkap / Tidak Valid", OUTCOME_KIND_PARAMETER, false},
        {OUTCOME_CREDENTIAL, "09", "", "User, password dan IP tidak boleh kosong", OUTCOME_KIND_PARAMETER, false},
};

static void letter_for_letter(void **state)
{
	(void)state;
	size_t n = 0;
	while (outcome_at(n))
		n++;
	assert_int_equal(n, LEN(want));
	for (size_t i = 0; i < LEN(want); i++) {
		const struct outcome_row *row = outcome_get(want[i].outcome);
		enum outcome outcome;
		char code[16];
		assert_int_equal(row->outcome, want[i].outcome);
		assert_string_equal(row->code, want[i].code);
		assert_string_equal(row->portal, want[i].portal);
		assert_string_equal(row->wire, want[i].wire);
		assert_int_equal(row->kind, want[i].kind);
		assert_int_equal(row->hit, want[i].hit);
		assert_int_equal(outcome_from_code(str_c(want[i].code), &outcome), RC_OK);
		assert_int_equal(outcome, want[i].outcome);
		snprintf(code, sizeof code, "%02d", (int)want[i].outcome); /* the enum's value is the code */
		assert_string_equal(row->code, code);
	}
}

static void other_codes_are_none(void **state)
{
	(void)state;
	enum outcome outcome;
	static const char *const bad[] = {"", "1", "00", "02", "06", "08", "18", "011", "aa"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(outcome_from_code(str_c(bad[i]), &outcome), RC_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(letter_for_letter), cmocka_unit_test(other_codes_are_none)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
