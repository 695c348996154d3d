/* SPDX-License-Identifier: EUPL-1.2
 * web/qr.c - see qr.h.
 *
 * Dark modules that touch in a row become one rectangle of the path: a symbol of 25
 * modules is about 2 KB and compresses to a third. The quiet zone is part of the view
 * box. */
#include "web/qr.h"

#include "pdf/symbol.h"

_Static_assert(QR_TEXT_MAX <= SYMBOL_TEXT_MAX, "what the page promises the symbol can hold");

static void add_row(struct buf *out, const struct symbol *symbol, int y)
{
	for (int x = 0, run; (run = symbol_run(symbol, y, &x)) > 0; x += run)
		buf_addf(out, "M%d %dh%dv1h-%dz", x + SYMBOL_QUIET, y + SYMBOL_QUIET, run, run);
}

static void add_symbol(struct buf *out, const struct symbol *symbol)
{
	int side = symbol->width + 2 * SYMBOL_QUIET;
	buf_addf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Kode QR\" ", side, side);
	buf_addz(out, "shape-rendering=\"crispEdges\"><path d=\"");
	for (int y = 0; y < symbol->width; y++)
		add_row(out, symbol, y);
	buf_addz(out, "\"/></svg>");
}

enum rc qr_svg_write(struct str text, struct buf *out, struct err *err)
{
	struct symbol symbol = {0};
	TRY(symbol_make(text, &symbol, err));
	add_symbol(out, &symbol);
	return buf_ok(out) ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}
