/* SPDX-License-Identifier: EUPL-1.2
 * sheet/sheet.c - see sheet.h: which reader a file goes to, and what rows tell. */
#include "sheet/sheet.h"

#include <stdio.h>

#include "sheet/delimited.h"
#include "sheet/flavour.h"
#include "sheet/grid.h"
#include "sheet/workbook.h"

#define SERIAL_MAX 2958465 /* 9999-12-31 */

struct sheet_place sheet_place(size_t column, int row)
{
	struct sheet_place place;
	char letters[8];
	size_t at = sizeof letters - 1;
	letters[at] = '\0';
	for (size_t n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
		letters[--at] = (char)('A' + (n - 1) % 26);
	snprintf(place.z, sizeof place.z, "%s%d", letters + at, row);
	return place;
}

struct sheet_cell sheet_cell(const struct sheet_row *row, size_t column)
{
	return column < row->n ? row->cells[column] : (struct sheet_cell){.kind = CELL_EMPTY, .text = {"", 0}};
}

/* The whole days of a serial number; -1 when it is none. An exponent is only written for parts of a day. */
static int64_t serial_of(struct str text)
{
	int64_t n;
	struct str days = str_sub(text, 0, str_index(text, '.'));
	return str_index(text, 'E') == text.n && str_int(days, 0, SERIAL_MAX, &n) == RC_OK ? n : -1;
}

/* In the 1900 system day 60 is 29-02-1900, which never was; what comes before it is one day later than it should be. */
static bool serial_day(int64_t serial, bool from_1904, struct day *ret)
{
	if (serial < 1 || (!from_1904 && serial == 60))
		return false;
	struct day base = from_1904 ? day_from_ymd(1904, 1, 1) : day_from_ymd(1899, 12, serial < 60 ? 31 : 30);
	struct day day = {base.n + (int32_t)serial};
	if (day.n >= day_from_ymd(2200, 1, 1).n)
		return false;
	*ret = day;
	return true;
}

bool sheet_date(const struct sheet *sheet, const struct sheet_cell *cell, struct day *ret)
{
	if (!cell->date)
		return false;
	if (cell->kind == CELL_TEXT) /* t="d": 2026-11-23T00:00:00 */
		return day_from_str(str_sub(cell->text, 0, str_index(cell->text, 'T')), ret) == RC_OK;
	return serial_day(serial_of(cell->text), sheet->from_1904, ret);
}

enum rc sheet_read(struct str file, struct arena *arena, struct sheet *ret, struct err *err)
{
	enum flavour flavour;
	struct grid *grid = ARENA_NEW(arena, struct grid);
	*ret = (struct sheet){.kind = SHEET_CSV, .worksheets = 1};
	if (!grid)
		return FAIL(err, RC_BROKEN, "memori habis");
	if (file.n > SHEET_FILE_MAX)
		return FAIL(err, RC_LIMIT,
		            "Berkas lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu unggah satu per satu.");
	grid_begin(grid, arena, err);
	TRY(flavour_of(file, &flavour, err));
	if (flavour == FLAVOUR_ZIP) {
		ret->kind = SHEET_XLSX;
		TRY(workbook_read(file, grid, ret));
	} else {
		TRY(delimited_read(file, grid));
	}
	return grid_end(grid, ret);
}
