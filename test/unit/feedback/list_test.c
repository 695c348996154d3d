/* SPDX-License-Identifier: EUPL-1.2
 * Field lists as rows (DOMAIN 3, 6): headings, every flaw by its name, damaged NIKs, rows
 * that repeat or contradict one another, and the way into bytes and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "feedback/list.h"
#include "feedback/list_nik.h"

#define NIK "3304060101909901"

static struct arena arena;
static struct err err;

static int64_t now_us(void)
{
	return day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(36000) * US_PER_S;
}

static enum rc try_csv(const char *csv, struct list *ret)
{
	struct sheet sheet;
	arena_reset(&arena);
	assert_int_equal(sheet_read(str_c(csv), &arena, &sheet, &err), RC_OK);
	return list_read(&sheet, now_us(), &arena, ret, &err);
}

static struct list csv(const char *text)
{
	struct list list;
	enum rc rc = try_csv(text, &list);
	if (rc != RC_OK)
		print_error("%s: %s\n", text, err.what);
	assert_int_equal(rc, RC_OK);
	return list;
}

/* ---- a NIK out of a cell ---- */

static void test_nik(void **state)
{
	(void)state;
	static const struct {
		enum cell_kind kind;
		const char *text;
		enum list_flaw flaw;
	} cases[] = {
	        {CELL_TEXT, NIK, LIST_FINE},
	        {CELL_TEXT, "'" NIK, LIST_FINE},
	        {CELL_TEXT, "330406 010190 9901", LIST_FINE},
	        {CELL_TEXT, "330406.010190.9901", LIST_FINE},
	        {CELL_TEXT, "33.04.06.010190-9901", LIST_FINE},
	        {CELL_TEXT, "3304060101909910", LIST_FINE}, /* ends in 0, and one of ten does */
	        {CELL_EMPTY, "", LIST_NIK_EMPTY},
	        {CELL_TEXT, "'", LIST_NIK_EMPTY},
	        {CELL_TEXT, "3,30406E+15", LIST_NIK_EXPONENT},
	        {CELL_TEXT, "3.30406e+15", LIST_NIK_EXPONENT},
	        {CELL_TEXT, "3,30406010190991E+15", LIST_NIK_EXPONENT},
	        {CELL_TEXT, "3E15", LIST_NIK_EXPONENT},
	        {CELL_TEXT, "3304060000000000", LIST_NIK_ROUNDED},
	        {CELL_TEXT, "330406010190990", LIST_NIK_SHORT},
	        {CELL_TEXT, "33040601019099011", LIST_NIK_LONG},
	        {CELL_TEXT, "tidak ada", LIST_NIK_LETTER},
	        {CELL_TEXT, "330406010190990l", LIST_NIK_LETTER},
	        {CELL_TEXT, "330406010190990?", LIST_NIK_LETTER},
	        {CELL_TEXT, "-", LIST_NIK_LETTER},
	        {CELL_TEXT, "E+15", LIST_NIK_LETTER},
	        {CELL_TEXT, "3304063201909901", LIST_NIK_FORMAT},
	        {CELL_TEXT, "0304060101909901", LIST_NIK_FORMAT},
	        {CELL_NUMBER, NIK, LIST_FINE},
	        {CELL_NUMBER, "3304060101909901.0", LIST_FINE},
	        {CELL_NUMBER, "3.304060101909901E15", LIST_FINE},
	        {CELL_NUMBER, "3.304060101909901E+15", LIST_FINE},
	        {CELL_NUMBER, "3304060101909900", LIST_NIK_ROUNDED},
	        {CELL_NUMBER, "3.30406010190991E+15", LIST_NIK_ROUNDED},
	        {CELL_NUMBER, "3.30406E+15", LIST_NIK_ROUNDED},
	        {CELL_NUMBER, "9104060101909901", LIST_NIK_ROUNDED}, /* past 2^53 */
	        {CELL_NUMBER, "3304060101909901.5", LIST_NIK_LETTER},
	        {CELL_NUMBER, "-3304060101909901", LIST_NIK_LETTER},
	        {CELL_NUMBER, "1E+40", LIST_NIK_LETTER},
	        {CELL_NUMBER, "3.3E-5", LIST_NIK_LETTER},
	        {CELL_NUMBER, "12", LIST_NIK_SHORT},
	        {CELL_NUMBER, "33040601019099012", LIST_NIK_LONG},
	        {CELL_NUMBER, "3304063201909901", LIST_NIK_FORMAT},
	        {CELL_FORMULA, NIK, LIST_FORMULA},
	        {CELL_ERROR, "#N/A", LIST_ERROR_CELL},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		struct nik nik = {0};
		struct sheet_cell cell = {.kind = cases[i].kind, .text = str_c(cases[i].text)};
		enum list_flaw flaw = list_nik(&cell, &nik);
		if (flaw != cases[i].flaw)
			print_error("%s: %d\n", cases[i].text, flaw);
		assert_int_equal(flaw, cases[i].flaw);
		assert_int_equal(nik.n != 0, flaw == LIST_FINE);
	}
}

