/* SPDX-License-Identifier: EUPL-1.2
 * pdf/block.h - what a typeset document consists of: a flat list of blocks.
 *
 * Blocks come from a letter's text (pdf/naskah.h) or straight from a report. The
 * words of a block are spans, and a span is only ever words: nothing in it can
 * become markup. A table is PDF_COLUMNS (optional), PDF_HEAD rows, PDF_ROW rows; a
 * signature block is PDF_SIGN, PDF_COLUMN with its PDF_LINE, PDF_GAP or PDF_STAMP,
 * and PDF_SIGN_END. */
#pragma once
#include "base/base.h"

enum pdf_kind {
	PDF_TITLE,    /* centred, bold, larger */
	PDF_SUBTITLE, /* centred */
	PDF_HEADING,  /* bold, never alone at the foot of a page */
	PDF_TEXT,     /* a paragraph */
	PDF_RIGHT,    /* a line that begins in the right half: place and date */
	PDF_ITEM,     /* one of a list: mark, number, indent */
	PDF_PAIR,     /* two cells, "label : value"; neighbours share their colons */
	PDF_COLUMNS,  /* widths and sides of the columns that follow */
	PDF_HEAD,     /* a head row of a table, repeated on each page */
	PDF_ROW,
	PDF_SPACE,    /* `number` millimetres */
	PDF_BREAK,    /* a new page */
	PDF_SIGN,
	PDF_COLUMN,
	PDF_LINE,
	PDF_GAP,      /* where somebody signs */
	PDF_STAMP,    /* where somebody signs over a duty stamp */
	PDF_SIGN_END,
	PDF_BOX,      /* a notice: what stands until PDF_BOX_END is set apart */
	PDF_BOX_END,
	PDF_KIND_COUNT
};

enum pdf_side { PDF_SIDE_LEFT, PDF_SIDE_CENTRE, PDF_SIDE_RIGHT };

struct pdf_span {
	struct str text; /* UTF-8 (str_is_text), newlines begin a line */
	bool bold;
	bool blank; /* no words: a dotted line to fill in by hand */
};
struct pdf_cell {
	const struct pdf_span *spans;
	size_t n;
	enum pdf_side side; /* of PDF_COLUMNS alone */
	int width;          /* of PDF_COLUMNS alone: parts of the sum */
};
struct pdf_block {
	enum pdf_kind kind;
	char mark;   /* '1', 'a', '-' before an item or a pair; 0: none */
	int number;  /* behind the mark, from 1; millimetres of PDF_SPACE */
	int indent;  /* steps from the left */
	bool loose;  /* a blank line stood before it */
	const struct pdf_cell *cells;
	size_t n;
};

#define PDF_COLUMNS_MAX 12
