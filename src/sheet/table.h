/* SPDX-License-Identifier: EUPL-1.2
 * sheet/table.h - tables for spreadsheet programs, written as CSV or .xlsx.
 *
 * Both go into a buffer: no file is made on the way (decision 0022). The same table
 * gives the same bytes, and nothing that stands in a cell is computed when it is
 * opened. In .xlsx a text stays a text. CSV cannot say so: whoever opens one in Excel
 * sees long digits as 3,30406E+15, and has lost them when he saves; give people .xlsx. */
#pragma once
#include "sheet/sheet.h"

#define TABLE_CSV_MAX ((size_t)16 << 20) /* bytes: ceilings that hold any export of SHEET_ROWS_MAX ordinary rows */
#define TABLE_XLSX_MAX ((size_t)16 << 20)

/* Begins a CSV: the UTF-8 mark, without which Excel takes it for Windows-1252. */
void table_csv_begin(struct buf *out);
/* A row; `delimiter` is ';' (what an Indonesian Excel opens by a double click) or ','. A text that a spreadsheet
 * program would compute (= + - @, tab, carriage return at its beginning) gets an apostrophe before it, which
 * sheet_read() takes off again; a CELL_NUMBER that is one does not. */
void table_csv_row(struct buf *out, char delimiter, const struct sheet_cell *cells, size_t n);

struct table_column {
	struct str title;
	int width; /* characters, 1-255; 0: the program's own */
	bool text; /* with a width: cells nobody has filled in yet are text too, so that what people type stays as it is */
};
struct table {
	struct str name; /* of the worksheet; what may not stand in one becomes a dash, what is past 31 characters is cut */
	const struct table_column *columns;
	size_t columns_n;             /* 1 to SHEET_COLUMNS_MAX */
	const struct sheet_row *rows; /* `number` is not looked at; n at most columns_n, 0 allowed */
	size_t rows_n;
};

/* A workbook with one worksheet: a bold first row of titles that stays when scrolling and is repeated on each printed
 * page, a filter, then the rows. A CELL_NUMBER is a number, with `date` one that is shown as a date (table_serial());
 * what is none, or has more than the 15 digits that programs keep, becomes a text. All other kinds are texts.
 * RC_LIMIT    past SHEET_ROWS_MAX rows, or past the ceiling of `out`, which is broken then
 * RC_BROKEN   no memory; `out` holds what it held before */
MUST_USE enum rc table_xlsx(struct buf *out, const struct table *table, struct err *err);
/* The same with 1 to TABLES_MAX worksheets, the first one shown when it is opened. Their names differ, in more than
 * capitals, within the first 31 characters: programs refuse a workbook otherwise. */
#define TABLES_MAX 24
MUST_USE enum rc table_xlsx_book(struct buf *out, const struct table *tables, size_t n, struct err *err);

/* The number by which a workbook of ours says a day: for CELL_NUMBER with `date`. From 1 March 1900 on. */
int table_serial(struct day day);
