/* SPDX-License-Identifier: EUPL-1.2
 * .xlsx: what another program writes is read (openpyxl), and so are forms of the
 * standard that it does not write: runs, inline texts, strict, prefixes, other paths. */
#include "sheet/sheet.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "tool.h"
#include "unit/sheet/read.h"
#include "workbook.h"

static struct bench bench;

static int make_workbooks(void **state)
{
	bench = bench_new();
	const char *const argv[] = {"/usr/bin/python3", "test/unit/sheet/workbooks.py", "make", bench.dir, NULL};
	if (bench_run(&bench, argv) != 0)
		print_error("%s\n", bench.said);
	assert_string_equal(bench.said, "");
	return open_arena(state);
}

static int remove_workbooks(void **state)
{
	bench_free(&bench);
	return close_arena(state);
}

static struct str workbook(const char *name)
{
	static char bytes[SHEET_FILE_MAX];
	FILE *f = fopen(bench_path(&bench, name).z, "r");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	return str_from(bytes, n);
}

static void a_list_of_people(void **state)
{
	(void)state;
	expect_rows(workbook("people.xlsx"), "1: DAFTAR KORBAN\n"
	                                     "3: No|NIK|Nama\n"
	                                     "4: #1|3304060101909999|BUDI \"CONTOH\"\n"
	                                     "5: #2|#3304060101909998|ANI\nCONTOH\n"
	                                     "6: #3|=|=\n"
	                                     "7: #4|!#N/A|TRUE\n");
	assert_int_equal(sheet.kind, SHEET_XLSX);
	assert_true(str_eq(sheet.name, S("Daftar Korban")));
	assert_int_equal(sheet.worksheets, 2);
	assert_int_equal(sheet.rows_hidden, 1);
	assert_true(sheet.merged && sheet.merged_first == 1 && sheet.merged_last == 1);
	assert_false(sheet.from_1904);
}

static const char *day_at(size_t row, size_t column)
{
	static struct clock_text text;
	struct sheet_cell cell = sheet_cell(&sheet.rows[row], column);
	struct day day;
	if (!sheet_date(&sheet, &cell, &day))
		return cell.date ? "none" : "no date";
	text = day_iso(day);
	return text.z;
}

static void expect_days(bool from_1904)
{
	assert_int_equal(sheet.from_1904, from_1904);
	assert_string_equal(day_at(0, 0), "1990-02-28");
	assert_string_equal(day_at(0, 1), "2026-11-23");
	assert_string_equal(day_at(0, 2), "none"); /* a time of day */
	assert_string_equal(day_at(1, 0), "2199-12-31");
	assert_string_equal(day_at(1, 1), "1904-01-02");
	assert_string_equal(day_at(1, 2), "no date");
	assert_string_equal(day_at(0, 4), "no date"); /* "hari" stands in quotes */
	assert_string_equal(day_at(0, 9), "no date"); /* past the row's end */
}

static void dates(void **state)
{
	(void)state;
	expect_read(workbook("dates.xlsx"));
	expect_days(false);
	assert_string_equal(day_at(0, 3), "1990-01-01");
	assert_string_equal(day_at(0, 5), "none"); /* 29-02-1900 */
	expect_read(workbook("dates1904.xlsx"));
	expect_days(true);
	assert_string_equal(day_at(0, 3), "1994-01-02");
	assert_string_equal(day_at(0, 5), "1904-03-01");
}

static void merges(void **state)
{
	(void)state;
	expect_rows(workbook("merged.xlsx"), "1: KK|NIK\n2: 3304060101909990|a\n3: |b\n4: |c\n5: x|d\n");
	assert_true(sheet.merged);
	assert_int_equal(sheet.merged_first, 2);
	assert_int_equal(sheet.merged_last, 4); /* what is merged below the list does not count */
}

static void ten_thousand_rows(void **state)
{
	(void)state;
	expect_read(workbook("many.xlsx"));
	assert_int_equal(sheet.n, 10000);
	assert_int_equal(sheet.rows[9999].number, 10000);
	assert_true(str_eq(sheet_cell(&sheet.rows[9999], 1).text, S("3304060101909999")));
}

static void expect_made(const struct made *made, const char *rows)
{
	BUF_AUTO zip = made_bytes(made);
	expect_rows(buf_str(&zip), rows);
}

