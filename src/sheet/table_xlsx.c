/* SPDX-License-Identifier: EUPL-1.2
 * sheet/table_xlsx.c - see table.h: the least that a workbook consists of (ISO/IEC
 * 29500, transitional), zipped in memory. Texts stand in their cells (inlineStr): no
 * second part to keep in step. All times in the zip are the earliest it can say. */
#include "sheet/table.h"

#include <assert.h>
#include <stdio.h>
#include <zip.h>

#include "sheet/number.h"

#define WORKSHEETS_MAX ((size_t)96 << 20) /* bytes of all of them before they are compressed */
#define SMALL_MAX ((size_t)16 << 10)
#define NAME_MAX_UNITS 31
#define DOS_EPOCH ((1 << 5) | 1) /* 1980-01-01 */

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

enum look { LOOK_PLAIN, LOOK_TITLE, LOOK_TEXT, LOOK_DATE }; /* cellXfs of styles_xml */

static const char root_xml[] = XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                                   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char styles_xml[] = XML
        "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7ECEF\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
        "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
        "applyFill=\"1\" "
        "applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>"
        "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
        "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

int table_serial(struct day day)
{
	return day.n - day_from_ymd(1899, 12, 30).n;
}

/* Is it the _ of something that a reader would take for an escape (_x000D_)? */
static bool looks_escaped(struct str s)
{
	if (s.n < 7 || s.at[1] != 'x' || s.at[6] != '_')
		return false;
	for (size_t i = 2; i < 6; i++)
		if (hex_digit(s.at[i]) < 0)
			return false;
	return true;
}

static bool is_noncharacter(struct str c)
{
	return str_eq(c, S("\xef\xbf\xbe")) || str_eq(c, S("\xef\xbf\xbf"));
}

/* Text of an element or of a quoted attribute. Control characters, which XML cannot say, become blanks. */
static void put_text(struct buf *out, struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		unsigned char c = (unsigned char)s.at[i];
		n = c < 0x80 ? 1 : str_utf8(s, i);
		if (n == 0 || is_noncharacter(str_sub(s, i, n))) {
			buf_add(out, S("\xef\xbf\xbd"));
			n = n ? n : 1;
		} else if (strchr("&<>\"'", c) && c) {
			buf_add_html(out, str_sub(s, i, 1));
		} else if (c == '\r') { /* line ends are one byte */
			buf_add(out, i + 1 < s.n && s.at[i + 1] == '\n' ? S("") : S("\n"));
		} else if ((c < ' ' && c != '\n') || c == 0x7f) {
			buf_addc(out, ' ');
		} else if (c == '_' && looks_escaped(str_sub(s, i, s.n))) {
			buf_add(out, S("_x005F_"));
		} else {
			buf_add(out, str_sub(s, i, n));
		}
	}
}

static void put_string(struct buf *out, struct sheet_place place, struct str text, enum look look)
{
	buf_addf(out, "<c r=\"%s\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", place.z, (int)look);
	put_text(out, text);
	buf_add(out, S("</t></is></c>"));
}

static void put_cell(struct buf *out, struct sheet_place place, const struct sheet_cell *cell)
{
	if (cell->text.n == 0)
		return;
	if (cell->kind != CELL_NUMBER || !number_is_safe(cell->text)) {
		put_string(out, place, cell->text, LOOK_TEXT);
		return;
	}
	buf_addf(out, "<c r=\"%s\" s=\"%d\"><v>%.*s</v></c>", place.z, cell->date ? LOOK_DATE : LOOK_PLAIN, STR_ARG(cell->text));
}

static void put_columns(struct buf *out, const struct table *table)
{
	bool any = false;
	for (size_t i = 0; i < table->columns_n; i++) {
		if (table->columns[i].width <= 0)
			continue;
		buf_addf(out, "%s<col min=\"%zu\" max=\"%zu\" width=\"%d\" style=\"%d\" customWidth=\"1\"/>", any ? "" : "<cols>",
		         i + 1, i + 1, table->columns[i].width, table->columns[i].text ? LOOK_TEXT : LOOK_PLAIN);
		any = true;
	}
	if (any)
		buf_add(out, S("</cols>"));
}

static void put_row(struct buf *out, int number, const struct sheet_row *row, const struct table *table)
{
	assert(row->n <= table->columns_n);
	buf_addf(out, "<row r=\"%d\">", number);
	for (size_t i = 0; i < row->n; i++)
		put_cell(out, sheet_place(i, number), &row->cells[i]);
	buf_add(out, S("</row>"));
}

