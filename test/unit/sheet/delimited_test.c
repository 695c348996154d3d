/* SPDX-License-Identifier: EUPL-1.2
 * CSV: what Excel, LibreOffice and hand-made programs write is read, what could be
 * read in two ways is refused with its row, and every ceiling holds. */
#include "sheet/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/sheet/read.h"

#define R2(x) x x
#define R10(x) R2(x) R2(x) R2(x) R2(x) R2(x)
#define R100(x) R10(R10(x))
#define R500(x) R100(x) R100(x) R100(x) R100(x) R100(x)

static void delimiters(void **state)
{
	(void)state;
	expect_rows(S("a,b\n1,2\n"), "1: a|b\n2: 1|2\n");
	expect_rows(S("a;b\n1;2\n"), "1: a|b\n2: 1|2\n");
	expect_rows(S("a\tb\n1\t2\n"), "1: a|b\n2: 1|2\n");
	expect_rows(S("a\tb\tc\n\t\tx\n1\t\t \"y\"\n"), "1: a|b|c\n2: ||x\n3: 1||y\n"); /* a tab is no blank there */
	expect_rows(S("satu kolom\n1\n"), "1: satu kolom\n2: 1\n");
	/* commas inside the fields of each row, but not in the head */
	expect_rows(S("no;nama;alamat\n1;A;Jl. X, 1\n2;B;Jl. Y, 2\n"), "1: no|nama|alamat\n2: 1|A|Jl. X, 1\n3: 2|B|Jl. Y, 2\n");
	/* a title stands above the table */
	expect_rows(S("DAFTAR, 2026\n\nno;nik;nama\n1;2;A\n2;3;B\n"), "1: DAFTAR, 2026\n3: no|nik|nama\n4: 1|2|A\n5: 2|3|B\n");
	/* semicolons inside quotes are none */
	expect_rows(S("\"a;b;c\",d\n\"e;f;g\",h\n"), "1: a;b;c|d\n2: e;f;g|h\n");
	expect_rows(S("1,5;2,5\n"), "1: 1,5|2,5\n");
}

static void told_delimiter(void **state)
{
	(void)state;
	expect_rows(S("sep=;\r\na,b;c\r\n"), "1: a,b|c\n");
	expect_rows(S("\xef\xbb\xbf\"sep=,\"\na;b,c\n"), "1: a;b|c\n");
	expect_rows(S("SEP=|\ra|b\r"), "1: a|b\n");
	expect_rows(S("sep=;x\na;b\n"), "1: sep=|x\n2: a|b\n");
	expect_rows(S("sep=a\nb;c\n"), "1: sep=a\n2: b|c\n");
	expect_refusal(S("sep=;"), RC_INVALID, "tidak berisi satu baris pun");
}

static void quotes(void **state)
{
	(void)state;
	expect_rows(S("a;\"b \"\"c\"\"\"\n"), "1: a|b \"c\"\n");
	expect_rows(S("a;\"baris\r\ndua\rtiga\"\nb;c"), "1: a|baris\ndua\ntiga\n2: b|c\n");
	expect_rows(S("a; \"b\" ;c\n"), "1: a|b|c\n");
	expect_rows(S("a;pipa 5\";c\n"), "1: a|pipa 5\"|c\n");
	expect_rows(S("a;\"\";c\n"), "1: a||c\n");
	expect_refusal(S("a;b\nc;\"d;e\nf;g\n"), RC_INVALID, "baris 2 dibuka tetapi tidak pernah ditutup");
	expect_refusal(S("a;b\nc;\"d\"e\n"), RC_INVALID, "baris 2 tidak pada tempatnya");
	/* the row is the one a spreadsheet program shows: a cell of two lines is one row */
	expect_refusal(S("a;\"b\nb\"\nc;\"d\n"), RC_INVALID, "baris 2 dibuka");
}

static void line_ends_and_numbers(void **state)
{
	(void)state;
	expect_rows(S("a;b\r\n\r\nc;d\r\n;;\r\n \r\ne;f"), "1: a|b\n3: c|d\n6: e|f\n");
	expect_rows(S("a;b\rc;d\r"), "1: a|b\n2: c|d\n");
	expect_rows(S("a;;\n;b;\n"), "1: a\n2: |b\n");
	assert_int_equal(sheet.kind, SHEET_CSV);
	assert_int_equal(sheet.worksheets, 1);
	assert_false(sheet.merged);
	assert_int_equal(sheet.rows[0].n, 1);
}

static void trimmed_and_cleaned(void **state)
{
	(void)state;
	expect_rows(S("  a b\t;\xc2\xa0"
	              "c\xe2\x80\x8b\n"),
	            "1: a b|c\n");
	expect_rows(S("\xe2\x80\xaa"
	              "0812\xe2\x80\xac;\xe3\x80\x80x\xef\xbb\xbf\n"),
	            "1: 0812|x\n");
	expect_rows(S("\xef\xbb\xbf"
	              "a\x01\x02"
	              "b;c\x0b"
	              "d\x7f;\x01\n"),
	            "1: a  b|c d\n");
	expect_rows(S("x;\xc3\xa9t\xc3\xa9 \xe2\x80\x99\n"), "1: x|\xc3\xa9t\xc3\xa9 \xe2\x80\x99\n");
}

