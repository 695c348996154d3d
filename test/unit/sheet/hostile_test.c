/* SPDX-License-Identifier: EUPL-1.2
 * Workbooks made to hurt: every ceiling holds, what programs would read differently is
 * refused, and no byte anywhere in a file brings more than a refusal. */
#include "sheet/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "sheet/package.h"
#include "sheet/shared.h"
#include "sheet/xml.h"
#include "unit/sheet/read.h"
#include "workbook.h"

#define ONE_CELL "<row><c><v>1</v></c></row>"
#define HEAD "<worksheet xmlns='" WORKBOOK_MAIN "' xmlns:e='urn:lain'><sheetData>"
#define TAIL "</sheetData></worksheet>"
#define TEXTS_HEAD "<sst xmlns='" WORKBOOK_MAIN "'>"
#define MIB ((size_t)1 << 20)

static void refuse_made(const struct made *made, enum rc rc, const char *words)
{
	BUF_AUTO zip = made_bytes(made);
	assert_true(zip.n <= SHEET_FILE_MAX);
	expect_refusal(buf_str(&zip), rc, words);
}

static void read_made(const struct made *made)
{
	BUF_AUTO zip = made_bytes(made);
	expect_read(buf_str(&zip));
}

static void refuse_list(const char *list, enum rc rc, const char *words)
{
	struct made made = made_new(list);
	refuse_made(&made, rc, words);
}

static void add_times(struct buf *out, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_addz(out, text);
	assert_true(buf_ok(out));
}

/* Noise keeps the ratio of a part low. */
static void add_noise(struct buf *out, uint32_t *noise)
{
	*noise = *noise * 1664525 + 1013904223;
	buf_addf(out, "<!--%08x-->", *noise);
}

static void a_bomb_is_known_by_its_ratio(void **state)
{
	(void)state;
	BUF_AUTO list = BUF(8 * MIB);
	buf_addz(&list, HEAD ONE_CELL);
	add_times(&list, "                                ", 5 * MIB / 32);
	buf_addz(&list, TAIL);
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	refuse_made(&made, RC_LIMIT, "terlalu besar setelah dibuka");
	/* small ones may be as regular as they like */
	buf_clear(&list);
	buf_addz(&list, HEAD ONE_CELL);
	add_times(&list, "                                ", 3 * MIB / 32);
	buf_addz(&list, TAIL);
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	read_made(&made);
}

static void a_part_has_a_ceiling(void **state)
{
	(void)state;
	uint32_t noise = 1;
	BUF_AUTO list = BUF((size_t)PACKAGE_LARGE_MAX + 2 * MIB);
	buf_addz(&list, HEAD ONE_CELL);
	while (list.n < (size_t)PACKAGE_LARGE_MAX) {
		add_noise(&list, &noise);
		add_times(&list, "<e:c a='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/>", 8);
	}
	buf_addz(&list, TAIL);
	assert_true(buf_ok(&list));
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	refuse_made(&made, RC_LIMIT, "terlalu besar setelah dibuka");
}

static void all_parts_have_a_ceiling(void **state)
{
	(void)state;
	uint32_t noise = 1;
	BUF_AUTO large = BUF((size_t)PACKAGE_LARGE_MAX);
	while (large.n < (size_t)PACKAGE_ALL_MAX / 2) {
		add_noise(&large, &noise);
		add_times(&large, "<e:c a='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/>", 8);
	}
	BUF_AUTO list = BUF((size_t)PACKAGE_LARGE_MAX), strings = BUF((size_t)PACKAGE_LARGE_MAX);
	buf_addz(&list, HEAD ONE_CELL);
	buf_add(&list, buf_str(&large));
	buf_addz(&list, TAIL);
	buf_addz(&strings, "<sst xmlns='" WORKBOOK_MAIN "' xmlns:e='urn:lain'>");
	buf_add(&strings, buf_str(&large));
	buf_addz(&strings, "</sst>");
	assert_true(buf_ok(&list) && buf_ok(&strings));
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	read_made(&made);
	made_put(&made, WORKBOOK_TEXTS, buf_str(&strings));
	refuse_made(&made, RC_LIMIT, "terlalu besar setelah dibuka");
}

