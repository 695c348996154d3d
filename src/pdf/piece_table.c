/* SPDX-License-Identifier: EUPL-1.2
 * pdf/piece_table.c - tables: a hairline grid, the head shaded and repeated on each
 * page. A row that is higher than four lines may be cut between its lines. */
#include "pdf/piece.h"

#define PAD_X 4.5
#define PAD_Y 3.5
#define BEFORE 8.0
#define AFTER 8.0
#define ROW_TOGETHER 4
#define SMALLEST 6.0

struct grid {
	double x[PDF_COLUMNS_MAX + 1]; /* the upright lines */
	enum pdf_side side[PDF_COLUMNS_MAX];
	size_t n;
	struct piece_table *table;
};

static bool belongs(const struct pdf_block *block, size_t columns)
{
	return (block->kind == PDF_HEAD || block->kind == PDF_ROW) && block->n == columns;
}

static int parts(const struct pdf_block *block, size_t i)
{
	return block->kind == PDF_COLUMNS && block->cells[i].width > 0 ? block->cells[i].width : 1;
}

static void set_grid(struct sheet *sheet, struct grid *grid, const struct pdf_block *block)
{
	double sum = 0, at = 0, left = sheet_left(sheet, 0);
	bool given = block->kind == PDF_COLUMNS;
	grid->n = block->n < PDF_COLUMNS_MAX ? block->n : PDF_COLUMNS_MAX;
	for (size_t i = 0; i < grid->n; i++)
		sum += parts(block, i);
	for (size_t i = 0; i < grid->n; i++) {
		grid->x[i] = left + (sheet->width - left) * at / sum;
		grid->side[i] = given ? block->cells[i].side : PDF_SIDE_LEFT;
		at += parts(block, i);
	}
	grid->x[grid->n] = sheet->width;
}

/* ---- one row ---- */

/* Digits, and what stands between them. */
static bool is_figure(const struct pdf_cell *cell)
{
	const struct str figures = S("0123456789.,-%");
	size_t bytes = 0;
	for (size_t i = 0; i < cell->n; i++)
		for (size_t j = 0; j < cell->spans[i].text.n; j++, bytes++)
			if (str_index(figures, cell->spans[i].text.at[j]) == figures.n)
				return false;
	return bytes > 0;
}

struct row {
	const struct grid *grid;
	struct style styles[PDF_COLUMNS_MAX];
	PangoLayout *layouts[PDF_COLUMNS_MAX];
	bool head;
	int lines;
};

/* A figure is never cut in two: it is written smaller until it fits. */
static PangoLayout *lay_cell(struct sheet *sheet, const struct pdf_cell *cell, struct style *style, double width)
{
	PangoLayout *layout = sheet_layout(sheet, cell, style, width);
	while (layout && style->side == PDF_SIDE_RIGHT && is_figure(cell) && layout_lines(layout) > 1 && style->size > SMALLEST) {
		style->size -= 0.5;
		layout = sheet_layout(sheet, cell, style, width);
	}
	return layout;
}

static enum rc measure_row(struct sheet *sheet, const struct pdf_block *block, struct row *row)
{
	row->head = block->kind == PDF_HEAD;
	for (size_t i = 0; i < row->grid->n; i++) {
		row->styles[i] = *style_at(row->head ? STYLE_CELL_HEAD : STYLE_CELL);
		row->styles[i].side = row->grid->side[i];
		double width = row->grid->x[i + 1] - row->grid->x[i] - 2 * PAD_X;
		row->layouts[i] = lay_cell(sheet, &block->cells[i], &row->styles[i], width > 1 ? width : 1);
		if (!row->layouts[i])
			return FAIL(sheet->err, RC_LIMIT, "dokumen terlalu panjang");
		int lines = layout_lines(row->layouts[i]);
		row->lines = lines > row->lines ? lines : row->lines;
	}
	return RC_OK;
}

