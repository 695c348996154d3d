/* SPDX-License-Identifier: EUPL-1.2
 * Tables of ours: another program reads what was written (openpyxl), sheet_read()
 * gives it back, nothing in a cell is computed, and the same table is the same bytes. */
#include "sheet/table.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "tool.h"
#include "unit/sheet/read.h"

#define TEXT(z) ((struct sheet_cell){.kind = CELL_TEXT, .text = {"" z, sizeof(z) - 1}})
#define NUMBER(z) ((struct sheet_cell){.kind = CELL_NUMBER, .text = {"" z, sizeof(z) - 1}})

static const struct table_column columns[] = {
        {{"NIK", 3}, 20, true}, {{"Nilai", 5}, 0, false}, {{"Tanggal", 7}, 12, false}, {{"<Catatan> & \"lain\"", 18}, 255, false}};
static const struct sheet_cell first[] = {TEXT("3304060101909999"),
                                          NUMBER("-12.5"),
                                          {CELL_NUMBER, true, S("46349")},
                                          TEXT("=1+1 <b>&\"'\n\xc3\xa9 \xf0\x9f\x98\x80")};
static const struct sheet_cell second[] = {
        NUMBER("3304060101909998"), NUMBER("=1"), TEXT(""), {CELL_FORMULA, false, S("a\x01\r\nb\rc_x0041_ _x_ \xff")}};
static const struct sheet_cell third[] = {TEXT("  0012 "), {CELL_EMPTY, false, S("")}};
static const struct sheet_row rows[] = {{0, first, 4}, {0, NULL, 0}, {0, second, 4}, {0, third, 2}};
static const struct table table = {S("Korban [2026]: Desa/Kec. * yang panjang"), columns, LEN(columns), rows, LEN(rows)};

static void csv(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(TABLE_CSV_MAX);
	static const struct sheet_cell cells[] = {
	        TEXT("a;b"),  TEXT("a,b"), TEXT("a \"b\""), TEXT("x\r\ny"), TEXT(" x"),
	        NUMBER("-5"), TEXT("-5"),  NUMBER("=5"),    TEXT("\t=5"),   {CELL_EMPTY, false, {NULL, 0}}};
	table_csv_begin(&out);
	table_csv_row(&out, ';', cells, LEN(cells));
	table_csv_row(&out, ',', cells, LEN(cells));
	table_csv_row(&out, ',', NULL, 0);
	assert_true(str_eq(buf_str(&out), S("\xef\xbb\xbf"
	                                    "\"a;b\";a,b;\"a \"\"b\"\"\";\"x\r\ny\";\" x\";-5;'-5;'=5;'\t=5;\r\n"
	                                    "a;b,\"a,b\",\"a \"\"b\"\"\",\"x\r\ny\",\" x\",-5,'-5,'=5,'\t=5,\r\n\r\n")));
}

/* A text of pieces that mean something to readers of CSV; one for each `seed`. */
static struct str odd_text(uint32_t *seed, struct buf *room)
{
	static const char *const pieces[] = {"=",  "+", "-", "@",  "'",        "\"",      ";",    ",",
	                                     "\n", "7", "a", " a", "\xc3\xa9", "_x0041_", "sep=;"};
	buf_clear(room);
	for (int n = 0; n < 5; n++) {
		*seed = *seed * 1664525 + 1013904223;
		buf_addz(room, pieces[(*seed >> 16) % LEN(pieces)]);
	}
	return str_trim(buf_str(room));
}

/* What was written is what is read. */
static void csv_there_and_back(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(TABLE_CSV_MAX), one = BUF(1000), two = BUF(1000);
	uint32_t seed = 1;
	for (int i = 0; i < 4000; i++) {
		char delimiter = i % 2 ? ';' : ',';
		const struct sheet_cell cells[] = {{CELL_TEXT, false, odd_text(&seed, &one)},
		                                   {CELL_TEXT, false, odd_text(&seed, &two)}};
		buf_clear(&out);
		table_csv_begin(&out);
		for (int n = 0; n < 3; n++)
			table_csv_row(&out, delimiter, (const struct sheet_cell[]){TEXT("a"), TEXT("b")}, 2);
		table_csv_row(&out, delimiter, cells, 2);
		expect_read(buf_str(&out));
		const struct sheet_row *last = &sheet.rows[sheet.n - 1];
		assert_true(str_eq(sheet_cell(last, 0).text, cells[0].text) && str_eq(sheet_cell(last, 1).text, cells[1].text));
	}
}

static struct buf write_table(const struct table *of)
{
	struct buf out = BUF(TABLE_XLSX_MAX);
	err = (struct err){.what = ""};
	enum rc rc = table_xlsx(&out, of, &err);
	if (rc != RC_OK)
		print_error("%s\n", err.what);
	assert_int_equal(rc, RC_OK);
	return out;
}

static void xlsx_there_and_back(void **state)
{
	(void)state;
	BUF_AUTO out = write_table(&table);
	expect_rows(buf_str(&out), "1: NIK|Nilai|Tanggal|<Catatan> & \"lain\"\n"
	                           "2: 3304060101909999|#-12.5|#%46349|=1+1 <b>&\"'\n\xc3\xa9 \xf0\x9f\x98\x80\n"
	                           "4: 3304060101909998|=1||a \nb\nc_x0041_ _x_ \xef\xbf\xbd\n"
	                           "5: 0012\n");
	assert_true(str_eq(sheet.name, S("Korban -2026-- Desa-Kec. - yang"))); /* 31 characters */
	struct day day;
	assert_true(sheet_date(&sheet, &sheet.rows[1].cells[2], &day));
	assert_string_equal(day_iso(day).z, "2026-11-23");
	assert_int_equal(table_serial(day), 46349);
}

