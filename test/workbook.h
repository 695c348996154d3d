/* SPDX-License-Identifier: EUPL-1.2
 * test/workbook.h - make workbooks by hand, part by part, as no honest program would.
 * Needs cmocka. */
#pragma once
#include <string.h>
#include <zip.h>

#include "base/base.h"

#define WORKBOOK_PARTS_MAX 16
#define WORKBOOK_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define WORKBOOK_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORKBOOK_PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORKBOOK_LINKS(links) "<Relationships xmlns=\"" WORKBOOK_PACKAGE "relationships\">" links "</Relationships>"
#define WORKBOOK_LINK(id, type, target) "<Relationship Id=\"" id "\" Type=\"" WORKBOOK_OFFICE "/" type "\" Target=\"" target "\"/>"
#define WORKBOOK_SHEET(rows) "<worksheet xmlns=\"" WORKBOOK_MAIN "\"><sheetData>" rows "</sheetData></worksheet>"
#define WORKBOOK_STRINGS(items) "<sst xmlns=\"" WORKBOOK_MAIN "\">" items "</sst>"
#define WORKBOOK_TYPES(types) "<Types xmlns=\"" WORKBOOK_PACKAGE "content-types\">" types "</Types>"
#define WORKBOOK_BOOK(inside) "<workbook xmlns=\"" WORKBOOK_MAIN "\" xmlns:r=\"" WORKBOOK_OFFICE "\">" inside "</workbook>"
#define WORKBOOK_TAB "<sheets><sheet name=\"Daftar\" sheetId=\"1\" r:id=\"r1\"/></sheets>"

#define WORKBOOK_LIST "xl/worksheets/sheet1.xml"
#define WORKBOOK_TEXTS "xl/sharedStrings.xml"
#define WORKBOOK_STYLES "xl/styles.xml"

struct workbook_part {
	const char *name;
	struct str content;
};
struct made {
	struct workbook_part parts[WORKBOOK_PARTS_MAX];
	size_t n;
};

/* Another part, or another content for one there is; absent content takes it out. Views must outlive made_bytes(). */
static inline void made_put(struct made *made, const char *name, struct str content)
{
	for (size_t i = 0; i < made->n; i++)
		if (strcmp(made->parts[i].name, name) == 0) {
			made->parts[i].content = content;
			return;
		}
	assert_true(made->n < WORKBOOK_PARTS_MAX);
	made->parts[made->n++] = (struct workbook_part){name, content};
}

/* A sound workbook around the worksheet `list`. */
static inline struct made made_new(const char *list)
{
	struct made made = {.n = 0};
	made_put(&made, "[Content_Types].xml", S(WORKBOOK_TYPES("<Default Extension=\"xml\" ContentType=\"application/xml\"/>")));
	made_put(&made, "_rels/.rels", S(WORKBOOK_LINKS(WORKBOOK_LINK("r1", "officeDocument", "xl/workbook.xml"))));
	made_put(&made, "xl/workbook.xml", S(WORKBOOK_BOOK(WORKBOOK_TAB)));
	made_put(&made, "xl/_rels/workbook.xml.rels",
	         S(WORKBOOK_LINKS(WORKBOOK_LINK("r1", "worksheet", "worksheets/sheet1.xml") WORKBOOK_LINK(
	                 "r2", "sharedStrings", "sharedStrings.xml") WORKBOOK_LINK("r3", "styles", "/xl/styles.xml"))));
	made_put(&made, WORKBOOK_LIST, str_c(list));
	return made;
}

static inline void made_add_part(zip_t *zip, const struct workbook_part *part, int method, const char *password)
{
	zip_source_t *content = zip_source_buffer(zip, part->content.at, part->content.n, 0);
	zip_int64_t at = zip_file_add(zip, part->name, content, 0);
	assert_true(at >= 0);
	assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)at, method, 1), 0);
	if (password)
		assert_int_equal(zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_AES_256, password), 0);
}

/* The zip; the caller releases it. */
static inline struct buf made_zip(const struct made *made, int method, const char *password)
{
	struct buf out = BUF((size_t)64 << 20);
	zip_stat_t stat;
	zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, NULL);
	assert_non_null(file);
	zip_source_keep(file);
	zip_t *zip = zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(zip);
	for (size_t i = 0; i < made->n; i++)
		if (made->parts[i].content.at)
			made_add_part(zip, &made->parts[i], method, password);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_stat(file, &stat), 0);
	assert_true(buf_room(&out, stat.size));
	assert_int_equal(zip_source_open(file), 0);
	assert_int_equal(zip_source_read(file, out.at, stat.size), stat.size);
	out.n = stat.size;
	zip_source_close(file);
	zip_source_free(file);
	return out;
}

static inline struct buf made_bytes(const struct made *made)
{
	return made_zip(made, ZIP_CM_DEFLATE, NULL);
}
