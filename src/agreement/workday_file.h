/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday_file.h - the calendar as text: CSV with the columns
 * tanggal,jenis,nama,sumber, as a person or a spreadsheet writes it.
 *
 * Commas or semicolons (the heading says which), LF or CRLF, a byte order mark, quoted
 * fields and empty lines are all taken; a day is YYYY-MM-DD, DD-MM-YYYY or DD/MM/YYYY;
 * the order of lines does not matter. The first thing that is wrong refuses the whole
 * text and is named with its line. A quoted field does not go over a line end. */
#pragma once
#include "agreement/workday.h"

#define WORKDAY_TEXT_MAX ((size_t)48 << 10)

/* Rows in `arena`, ascending; texts are views of `text` where no quote was doubled.
 * RC_INVALID err->what is "baris 12: ..."     RC_LIMIT too long, or too many rows
 * RC_BROKEN  no memory */
MUST_USE enum rc workday_file_read(struct str text, struct arena *arena, struct workday_row **ret, size_t *ret_n, struct err *err);
