/* SPDX-License-Identifier: EUPL-1.2
 * sheet/workbook.h - .xlsx: the first visible worksheet, into a grid. */
#pragma once
#include "sheet/grid.h"

/* RC_INVALID, RC_LIMIT, RC_BROKEN as sheet_read(). */
MUST_USE enum rc workbook_read(struct str file, struct grid *grid, struct sheet *ret);