static void a_million_rows_end_at_the_ceiling(void **state)
{
	(void)state;
	BUF_AUTO list = BUF(32 * MIB);
	struct made made = made_new("");
	buf_addz(&list, HEAD);
	add_times(&list, ONE_CELL, SHEET_ROWS_MAX + 1);
	add_times(&list, ONE_CELL, 1000000);
	buf_addz(&list, "</neither></well>formed");
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	refuse_made(&made, RC_LIMIT, "lebih dari 20.000 baris"); /* what comes after them was not looked at */
	buf_clear(&list);
	/* rows without anything are no rows, however many */
	buf_addz(&list, HEAD ONE_CELL);
	add_times(&list, "<row/>", 500000);
	buf_addz(&list, ONE_CELL TAIL);
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	read_made(&made);
	assert_int_equal(sheet.n, 2);
	assert_int_equal(sheet.rows[1].number, 500002);
}

static void texts_have_ceilings(void **state)
{
	(void)state;
	BUF_AUTO strings = BUF(32 * MIB);
	struct made made = made_new(WORKBOOK_SHEET("<row><c t='s'><v>199999</v></c></row>"));
	buf_addz(&strings, TEXTS_HEAD);
	add_times(&strings, "<si/>", SHARED_MAX - 1);
	buf_addz(&strings, "<si><t>x</t></si></sst>");
	made_put(&made, WORKBOOK_TEXTS, buf_str(&strings));
	read_made(&made);
	strings.n -= strlen("</sst>");
	buf_addz(&strings, "<si/></sst>");
	made_put(&made, WORKBOOK_TEXTS, buf_str(&strings));
	refuse_made(&made, RC_LIMIT, "terlalu banyak teks");
	/* few, but long */
	uint32_t noise = 1;
	buf_clear(&strings);
	buf_addz(&strings, TEXTS_HEAD);
	for (size_t n = 0; n <= GRID_TEXT_MAX; n += 240) {
		noise = noise * 1664525 + 1013904223;
		buf_addf(&strings, "<si><t>%0240u</t></si>", noise);
	}
	buf_addz(&strings, "</sst>");
	made_put(&made, WORKBOOK_TEXTS, buf_str(&strings));
	refuse_made(&made, RC_LIMIT, "terlalu banyak teks");
}

/* A text too long for a cell hurts only where it stands in the list: other worksheets have their own. */
static void cells_have_ceilings(void **state)
{
	(void)state;
	BUF_AUTO strings = BUF(MIB);
	buf_addz(&strings, TEXTS_HEAD "<si><t>");
	add_times(&strings, "petunjuk ", 1000);
	buf_addz(&strings, "</t></si><si><t>x</t></si></sst>");
	struct made made = made_new(WORKBOOK_SHEET("<row r='3'><c r='B3' t='s'><v>1</v></c></row>"));
	made_put(&made, WORKBOOK_TEXTS, buf_str(&strings));
	read_made(&made);
	made_put(&made, WORKBOOK_LIST, S(WORKBOOK_SHEET("<row r='3'><c r='B3' t='s'><v>0</v></c></row>")));
	refuse_made(&made, RC_LIMIT, "sel B3 terlalu panjang");
	BUF_AUTO list = BUF(MIB);
	buf_addz(&list, HEAD "<row r='9'><c t='inlineStr'><is><t>");
	add_times(&list, "0123456789", SHEET_CELL_MAX / 10);
	buf_addz(&list, "0</t></is></c></row>" TAIL);
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	refuse_made(&made, RC_LIMIT, "sel A9 terlalu panjang");
	refuse_list(WORKBOOK_SHEET("<row r='4'><c r='AG4'><v>1</v></c></row>"), RC_LIMIT, "Sel AG4 di luar batas");
	made = made_new(WORKBOOK_SHEET("<row r='4'><c r='AF4'><v>1</v></c><c r='AG4'/><c r='XFD4' s='1'/></row>"));
	read_made(&made);
}

static void nesting_has_a_ceiling(void **state)
{
	(void)state;
	BUF_AUTO list = BUF(MIB);
	struct made made = made_new("");
	for (size_t deep = XML_DEPTH_MAX - 2; deep <= XML_DEPTH_MAX - 1; deep++) { /* worksheet and sheetData are two of them */
		buf_clear(&list);
		buf_addz(&list, HEAD ONE_CELL);
		add_times(&list, "<e:x>", deep);
		add_times(&list, "</e:x>", deep);
		buf_addz(&list, TAIL);
		made_put(&made, WORKBOOK_LIST, buf_str(&list));
		if (deep == XML_DEPTH_MAX - 2)
			read_made(&made);
		else
			refuse_made(&made, RC_INVALID, "rusak");
	}
}