/* ---- rows ---- */

#define HEAD "NIK;KETERANGAN;TANGGAL;KERUSAKAN;CATATAN\n"

static void test_flaws(void **state)
{
	(void)state;
	static const struct {
		const char *row;
		enum list_flaw flaw;
	} cases[] = {
	        {NIK ";Hilang;;;", LIST_FINE},
	        {NIK ";;;;", LIST_KETERANGAN_EMPTY},
	        {NIK ";bingung;;;", LIST_KETERANGAN_UNKNOWN},
	        {NIK ";Hilang;;hancur;", LIST_HOUSE_UNKNOWN},
	        {NIK ";Hilang;24-11-2026;;", LIST_FINE},
	        {NIK ";Hilang;25-11-2026;;", LIST_DAY_AHEAD},
	        {NIK ";Hilang;16-08-1945;;", LIST_DAY_PAST},
	        {NIK ";Hilang;31-02-2026;;", LIST_DAY_UNREADABLE},
	        {NIK ";Hilang;5-11-26;;", LIST_DAY_UNREADABLE},
	        {NIK ";Hilang;kemarin;;", LIST_DAY_UNREADABLE},
	        {NIK ";Hilang;2026-11/05;;", LIST_DAY_UNREADABLE},
	        {NIK ";Hilang;46349;;", LIST_DAY_UNREADABLE},
	        {NIK ";Hilang;;;ayahnya " NIK, LIST_NOTE_NUMBER},
	        {NIK ";Hilang;;;\"dua\nbaris\"", LIST_NOTE_LINES},
	        {";Hilang;;;", LIST_NIK_EMPTY},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[400];
		snprintf(text, sizeof text, HEAD "%s\n", cases[i].row);
		struct list list = csv(text);
		assert_int_equal(list.n, 1);
		if (list.rows[0].flaw != cases[i].flaw)
			print_error("%s: %d\n", cases[i].row, list.rows[0].flaw);
		assert_int_equal(list.rows[0].flaw, cases[i].flaw);
		assert_int_equal(list.rows[0].fate, cases[i].flaw ? LIST_WRONG : LIST_READY);
		assert_true((list_reason(&list.rows[0], &arena).n > 10) == (cases[i].flaw != LIST_FINE));
	}
}

static void test_long_note(void **state)
{
	(void)state;
	char text[400];
	int n = snprintf(text, sizeof text, HEAD NIK ";Hilang;;;");
	memset(text + n, 'a', TOLD_NOTE_MAX + 1);
	text[n + TOLD_NOTE_MAX + 1] = '\0';
	assert_int_equal(csv(text).rows[0].flaw, LIST_NOTE_LONG);
	text[n + TOLD_NOTE_MAX] = '\0';
	assert_int_equal(csv(text).rows[0].flaw, LIST_FINE);
}

