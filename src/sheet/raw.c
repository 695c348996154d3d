/* SPDX-License-Identifier: EUPL-1.2
 * sheet/raw.c - see raw.h. */
#include "sheet/raw.h"

void raw_clear(struct raw *raw)
{
	raw->n = 0;
	raw->too_long = false;
}

void raw_add(struct raw *raw, struct str piece)
{
	if (piece.n > sizeof raw->at - raw->n) {
		raw->too_long = true;
		return;
	}
	if (piece.n)
		memcpy(raw->at + raw->n, piece.at, piece.n);
	raw->n += piece.n;
}