/* A tag is held as a whole by whoever parses it. */
static void a_tag_has_a_ceiling(void **state)
{
	(void)state;
	BUF_AUTO list = BUF(4 * MIB);
	struct made made = made_new("");
	buf_addz(&list, HEAD ONE_CELL "<e:x a='");
	add_times(&list, "0123456789abcdef", 2 * XML_TAG_MAX / 16);
	buf_addz(&list, "'/>" TAIL);
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	refuse_made(&made, RC_INVALID, "rusak");
	buf_clear(&list);
	buf_addz(&list, HEAD ONE_CELL "<e:x a='");
	add_times(&list, "0123456789abcdef", XML_TAG_MAX / 2 / 16);
	buf_addz(&list, "'/>" TAIL);
	made_put(&made, WORKBOOK_LIST, buf_str(&list));
	read_made(&made);
}

#define LAUGHS                                                                                                                     \
	"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"                \
	"<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"

static void document_types_are_refused(void **state)
{
	(void)state;
	static const char *const parts[] = {WORKBOOK_LIST, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
	                                    "[Content_Types].xml"};
	for (size_t i = 0; i < LEN(parts); i++) {
		struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
		made_put(&made, parts[i], S(LAUGHS "<x>&c;&file;</x>"));
		refuse_made(&made, RC_INVALID, "tidak lazim");
	}
	refuse_list("<!DOCTYPE worksheet SYSTEM 'http://192.0.2.1/x.dtd'>" WORKBOOK_SHEET(ONE_CELL), RC_INVALID, "tidak lazim");
	refuse_list(WORKBOOK_SHEET("<row><c><v>&lain;</v></c></row>"), RC_INVALID, "rusak");
}

static void what_could_be_read_in_two_ways_is_refused(void **state)
{
	(void)state;
	static const char *const lists[] = {
	        WORKBOOK_SHEET("<row r='2'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>"),
	        WORKBOOK_SHEET("<row r='2'><c><v>1</v></c></row><row r='1'><c><v>2</v></c></row>"),
	        WORKBOOK_SHEET("<row r='0'><c><v>1</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1048577'><c><v>1</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1048576'/><row/>"),
	        WORKBOOK_SHEET("<row r='99999999999999999999'/>"),
	        WORKBOOK_SHEET("<row r='satu'/>"),
	        WORKBOOK_SHEET("<row r='1'><c r='B1'><v>1</v></c><c r='B1'><v>2</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='B2'><v>1</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='XFE1'/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='AAAA1'/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='XFD1'/><c/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='b1'/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r='1'/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c r=''/></row>"),
	        WORKBOOK_SHEET("<row r='1'><c t='lain'><v>1</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1'><c t='s'><v>0</v></c></row>"), /* there are no shared strings */
	        WORKBOOK_SHEET("<row r='1'><c t='s'><v>-1</v></c></row>"),
	        WORKBOOK_SHEET("<row r='1'><c t='s'><v>x</v></c></row>"),
	        HEAD ONE_CELL "</sheetData><mergeCells><mergeCell ref='A1:B'/></mergeCells></worksheet>",
	        HEAD ONE_CELL "</sheetData><mergeCells><mergeCell ref='A5:A1'/></mergeCells></worksheet>",
	        HEAD ONE_CELL "</sheetData><mergeCells><mergeCell ref='A1:XFE1'/></mergeCells></worksheet>",
	        HEAD ONE_CELL "</sheetData><mergeCells><mergeCell/></mergeCells></worksheet>",
	        HEAD ONE_CELL,
	        WORKBOOK_SHEET(ONE_CELL) "<lagi/>",
	        "<?xml version='1.0' encoding='windows-1250'?>" WORKBOOK_SHEET(ONE_CELL),
	        "bukan XML",
	        "",
	};
	for (size_t i = 0; i < LEN(lists); i++)
		refuse_list(lists[i], RC_INVALID, "rusak");
}