static void test_read(void **state)
{
	(void)state;
	static const char *const days[] = {"5-1-2026", "05/01/2026", "5.1.2026", "2026-01-05"};
	for (size_t i = 0; i < LEN(days); i++) {
		char text[200];
		snprintf(text, sizeof text,
		         "No;Nomor NIK;Nama;STATUS KORBAN;Tgl;Kerusakan Rumah;Catatan\n1;%s;X;luka ringan;%s;RS;ok\n", NIK,
		         days[i]);
		struct list list = csv(text);
		const struct list_row *row = &list.rows[0];
		assert_int_equal(row->fate, LIST_READY);
		assert_int_equal(row->number, 2);
		assert_true(row->nik.n == INT64_C(3304060101909901));
		assert_int_equal(row->told.keterangan, KETERANGAN_LUKA);
		assert_int_equal(row->told.house, HOUSE_MEDIUM);
		assert_int_equal(row->told.on.n, day_from_ymd(2026, 1, 5).n);
		assert_true(str_eq(row->told.note, S("ok")));
		for (size_t k = 0; k < LIST_COLUMNS; k++)
			assert_false(str_eq(row->typed[k], S("X")));
	}
}

/* Ten rows of titles may stand above, empty rows and feet between: numbers are the file's. */
static void test_place(void **state)
{
	(void)state;
	struct list list =
	        csv("DAFTAR KORBAN;\n;\n;\nNIK;KETERANGAN;\n;;\n" NIK ";Hilang\n;;kosong\n3304060101909902;Luka\n;;Mengetahui\n");
	assert_int_equal(list.n, 2);
	assert_int_equal(list.rows[0].number, 6);
	assert_int_equal(list.rows[1].number, 8);
	assert_int_equal(try_csv("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nNIK;KETERANGAN\n" NIK ";Hilang\n", &list), RC_OK);
	assert_int_equal(try_csv("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\nNIK;KETERANGAN\n" NIK ";Hilang\n", &list), RC_INVALID);
}

static void test_headings(void **state)
{
	(void)state;
	struct list list;
	static const struct {
		const char *text, *words;
	} bad[] = {
	        {NIK ";Hilang\n", "Baris judul tidak ditemukan"},
	        {"NIK;NAMA\n" NIK ";a\n", "Baris 1 memuat judul NIK"},
	        {"NIK;NIK;KETERANGAN\n" NIK ";a;b\n", "Kolom NIK ada dua kali, di A1 dan B1"},
	        {"NIK;STATUS;KETERANGAN\n" NIK ";a;b\n", "Kolom KETERANGAN ada dua kali, di B1 dan C1"},
	        {"NIK;KETERANGAN\n", "tidak ada satu baris pun"},
	        {"NIK;KETERANGAN\n;;Mengetahui\n", "tidak ada satu baris pun"},
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(try_csv(bad[i].text, &list), RC_INVALID);
		if (!strstr(err.what, bad[i].words))
			print_error("%s\n", err.what);
		assert_non_null(strstr(err.what, bad[i].words));
	}
}

/* Merged titles above the headings do no harm; from the headings on they do. */
static void test_merged(void **state)
{
	(void)state;
	struct sheet_cell title = {.kind = CELL_TEXT, .text = S("DAFTAR")};
	struct sheet_cell head[] = {{.kind = CELL_TEXT, .text = S("nik")}, {.kind = CELL_TEXT, .text = S("keterangan")}};
	struct sheet_cell line[] = {{.kind = CELL_TEXT, .text = S(NIK)}, {.kind = CELL_TEXT, .text = S("hilang")}};
	struct sheet_row rows[] = {{1, &title, 1}, {3, head, 2}, {4, line, 2}};
	struct sheet sheet = {.kind = SHEET_XLSX, .rows = rows, .n = 3, .merged = true, .merged_first = 1, .merged_last = 2};
	struct list list;
	arena_reset(&arena);
	assert_int_equal(list_read(&sheet, now_us(), &arena, &list, &err), RC_OK);
	for (int last = 3; last < 5; last++) {
		sheet.merged_last = last;
		assert_int_equal(list_read(&sheet, now_us(), &arena, &list, &err), RC_INVALID);
		assert_non_null(strstr(err.what, "digabung"));
	}
}

