/* SPDX-License-Identifier: EUPL-1.2
 * pdf/piece.c - see piece.h: titles, paragraphs, lists, pairs, and the letterhead. */
#include "pdf/piece.h"

/* Line `i` of `n`: a paragraph is cut only where two lines stand on either side. */
static bool stays(int i, int n)
{
	return i < n - 1 && (i == 0 || i == n - 2);
}

struct paragraph {
	PangoLayout *layout;
	const struct style *style;
	double x;
	struct ink mark; /* before the first line; line == NULL: none */
	bool keep;       /* its last line too stays with what comes */
};

static enum rc add_paragraph(struct sheet *sheet, const struct paragraph *p)
{
	int n = p->layout ? layout_lines(p->layout) : 0;
	for (int i = 0; i < n; i++) {
		struct ink inks[2] = {layout_ink(p->layout, i, p->x, p->style), p->mark};
		bool marked = i == 0 && p->mark.line;
		struct piece piece = {.before = i == 0 ? p->style->before : 0,
		                      .height = p->style->leading,
		                      .keep = p->keep || stays(i, n),
		                      .inks = sheet_inks(sheet, inks, marked ? 2 : 1),
		                      .inks_n = marked ? 2 : 1};
		TRY(sheet_add(sheet, piece));
	}
	sheet->after = p->style->after;
	return n ? RC_OK : FAIL(sheet->err, RC_BROKEN, "memori tidak cukup");
}

/* ---- what is one paragraph ---- */

static enum rc add_words(struct sheet *sheet, const struct pdf_block *block, enum style_name name, double from)
{
	const struct style *style = style_at(name);
	double x = sheet_left(sheet, 0) + from;
	struct paragraph p = {.layout = sheet_layout(sheet, &block->cells[0], style, sheet->width - x),
	                      .style = style,
	                      .x = x,
	                      .keep = name != STYLE_TEXT};
	return add_paragraph(sheet, &p);
}

static enum rc add_title(struct sheet *sheet, const struct pdf_block *block)
{
	return add_words(sheet, block, block->kind == PDF_TITLE ? STYLE_TITLE : STYLE_SUBTITLE, 0);
}

static enum rc add_heading(struct sheet *sheet, const struct pdf_block *block)
{
	return add_words(sheet, block, STYLE_HEADING, 0);
}

static bool is_address(const struct pdf_cell *cell)
{
	for (size_t i = 0; i < cell->n; i++)
		if (str_eq(cell->spans[i].text, S("\n")))
			return true;
	return false;
}

#define ADDRESS_APART 9 /* what is written line by line stands apart */

static enum rc add_text(struct sheet *sheet, const struct pdf_block *block)
{
	bool address = is_address(&block->cells[0]);
	if (address && sheet->n && sheet->after < style_at(STYLE_TEXT)->before + ADDRESS_APART)
		sheet->after = style_at(STYLE_TEXT)->before + ADDRESS_APART;
	TRY(add_words(sheet, block, STYLE_TEXT, 0));
	if (address)
		sheet->after = style_at(STYLE_TEXT)->before + ADDRESS_APART;
	return RC_OK;
}

static enum rc add_right(struct sheet *sheet, const struct pdf_block *block)
{
	return add_words(sheet, block, STYLE_TEXT, sheet->width * PIECE_RIGHT);
}

static struct str mark_text(const struct pdf_block *block, char *z, size_t max)
{
	if (block->mark == '-')
		return S("\xe2\x80\x93");
	if (block->mark == 'a' && block->number <= 26)
		snprintf(z, max, "%c.", 'a' + block->number - 1);
	else
		snprintf(z, max, "%d.", block->number);
	return str_c(z);
}

static struct ink mark_ink(struct sheet *sheet, const struct pdf_block *block, const struct style *style)
{
	char z[16];
	PangoLayout *layout = sheet_words(sheet, mark_text(block, z, sizeof z), style, -1);
	return layout ? layout_ink(layout, 0, sheet_left(sheet, block->indent), style) : (struct ink){0};
}

static enum rc add_item(struct sheet *sheet, const struct pdf_block *block)
{
	const struct style *style = style_at(STYLE_ITEM);
	double x = sheet_left(sheet, block->indent + 1);
	struct paragraph p = {.layout = sheet_layout(sheet, &block->cells[0], style, sheet->width - x),
	                      .style = style,
	                      .x = x,
	                      .mark = mark_ink(sheet, block, style)};
	return add_paragraph(sheet, &p);
}

static enum rc add_space(struct sheet *sheet, const struct pdf_block *block)
{
	return sheet_add(sheet, (struct piece){.height = PIECE_MM(block->number), .keep = true});
}

