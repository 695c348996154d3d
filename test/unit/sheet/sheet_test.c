/* SPDX-License-Identifier: EUPL-1.2
 * What is no table of ours is named, with what to do about it; places and cells. */
#include "sheet/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/sheet/read.h"
#include "workbook.h"

#define ONE_CELL WORKBOOK_SHEET("<row><c><v>1</v></c></row>")
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

static void files_of_other_kinds(void **state)
{
	(void)state;
	expect_refusal(S(""), RC_INVALID, "Berkas kosong");
	expect_refusal(S(OLE "W\0o\0r\0k\0b\0o\0o\0k\0"), RC_INVALID, "Office lama");
	expect_refusal(S(OLE "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), RC_INVALID, "kata sandi");
	expect_refusal(S("%PDF-1.7\n"), RC_INVALID, "PDF");
	expect_refusal(S("\x89PNG\r\n\x1a\n"), RC_INVALID, "gambar");
	expect_refusal(S("\xff\xd8\xff\xe0"), RC_INVALID, "foto");
	expect_refusal(S("GIF89a"), RC_INVALID, "gambar");
	expect_refusal(S("{\\rtf1"), RC_INVALID, "RTF");
	expect_refusal(S("Rar!\x1a\x07"), RC_INVALID, "RAR");
	expect_refusal(S("7z\xbc\xaf\x27\x1c"), RC_INVALID, "7z");
	expect_refusal(S("\x1f\x8b\x08"), RC_INVALID, "gzip");
	expect_refusal(S("\xef\xbb\xbf\r\n  <HTML><body><table>"), RC_INVALID, "halaman web");
	expect_refusal(S("<table border=1>"), RC_INVALID, "halaman web");
	expect_refusal(S("<!DOCTYPE html>"), RC_INVALID, "halaman web");
	expect_refusal(S("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"), RC_INVALID, "XML");
	expect_rows(S("<b;a\n"), "1: <b|a\n");
	expect_rows(S("7z;a\n"), "1: 7z|a\n");
}

static void expect_zip(const struct made *made, const char *words)
{
	BUF_AUTO zip = made_bytes(made);
	expect_refusal(buf_str(&zip), RC_INVALID, words);
}

static void zips_of_other_kinds(void **state)
{
	(void)state;
	static const struct {
		const char *part, *words;
	} rows[] = {
	        {"xl/vbaProject.bin", "makro"},         {"XL/VBAPROJECT.BIN", "makro"},
	        {"xl/workbook.bin", ".xlsb"},           {"word/document.xml", "Word"},
	        {"ppt/presentation.xml", "presentasi"}, {"META-INF/manifest.xml", "OpenDocument"},
	        {"Index/Document.iwa", "Numbers"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct made made = made_new(ONE_CELL);
		made_put(&made, rows[i].part, S("x"));
		expect_zip(&made, rows[i].words);
	}
	struct made made = {.n = 0};
	made_put(&made, "daftar.csv", S("a;b\n"));
	expect_zip(&made, "arsip zip");
	made = made_new(ONE_CELL);
	made_put(&made, "[Content_Types].xml", (struct str){NULL, 0});
	expect_zip(&made, "arsip zip");
	made = made_new(ONE_CELL);
	made_put(&made, "_rels/.rels", (struct str){NULL, 0});
	expect_zip(&made, "arsip zip");
	made_put(&made, "_rels/.rels", S(WORKBOOK_LINKS(WORKBOOK_LINK("r1", "lain", "xl/workbook.xml"))));
	expect_zip(&made, "arsip zip");
	made = made_new(ONE_CELL);
	made_put(&made, "xl/workbook.xml", (struct str){NULL, 0});
	expect_zip(&made, "rusak");
	expect_refusal(S("PK\x03\x04 bukan zip"), RC_INVALID, "rusak");
	expect_refusal(S("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), RC_INVALID, ""); /* a zip of nothing */
}

/* A macro may have another name; its type is what programs go by. */
static void macros_by_their_type(void **state)
{
	(void)state;
	static const char *const types[] = {
	        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
	        "application/vnd.ms-excel.template.MACROENABLED.main+xml",
	        "application/vnd.ms-office.vbaProject",
	        "application/vnd.ms-excel.macrosheet+xml",
	        "application/vnd.ms-excel.intlmacrosheet+xml",
	};
	for (size_t i = 0; i < LEN(types); i++) {
		struct made made = made_new(ONE_CELL);
		char text[512];
		snprintf(text, sizeof text, WORKBOOK_TYPES("<Override PartName='/xl/x' ContentType='%s'/>"), types[i]);
		made_put(&made, "[Content_Types].xml", str_c(text));
		expect_zip(&made, "makro");
	}
}

static void places(void **state)
{
	(void)state;
	assert_string_equal(sheet_place(0, 1).z, "A1");
	assert_string_equal(sheet_place(25, 20).z, "Z20");
	assert_string_equal(sheet_place(26, 3).z, "AA3");
	assert_string_equal(sheet_place(701, 3).z, "ZZ3");
	assert_string_equal(sheet_place(702, 3).z, "AAA3");
	assert_string_equal(sheet_place(16383, 1048576).z, "XFD1048576");
	assert_true(strlen(sheet_place(SIZE_MAX - 1, INT32_MIN).z) < sizeof(struct sheet_place));
}

static void cells_past_the_end(void **state)
{
	(void)state;
	expect_read(S("a;;b\n"));
	assert_int_equal(sheet_cell(&sheet.rows[0], 0).kind, CELL_TEXT);
	assert_int_equal(sheet_cell(&sheet.rows[0], 1).kind, CELL_EMPTY);
	assert_int_equal(sheet_cell(&sheet.rows[0], 3).kind, CELL_EMPTY);
	assert_int_equal(sheet_cell(&sheet.rows[0], SIZE_MAX).text.n, 0);
	assert_non_null(sheet_cell(&sheet.rows[0], 3).text.at);
}

static const char *day_of(const char *text, enum cell_kind kind, bool from_1904)
{
	static struct clock_text said;
	struct sheet_cell cell = {kind, true, str_c(text)};
	struct day day;
	if (!sheet_date(&(struct sheet){.from_1904 = from_1904}, &cell, &day))
		return "none";
	said = day_iso(day);
	return said.z;
}

/* The 1900 system has a 29 February 1900; days before it are counted from another day than those after. */
static void serial_days(void **state)
{
	(void)state;
	assert_string_equal(day_of("0", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("0.5", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("1", CELL_NUMBER, false), "1900-01-01");
	assert_string_equal(day_of("59.99", CELL_NUMBER, false), "1900-02-28");
	assert_string_equal(day_of("60", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("61", CELL_NUMBER, false), "1900-03-01");
	assert_string_equal(day_of("25569", CELL_FORMULA, false), "1970-01-01");
	assert_string_equal(day_of("109574", CELL_NUMBER, false), "2199-12-31");
	assert_string_equal(day_of("109575", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("1", CELL_NUMBER, true), "1904-01-02");
	assert_string_equal(day_of("60", CELL_NUMBER, true), "1904-03-01");
	assert_string_equal(day_of("2958466", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("99999999999999999999", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("-1", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("4.5E4", CELL_NUMBER, false), "none");
	assert_string_equal(day_of("", CELL_FORMULA, false), "none");
	assert_string_equal(day_of("2026-02-29", CELL_TEXT, false), "none");
	assert_string_equal(day_of("2026-02-28", CELL_TEXT, false), "2026-02-28");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(files_of_other_kinds), cmocka_unit_test(zips_of_other_kinds),
	        cmocka_unit_test(macros_by_their_type), cmocka_unit_test(places),
	        cmocka_unit_test(cells_past_the_end),   cmocka_unit_test(serial_days),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
