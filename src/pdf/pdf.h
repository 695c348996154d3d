/* SPDX-License-Identifier: EUPL-1.2
 * pdf/pdf.h - blocks become an A4 document.
 *
 * Typesetting is pango's, drawing is cairo's; what this room adds is where things
 * stand and where pages end. The same input gives the same bytes: no clock, no
 * locale, no font but our own is looked at. May run on any thread, and on several. */
#pragma once
#include "pdf/block.h"

#define PDF_LETTERHEAD_MAX 6
#define PDF_LINE_MAX 300      /* bytes of a letterhead line, of the title, of the reference */
#define PDF_PAGES_MAX 1000
#define PDF_MEMORY_MAX ((size_t)256 << 20)

struct pdf_ask {
	struct str title;            /* of the document; also in the foot */
	struct str author;           /* may be absent */
	const struct str *letterhead; /* the second line is the office's name; none: no letterhead */
	size_t letterhead_n;
	struct str reference;        /* in the foot, and as QR code; absent: neither */
	int64_t created_us;          /* the moment the document says it was made; 0: it says none */
	const struct pdf_block *blocks;
	size_t blocks_n;
};

/* Append the document to *out, whose ceiling holds.
 * RC_INVALID  the blocks are not in order, a text is no text or too long
 * RC_LIMIT    more pages than PDF_PAGES_MAX, or larger than out->max
 * RC_BROKEN   no fonts, no memory */
MUST_USE enum rc pdf_write(const struct pdf_ask *ask, struct buf *out, struct err *err);