static enum rc add_break(struct sheet *sheet, const struct pdf_block *block)
{
	(void)block;
	return sheet_add(sheet, (struct piece){.ends_page = true});
}

static enum rc begin_box(struct sheet *sheet, const struct pdf_block *block)
{
	(void)block;
	sheet->boxed = true;
	if (sheet->after < 4)
		sheet->after = 4;
	return RC_OK;
}

static enum rc end_box(struct sheet *sheet, const struct pdf_block *block)
{
	(void)block;
	sheet->boxed = false;
	sheet->after = 9;
	return RC_OK;
}

/* ---- pairs ---- */

#define PAIR_LABEL_MAX 0.42 /* of the width */
#define PAIR_LABEL_MIN 88.0 /* so that short groups on one page share their colons */
#define PAIR_GAP 10.0
#define PAIR_COLON 9.0

struct pairs {
	double x, label, value; /* where each begins: label, value after the colon */
	const struct style *style;
};

static bool same_group(const struct pdf_block *a, const struct pdf_block *b)
{
	return b->kind == PDF_PAIR && b->indent == a->indent && (b->mark != 0) == (a->mark != 0);
}

static bool is_blank(const struct pdf_cell *cell)
{
	return cell->n == 1 && cell->spans[0].blank;
}

static struct pairs measure_pairs(struct sheet *sheet, const struct pdf_block *blocks, size_t n)
{
	struct pairs pairs = {.style = style_at(STYLE_PAIR), .x = sheet_left(sheet, blocks[0].indent)};
	double widest = PAIR_LABEL_MIN, most = sheet->width * PAIR_LABEL_MAX;
	for (size_t i = 0; i < n; i++) {
		PangoLayout *label = sheet_layout(sheet, &blocks[i].cells[0], pairs.style, -1);
		double width = label ? layout_width(label) : 0;
		widest = width > widest ? width : widest;
	}
	pairs.label = pairs.x + (blocks[0].mark ? PIECE_STEP : 0);
	pairs.value = pairs.label + (widest < most ? widest : most) + PAIR_GAP + PAIR_COLON;
	return pairs;
}

/* Line `i` of a pair: what there is of mark, label, colon and value. */
static size_t pair_inks(struct sheet *sheet, const struct pairs *at, PangoLayout *const layouts[2], int i, struct ink inks[4])
{
	size_t n = 0;
	if (i < layout_lines(layouts[0]))
		inks[n++] = layout_ink(layouts[0], i, at->label, at->style);
	if (i < layout_lines(layouts[1]))
		inks[n++] = layout_ink(layouts[1], i, at->value, at->style);
	PangoLayout *colon = i == 0 ? sheet_words(sheet, S(":"), at->style, -1) : NULL;
	if (colon)
		inks[n++] = layout_ink(colon, 0, at->value - PAIR_COLON, at->style);
	return n;
}

static enum rc add_pair(struct sheet *sheet, const struct pairs *at, const struct pdf_block *block, struct piece piece)
{
	const struct pdf_cell nothing = {0};
	bool blank = is_blank(&block->cells[1]);
	PangoLayout *layouts[2] = {
		sheet_layout(sheet, &block->cells[0], at->style, at->value - PAIR_COLON - PAIR_GAP / 2 - at->label),
		sheet_layout(sheet, blank ? &nothing : &block->cells[1], at->style, sheet->width - at->value)};
	if (!layouts[0] || !layouts[1])
		return FAIL(sheet->err, RC_BROKEN, "memori tidak cukup");
	int n = layout_lines(layouts[0]) > layout_lines(layouts[1]) ? layout_lines(layouts[0]) : layout_lines(layouts[1]);
	double y = style_baseline(at->style) + 1.5;
	const struct stroke dots = {STROKE_DOTS, at->value, y, sheet->width, y};
	bool keep = piece.keep;
	for (int i = 0; i < n; i++) {
		struct ink inks[4];
		piece.inks_n = pair_inks(sheet, at, layouts, i, inks);
		if (i == 0 && block->mark)
			inks[piece.inks_n++] = mark_ink(sheet, block, at->style);
		piece.inks = sheet_inks(sheet, inks, piece.inks_n);
		piece.strokes_n = blank && i == 0;
		piece.strokes = sheet_strokes(sheet, &dots, piece.strokes_n);
		piece.keep = keep || stays(i, n);
		TRY(sheet_add(sheet, piece));
		piece.before = 0;
	}
	return RC_OK;
}

#define PAIRS_TOGETHER 12 /* so many rows stay on one page */

