/* SPDX-License-Identifier: EUPL-1.2
 * sheet/shared.h - the shared strings of a workbook: cells name most texts by number. */
#pragma once
#include "sheet/grid.h"
#include "sheet/xml.h"

#define SHARED_MAX 200000
#define SHARED_BLOCK 1024

struct shared {
	struct str *blocks[(SHARED_MAX + SHARED_BLOCK - 1) / SHARED_BLOCK];
	size_t n;
};

/* Texts go through grid_keep(), those of other worksheets too. RC_ABSENT: no such part; else as xml_read();
 * RC_LIMIT: too many. */
MUST_USE enum rc shared_read(struct package *package, struct str part, struct grid *grid, struct shared *ret);
/* RC_ABSENT: there is none of that number. */
MUST_USE enum rc shared_get(const struct shared *shared, struct str number, struct str *ret);