static void ink_line(struct sheet *sheet, const struct row *row, int line, struct piece *piece)
{
	struct ink inks[PDF_COLUMNS_MAX];
	for (size_t i = 0; i < row->grid->n; i++) {
		if (line >= layout_lines(row->layouts[i]))
			continue;
		struct ink ink = layout_ink(row->layouts[i], line, row->grid->x[i] + PAD_X, &row->styles[i]);
		ink.y += line == 0 ? PAD_Y : 0;
		inks[piece->inks_n++] = ink;
	}
	piece->inks = sheet_inks(sheet, inks, piece->inks_n);
}

static void rule_line(struct sheet *sheet, const struct row *row, int line, struct piece *piece)
{
	const struct grid *grid = row->grid;
	double left = grid->x[0], right = grid->x[grid->n], height = piece->height;
	struct stroke strokes[PDF_COLUMNS_MAX + 4];
	size_t n = 0;
	if (row->head)
		strokes[n++] = (struct stroke){STROKE_SHADE, left, 0, right, height};
	for (size_t i = 0; i <= grid->n; i++)
		strokes[n++] = (struct stroke){STROKE_RULE, grid->x[i], 0, grid->x[i], height};
	if (line == 0)
		strokes[n++] = (struct stroke){STROKE_RULE, left, 0, right, 0};
	if (line == row->lines - 1)
		strokes[n++] = (struct stroke){STROKE_RULE, left, height, right, height};
	piece->strokes = sheet_strokes(sheet, strokes, n);
	piece->strokes_n = n;
}

static bool row_stays(const struct row *row, int line)
{
	if (line == row->lines - 1)
		return row->head; /* a head stays with its first row */
	return row->head || row->lines <= ROW_TOGETHER || line == 0 || line == row->lines - 2;
}

/* How many pieces there were when the first, the last but one and the last row ended. */
struct row_ends {
	size_t first, before, last;
};

static void end_row(struct row_ends *ends, size_t pieces)
{
	if (!ends->first)
		ends->first = pieces;
	ends->before = ends->last;
	ends->last = pieces;
}

/* No row of several stands alone on its page. */
static void keep_two(struct sheet *sheet, const struct row_ends *ends)
{
	if (!ends->before)
		return;
	sheet->pieces[ends->first - 1].keep = true;
	sheet->pieces[ends->before - 1].keep = true;
}

static enum rc add_row(struct sheet *sheet, const struct grid *grid, const struct pdf_block *block, double before)
{
	struct row row = {.grid = grid};
	TRY(measure_row(sheet, block, &row));
	for (int line = 0; line < row.lines; line++) {
		struct piece piece = {.before = line == 0 ? before : 0,
		                      .height = style_at(STYLE_CELL)->leading + (line == 0 ? PAD_Y : 0) +
		                                (line == row.lines - 1 ? PAD_Y : 0),
		                      .keep = row_stays(&row, line),
		                      .table = grid->table};
		ink_line(sheet, &row, line, &piece);
		rule_line(sheet, &row, line, &piece);
		TRY(sheet_add(sheet, piece));
		if (row.head) {
			grid->table->head_n++;
			grid->table->head_height += piece.height;
		}
	}
	return RC_OK;
}

enum rc piece_tables(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at)
{
	size_t i = *at;
	struct grid grid = {.table = ARENA_NEW(sheet->arena, struct piece_table)};
	if (!grid.table || blocks[i].n > PDF_COLUMNS_MAX)
		return FAIL(sheet->err, RC_INVALID, "susunan dokumen keliru");
	set_grid(sheet, &grid, &blocks[i]);
	if (blocks[i].kind == PDF_COLUMNS)
		i++;
	grid.table->head = sheet->n;
	struct row_ends ends = {0};
	for (bool first = true; i < n && belongs(&blocks[i], grid.n); i++, first = false) {
		TRY(add_row(sheet, &grid, &blocks[i], first ? BEFORE : 0));
		if (blocks[i].kind == PDF_ROW)
			end_row(&ends, sheet->n);
	}
	keep_two(sheet, &ends);
	if (i == *at)
		i++;
	sheet->after = AFTER;
	*at = i - 1;
	return RC_OK;
}
