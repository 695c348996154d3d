/* SPDX-License-Identifier: EUPL-1.2
 * web/page_bulk_file.c - files of bulk entry: an empty list to begin with, and the rows that
 * must be put right, each with its reason, in the form in which they came. Whoever corrects
 * that file uploads it again as it is: the columns of ours that are not read do no harm. */
#include "web/bulk.h"

#include "sheet/table.h"
#include "web/pages.h"

#define TYPE_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define TYPE_CSV "text/csv; charset=utf-8"
#define DELIMITER ';'
#define COLUMNS (LIST_COLUMNS + 2) /* why, and which row it was */

static const int widths[LIST_COLUMNS] = {22, 18, 14, 18, 36};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct sheet_cell text_cell(struct str text)
{
	return (struct sheet_cell){.kind = text.n ? CELL_TEXT : CELL_EMPTY, .text = text};
}

static size_t put_titles(bool reasons, struct table_column columns[COLUMNS])
{
	size_t n = 0;
	for (; n < LIST_COLUMNS; n++)
		columns[n] = (struct table_column){str_c(list_column_at(n)->heading), widths[n], true};
	if (!reasons)
		return n;
	columns[n++] = (struct table_column){S("ALASAN"), 80, true};
	columns[n++] = (struct table_column){S("BARIS"), 8, true};
	return n;
}

static void write_csv(const struct table *table, struct buf *out)
{
	struct sheet_cell titles[COLUMNS];
	table_csv_begin(out);
	for (size_t i = 0; i < table->columns_n; i++)
		titles[i] = text_cell(table->columns[i].title);
	table_csv_row(out, DELIMITER, titles, table->columns_n);
	for (size_t i = 0; i < table->rows_n; i++)
		table_csv_row(out, DELIMITER, table->rows[i].cells, table->rows[i].n);
}

static enum rc send(struct visit *v, const struct table *table, bool xlsx, const char *name, struct err *err)
{
	BUF_AUTO out = BUF(TABLE_XLSX_MAX);
	if (xlsx)
		TRY(table_xlsx(&out, table, err));
	else
		write_csv(table, &out);
	if (!buf_ok(&out))
		return no_memory(err);
	visit_file(v, xlsx ? TYPE_XLSX : TYPE_CSV, arena_printf(v->arena, "%s%s", name, xlsx ? ".xlsx" : ".csv"), &out);
	return RC_OK;
}

enum rc page_bulk_sample(struct visit *v, struct err *err)
{
	struct table_column columns[COLUMNS];
	struct table table = {.name = S("Daftar korban"), .columns = columns, .columns_n = put_titles(false, columns)};
	TRY(bulk_allowed(v, err));
	return send(v, &table, !str_eq(http_query(v->rq, "bentuk"), S("csv")), "contoh-daftar-korban", err);
}

/* ---- rows that must be put right ---- */

enum rc page_bulk_wrong_get(struct visit *v, struct err *err)
{
	struct list_kept *kept = ARENA_NEW(v->arena, struct list_kept);
	if (!kept)
		return no_memory(err);
	TRY(bulk_allowed(v, err));
	TRY(bulk_list_named(v, kept, err));
	v->own = kept;
	return RC_OK;
}

static enum rc put_rows(const struct list *list, struct arena *arena, struct table *table, struct err *err)
{
	size_t wrong = list_count(list).wrong;
	struct sheet_row *rows = ARENA_ARRAY(arena, wrong + 1, struct sheet_row);
	struct sheet_cell(*cells)[COLUMNS] = arena_array(arena, wrong + 1, sizeof *cells);
	if (!rows || !cells)
		return no_memory(err);
	for (size_t i = 0; i < list->n; i++) {
		const struct list_row *row = &list->rows[i];
		struct sheet_cell *cell = cells[table->rows_n];
		if (row->fate != LIST_WRONG)
			continue;
		for (size_t k = 0; k < LIST_COLUMNS; k++)
			cell[k] = text_cell(list_cell(row, (enum list_column)k, arena));
		cell[LIST_COLUMNS] = text_cell(list_reason(row, arena));
		cell[LIST_COLUMNS + 1] = text_cell(arena_printf(arena, "%d", row->number));
		rows[table->rows_n++] = (struct sheet_row){row->number, cell, COLUMNS};
	}
	table->rows = rows;
	return arena->broken ? no_memory(err) : RC_OK;
}

static enum rc write_wrong(struct visit *v, struct err *err)
{
	const struct list_kept *kept = v->own;
	struct table_column columns[COLUMNS];
	struct table table = {.name = S("Perlu diperbaiki"), .columns = columns, .columns_n = put_titles(true, columns)};
	struct list list;
	TRY(list_kept_open(v->tx, visit_office_key(v), kept, &list, err));
	TRY(list_look(visit_feedback(v), v->tx, kept->instansi_id, kept->kejadian_id, &list, err));
	TRY(put_rows(&list, visit_page_arena(v), &table, err));
	return send(v, &table, list.kind == SHEET_XLSX, "perlu-diperbaiki", err);
}

enum rc page_bulk_wrong_after(struct visit *v, struct err *err)
{
	return visit_read(v, write_wrong, err);
}
