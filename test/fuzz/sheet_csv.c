/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a list somebody uploads: what is read keeps the promises of sheet.h, and
 * written as CSV by us it is read back the same. (Zips have a harness of their own.) */
#include "sheet/table.h"

#include <assert.h>

static void check(const struct sheet *sheet)
{
	int number = 0;
	assert(sheet->n >= 1 && sheet->n <= SHEET_ROWS_MAX);
	for (size_t i = 0; i < sheet->n; i++) {
		const struct sheet_row *row = &sheet->rows[i];
		assert(row->number > number && row->n >= 1 && row->n <= SHEET_COLUMNS_MAX);
		number = row->number;
		assert(row->cells[row->n - 1].kind != CELL_EMPTY);
		for (size_t k = 0; k < row->n; k++) {
			const struct sheet_cell *cell = &row->cells[k];
			assert(cell->kind == (cell->text.n ? CELL_TEXT : CELL_EMPTY));
			assert(str_is_text(cell->text) && cell->text.n <= SHEET_CELL_MAX);
			assert(str_eq(str_trim(cell->text), cell->text));
		}
	}
}

static void there_and_back(const struct sheet *sheet, char delimiter)
{
	struct arena arena;
	struct sheet again;
	BUF_AUTO out = BUF((size_t)8 << 20);
	buf_addf(&out, "sep=%c\r\n", delimiter);
	for (size_t i = 0; i < sheet->n; i++)
		table_csv_row(&out, delimiter, sheet->rows[i].cells, sheet->rows[i].n);
	assert(buf_ok(&out));
	arena_init(&arena, SHEET_ARENA_MAX);
	assert(sheet_read(buf_str(&out), &arena, &again, NULL) == RC_OK && again.n == sheet->n);
	for (size_t i = 0; i < sheet->n; i++)
		for (size_t k = 0; k < SHEET_COLUMNS_MAX; k++)
			assert(str_eq(sheet_cell(&sheet->rows[i], k).text, sheet_cell(&again.rows[i], k).text));
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct sheet sheet;
	struct err err = {.what = ""};
	if (n >= 2 && data[0] == 'P' && data[1] == 'K')
		return 0;
	arena_init(&arena, SHEET_ARENA_MAX);
	enum rc rc = sheet_read(str_from((const char *)data, n), &arena, &sheet, &err);
	assert(rc == RC_OK || ((rc == RC_INVALID || rc == RC_LIMIT) && err.what[0]));
	if (rc == RC_OK) {
		check(&sheet);
		there_and_back(&sheet, n % 2 ? ';' : ',');
	}
	arena_free(&arena);
	return 0;
}
