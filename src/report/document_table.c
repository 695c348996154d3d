/* SPDX-License-Identifier: EUPL-1.2
 * report/document_table.c - see document.h: the report as a workbook, and as a CSV of one
 * figure a line, which a clerk can filter and a program can read without knowing its shape. */
#include "report/part.h"
#include "sheet/table.h"

#define WORK_MAX ((size_t)64 << 20)

static struct str plain(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

/* ---- .xlsx ---- */

static struct sheet_cell cell_of(struct arena *arena, const struct part_cell *cell)
{
	switch (cell->kind) {
	case PART_NUMBER: return (struct sheet_cell){CELL_NUMBER, false, plain(arena, cell->n)};
	case PART_DAY: return (struct sheet_cell){CELL_NUMBER, true, plain(arena, table_serial((struct day){(int32_t)cell->n}))};
	case PART_TEXT: break;
	}
	return (struct sheet_cell){CELL_TEXT, false, cell->text};
}

static void set_columns(struct arena *arena, const struct part *part, struct table *ret)
{
	struct table_column *columns = ARENA_ARRAY(arena, part->columns_n, struct table_column);
	for (size_t i = 0; columns && i < part->columns_n; i++)
		columns[i] = (struct table_column){.title = str_c(part->columns[i].title), .width = part->columns[i].width};
	ret->columns = columns;
	ret->columns_n = part->columns_n;
}

static void set_table(struct arena *arena, const struct part_table *from, struct table *ret)
{
	size_t width = from->part->columns_n;
	struct sheet_cell *cells = ARENA_ARRAY(arena, from->n * width + 1, struct sheet_cell);
	struct sheet_row *rows = ARENA_ARRAY(arena, from->n + 1, struct sheet_row);
	*ret = (struct table){.name = str_c(from->part->title)};
	set_columns(arena, from->part, ret);
	if (!cells || !rows)
		return;
	for (size_t i = 0; i < from->n * width; i++)
		cells[i] = cell_of(arena, &from->cells[i]);
	for (size_t i = 0; i < from->n; i++)
		rows[i] = (struct sheet_row){.cells = cells + i * width, .n = width};
	ret->rows = rows;
	ret->rows_n = from->n;
}

static enum rc make_xlsx(const struct document_ask *document, struct arena *arena, struct buf *out, struct err *err)
{
	struct part_table tables[PARTS_MAX];
	struct table book[PARTS_MAX];
	size_t n = 0;
	TRY(part_tables(document, arena, tables, err));
	for (size_t i = 0; part_at(i); i++)
		if (tables[i].n)
			set_table(arena, &tables[i], &book[n++]);
	if (arena->broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return table_xlsx_book(out, book, n, err);
}

enum rc document_xlsx(const struct document_ask *document, struct buf *out, struct err *err)
{
	struct arena arena;
	arena_init(&arena, WORK_MAX);
	enum rc rc = make_xlsx(document, &arena, out, err);
	arena_free(&arena);
	return rc;
}

/* ---- CSV ---- */

static struct str csv_words(struct arena *arena, const struct part_cell *cell)
{
	switch (cell->kind) {
	case PART_NUMBER: return plain(arena, cell->n);
	case PART_DAY: return arena_str(arena, str_c(day_iso((struct day){(int32_t)cell->n}).z));
	case PART_TEXT: break;
	}
	return cell->text;
}

static struct sheet_cell csv_cell(struct arena *arena, const struct part_cell *cell)
{
	return (struct sheet_cell){.kind = cell->kind == PART_NUMBER ? CELL_NUMBER : CELL_TEXT, .text = csv_words(arena, cell)};
}

static struct sheet_cell words_cell(struct str text)
{
	return (struct sheet_cell){.kind = CELL_TEXT, .text = text};
}

/* What a row is about: its labels, with a stroke between them. */
static struct str label_of(struct arena *arena, const struct part *part, const struct part_cell *cells)
{
	struct str label = csv_words(arena, &cells[0]);
	for (size_t i = 1; i < part->labels; i++)
		label = arena_printf(arena, "%.*s / %.*s", STR_ARG(label), STR_ARG(csv_words(arena, &cells[i])));
	return label;
}

static void put_row(struct buf *out, struct arena *arena, const struct part_table *table, size_t row)
{
	const struct part *part = table->part;
	const struct part_cell *cells = table->cells + row * part->columns_n;
	struct str label = label_of(arena, part, cells);
	for (size_t i = part->labels; i < part->columns_n; i++) {
		const struct sheet_cell line[] = {words_cell(str_c(part->title)),
		                                  {CELL_NUMBER, false, plain(arena, (int64_t)row + 1)},
		                                  words_cell(label),
		                                  words_cell(str_c(part->columns[i].title)),
		                                  csv_cell(arena, &cells[i])};
		table_csv_row(out, ';', line, LEN(line));
	}
}

static enum rc make_csv(const struct document_ask *document, struct arena *arena, struct buf *out, struct err *err)
{
	struct part_table tables[PARTS_MAX];
	const struct sheet_cell titles[] = {words_cell(S("bagian")), words_cell(S("nomor")), words_cell(S("baris")),
	                                    words_cell(S("kolom")), words_cell(S("nilai"))};
	TRY(part_tables(document, arena, tables, err));
	table_csv_begin(out);
	table_csv_row(out, ';', titles, LEN(titles));
	for (size_t i = 0; part_at(i); i++)
		for (size_t row = 0; row < tables[i].n; row++)
			put_row(out, arena, &tables[i], row);
	if (arena->broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return buf_ok(out) ? RC_OK : FAIL(err, RC_LIMIT, "Laporan terlalu besar.");
}

enum rc document_csv(const struct document_ask *document, struct buf *out, struct err *err)
{
	struct arena arena;
	arena_init(&arena, WORK_MAX);
	enum rc rc = make_csv(document, &arena, out, err);
	arena_free(&arena);
	return rc;
}