static void test_cells(void **state)
{
	(void)state;
	struct sheet_cell head[] = {{.kind = CELL_TEXT, .text = S("NIK")},
	                            {.kind = CELL_TEXT, .text = S("KETERANGAN")},
	                            {.kind = CELL_TEXT, .text = S("TGL")}};
	struct sheet_cell cells[][3] = {
	        {{.kind = CELL_NUMBER, .text = S(NIK)},
	         {.kind = CELL_TEXT, .text = S("hilang")},
	         {.kind = CELL_NUMBER, .date = true, .text = S("46027")}},
	        {{.kind = CELL_NUMBER, .text = S("3304060101909902")},
	         {.kind = CELL_FORMULA, .text = S("hilang")},
	         {.kind = CELL_EMPTY, .text = S("")}},
	        {{.kind = CELL_NUMBER, .text = S("3304060101909903")},
	         {.kind = CELL_TEXT, .text = S("hilang")},
	         {.kind = CELL_ERROR, .text = S("#N/A")}},
	        {{.kind = CELL_NUMBER, .text = S("3304060101909904")},
	         {.kind = CELL_TEXT, .text = S("hilang")},
	         {.kind = CELL_NUMBER, .text = S("46027")}},
	        {{.kind = CELL_NUMBER, .text = S("3304060101909905")},
	         {.kind = CELL_TEXT, .text = S("hilang")},
	         {.kind = CELL_FORMULA, .date = true, .text = S("46027")}},
	};
	static const enum list_flaw flaws[] = {LIST_FINE, LIST_FORMULA, LIST_ERROR_CELL, LIST_DAY_UNREADABLE, LIST_FORMULA};
	struct sheet_row rows[LEN(cells) + 1] = {{1, head, 3}};
	for (size_t i = 0; i < LEN(cells); i++)
		rows[i + 1] = (struct sheet_row){(int)i + 2, cells[i], 3};
	struct sheet sheet = {.kind = SHEET_XLSX, .rows = rows, .n = LEN(rows)};
	struct list list;
	arena_reset(&arena);
	assert_int_equal(list_read(&sheet, now_us(), &arena, &list, &err), RC_OK);
	for (size_t i = 0; i < LEN(cells); i++)
		assert_int_equal(list.rows[i].flaw, flaws[i]);
	assert_true(str_eq(list.rows[0].typed[LIST_DAY], S("05-01-2026")));
	assert_int_equal(list.rows[0].told.on.n, day_from_ymd(2026, 1, 5).n);
}

static void test_repeats(void **state)
{
	(void)state;
	struct list list = csv("NIK;KETERANGAN\n3304060101909902;luka\n" NIK ";hilang\n" NIK
	                       ";HILANG\n3304060101909902;meninggal\n" NIK ";Hilang\n3304060101909903;luka\n");
	assert_int_equal(list.rows[1].fate, LIST_READY);
	assert_int_equal(list.rows[2].fate, LIST_SAME);
	assert_int_equal(list.rows[2].other, 3);
	assert_int_equal(list.rows[4].other, 3);
	assert_true(str_eq(list_reason(&list.rows[4], &arena), S("Sama dengan baris 3; cukup satu kali.")));
	assert_int_equal(list.rows[0].flaw, LIST_AT_ODDS);
	assert_int_equal(list.rows[0].other, 5);
	assert_int_equal(list.rows[3].flaw, LIST_AT_ODDS);
	assert_int_equal(list.rows[3].other, 2);
	struct list_count count = list_count(&list);
	assert_int_equal(count.ready, 2);
	assert_int_equal(count.same, 2);
	assert_int_equal(count.wrong, 2);
}

