/* SPDX-License-Identifier: EUPL-1.2
 * sheet/raw.h - the text of a cell on its way in, piece by piece, before it is cleaned. */
#pragma once
#include "sheet/sheet.h"

#define RAW_MAX ((size_t)4 * SHEET_CELL_MAX) /* bytes; blanks around it are cut off later */

struct raw {
	char at[RAW_MAX];
	size_t n;
	bool too_long; /* more came than fits; what is there is no text then */
};

void raw_clear(struct raw *raw);
void raw_add(struct raw *raw, struct str piece);
static inline struct str raw_str(const struct raw *raw)
{
	return (struct str){raw->at, raw->n};
}
