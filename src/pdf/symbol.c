/* SPDX-License-Identifier: EUPL-1.2
 * pdf/symbol.c - see symbol.h. */
#include "pdf/symbol.h"

#include <qrencode.h>

#define DARK 1 /* libqrencode: the lowest bit of a module */

enum rc symbol_make(struct str text, struct symbol *ret, struct err *err)
{
	char z[SYMBOL_TEXT_MAX + 1];
	if (text.n == 0 || text.n > SYMBOL_TEXT_MAX || memchr(text.at, 0, text.n))
		return FAIL(err, RC_INVALID, "teks kode QR tidak dapat dipakai");
	memcpy(z, text.at, text.n);
	z[text.n] = 0;
	QRcode *code = QRcode_encodeString(z, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return FAIL(err, RC_BROKEN, "kode QR tidak dapat dibuat");
	enum rc rc = code->width <= SYMBOL_WIDTH_MAX ? RC_OK : FAIL(err, RC_INVALID, "teks kode QR tidak dapat dipakai");
	if (rc == RC_OK) {
		ret->width = code->width;
		for (int i = 0; i < code->width * code->width; i++)
			ret->dark[i] = code->data[i] & DARK;
	}
	QRcode_free(code);
	return rc;
}

int symbol_run(const struct symbol *symbol, int y, int *x)
{
	const bool *row = symbol->dark + (ptrdiff_t)y * symbol->width;
	int to;
	while (*x < symbol->width && !row[*x])
		(*x)++;
	for (to = *x; to < symbol->width && row[to];)
		to++;
	return to - *x;
}