static void put_worksheet(struct buf *out, const struct table *table, bool selected)
{
	struct sheet_place last = sheet_place(table->columns_n - 1, (int)table->rows_n + 1);
	buf_addf(out,
	         XML "<worksheet xmlns=\"" MAIN "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
	             "<sheetView %sworkbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
	             "state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews>",
	         selected ? "tabSelected=\"1\" " : "");
	put_columns(out, table);
	buf_add(out, S("<sheetData><row r=\"1\">"));
	for (size_t i = 0; i < table->columns_n; i++)
		put_string(out, sheet_place(i, 1), table->columns[i].title, LOOK_TITLE);
	buf_add(out, S("</row>"));
	for (size_t i = 0; i < table->rows_n; i++)
		put_row(out, (int)i + 2, &table->rows[i], table);
	/* A4, as wide as the page; and no green corners over digits that are meant to be texts */
	buf_addf(out,
	         "</sheetData><autoFilter ref=\"A1:%s\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"
	         "<ignoredErrors><ignoredError sqref=\"A1:%s\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>",
	         last.z, last.z);
}

/* A name programs accept: no []:*?/\ nor control characters, no apostrophe at the ends, 1 to 31 UTF-16 units. */
static void put_name(struct buf *out, struct str name)
{
	size_t units = 0;
	struct str c;
	name = str_trim(name);
	for (size_t i = 0; i < name.n; i += c.n) {
		size_t n = str_utf8(name, i);
		c = str_sub(name, i, n ? n : 1);
		units += c.n == 4 ? 2 : 1;
		if (units > NAME_MAX_UNITS)
			break;
		bool plain = c.n > 1 || ((unsigned char)*c.at >= ' ' && (unsigned char)*c.at < 0x7f && !strchr("[]:*?/\\'", *c.at));
		buf_add(out, plain ? c : S("-"));
	}
	if (out->n == 0)
		buf_add(out, S("Daftar"));
}

/* ---- what holds the worksheets together ---- */

static void put_types(struct buf *out, size_t n)
{
	buf_add(out, S(XML "<Types xmlns=\"" PACKAGE
	                   "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
	                   "package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	                   "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
	                   "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/>"));
	for (size_t i = 1; i <= n; i++)
		buf_addf(out, "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"" TYPE "worksheet+xml\"/>", i);
	buf_add(out, S("</Types>"));
}

static void put_links(struct buf *out, size_t n)
{
	buf_add(out, S(XML "<Relationships xmlns=\"" PACKAGE "relationships\">"));
	for (size_t i = 1; i <= n; i++)
		buf_addf(out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>", i,
		         i);
	buf_addf(out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>", n + 1);
}

static void put_own_name(struct buf *out, const struct table *table)
{
	BUF_AUTO name = BUF(SMALL_MAX);
	put_name(&name, table->name);
	put_text(out, buf_str(&name));
	if (!buf_ok(&name))
		out->broken = true;
}

/* The filter, and the row of titles that every printed page repeats. */
static void put_defined(struct buf *out, const struct table *table, size_t i)
{
	struct sheet_place last = sheet_place(table->columns_n - 1, 0); /* letters, and a 0 */
	buf_addf(out, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\" hidden=\"1\">'", i);
	put_own_name(out, table);
	buf_addf(out, "'!$A$1:$%.*s$%zu</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'",
	         (int)strcspn(last.z, "0"), last.z, table->rows_n + 1, i);
	put_own_name(out, table);
	buf_add(out, S("'!$1:$1</definedName>"));
}

static void put_workbook(struct buf *out, const struct table *tables, size_t n)
{
	buf_add(out, S(XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
	                   "\"><bookViews><workbookView/></bookViews><sheets>"));
	for (size_t i = 0; i < n; i++) {
		buf_add(out, S("<sheet name=\""));
		put_own_name(out, &tables[i]);
		buf_addf(out, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
	}
	buf_add(out, S("</sheets><definedNames>"));
	for (size_t i = 0; i < n; i++)
		put_defined(out, &tables[i], i);
	buf_add(out, S("</definedNames></workbook>"));
}

/* `content` must live until the zip is closed. */
static bool add_part(zip_t *zip, const char *name, struct str content)
{
	zip_source_t *source = zip_source_buffer(zip, content.at, content.n, 0);
	zip_int64_t at = source ? zip_file_add(zip, name, source, 0) : -1;
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	zip_uint64_t i = (zip_uint64_t)at;
	return zip_set_file_compression(zip, i, ZIP_CM_DEFLATE, 6) == 0 && zip_file_set_dostime(zip, i, 0, DOS_EPOCH, 0) == 0 &&
	       zip_file_set_external_attributes(zip, i, 0, ZIP_OPSYS_DOS, 0) == 0;
}

/* Every part as it is before it is compressed. */
struct book {
	struct buf types, workbook, links;
	struct buf worksheets[TABLES_MAX];
	size_t n;
};

static void make_book(struct book *book, const struct table *tables, size_t n)
{
	size_t left = WORKSHEETS_MAX;
	*book = (struct book){.types = BUF(SMALL_MAX), .workbook = BUF(SMALL_MAX), .links = BUF(SMALL_MAX), .n = n};
	put_types(&book->types, n);
	put_workbook(&book->workbook, tables, n);
	put_links(&book->links, n);
	for (size_t i = 0; i < n; i++) {
		book->worksheets[i] = BUF(left);
		put_worksheet(&book->worksheets[i], &tables[i], i == 0);
		left -= book->worksheets[i].n;
	}
}

static void free_book(struct book *book)
{
	buf_free(&book->types);
	buf_free(&book->workbook);
	buf_free(&book->links);
	for (size_t i = 0; i < book->n; i++)
		buf_free(&book->worksheets[i]);
}

static bool add_parts(zip_t *zip, const struct book *book)
{
	const struct {
		const char *name;
		struct str content;
	} parts[] = {
	        {"[Content_Types].xml", buf_str(&book->types)},      {"_rels/.rels", str_c(root_xml)},
	        {"xl/workbook.xml", buf_str(&book->workbook)},       {"xl/_rels/workbook.xml.rels", buf_str(&book->links)},
	        {"xl/styles.xml", str_c(styles_xml)},
	};
	bool ok = true;
	for (size_t i = 0; ok && i < LEN(parts); i++)
		ok = add_part(zip, parts[i].name, parts[i].content);
	for (size_t i = 0; ok && i < book->n; i++) {
		char name[48];
		snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
		ok = add_part(zip, name, buf_str(&book->worksheets[i]));
	}
	return ok;
}

/* Fills `file`, which the caller keeps a hold on. */
static bool pack(zip_source_t *file, const struct book *book)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_keep(file);
	zip_t *zip = zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, &why);
	zip_error_fini(&why);
	if (!zip) {
		zip_source_free(file);
		return false;
	}
	bool ok = add_parts(zip, book) && zip_close(zip) == 0;
	if (!ok)
		zip_discard(zip);
	return ok;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori habis");
}