static void shared_texts(void **state)
{
	(void)state;
	struct made made =
	        made_new(WORKBOOK_SHEET("<row r='2'><c r='B2' t='s'><v>1</v></c><c r='C2' t='s'><v>0</v></c><c t='s'/></row>"
	                                "<row><c t='s'><v> 2 </v></c><c t='s'><v>3</v></c><c t='s'><v>4</v></c></row>"));
	made_put(&made, WORKBOOK_TEXTS,
	         S(WORKBOOK_STRINGS("<si><t>satu &amp; &#x31;</t><phoneticPr fontId='1'/></si>"
	                            "<si><r><rPr><b/></rPr><t xml:space='preserve'> du</t></r><r><t>a</t></r>"
	                            "<rPh sb='0' eb='1'><t>baca</t></rPh></si>"
	                            "<si><t>_x0041__x000D__x000a_b_x005F_x0041_ _x00G1_ _xD800_ _x0000_</t></si><si/>"
	                            "<si><t>x</t></si>")));
	expect_made(&made, "2: |dua|satu & 1\n3: A\nb_x0041_ _x00G1_ _xD800_ _x0000_||x\n");
}

static void kinds_of_cells(void **state)
{
	(void)state;
	struct made made =
	        made_new(WORKBOOK_SHEET("<row><c t='inlineStr'><is><t>di dalam</t><rPh><t>x</t></rPh></is></c>"
	                                "<c t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r></is></c>"
	                                "<c t='b'><v>0</v></c><c t='e'><v>#REF!</v></c><c t='d'><v>2026-11-23T09:41:00</v></c>"
	                                "<c t='n'><v>3.30406010190999E+15</v></c><c><v>bukan angka</v></c></row>"
	                                "<row><c t='str'><f>A1&amp;B1</f><v>gabung</v></c><c><f>1+1</f><v>2</v></c>"
	                                "<c t='str'><f>IF(1;\"\";2)</f><v></v></c><c><f>2+2</f></c>"
	                                "<c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='str'><v>tanpa rumus</v></c></row>"
	                                "<row><c t='str'><f>A</f><v></v></c></row>"));
	expect_made(&made, "1: di dalam|ab|FALSE|!#REF!|%2026-11-23T09:41:00|#3.30406010190999E+15|bukan angka\n"
	                   "2: =gabung|=2||=|!#DIV/0!|tanpa rumus\n");
	assert_string_equal(day_at(0, 4), "2026-11-23");
}

static void date_styles(void **state)
{
	(void)state;
	struct made made = made_new(WORKBOOK_SHEET(
	        "<row><c s='0'><v>1</v></c><c s='1'><v>32874</v></c><c s='2'><v>32874</v></c>"
	        "<c s='3'><v>32874</v></c><c s='4'><v>32874</v></c><c s='1'><f>A1</f><v>3</v></c><c s='1'><v>bukan</v></c></row>"));
	made_put(
	        &made, WORKBOOK_STYLES,
	        S("<styleSheet xmlns='" WORKBOOK_MAIN "'><numFmts><numFmt numFmtId='14' formatCode='0.00'/>"
	          "<numFmt numFmtId='164' formatCode='[$-421]d mmmm yyyy'/></numFmts>"
	          "<cellStyleXfs><xf numFmtId='22'/></cellStyleXfs><dxfs><dxf><numFmt numFmtId='0' formatCode='yyyy'/></dxf></dxfs>"
	          "<cellXfs><xf numFmtId='0'/><xf numFmtId='17'/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs>"
	          "</styleSheet>"));
	expect_made(&made, "1: #1|#%32874|#%32874|#32874|#32874|=%3|bukan\n");
}

