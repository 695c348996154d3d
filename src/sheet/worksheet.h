/* SPDX-License-Identifier: EUPL-1.2
 * sheet/worksheet.h - one worksheet of a workbook, into a grid. */
#pragma once
#include "sheet/shared.h"
#include "sheet/style.h"

struct worksheet_room {
	struct shared shared;
	struct style style;
};

/* Fills the rows of the grid, and of *ret what the rows do not say: merges, hidden rows.
 * RC_ABSENT: no such part; else as sheet_read(). */
MUST_USE enum rc worksheet_read(struct package *package, struct str part, const struct worksheet_room *room, struct grid *grid,
                                struct sheet *ret);
