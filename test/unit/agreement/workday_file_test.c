/* SPDX-License-Identifier: EUPL-1.2
 * The calendar as text: what a person or a spreadsheet writes is read, what is wrong
 * is named with its line, and the calendar that is compiled in is whole. */
#include "agreement/workday_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define HEAD "tanggal,jenis,nama,sumber\n"
#define A "2026-01-01,libur,Tahun Baru,SKB 2026\n"

static struct arena arena;
static struct workday_row *rows;
static size_t n;
static struct err why;

static enum rc read(const char *text)
{
	arena_reset(&arena);
	n = 0;
	why = (struct err){0};
	return workday_file_read(str_c(text), &arena, &rows, &n, &why);
}

static void what_people_write_is_read(void **state)
{
	(void)state;
	static const char *const texts[] = {
	        HEAD "2026-12-24,cuti-bersama,Natal,SKB 2026\n" A,
	        HEAD A "2026-12-24,cuti,Natal,SKB 2026",
	        "\xef\xbb\xbf" HEAD A "\n\n2026-12-24,Cuti Bersama,Natal,SKB 2026\n\n",
	        "Tanggal;Jenis;Nama;Sumber\r\n01-01-2026;Libur;Tahun Baru;SKB 2026\r\n24/12/2026;cuti bersama;Natal;SKB 2026\r\n",
	        "\"tanggal\",\"jenis\",nama,sumber\n" A "\"2026-12-24\" , cuti-bersama , \"Natal\" ,\t\"SKB 2026\"\n",
	};
	for (size_t i = 0; i < LEN(texts); i++) {
		enum rc rc = read(texts[i]);
		if (rc != RC_OK)
			print_error("%zu: %s\n", i, why.what);
		assert_int_equal(rc, RC_OK);
		assert_int_equal(n, 2);
		assert_string_equal(day_iso(rows[0].day).z, "2026-01-01");
		assert_string_equal(day_iso(rows[1].day).z, "2026-12-24");
		assert_int_equal(rows[0].kind, WORKDAY_LIBUR);
		assert_int_equal(rows[1].kind, WORKDAY_CUTI_BERSAMA);
		assert_true(str_eq(rows[1].name, S("Natal")));
		assert_true(str_eq(rows[1].source, S("SKB 2026")));
	}
	assert_int_equal(read(HEAD "2026-03-19,libur,\"Nyepi, \"\"Saka\"\" 1948\",SKB"), RC_OK);
	assert_true(str_eq(rows[0].name, S("Nyepi, \"Saka\" 1948")));
	assert_int_equal(read(HEAD "2026-01-03,libur,Hari Sabtu,SKB"), RC_OK); /* a weekend may be named too */
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} table[] = {
	        {"", "tidak ada isi"},
	        {"\n\n", "tidak ada isi"},
	        {HEAD, "tidak ada baris selain judul kolom"},
	        {A, "baris 1: judul kolom"},
	        {"\ntanggal,jenis,nama\n", "baris 2: judul kolom"},
	        {HEAD A "2026-02-30,libur,x,y", "baris 3: tanggal '2026-02-30' tidak ada"},
	        {HEAD "46022,libur,x,y", "baris 2: tanggal '46022'"},
	        {HEAD "01-01/2026,libur,x,y", "baris 2: tanggal"},
	        {HEAD "\xff\xff,libur,x,y", "baris 2: tanggal ''"},
	        {HEAD "1999-12-31,libur,x,y", "baris 2: tahun harus antara 2000 dan 2199"},
	        {HEAD A "\n2026-02-01,bolos,x,y", "baris 4: jenis 'bolos' tidak dikenal"},
	        {HEAD "2026-02-01,libur,,y", "baris 2: nama harus diisi"},
	        {HEAD "2026-02-01,libur,x,\"  \"", "baris 2: sumber harus diisi"},
	        {HEAD "2026-02-01,libur,a\tb,y", "baris 2: nama harus berupa teks satu baris"},
	        {HEAD "2026-02-01,libur,\xc3,y", "baris 2: nama bukan teks UTF-8"},
	        {HEAD "2026-02-01,libur,x", "baris 2: harus ada empat kolom"},
	        {HEAD "2026-02-01,libur,x,y,z", "baris 2: lebih dari empat kolom"},
	        {HEAD "2026-02-01,libur,\"x,y", "baris 2: tanda kutip tidak ditutup"},
	        {HEAD "2026-02-01,libur,\"x\" x,y", "baris 2: ada teks sesudah"},
	        {HEAD "2026-02-01,libur,x,y\n" A "01-02-2026,cuti,x,y", "baris 4: tanggal 2026-02-01 sudah ada pada baris 2"},
	};
	for (size_t i = 0; i < LEN(table); i++) {
		assert_int_equal(read(table[i].text), RC_INVALID);
		if (!strstr(why.what, table[i].says))
			fail_msg("%zu: '%s' does not say '%s'", i, why.what, table[i].says);
	}
}

static void ceilings(void **state)
{
	(void)state;
	struct buf text = BUF((size_t)1 << 20);
	buf_addz(&text, HEAD);
	struct day day = day_from_ymd(2030, 1, 1);
	for (int i = 0; i < WORKDAY_ROWS_MAX; i++, day.n++)
		buf_addf(&text, "%s,libur,x,y\n", day_iso(day).z);
	buf_addc(&text, '\0');
	assert_int_equal(read(text.at), RC_OK);
	assert_int_equal(n, WORKDAY_ROWS_MAX);
	text.n--;
	buf_addf(&text, "%s,libur,x,y\n", day_iso(day).z);
	buf_addc(&text, '\0');
	assert_int_equal(read(text.at), RC_LIMIT);
	text.n--;
	while (text.n <= WORKDAY_TEXT_MAX)
		buf_addc(&text, '\n');
	buf_addc(&text, '\0');
	assert_int_equal(read(text.at), RC_LIMIT);
	buf_clear(&text);
	buf_addz(&text, HEAD "2026-02-01,libur,");
	for (int i = 0; i <= WORKDAY_NAME_MAX; i++)
		buf_addc(&text, 'x');
	buf_addz(&text, ",y");
	buf_addc(&text, '\0');
	assert_int_equal(read(text.at), RC_INVALID);
	assert_non_null(strstr(why.what, "nama terlalu panjang"));
	buf_free(&text);
}

static void any_prefix_is_taken_or_refused(void **state)
{
	(void)state;
	static const char whole[] = HEAD A "\"2026-12-24\",cuti,\"Natal, \"\"x\"\"\",SKB\n";
	char cut[sizeof whole];
	for (size_t i = 0; i < sizeof whole; i++) {
		memcpy(cut, whole, i);
		cut[i] = '\0';
		assert_int_not_equal(read(cut), RC_BROKEN);
	}
}

static int begin(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)512 << 10);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_people_write_is_read),
	        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
	        cmocka_unit_test(ceilings),
	        cmocka_unit_test(any_prefix_is_taken_or_refused),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