/* ISO/IEC 29500 strict, other prefixes, an absolute path, a path upwards, and no styles nor shared strings. */
static void other_programs(void **state)
{
	(void)state;
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, (struct str){NULL, 0});
	made_put(&made, "_rels/.rels",
	         S(WORKBOOK_LINKS(
	                 "<Relationship Id='a' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' "
	                 "Target='/buku/isi.xml'/>")));
	made_put(&made, "buku/isi.xml",
	         S("<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' "
	           "xmlns:q='http://purl.oclc.org/ooxml/officeDocument/relationships'><x:sheets><x:sheet name='A' sheetId='1' "
	           "q:id='k'/>"
	           "</x:sheets></x:workbook>"));
	made_put(&made, "buku/_rels/isi.xml.rels",
	         S(WORKBOOK_LINKS(WORKBOOK_LINK("z", "hyperlink", "../../x")
	                                  WORKBOOK_LINK("k", "worksheet", "./../LEMBAR/satu.xml"))));
	made_put(
	        &made, "lembar/satu.xml",
	        S("<?xml version='1.0' encoding='ISO-8859-1'?><s:worksheet xmlns:s='http://purl.oclc.org/ooxml/spreadsheetml/main' "
	          "xmlns:e='urn:lain'><e:row><s:sheetData><s:row><s:c><s:v>9</s:v></s:c></s:row></s:sheetData></e:row>"
	          "<s:sheetData><s:row e:r='7'><s:c t='inlineStr'><s:is><s:t>Jos\xe9<e:t>bukan</e:t></s:t></s:is></s:c></s:row>"
	          "</s:sheetData></s:worksheet>"));
	expect_made(&made, "1: Jos\xc3\xa9\n");
	assert_true(str_eq(sheet.name, S("A")));
}

static void utf16_parts(void **state)
{
	(void)state;
	static const char list[] = "<?xml version='1.0' encoding='UTF-16'?>" WORKBOOK_SHEET("<row><c><v>5</v></c></row>");
	char wide[2 * sizeof list] = "\xff\xfe";
	for (size_t i = 0; i + 1 < sizeof list; i++)
		wide[2 * i + 2] = list[i];
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, str_from(wide, sizeof wide));
	expect_made(&made, "1: #5\n");
}

static void which_worksheet(void **state)
{
	(void)state;
	struct made made = made_new(WORKBOOK_SHEET("<row><c><v>5</v></c></row>"));
	made_put(&made, "xl/workbook.xml",
	         S(WORKBOOK_BOOK("<sheets><sheet name='tersembunyi' sheetId='3' state='hidden' r:id='r1'/>"
	                         "<sheet name='bagan' sheetId='2' r:id='r3'/><sheet name='tanpa' sheetId='4'/>"
	                         "<sheet name='ini' sheetId='1' state='visible' r:id='r1'/></sheets>")));
	expect_made(&made, "1: #5\n");
	assert_true(str_eq(sheet.name, S("ini")));
	assert_int_equal(sheet.worksheets, 1);
	made_put(&made, "xl/workbook.xml",
	         S(WORKBOOK_BOOK("<sheets><sheet name='tersembunyi' sheetId='3' state='veryHidden' r:id='r1'/></sheets>")));
	BUF_AUTO zip = made_bytes(&made);
	expect_refusal(buf_str(&zip), RC_INVALID, "tidak mempunyai lembar yang tampak");
}

/* A row that a filter hides is read and counted; one in which nothing stands is neither. */
static void hidden_rows(void **state)
{
	(void)state;
	struct made made = made_new(
	        WORKBOOK_SHEET("<row hidden='1'/><row hidden='1'><c><v>2</v></c></row><row hidden='true'><c><v>3</v></c></row>"
	                       "<row hidden='0'><c><v>4</v></c></row>"));
	expect_made(&made, "2: #2\n3: #3\n4: #4\n");
	assert_int_equal(sheet.rows_hidden, 2);
}

static void empty_worksheets(void **state)
{
	(void)state;
	static const char *const lists[] = {
	        WORKBOOK_SHEET(""),
	        WORKBOOK_SHEET("<row/><row r='7'><c/><c s='4'/><c t='s'/><c t='inlineStr'><is><t>  </t></is></c></row>"),
	        "<worksheet xmlns='" WORKBOOK_MAIN "'/>",
	        "<worksheet xmlns='urn:lain'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
	};
	for (size_t i = 0; i < LEN(lists); i++) {
		struct made made = made_new(lists[i]);
		BUF_AUTO zip = made_bytes(&made);
		expect_refusal(buf_str(&zip), RC_INVALID, "tidak berisi satu baris pun");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_list_of_people),  cmocka_unit_test(dates),        cmocka_unit_test(merges),
	        cmocka_unit_test(ten_thousand_rows), cmocka_unit_test(shared_texts), cmocka_unit_test(kinds_of_cells),
	        cmocka_unit_test(date_styles),       cmocka_unit_test(utf16_parts),  cmocka_unit_test(other_programs),
	        cmocka_unit_test(which_worksheet),   cmocka_unit_test(hidden_rows),  cmocka_unit_test(empty_worksheets),
	};
	return cmocka_run_group_tests(tests, make_workbooks, remove_workbooks);
}
