/* SPDX-License-Identifier: EUPL-1.2
 * sheet/style.h - which styles of a workbook show a number as a date.
 *
 * A date in a workbook is a number of days; only the format of its cell tells it from
 * any other number. */
#pragma once
#include "sheet/xml.h"

#define STYLE_MAX 65536

struct style {
	unsigned char formats[STYLE_MAX / 8]; /* a bit a number format: does it show a date? */
	unsigned char cells[STYLE_MAX / 8];   /* a bit a cell style */
	size_t n;
	bool in_formats, in_cells;
};

/* RC_ABSENT: no such part; else as xml_read(). */
MUST_USE enum rc style_read(struct package *package, struct str part, struct style *ret);
/* `number` as the cell has it; false when it has none. */
bool style_is_date(const struct style *style, struct str number);
/* Does a format code (yyyy-mm-dd, [$-421]d mmmm yyyy, hh:mm) show a date or a time of day? */
bool style_code_is_date(struct str code);
