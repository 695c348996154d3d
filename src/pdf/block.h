/* SPDX-License-Identifier: EUPL-1.2
 * pdf/block.h - what a typeset document consists of: a flat list of blocks.
 *
 * Blocks come from a letter's text (pdf/naskah.h) or straight from a report. The
 * words of a block are spans, and a span is only ever words: nothing in it can
 * become markup. A table is PDF_COLUMNS (optional), PDF_HEAD rows, PDF_ROW rows; a
 * signature block is PDF_SIGN, PDF_COLUMN with its PDF_LINE, PDF_GAP or PDF_STAMP,
 * and PDF_SIGN_END. A chart stands in `chart`, apart from any words around it. */
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
	PDF_CHART,    /* `chart` */
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
/* Bars from zero, each with its own limit where there is one. */
enum pdf_chart_kind {
	PDF_CHART_COLUMNS, /* upright, in a row: over time. A point without a label has no mark below it */
	PDF_CHART_BARS     /* lying, one below the other, label on the left */
};
struct pdf_point {
	struct str label;
	int64_t value; /* below zero is drawn as zero */
	int64_t limit; /* a line across the column; < 0: none */
};
struct pdf_chart {
	enum pdf_chart_kind kind;
	const struct pdf_point *points;
	size_t n;
	struct str limit_label; /* what the line is; absent when there is none */
};
#define PDF_POINTS_MAX 1200 /* of columns */
#define PDF_BARS_MAX 60

struct pdf_block {
	enum pdf_kind kind;
	char mark;   /* '1', 'a', '-' before an item or a pair; 0: none */
	int number;  /* behind the mark, from 1; millimetres of PDF_SPACE */
	int indent;  /* steps from the left */
	bool loose;  /* a blank line stood before it */
	const struct pdf_cell *cells;
	size_t n;
	const struct pdf_chart *chart; /* of PDF_CHART alone */
};

#define PDF_COLUMNS_MAX 12
