/* SPDX-License-Identifier: EUPL-1.2
 * sheet/grid.h - rows and cells while they are being read, under their ceilings.
 *
 * Both readers fill a grid from top to bottom and from left to right. It cleans texts
 * (sheet.h says how), leaves out what is empty, and refuses what is past a ceiling. */
#pragma once
#include "sheet/raw.h"

#define GRID_TEXT_MAX ((size_t)16 << 20) /* bytes of all texts of a file */

struct grid {
	struct arena *arena;
	struct err *err;
	struct sheet_row *rows;
	size_t n, cap;
	int number; /* of the row under way */
	struct sheet_cell line[SHEET_COLUMNS_MAX];
	size_t line_n;
	char *free; /* what is left of the last block of texts */
	size_t free_n, text_n;
};

void grid_begin(struct grid *grid, struct arena *arena, struct err *err);
/* The cleaned text, kept in the arena. One that is too long becomes one that grid_put() refuses: it may stand
 * where nobody looks. RC_LIMIT: texts in all; RC_BROKEN: memory. */
MUST_USE enum rc grid_keep(struct grid *grid, const struct raw *raw, struct str *ret);
void grid_row(struct grid *grid, int number);
/* `cell->text` was kept. An empty text makes an empty cell, unless it is a formula. RC_LIMIT: column, length. */
MUST_USE enum rc grid_put(struct grid *grid, size_t column, const struct sheet_cell *cell);
MUST_USE enum rc grid_row_end(struct grid *grid);
/* RC_INVALID: there is nothing. */
MUST_USE enum rc grid_end(struct grid *grid, struct sheet *ret);