static enum rc too_large(struct err *err)
{
	return FAIL(err, RC_LIMIT, "Tabel terlalu besar untuk satu berkas .xlsx. Persempit pilihannya, lalu unduh lagi.");
}

static enum rc unload(zip_source_t *file, struct buf *out, struct err *err)
{
	zip_stat_t stat;
	if (zip_source_stat(file, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
		return no_memory(err);
	if (stat.size > out->max - out->n)
		out->broken = true;
	if (out->broken)
		return too_large(err);
	if (!buf_room(out, stat.size) || zip_source_open(file) != 0)
		return no_memory(err);
	zip_int64_t n = zip_source_read(file, out->at + out->n, stat.size);
	zip_source_close(file);
	if (n != (zip_int64_t)stat.size)
		return no_memory(err);
	out->n += stat.size;
	return RC_OK;
}

static enum rc write_book(struct buf *out, const struct book *book, struct err *err)
{
	zip_error_t why;
	size_t bytes = 0;
	bool ok = buf_ok(&book->types) && buf_ok(&book->workbook) && buf_ok(&book->links);
	for (size_t i = 0; i < book->n; i++) {
		ok = ok && buf_ok(&book->worksheets[i]);
		bytes += book->worksheets[i].n;
	}
	if (!ok)
		return bytes > WORKSHEETS_MAX / 2 ? too_large(err) : no_memory(err);
	zip_error_init(&why);
	zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, &why);
	zip_error_fini(&why);
	if (!file)
		return no_memory(err);
	enum rc rc = pack(file, book) ? unload(file, out, err) : no_memory(err);
	zip_source_free(file);
	return rc;
}

enum rc table_xlsx_book(struct buf *out, const struct table *tables, size_t n, struct err *err)
{
	struct book book;
	assert(n >= 1 && n <= TABLES_MAX);
	for (size_t i = 0; i < n; i++) {
		assert(tables[i].columns_n >= 1 && tables[i].columns_n <= SHEET_COLUMNS_MAX);
		if (tables[i].rows_n > SHEET_ROWS_MAX)
			return too_large(err);
	}
	make_book(&book, tables, n);
	enum rc rc = write_book(out, &book, err);
	free_book(&book);
	return rc;
}

enum rc table_xlsx(struct buf *out, const struct table *table, struct err *err)
{
	return table_xlsx_book(out, table, 1, err);
}