enum rc piece_pairs(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at)
{
	const struct pdf_block *first = &blocks[*at];
	size_t rows = 1;
	while (*at + rows < n && same_group(first, first + rows))
		rows++;
	struct pairs pairs = measure_pairs(sheet, first, rows);
	for (size_t i = 0; i < rows; i++) {
		struct piece piece = {.before = pairs.style->before + (i == 0 ? 4 : first[i].loose ? 5 : 0),
		                      .height = pairs.style->leading,
		                      .keep = i + 1 < rows && rows <= PAIRS_TOGETHER};
		TRY(add_pair(sheet, &pairs, &first[i], piece));
	}
	*at += rows - 1;
	return RC_OK;
}

/* ---- the letterhead ---- */

static enum style_name letterhead_style(size_t i, size_t n)
{
	if (n == 1 || i == 1)
		return STYLE_LETTERHEAD_NAME;
	return i == 0 ? STYLE_LETTERHEAD : STYLE_LETTERHEAD_ADDRESS;
}

enum rc piece_letterhead(struct sheet *sheet, const struct str *lines, size_t n)
{
	const struct stroke rules[] = {{STROKE_HEAVY, 0, 6, sheet->width, 6}, {STROKE_RULE, 0, 8.4, sheet->width, 8.4}};
	for (size_t i = 0; i < n; i++) {
		const struct style *style = style_at(letterhead_style(i, n));
		struct paragraph p = {.layout = sheet_words(sheet, lines[i], style, sheet->width), .style = style, .keep = true};
		TRY(add_paragraph(sheet, &p));
	}
	if (n)
		TRY(sheet_add(sheet, (struct piece){.height = 10,
		                                    .keep = true,
		                                    .strokes = sheet_strokes(sheet, rules, LEN(rules)),
		                                    .strokes_n = LEN(rules)}));
	sheet->after = n ? 14 : 0;
	return RC_OK;
}

/* ---- every kind ---- */

static const struct maker {
	enum rc (*one)(struct sheet *sheet, const struct pdf_block *block);
	enum rc (*group)(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at);
	size_t cells; /* at least */
} makers[PDF_KIND_COUNT] = {
	[PDF_TITLE] = {add_title, NULL, 1},
	[PDF_SUBTITLE] = {add_title, NULL, 1},
	[PDF_HEADING] = {add_heading, NULL, 1},
	[PDF_TEXT] = {add_text, NULL, 1},
	[PDF_RIGHT] = {add_right, NULL, 1},
	[PDF_ITEM] = {add_item, NULL, 1},
	[PDF_PAIR] = {NULL, piece_pairs, 2},
	[PDF_COLUMNS] = {NULL, piece_tables, 1},
	[PDF_HEAD] = {NULL, piece_tables, 1},
	[PDF_ROW] = {NULL, piece_tables, 1},
	[PDF_SPACE] = {add_space, NULL, 0},
	[PDF_BREAK] = {add_break, NULL, 0},
	[PDF_SIGN] = {NULL, piece_sign, 0},
	[PDF_BOX] = {begin_box, NULL, 0},
	[PDF_BOX_END] = {end_box, NULL, 0},
	[PDF_CHART] = {piece_chart, NULL, 0},
};

static bool is_item(const struct pdf_block *blocks, size_t n, size_t i)
{
	return i < n && blocks[i].kind == PDF_ITEM;
}

/* Words that end in a colon stay with what they announce, and the last two of a list
 * stay together. */
static bool holds_on(const struct pdf_block *blocks, size_t n, size_t i)
{
	if (blocks[i].kind != PDF_TEXT && blocks[i].kind != PDF_ITEM)
		return false;
	if (is_item(blocks, n, i) && is_item(blocks, n, i + 1) && !is_item(blocks, n, i + 2))
		return true;
	const struct pdf_cell *cell = &blocks[i].cells[0];
	struct str last = cell->n ? cell->spans[cell->n - 1].text : S("");
	return i + 1 < n && last.n && last.at[last.n - 1] == ':';
}

enum rc piece_blocks(struct sheet *sheet, const struct pdf_block *blocks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct maker *maker = &makers[blocks[i].kind];
		if (blocks[i].n < maker->cells || (!maker->one && !maker->group))
			return FAIL(sheet->err, RC_INVALID, "susunan dokumen keliru");
		TRY(maker->one ? maker->one(sheet, &blocks[i]) : maker->group(sheet, blocks, n, &i));
		if (holds_on(blocks, n, i))
			sheet->pieces[sheet->n - 1].keep = true;
	}
	return RC_OK;
}