static void what_another_program_sees(void **state)
{
	(void)state;
	struct bench bench = bench_new();
	struct bench_path path = bench_path(&bench, "kita.xlsx");
	const char *const argv[] = {"/usr/bin/python3", "test/unit/sheet/workbooks.py", "show", path.z, NULL};
	BUF_AUTO out = write_table(&table);
	FILE *f = fopen(path.z, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(out.at, 1, out.n, f), out.n);
	fclose(f);
	assert_int_equal(bench_run(&bench, argv), 0);
	bench_said(&bench, "sheet Korban -2026-- Desa-Kec. - yang A1:D5 A2 A1:D5 $1:$1\n");
	bench_said(&bench, "width [20.0, 13.0] bold True False text @ General\n");
	bench_said(&bench, "s @ 'NIK'|s @ 'Nilai'|s @ 'Tanggal'|s @ '<Catatan> & \"lain\"'\n");
	bench_said(
	        &bench,
	        "s @ '3304060101909999'|n General -12.5|d mm-dd-yy datetime.datetime(2026, 11, 23, 0, 0)|s @ '=1+1 <b>&\"\\'\\n");
	bench_said(&bench, "s @ '3304060101909998'|s @ '=1'|n General None|s @ 'a \\nb\\nc_x005F_x0041_ _x_ ");
	bench_said(&bench, "s @ '  0012 '|n General None|");
	bench_free(&bench);
}

/* Wherever and whenever it is written. */
static void the_same_bytes(void **state)
{
	(void)state;
	static const char *const zones[] = {"UTC", "Asia/Jakarta", "America/St_Johns"};
	BUF_AUTO one = write_table(&table);
	for (size_t i = 0; i < LEN(zones); i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		BUF_AUTO other = write_table(&table);
		assert_true(str_eq(buf_str(&one), buf_str(&other)));
	}
	unsetenv("TZ");
	tzset();
}

static void appended_to_what_is_there(void **state)
{
	(void)state;
	BUF_AUTO alone = write_table(&table);
	BUF_AUTO out = BUF(TABLE_XLSX_MAX);
	buf_add(&out, S("kepala"));
	assert_int_equal(table_xlsx(&out, &table, &err), RC_OK);
	assert_int_equal(out.n, alone.n + 6);
	assert_true(str_eq(str_sub(buf_str(&out), 6, out.n), buf_str(&alone)));
	BUF_AUTO small = BUF(1000);
	assert_int_equal(table_xlsx(&small, &table, &err), RC_LIMIT);
	assert_false(buf_ok(&small));
}

static void names_of_worksheets(void **state)
{
	(void)state;
	static const struct {
		const char *asked, *given;
	} names[] = {
	        {"", "Daftar"},
	        {"  ", "Daftar"},
	        {"'kutip'", "-kutip-"},
	        {"a\x01"
	         "b",
	         "a-b"},
	        {"a&<b>\"", "a&<b>\""},
	        {"\xff"
	         "x",
	         "-x"},
	};
	for (size_t i = 0; i < LEN(names); i++) {
		struct table other = table;
		other.name = str_c(names[i].asked);
		BUF_AUTO out = write_table(&other);
		expect_read(buf_str(&out));
		assert_true(str_eq(sheet.name, str_c(names[i].given)));
	}
	struct table other = table;
	other.name = S("123456789012345678901234567890\xf0\x9f\x98\x80"); /* two UTF-16 units: one too many */
	BUF_AUTO out = write_table(&other);
	expect_read(buf_str(&out));
	assert_true(str_eq(sheet.name, S("123456789012345678901234567890")));
}

static void ceilings(void **state)
{
	(void)state;
	struct sheet_row *many = calloc(SHEET_ROWS_MAX + 1, sizeof *many);
	struct table large = table;
	for (size_t i = 0; i <= SHEET_ROWS_MAX; i++)
		many[i] = rows[0];
	large.rows = many;
	large.rows_n = SHEET_ROWS_MAX - 1; /* with the titles, as many as can be read back */
	BUF_AUTO out = write_table(&large);
	expect_read(buf_str(&out));
	assert_int_equal(sheet.n, SHEET_ROWS_MAX);
	large.rows_n = SHEET_ROWS_MAX + 1;
	size_t before = out.n;
	assert_int_equal(table_xlsx(&out, &large, &err), RC_LIMIT);
	assert_non_null(strstr(err.what, "terlalu besar"));
	assert_int_equal(out.n, before);
	free(many);
}

static void no_rows_at_all(void **state)
{
	(void)state;
	struct table none = {.columns = columns, .columns_n = 1};
	BUF_AUTO out = write_table(&none);
	expect_rows(buf_str(&out), "1: NIK\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(csv),
	        cmocka_unit_test(csv_there_and_back),
	        cmocka_unit_test(xlsx_there_and_back),
	        cmocka_unit_test(what_another_program_sees),
	        cmocka_unit_test(the_same_bytes),
	        cmocka_unit_test(appended_to_what_is_there),
	        cmocka_unit_test(names_of_worksheets),
	        cmocka_unit_test(ceilings),
	        cmocka_unit_test(no_rows_at_all),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