static void text_marks(void **state)
{
	(void)state;
	expect_rows(S("no;=\"0123\"\n1;\"=\"\"0124\"\"\"\n2;'0125\n3;'=x\n4;'Abdul\n5;=1+1\n6;''=x\n7;'\n"),
	            "1: no|0123\n2: 1|0124\n3: 2|0125\n4: 3|=x\n5: 4|'Abdul\n6: 5|=1+1\n7: 6|'=x\n8: 7|'\n");
}

static void utf16(void **state)
{
	(void)state;
	expect_rows(S("\xff\xfe"
	              "a\0\t\0\xe9\0\r\0\n\0"
	              "1\0\t\0\x3d\xd8\x00\xde\r\0\n\0"),
	            "1: a|\xc3\xa9\n2: 1|\xf0\x9f\x98\x80\n");
	expect_rows(S("\xfe\xff\0a\0;\0b"), "1: a|b\n");
	expect_refusal(S("\xff\xfe"
	                 "a\0\n\0\x00\xd8"
	                 "b\0"),
	               RC_INVALID, "baris 2 tidak terbaca");
	expect_refusal(S("\xff\xfe"
	                 "a\0b"),
	               RC_INVALID, "CSV UTF-8");
	expect_refusal(S("\xff\xfe"
	                 "\x00\xdc\x00\xdc"),
	               RC_INVALID, "CSV UTF-8");
	expect_refusal(S("\xff\xfe\0\0"), RC_INVALID, "CSV UTF-8");
	/* without its mark */
	expect_refusal(S("a\0;\0b\0"), RC_INVALID, "bita kosong");
}

static void foreign_bytes(void **state)
{
	(void)state;
	expect_refusal(S("no;nama\r\n1;Jos\xe9\r\n"), RC_INVALID, "baris 2 tidak terbaca");
	expect_refusal(S("a\rb\rc\xc3\x28\r"), RC_INVALID, "baris 3 tidak terbaca");
	expect_refusal(S("a;b\nc\0;d\n"), RC_INVALID, "baris 2");
}

static void ceilings(void **state)
{
	(void)state;
	BUF_AUTO many = BUF(1 << 20);
	for (int i = 0; i < SHEET_ROWS_MAX; i++)
		buf_add(&many, i % 2 ? S("1;2\n") : S("1;2\n\n"));
	expect_read(buf_str(&many));
	assert_int_equal(sheet.n, SHEET_ROWS_MAX);
	assert_int_equal(sheet.rows[SHEET_ROWS_MAX - 1].number, SHEET_ROWS_MAX + SHEET_ROWS_MAX / 2);
	buf_add(&many, S("1;2\n"));
	expect_refusal(buf_str(&many), RC_LIMIT, "lebih dari 20.000 baris");

	expect_read(S(R10("x;") R10("x;") R10("x;") "x;x\n"));
	expect_read(S(R10("x;") R10("x;") R10("x;") "x;x;;;\n"));
	expect_refusal(S("a;b\n" R10("x;") R10("x;") R10("x;") "x;x;x\n"), RC_LIMIT,
	               "Sel AG2 di luar batas: paling banyak 32 kolom");

	expect_rows(S("a;  " R500("y") "  \n"), "1: a|" R500("y") "\n");
	expect_refusal(S("a;" R500("y") "y\n"), RC_LIMIT, "sel B1 terlalu panjang");
	expect_refusal(S("a;b\nc;\"d\n" R500("y") R500("y") R500("y") R500("y") "\ne;\";f\n"), RC_LIMIT, "tidak ditutup");
}

/* As many cells as there may be, with an arena of the ceiling that sheet.h names. */
static void the_largest_table(void **state)
{
	(void)state;
	BUF_AUTO full = BUF(SHEET_FILE_MAX);
	for (int i = 0; i < SHEET_ROWS_MAX; i++)
		buf_add(&full, S(R10("123456;") R10("123456;") R10("123456;") "123456;123456\n"));
	assert_true(buf_ok(&full));
	expect_read(buf_str(&full));
	assert_int_equal(sheet.n, SHEET_ROWS_MAX);
	assert_int_equal(sheet.rows[SHEET_ROWS_MAX - 1].n, SHEET_COLUMNS_MAX);
}

static void too_big_a_file(void **state)
{
	(void)state;
	BUF_AUTO big = BUF(SHEET_FILE_MAX + 2);
	buf_add(&big, S("a;b\n"));
	while (big.n < SHEET_FILE_MAX)
		buf_addc(&big, '\n');
	expect_rows(buf_str(&big), "1: a|b\n");
	buf_addc(&big, '\n');
	expect_refusal(buf_str(&big), RC_LIMIT, "lebih besar dari 5 MB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(delimiters),     cmocka_unit_test(told_delimiter),        cmocka_unit_test(quotes),
	        cmocka_unit_test(text_marks),     cmocka_unit_test(line_ends_and_numbers), cmocka_unit_test(trimmed_and_cleaned),
	        cmocka_unit_test(utf16),          cmocka_unit_test(foreign_bytes),         cmocka_unit_test(ceilings),
	        cmocka_unit_test(too_big_a_file), cmocka_unit_test(the_largest_table),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
