/* SPDX-License-Identifier: EUPL-1.2
 * pdf/symbol.h - a text as the dark and light modules of a QR code, for whoever
 * draws it (ISO/IEC 18004, level M, as small as the text allows). */
#pragma once
#include "base/base.h"

#define SYMBOL_TEXT_MAX 120
#define SYMBOL_WIDTH_MAX 45 /* version 7: 122 bytes at level M */
#define SYMBOL_QUIET 4      /* light modules around it (9.1) */

struct symbol {
	int width; /* modules a side; 0: none */
	bool dark[SYMBOL_WIDTH_MAX * SYMBOL_WIDTH_MAX]; /* row by row, `width` each */
};

/* Upper-case letters, digits and "-:" make the smallest. RC_INVALID: empty, too long,
 * or holds a NUL; RC_BROKEN: no memory. */
MUST_USE enum rc symbol_make(struct str text, struct symbol *ret, struct err *err);
/* The next run of dark modules in row `y` from *x on: its length, and *x where it
 * begins; 0 when there is none. */
int symbol_run(const struct symbol *symbol, int y, int *x);