/* Nothing is ever written by its name; a target that leaves the package is a damaged one all the same. */
static void targets_stay_inside(void **state)
{
	(void)state;
	static const char *const targets[] = {
	        WORKBOOK_LINK("r1", "worksheet", "../../../etc/passwd"),
	        WORKBOOK_LINK("r1", "worksheet", ""),
	        WORKBOOK_LINK("r1", "worksheet", "/../xl/worksheets/sheet1.xml"),
	        WORKBOOK_LINK("r1", "worksheet", "worksheets/tidak-ada.xml"),
	        WORKBOOK_LINK("r1", "worksheet", "file:///etc/passwd"),
	};
	for (size_t i = 0; i < LEN(targets); i++) {
		struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
		char links[512];
		snprintf(links, sizeof links, WORKBOOK_LINKS("%s"), targets[i]);
		made_put(&made, "xl/_rels/workbook.xml.rels", str_c(links));
		refuse_made(&made, RC_INVALID, "rusak");
	}
	struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
	made_put(&made, "xl/_rels/workbook.xml.rels",
	         S(WORKBOOK_LINKS("<Relationship Id='r1' Type='" WORKBOOK_OFFICE "/worksheet' Target='worksheets/sheet1.xml' "
	                          "TargetMode='External'/>")));
	refuse_made(&made, RC_INVALID, "lembar yang tampak");
	/* names nobody would unpack harm nobody here */
	made = made_new(WORKBOOK_SHEET(ONE_CELL));
	made_put(&made, "../../etc/passwd", S("x"));
	made_put(&made, "/mutlak", S("x"));
	read_made(&made);
}

/* A path that is too long is not cut until it fits another part. */
static void paths_are_not_cut(void **state)
{
	(void)state;
	char name[PACKAGE_PATH_MAX];
	BUF_AUTO links = BUF(MIB);
	snprintf(name, sizeof name, "xl/%0*d", (int)sizeof name - 4, 0);
	struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
	made_put(&made, name, S(WORKBOOK_SHEET(ONE_CELL)));
	for (int more = 0; more < 2; more++) {
		buf_clear(&links);
		buf_addf(&links,
		         "<Relationships xmlns='" WORKBOOK_PACKAGE
		         "relationships'><Relationship Id='r1' Type='x/worksheet' Target='%s%s'/>"
		         "</Relationships>",
		         name + strlen("xl/"), more ? "0" : "");
		made_put(&made, "xl/_rels/workbook.xml.rels", buf_str(&links));
		if (more)
			refuse_made(&made, RC_INVALID, "rusak");
		else
			read_made(&made);
	}
}

static void two_parts_of_one_name(void **state)
{
	(void)state;
	struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
	made_put(&made, "XL/Worksheets/Sheet1.XML", S(WORKBOOK_SHEET("<row><c><v>2</v></c></row>")));
	refuse_made(&made, RC_INVALID, "rusak");
	made = made_new(WORKBOOK_SHEET(ONE_CELL));
	made_put(&made, "xl/worksheets/sheetX.xml", S(WORKBOOK_SHEET("<row><c><v>2</v></c></row>")));
	BUF_AUTO zip = made_bytes(&made);
	for (char *at; (at = memmem(zip.at, zip.n, "sheetX", 6)) != NULL;)
		memcpy(at, "sheet1", 6);
	expect_refusal(buf_str(&zip), RC_INVALID, "rusak");
}

static void counts_have_ceilings(void **state)
{
	(void)state;
	BUF_AUTO part = BUF(4 * MIB);
	struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
	buf_addz(&part, "<Relationships xmlns='" WORKBOOK_PACKAGE "relationships'>");
	add_times(&part, WORKBOOK_LINK("x", "x", "x"), 511);
	size_t almost = part.n;
	buf_addz(&part, WORKBOOK_LINK("r1", "worksheet", "worksheets/sheet1.xml") "</Relationships>");
	made_put(&made, "xl/_rels/workbook.xml.rels", buf_str(&part));
	read_made(&made);
	part.n = almost;
	buf_addz(&part, WORKBOOK_LINK("x", "x", "x") WORKBOOK_LINK("x", "x", "x") "</Relationships>");
	made_put(&made, "xl/_rels/workbook.xml.rels", buf_str(&part));
	refuse_made(&made, RC_LIMIT, "terlalu banyak bagian");
	made = made_new(WORKBOOK_SHEET(ONE_CELL));
	buf_clear(&part);
	buf_addz(&part, "<workbook xmlns='" WORKBOOK_MAIN "'><sheets>");
	add_times(&part, "<sheet name='x'/>", 257);
	buf_addz(&part, "</sheets></workbook>");
	made_put(&made, "xl/workbook.xml", buf_str(&part));
	refuse_made(&made, RC_LIMIT, "terlalu banyak lembar");
}

