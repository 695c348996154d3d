/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a workbook. What begins with PK is taken as it is; a fuzzer seldom gets
 * past the checksums of a zip, so anything else is parts, a NUL between them, that are
 * zipped here: worksheet, shared strings, styles, workbook, relationships. What is read
 * keeps the promises of sheet.h, and written as .xlsx by us it is read back the same. */
#include "sheet/table.h"

#include <assert.h>
#include <zip.h>

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

struct part {
	const char *name;
	struct str usual;
};
static const struct part parts[] = {
        {"xl/worksheets/sheet1.xml", {"<worksheet/>", 12}},
        {"xl/sharedStrings.xml", {"<sst/>", 6}},
        {"xl/styles.xml", {"<styleSheet/>", 13}},
        {"xl/workbook.xml", {NULL, 0}},
        {"xl/_rels/workbook.xml.rels", {NULL, 0}},
};
static const char types[] = "<Types xmlns='" PACKAGE "content-types'/>";
static const char root[] = "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='a' Type='" OFFICE
                           "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book[] = "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='a' r:id='a'/></sheets></workbook>";
static const char links[] = "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='a' Type='" OFFICE
                            "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='" OFFICE
                            "/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='c' Type='" OFFICE
                            "/styles' Target='styles.xml'/></Relationships>";

static void add(zip_t *zip, const char *name, struct str content)
{
	zip_int64_t at = zip_file_add(zip, name, zip_source_buffer(zip, content.at, content.n, 0), 0);
	assert(at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

static void zip_parts(struct str rest, struct buf *out)
{
	zip_stat_t stat;
	zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, NULL);
	assert(file);
	zip_source_keep(file);
	zip_t *zip = zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert(zip);
	add(zip, "[Content_Types].xml", str_c(types));
	add(zip, "_rels/.rels", str_c(root));
	for (size_t i = 0; i < LEN(parts); i++) {
		struct str usual = i == 3 ? str_c(book) : i == 4 ? str_c(links) : parts[i].usual;
		struct str part = str_split(&rest, '\0');
		add(zip, parts[i].name, part.n ? part : usual);
	}
	assert(zip_close(zip) == 0 && zip_source_stat(file, &stat) == 0);
	assert(buf_room(out, stat.size) && zip_source_open(file) == 0);
	assert(zip_source_read(file, out->at, stat.size) == (zip_int64_t)stat.size);
	out->n = stat.size;
	zip_source_close(file);
	zip_source_free(file);
}

static void check(const struct sheet *sheet)
{
	int number = 0;
	struct day day;
	assert(sheet->n >= 1 && sheet->n <= SHEET_ROWS_MAX && sheet->worksheets >= 1);
	assert(sheet->merged == (sheet->merged_first > 0) && sheet->merged_last >= sheet->merged_first);
	for (size_t i = 0; i < sheet->n; i++) {
		const struct sheet_row *row = &sheet->rows[i];
		assert(row->number > number && row->n >= 1 && row->n <= SHEET_COLUMNS_MAX);
		number = row->number;
		assert(row->cells[row->n - 1].kind != CELL_EMPTY);
		for (size_t k = 0; k < row->n; k++) {
			const struct sheet_cell *cell = &row->cells[k];
			assert(cell->kind == CELL_FORMULA || (cell->kind == CELL_EMPTY) == (cell->text.n == 0));
			assert(str_is_text(cell->text) && cell->text.n <= SHEET_CELL_MAX);
			if (sheet_date(sheet, cell, &day))
				assert(cell->date);
		}
	}
}

static bool says_nothing(const struct sheet_row *row)
{
	for (size_t k = 0; k < row->n; k++)
		if (row->cells[k].text.n)
			return false;
	return true;
}

static void there_and_back(const struct sheet *sheet)
{
	static struct table_column columns[SHEET_COLUMNS_MAX];
	struct table table = {sheet->name, columns, LEN(columns), sheet->rows, sheet->n};
	struct arena arena;
	struct sheet again;
	BUF_AUTO out = BUF(TABLE_XLSX_MAX);
	columns[0].title = S("Judul");
	assert(table_xlsx(&out, &table, NULL) == RC_OK);
	arena_init(&arena, SHEET_ARENA_MAX);
	assert(sheet_read(buf_str(&out), &arena, &again, NULL) == RC_OK);
	for (size_t i = 0, at = 1; i < sheet->n; i++) {
		if (says_nothing(&sheet->rows[i])) /* formulas that were never computed */
			continue;
		assert(at < again.n && again.rows[at].number == (int)i + 2);
		for (size_t k = 0; k < SHEET_COLUMNS_MAX; k++)
			assert(str_eq(sheet_cell(&sheet->rows[i], k).text, sheet_cell(&again.rows[at], k).text));
		at++;
	}
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct sheet sheet;
	struct err err = {.what = ""};
	struct str file = str_from((const char *)data, n);
	BUF_AUTO zipped = BUF((size_t)4 << 20);
	if (!str_starts(file, S("PK"))) {
		zip_parts(file, &zipped);
		file = buf_str(&zipped);
	}
	arena_init(&arena, SHEET_ARENA_MAX);
	enum rc rc = sheet_read(file, &arena, &sheet, &err);
	assert(rc == RC_OK || ((rc == RC_INVALID || rc == RC_LIMIT) && err.what[0]));
	if (rc == RC_OK && sheet.kind == SHEET_XLSX) {
		check(&sheet);
		there_and_back(&sheet);
	}
	arena_free(&arena);
	return 0;
}
