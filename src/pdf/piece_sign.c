/* SPDX-License-Identifier: EUPL-1.2
 * pdf/piece_sign.c - signature blocks: one column on the right, or two, each with its
 * place to sign at the same height and, where a duty stamp is owed, the place for it.
 * A block is one piece and stays with the last lines of the text before it. */
#include "pdf/piece.h"

#define GAP PIECE_MM(19)
#define STAMP_WIDTH PIECE_MM(23)
#define STAMP_HEIGHT PIECE_MM(16)
#define INKS_MAX 240

struct side {
	const struct pdf_block *blocks;
	size_t n, gap; /* gap == n: none */
	bool stamped;
	double x, width;
	double above, below; /* heights */
};
struct signs {
	struct sheet *sheet;
	const struct style *style;
	struct ink inks[INKS_MAX];
	struct stroke strokes[8];
	size_t inks_n, strokes_n;
};

static void read_side(const struct pdf_block *blocks, size_t n, struct side *ret)
{
	*ret = (struct side){.blocks = blocks, .n = n, .gap = n};
	for (size_t i = 0; i < n; i++) {
		if (blocks[i].kind != PDF_GAP && blocks[i].kind != PDF_STAMP)
			continue;
		ret->gap = i;
		ret->stamped = blocks[i].kind == PDF_STAMP;
	}
}

/* Lines of one block at `*y`, which goes below them. */
static enum rc ink_block(struct signs *signs, const struct side *side, const struct pdf_block *block, double *y)
{
	PangoLayout *layout = block->n ? sheet_layout(signs->sheet, &block->cells[0], signs->style, side->width) : NULL;
	int lines = layout ? layout_lines(layout) : 0;
	if (signs->inks_n + (size_t)lines > INKS_MAX)
		return FAIL(signs->sheet->err, RC_INVALID, "blok tanda tangan lebih tinggi dari satu halaman");
	for (int i = 0; i < lines; i++) {
		struct ink ink = layout_ink(layout, i, side->x, signs->style);
		ink.y += *y;
		signs->inks[signs->inks_n++] = ink;
		*y += signs->style->leading;
	}
	return RC_OK;
}

static enum rc ink_part(struct signs *signs, const struct side *side, size_t from, size_t to, double *y)
{
	for (size_t i = from; i < to; i++)
		TRY(ink_block(signs, side, &side->blocks[i], y));
	return RC_OK;
}

static void draw_stamp(struct signs *signs, const struct side *side, double y)
{
	const struct style *style = style_at(STYLE_STAMP);
	double top = y + (GAP - STAMP_HEIGHT) / 2;
	PangoLayout *layout = sheet_words(signs->sheet, S("Meterai\nRp10.000"), style, STAMP_WIDTH);
	signs->strokes[signs->strokes_n++] =
		(struct stroke){STROKE_DASHES, side->x, top, side->x + STAMP_WIDTH, top + STAMP_HEIGHT};
	for (int i = 0; layout && i < layout_lines(layout) && signs->inks_n < INKS_MAX; i++) {
		struct ink ink = layout_ink(layout, i, side->x, style);
		ink.y += top + STAMP_HEIGHT / 2 + (i - 1) * style->leading;
		signs->inks[signs->inks_n++] = ink;
	}
}

static enum rc draw_sides(struct signs *signs, struct side *sides, size_t n, double *ret_height)
{
	double above = 0, height = 0;
	for (size_t i = 0; i < n; i++) {
		double y = 0;
		TRY(ink_part(signs, &sides[i], 0, sides[i].gap, &y));
		above = y > above ? y : above;
	}
	for (size_t i = 0; i < n; i++) {
		double y = above + GAP;
		if (sides[i].stamped)
			draw_stamp(signs, &sides[i], above);
		if (sides[i].gap < sides[i].n)
			TRY(ink_part(signs, &sides[i], sides[i].gap + 1, sides[i].n, &y));
		height = y > height ? y : height;
	}
	*ret_height = height;
	return RC_OK;
}

/* One column stands on the right, two stand side by side. */
static void place_sides(const struct sheet *sheet, struct side *sides, size_t n)
{
	double right = sheet->width * PIECE_RIGHT;
	for (size_t i = 0; i < n; i++) {
		bool left = n > 1 && i == 0;
		sides[i].x = left ? 0 : right;
		sides[i].width = left ? right - 16 : sheet->width - right;
	}
}

static enum rc find_sides(struct sheet *sheet, const struct pdf_block *blocks, size_t n, struct side sides[2], size_t *ret_n)
{
	size_t found = 0;
	for (size_t i = 0, to; i < n; i = to) {
		to = i + 1;
		if (blocks[i].kind != PDF_COLUMN || found == 2)
			return FAIL(sheet->err, RC_INVALID, "susunan dokumen keliru");
		while (to < n && blocks[to].kind != PDF_COLUMN)
			to++;
		read_side(&blocks[i + 1], to - i - 1, &sides[found++]);
	}
	*ret_n = found;
	return RC_OK;
}

static void keep_with_text(struct sheet *sheet)
{
	if (sheet->n && !sheet->pieces[sheet->n - 1].ends_page)
		sheet->pieces[sheet->n - 1].keep = true;
}

enum rc piece_sign(struct sheet *sheet, const struct pdf_block *blocks, size_t n, size_t *at)
{
	struct signs *signs = ARENA_NEW(sheet->arena, struct signs);
	struct side sides[2];
	size_t from = *at + 1, to = from, sides_n;
	double height = 0;
	while (to < n && blocks[to].kind != PDF_SIGN_END)
		to++;
	if (!signs || to == n)
		return FAIL(sheet->err, RC_INVALID, "susunan dokumen keliru");
	TRY(find_sides(sheet, &blocks[from], to - from, sides, &sides_n));
	*signs = (struct signs){.sheet = sheet, .style = style_at(STYLE_SIGN)};
	place_sides(sheet, sides, sides_n);
	TRY(draw_sides(signs, sides, sides_n, &height));
	keep_with_text(sheet);
	*at = to;
	return sheet_add(sheet, (struct piece){.before = signs->style->before,
	                                       .height = height,
	                                       .inks = signs->inks,
	                                       .inks_n = signs->inks_n,
	                                       .strokes = signs->strokes,
	                                       .strokes_n = signs->strokes_n});
}