static void entries_have_a_ceiling(void **state)
{
	(void)state;
	zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, NULL);
	char name[32];
	static char bytes[MIB];
	zip_source_keep(file);
	zip_t *zip = zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	for (int i = 0; i <= PACKAGE_ENTRIES_MAX; i++) {
		snprintf(name, sizeof name, "%d", i);
		assert_true(zip_file_add(zip, name, zip_source_buffer(zip, "", 0, 0), 0) >= 0);
	}
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(file), 0);
	zip_int64_t n = zip_source_read(file, bytes, sizeof bytes);
	zip_source_close(file);
	zip_source_free(file);
	expect_refusal(str_from(bytes, (size_t)n), RC_LIMIT, "terlalu banyak bagian");
}

static void odd_packing(void **state)
{
	(void)state;
	struct made made = made_new(WORKBOOK_SHEET(ONE_CELL));
	BUF_AUTO stored = made_zip(&made, ZIP_CM_STORE, NULL);
	expect_rows(buf_str(&stored), "1: #1\n");
	BUF_AUTO locked = made_zip(&made, ZIP_CM_DEFLATE, "rahasia");
	expect_refusal(buf_str(&locked), RC_INVALID, "kata sandi");
	if (zip_compression_method_supported(ZIP_CM_BZIP2, 1)) {
		BUF_AUTO odd = made_zip(&made, ZIP_CM_BZIP2, NULL);
		expect_refusal(buf_str(&odd), RC_INVALID, "rusak");
	}
}

static struct made long_list(struct buf *list)
{
	buf_addz(list, HEAD);
	for (int i = 0; i < 40; i++)
		buf_addf(list, "<row><c t='inlineStr'><is><t>33040601010199%02d</t></is></c></row>", i);
	buf_addz(list, TAIL);
	struct made made = made_new("");
	made_put(&made, WORKBOOK_LIST, buf_str(list));
	return made;
}

static void cut_off_anywhere(void **state)
{
	(void)state;
	BUF_AUTO list = BUF(MIB);
	struct made made = long_list(&list);
	BUF_AUTO zip = made_bytes(&made);
	for (size_t n = 4; n < zip.n; n++) {
		/* memory of its own, so that a sanitizer sees a byte read past it */
		BUF_AUTO cut = BUF(MIB);
		buf_add(&cut, str_sub(buf_str(&zip), 0, n));
		expect_refusal(buf_str(&cut), RC_INVALID, "rusak");
	}
}

/* A flipped bit is noticed by the checksum, or by what it makes of the zip; where nobody looks it changes nothing. */
static void any_bit_flipped(void **state)
{
	(void)state;
	static char whole[65536];
	BUF_AUTO list = BUF(MIB);
	struct made made = long_list(&list);
	BUF_AUTO zip = made_zip(&made, ZIP_CM_STORE, NULL);
	expect_read(buf_str(&zip));
	size_t whole_n = seen().n;
	memcpy(whole, seen().at, whole_n);
	for (size_t i = 0; i < zip.n; i++) {
		zip.at[i] = (char)(zip.at[i] ^ (1 << (i % 8)));
		enum rc rc = read_file(buf_str(&zip));
		if (rc == RC_OK)
			assert_true(str_eq(seen(), str_from(whole, whole_n)));
		else
			assert_int_equal(rc, RC_INVALID);
		zip.at[i] = (char)(zip.at[i] ^ (1 << (i % 8)));
	}
	char *digits = memmem(zip.at, zip.n, "3304060101019923", 16);
	assert_non_null(digits);
	digits[15] = '4';
	expect_refusal(buf_str(&zip), RC_INVALID, "rusak");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_bomb_is_known_by_its_ratio),
	        cmocka_unit_test(a_part_has_a_ceiling),
	        cmocka_unit_test(all_parts_have_a_ceiling),
	        cmocka_unit_test(a_million_rows_end_at_the_ceiling),
	        cmocka_unit_test(texts_have_ceilings),
	        cmocka_unit_test(cells_have_ceilings),
	        cmocka_unit_test(nesting_has_a_ceiling),
	        cmocka_unit_test(a_tag_has_a_ceiling),
	        cmocka_unit_test(document_types_are_refused),
	        cmocka_unit_test(what_could_be_read_in_two_ways_is_refused),
	        cmocka_unit_test(targets_stay_inside),
	        cmocka_unit_test(paths_are_not_cut),
	        cmocka_unit_test(two_parts_of_one_name),
	        cmocka_unit_test(counts_have_ceilings),
	        cmocka_unit_test(entries_have_a_ceiling),
	        cmocka_unit_test(odd_packing),
	        cmocka_unit_test(cut_off_anywhere),
	        cmocka_unit_test(any_bit_flipped),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
