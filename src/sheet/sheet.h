/* SPDX-License-Identifier: EUPL-1.2
 * sheet/sheet.h - a list as offices send it, CSV or .xlsx, read as rows of cells.
 *
 * What a file is, its bytes say; its name is never asked. Of a workbook the first
 * visible worksheet is read. Nothing is computed and nothing is guessed: a formula
 * gives the value the spreadsheet program left beside it, and says that it is one; a
 * number is the text the file holds, so that the reader sees what became of
 * 3.30406E+15. The room knows rows and columns, never what stands in them.
 *
 * Everything handed out lives in the arena, so the file may be released. All of it is
 * UTF-8 without control characters other than line ends inside a cell, and trimmed of
 * blanks at both ends, those of Unicode too (no-break space, direction marks).
 *
 * Ceilings are refusals with RC_LIMIT, a file that cannot be used is RC_INVALID; both
 * come with an Indonesian text for the person who chose the file: what is wrong, and
 * what to do. The texts name rows and cells, never what stands in one. doc/sheet.md. */
#pragma once
#include "base/base.h"

#define SHEET_FILE_MAX ((size_t)5 << 20) /* bytes */
#define SHEET_ROWS_MAX 20000             /* rows in which something stands */
#define SHEET_COLUMNS_MAX 32
#define SHEET_CELL_MAX 500                 /* bytes of a cell */
#define SHEET_ARENA_MAX ((size_t)64 << 20) /* an arena with this ceiling is enough for any file that is not refused */

enum sheet_kind { SHEET_CSV, SHEET_XLSX };

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,    /* all of a CSV; TRUE and FALSE of a workbook */
	CELL_NUMBER,  /* .xlsx: digits, sign, point, exponent, as the file has them: 3304060101909999, 3.304E+15 */
	CELL_FORMULA, /* .xlsx: the value kept from the last computing; empty when it was never computed */
	CELL_ERROR    /* .xlsx: #N/A, #REF!, ... in text */
};

struct sheet_cell {
	enum cell_kind kind;
	bool date; /* shown as a date or a time of day: see sheet_date() */
	struct str text;
};

struct sheet_row {
	int number; /* as the spreadsheet program shows it, from 1 */
	const struct sheet_cell *cells;
	size_t n; /* up to the last cell that is not empty; at least 1 */
};

struct sheet {
	enum sheet_kind kind;
	const struct sheet_row *rows;  /* those in which something stands, from the top; numbers rise and may leap */
	size_t n;                      /* at least 1 */
	struct str name;               /* of the worksheet; absent for CSV */
	int worksheets;                /* visible ones; the others were not read. 1 for CSV */
	int rows_hidden;               /* rows that the spreadsheet program does not show (a filter); they are in `rows` */
	bool merged;                   /* cells are merged in the rows that were read: headings, or one value for several rows */
	int merged_first, merged_last; /* the topmost and the lowest row a merge reaches; 0 without merges */
	bool from_1904;                /* dates count from 1904 (old Macintosh workbooks) */
};

/* Any thread; about 10 ms for 10,000 rows of CSV, more for .xlsx (doc/sheet.md): work for a slow worker.
 * RC_INVALID  not a table, or damaged, or protected: err says which and what to do
 * RC_LIMIT    a ceiling
 * RC_BROKEN   no memory, or the arena's ceiling is below SHEET_ARENA_MAX */
MUST_USE enum rc sheet_read(struct str file, struct arena *arena, struct sheet *ret, struct err *err);

/* The cell in column `column` (from 0); an empty one where the row has none. */
struct sheet_cell sheet_cell(const struct sheet_row *row, size_t column);

/* The day a cell with `date` set shows; a formula may be one too. false: it is none (a time of day, a day no calendar
 * has, one past the year 2199). CSV has no such cells; its dates are text. */
MUST_USE bool sheet_date(const struct sheet *sheet, const struct sheet_cell *cell, struct day *ret);

/* "B7", for texts that speak of a cell; column from 0, row from 1. */
struct sheet_place {
	char z[24];
};
struct sheet_place sheet_place(size_t column, int row);
