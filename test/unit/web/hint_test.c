/* SPDX-License-Identifier: EUPL-1.2
 * Under outcome 15 the portal says why, from the typed digits alone: every flaw has a
 * sentence that names the place, and nothing typed is repeated but two digits. */
#include "web/hint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct row {
	const char *typed;
	enum nik_flaw flaw;
	const char *says;
};
static const struct row rows[] = {
	{"3304130101", NIK_FLAW_LENGTH, "Baru 10 angka; NIK terdiri atas 16 angka."},
	{"33041301019099999", NIK_FLAW_LENGTH, "Lebih dari 16 angka; NIK terdiri atas 16 angka."},
	{"bukannik", NIK_FLAW_DIGIT, "NIK terdiri atas 16 angka saja; huruf O bukan angka 0, huruf l bukan angka 1."},
	{"33041301019O9999", NIK_FLAW_DIGIT, "NIK terdiri atas 16 angka saja; huruf O bukan angka 0, huruf l bukan angka 1."},
	{"0004130101909999", NIK_FLAW_PROVINCE, "Angka ke-1 dan ke-2 (00) bukan kode provinsi."},
	{"3300130101909999", NIK_FLAW_KAB, "Angka ke-3 dan ke-4 (00) bukan kode kabupaten/kota."},
	{"3304000101909999", NIK_FLAW_KEC, "Angka ke-5 dan ke-6 (00) bukan kode kecamatan."},
	{"3304133501909999", NIK_FLAW_DAY, "Tanggal 35 tidak ada (angka ke-7 dan ke-8: 01-31, atau 41-71 untuk perempuan)."},
	{"3304138101909999", NIK_FLAW_DAY, "Tanggal 81 tidak ada (angka ke-7 dan ke-8: 01-31, atau 41-71 untuk perempuan)."},
	{"3304131013909999", NIK_FLAW_MONTH, "Bulan 13 tidak ada (angka ke-9 dan ke-10: 01-12)."},
	{"3304133102909999", NIK_FLAW_DATE, "Tanggal 31 tidak ada pada bulan 02 (angka ke-7 sampai dengan ke-10)."},
	{"3304137104909999", NIK_FLAW_DATE, "Tanggal 31 tidak ada pada bulan 04 (angka ke-7 sampai dengan ke-10)."},
	{"3304130101900000", NIK_FLAW_SERIAL, "Empat angka terakhir tidak pernah 0000."},
};

static void every_flaw_says_where_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		BUF_AUTO out = BUF(240);
		struct nik nik;
		enum nik_flaw flaw = NIK_FLAW_NONE;
		assert_int_equal(nik_from_str(str_c(rows[i].typed), &nik, &flaw), RC_INVALID);
		assert_int_equal(flaw, rows[i].flaw);
		hint_write(&out, flaw, str_c(rows[i].typed));
		buf_addc(&out, 0);
		assert_true(buf_ok(&out));
		assert_string_equal(out.at, rows[i].says);
	}
}

static void what_is_well_formed_gets_no_hint(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(240);
	hint_write(&out, NIK_FLAW_NONE, S("3304130101909999"));
	assert_int_equal(out.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flaw_says_where_it_is),
		cmocka_unit_test(what_is_well_formed_gets_no_hint),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
