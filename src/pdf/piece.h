/* SPDX-License-Identifier: EUPL-1.2
 * pdf/piece.h - a document as a column of pieces: what cannot be cut any further.
 *
 * A piece is a line of a paragraph, a line of a table row across all its cells, a
 * whole signature block. It knows its height, what is inked on it, and whether it
 * must stay on the page of the piece after it: all rules about page breaks (no
 * heading or signature alone, no single first or last line of a paragraph) are that
 * one flag. Pages are cut from the column afterwards (pdf/page.h).
 *
 * Lengths are points; x runs from the left edge of the text, y from the top of the
 * piece. */
#pragma once
#include "pdf/block.h"
#include "pdf/face.h"

#define PIECE_MM(mm) ((mm)*72.0 / 25.4)
#define PIECES_MAX 400000

struct ink {
	PangoLayoutLine *line;
	double x, y; /* y: the baseline */
	bool faint;
};
enum stroke_kind {
	STROKE_RULE,
	STROKE_HEAVY,
	STROKE_DOTS,
	STROKE_DASHES,
	STROKE_SHADE,
	STROKE_BAR,
	STROKE_GRID,
	STROKE_FILL,
	STROKE_LIMIT,
	STROKE_CLEAR
};
struct stroke {
	enum stroke_kind kind;
	double x0, y0, x1, y1; /* STROKE_DASHES, STROKE_SHADE, STROKE_FILL: a rectangle */
};
struct piece_table {
	size_t head, head_n; /* pieces of the head rows */
	double head_height;
};
struct piece {
	double before, height;
	bool keep;       /* no page ends behind it */
	bool ends_page;  /* a page break, and nothing else */
	bool boxed;
	const struct piece_table *table; /* whose head is repeated when a page begins here */
	struct ink *inks;
	struct stroke *strokes;
	size_t inks_n, strokes_n;
};

struct piece_kept;
struct sheet {
	struct face face;
	struct arena *arena;
	struct err *err;
	double width, page_room; /* of the text; a piece higher than page_room is refused */
	struct piece *pieces;
	size_t n, max;
	double after;    /* asked for by the last block */
	bool boxed;
	struct piece_kept *kept;
};

/* How one kind of words looks. */
struct style {
	double size, leading;
	double before, after;
	bool bold, faint;
	enum pdf_side side;
	int dots;   /* of a blank; 0: an empty place */
	bool share; /* several blanks share the dots of one */
};
enum style_name {
	STYLE_TITLE,
	STYLE_SUBTITLE,
	STYLE_HEADING,
	STYLE_TEXT,
	STYLE_ITEM,
	STYLE_PAIR,
	STYLE_CELL,
	STYLE_CELL_HEAD,
	STYLE_SIGN,
	STYLE_STAMP,
	STYLE_LETTERHEAD,
	STYLE_LETTERHEAD_NAME,
	STYLE_LETTERHEAD_ADDRESS,
	STYLE_FOOT,
	STYLE_CHART,
	STYLE_CHART_BAR,
	STYLE_COUNT
};
const struct style *style_at(enum style_name name);

/* Allocates nothing yet; the face must be open. sheet_close releases what was measured. */
void sheet_close(struct sheet *sheet);
/* Words set within `width` (negative: as long as they are). Lives as long as the
 * sheet; NULL: no memory, and sheet->arena says so. */
PangoLayout *sheet_layout(struct sheet *sheet, const struct pdf_cell *cell, const struct style *style, double width);
PangoLayout *sheet_words(struct sheet *sheet, struct str words, const struct style *style, double width);
int layout_lines(PangoLayout *layout);
/* Line `i` at x, its baseline where the style has it. */
struct ink layout_ink(PangoLayout *layout, int i, double x, const struct style *style);
double layout_width(PangoLayout *layout);
double style_baseline(const struct style *style);

/* One more piece at the end; RC_LIMIT: too many; RC_BROKEN: no memory. `ret` is valid
 * until the next. */
MUST_USE enum rc sheet_add(struct sheet *sheet, struct piece piece);
struct ink *sheet_inks(struct sheet *sheet, const struct ink *inks, size_t n);
struct stroke *sheet_strokes(struct sheet *sheet, const struct stroke *strokes, size_t n);

/* The blocks of a document, one after the other. RC_LIMIT, RC_BROKEN, RC_INVALID: a
 * signature block higher than a page. */
MUST_USE enum rc piece_blocks(struct sheet *sheet, const struct pdf_block *blocks, size_t n);
MUST_USE enum rc piece_letterhead(struct sheet *sheet, const struct str *lines, size_t n);
/* Block `at` and those that belong to it; *at goes to the last of them. */
MUST_USE enum rc piece_pairs(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at);
MUST_USE enum rc piece_tables(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at);
MUST_USE enum rc piece_chart(struct sheet *sheet, const struct pdf_block *block);
MUST_USE enum rc piece_sign(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at);

#define PIECE_STEP 20.0    /* one step of a list */
#define PIECE_RIGHT 0.54   /* where the right half begins */
#define PIECE_BOX_INSET 11.0
/* Where text begins and how wide it is, in and outside a notice. */
double sheet_left(const struct sheet *sheet, int indent);