/* Four of five, and three at least, ending in 0 are no chance. */
static void test_rounded(void **state)
{
	(void)state;
	struct list list = csv("NIK;KETERANGAN\n3304060101909910;luka\n3304060101909920;luka\n");
	assert_int_equal(list_count(&list).wrong, 0);
	list = csv(
	        "NIK;KETERANGAN\n3304060101909910;luka\n3304060101909920;luka\n3304060101909930;luka\n3304060101909940;luka\n" NIK
	        ";luka\n");
	assert_int_equal(list_count(&list).wrong, 4);
	assert_int_equal(list.rows[0].flaw, LIST_NIK_ROUNDED);
	assert_int_equal(list.rows[4].flaw, LIST_FINE);
	assert_true(str_eq(list_cell(&list.rows[0], LIST_NIK, &arena), S("330406010190991?")));
	list = csv("NIK;KETERANGAN\n3304060101909910;luka\n3304060101909920;luka\n3304060101909930;luka\n" NIK ";luka\n");
	assert_int_equal(list_count(&list).wrong, 0);
}

static void test_ceiling(void **state)
{
	(void)state;
	BUF_AUTO text = BUF(1 << 20);
	struct list list;
	buf_addz(&text, "NIK;KETERANGAN\n");
	for (int i = 0; i <= LIST_ROWS_MAX; i++)
		buf_addz(&text, "x;Hilang\n");
	buf_addc(&text, '\0');
	assert_int_equal(try_csv(text.at, &list), RC_LIMIT);
	text.at[text.n - 1 - 9] = '\0';
	assert_int_equal(try_csv(text.at, &list), RC_OK);
	assert_int_equal(list.n, LIST_ROWS_MAX);
}

static void test_pack(void **state)
{
	(void)state;
	BUF_AUTO packed = BUF(LIST_PACKED_MAX);
	BUF_AUTO again = BUF(LIST_PACKED_MAX);
	struct list list = csv(HEAD NIK ";Hilang;17-08-1945;rb;di balai\n3,3E+15;x;y;z;w\n3304060101909902;luka;01-01-1970;;\n"),
	            back;
	list_pack(&list, &packed);
	assert_int_equal(list_unpack(buf_str(&packed), &arena, &back, &err), RC_OK);
	assert_int_equal(back.n, 3);
	assert_int_equal(back.rows[0].told.on.n, day_from_ymd(1945, 8, 17).n);
	assert_true(str_eq(back.rows[0].told.note, S("di balai")));
	assert_true(str_eq(back.rows[1].typed[LIST_NOTE], S("w")));
	list_pack(&back, &again);
	assert_true(str_eq(buf_str(&packed), buf_str(&again)));
	for (size_t n = 0; n < packed.n; n++)
		assert_int_equal(list_unpack(str_sub(buf_str(&packed), 0, n), &arena, &back, &err), RC_BROKEN);
	buf_addc(&packed, 0);
	assert_int_equal(list_unpack(buf_str(&packed), &arena, &back, &err), RC_BROKEN);
}

/* Every flaw has a sentence, every column its words. */
static void test_words(void **state)
{
	(void)state;
	for (int i = 1; i < LIST_FLAWS; i++) {
		struct list_row row = {.fate = LIST_WRONG, .flaw = (enum list_flaw)i, .other = 3};
		assert_true(list_reason(&row, &arena).n > 10);
	}
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		assert_int_equal(list_column_at(i)->column, i);
	assert_null(list_column_at(LIST_COLUMNS));
}

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, SHEET_ARENA_MAX);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_nik),     cmocka_unit_test(test_flaws),   cmocka_unit_test(test_long_note),
	        cmocka_unit_test(test_read),    cmocka_unit_test(test_place),   cmocka_unit_test(test_headings),
	        cmocka_unit_test(test_merged),  cmocka_unit_test(test_cells),   cmocka_unit_test(test_repeats),
	        cmocka_unit_test(test_rounded), cmocka_unit_test(test_ceiling), cmocka_unit_test(test_pack),
	        cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
