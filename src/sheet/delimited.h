/* SPDX-License-Identifier: EUPL-1.2
 * sheet/delimited.h - CSV, as the programs of offices write it, into a grid.
 *
 * RFC 4180 for quotes; comma, semicolon or tab between cells, whichever divides the
 * first rows most evenly, or what a first line `sep=;` says; LF, CRLF or CR at line
 * ends. UTF-8, or UTF-16 with its mark. Other bytes are refused rather than guessed at:
 * a name read in the wrong alphabet looks right to nobody but the program. */
#pragma once
#include "sheet/grid.h"

/* RC_INVALID, RC_LIMIT, RC_BROKEN as sheet_read(). */
MUST_USE enum rc delimited_read(struct str file, struct grid *grid);
