/* SPDX-License-Identifier: EUPL-1.2
 * web/qr.c - see qr.h.
 *
 * Dark modules that touch in a row become one rectangle of the path: a symbol of 25
 * modules is about 2 KB and compresses to a third. The quiet zone of four modules
 * (ISO/IEC 18004 9.1) is part of the view box. */
#include "web/qr.h"

#include <assert.h>
#include <qrencode.h>

#define QUIET 4
#define DARK 1 /* libqrencode: the lowest bit of a module */

static void add_row(struct buf *out, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width;) {
		int from = x;
		while (x < width && (row[x] & DARK))
			x++;
		if (x > from)
			buf_addf(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
		else
			x++;
	}
}

static void add_symbol(struct buf *out, const QRcode *code)
{
	int side = code->width + 2 * QUIET;
	buf_addf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Kode QR\" ", side, side);
	buf_addz(out, "shape-rendering=\"crispEdges\"><path d=\"");
	for (int y = 0; y < code->width; y++)
		add_row(out, code->data + (ptrdiff_t)y * code->width, code->width, y);
	buf_addz(out, "\"/></svg>");
}

enum rc qr_svg_write(struct str text, struct buf *out, struct err *err)
{
	char z[QR_TEXT_MAX + 1];
	if (text.n == 0 || text.n > QR_TEXT_MAX || memchr(text.at, 0, text.n))
		return FAIL(err, RC_INVALID, "teks kode QR tidak dapat dipakai");
	memcpy(z, text.at, text.n);
	z[text.n] = 0;
	QRcode *code = QRcode_encodeString(z, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return FAIL(err, RC_BROKEN, "kode QR tidak dapat dibuat");
	add_symbol(out, code);
	QRcode_free(code);
	return buf_ok(out) ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}
