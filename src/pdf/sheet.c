/* SPDX-License-Identifier: EUPL-1.2
 * pdf/sheet.c - words measured by pango, and the column of pieces they go into. */
#include "pdf/piece.h"

struct piece_kept {
	struct piece_kept *next;
	PangoLayout *layout;
};

/* Leading is fixed, so that lines stand on one rhythm whatever is in them. Nothing is
 * justified: words of Indonesian law are long, lines are not, and the gaps would show. */
static const struct style styles[STYLE_COUNT] = {
	[STYLE_TITLE] = {.size = 13, .leading = 17, .before = 14, .after = 5, .bold = true, .side = PDF_SIDE_CENTRE, .dots = 24},
	[STYLE_SUBTITLE] = {.size = 10.5, .leading = 15, .after = 10, .side = PDF_SIDE_CENTRE, .dots = 28},
	[STYLE_HEADING] = {.size = 10.5, .leading = 15, .before = 12, .after = 3, .bold = true, .dots = 28},
	[STYLE_TEXT] = {.size = 10.5, .leading = 15, .before = 7, .dots = 32},
	[STYLE_ITEM] = {.size = 10.5, .leading = 15, .before = 4, .dots = 32},
	[STYLE_PAIR] = {.size = 10.5, .leading = 15, .before = 2, .dots = 32},
	[STYLE_CELL] = {.size = 9.5, .leading = 13},
	[STYLE_CELL_HEAD] = {.size = 9.5, .leading = 13, .bold = true},
	[STYLE_SIGN] = {.size = 10.5, .leading = 15, .before = 20, .dots = 44, .share = true},
	[STYLE_STAMP] = {.size = 7, .leading = 9, .faint = true, .side = PDF_SIDE_CENTRE},
	[STYLE_LETTERHEAD] = {.size = 11.5, .leading = 15, .side = PDF_SIDE_CENTRE},
	[STYLE_LETTERHEAD_NAME] = {.size = 14, .leading = 19, .bold = true, .side = PDF_SIDE_CENTRE},
	[STYLE_LETTERHEAD_ADDRESS] = {.size = 8.5, .leading = 12, .side = PDF_SIDE_CENTRE},
	[STYLE_FOOT] = {.size = 7.5, .leading = 10, .faint = true},
	[STYLE_CHART] = {.size = 7.5, .leading = 10},
	[STYLE_CHART_BAR] = {.size = 8.5, .leading = 13},
};

const struct style *style_at(enum style_name name)
{
	return &styles[name];
}

double style_baseline(const struct style *style)
{
	return (style->leading - style->size) / 2 + style->size * 0.81; /* 0.905 ascent, 0.212 descent, centred */
}

double sheet_left(const struct sheet *sheet, int indent)
{
	return (sheet->boxed ? PIECE_BOX_INSET : 0) + indent * PIECE_STEP;
}

void sheet_close(struct sheet *sheet)
{
	for (struct piece_kept *kept = sheet->kept; kept; kept = kept->next)
		g_object_unref(kept->layout);
	sheet->kept = NULL;
	face_close(&sheet->face);
}

/* ---- words ---- */

static void add_bold(PangoAttrList *attrs, size_t from, size_t to)
{
	PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
	bold->start_index = (guint)from;
	bold->end_index = (guint)to;
	pango_attr_list_insert(attrs, bold);
}

#define WHOLE_MAX 40

/* 470/01/PKS/2025 stays on one line. */
static void keep_whole(PangoAttrList *attrs, struct str text)
{
	for (size_t from = 0, to; from < text.n; from = to + 1) {
		for (to = from; to < text.n && text.at[to] != ' ' && text.at[to] != '\n';)
			to++;
		if (to - from > WHOLE_MAX || to == from || !memchr(text.at + from, '/', to - from))
			continue;
		PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
		whole->start_index = (guint)from;
		whole->end_index = (guint)to;
		pango_attr_list_insert(attrs, whole);
	}
}

static int dots_of(const struct pdf_cell *cell, const struct style *style)
{
	int blanks = 0;
	for (size_t i = 0; i < cell->n; i++)
		blanks += cell->spans[i].blank;
	return style->share && blanks > 1 ? style->dots / blanks : style->dots;
}

static void add_span(struct buf *text, const struct pdf_span *span, int dots, PangoAttrList *attrs)
{
	size_t from = text->n;
	if (!span->blank)
		buf_add(text, span->text);
	for (int i = 0; span->blank && i < dots; i++)
		buf_addc(text, '.');
	if (span->bold && !span->blank)
		add_bold(attrs, from, text->n);
}

static PangoLayout *keep(struct sheet *sheet)
{
	struct piece_kept *kept = ARENA_NEW(sheet->arena, struct piece_kept);
	if (!kept)
		return NULL;
	kept->layout = pango_layout_new(sheet->face.context);
	kept->next = sheet->kept;
	sheet->kept = kept;
	return kept->layout;
}

static void set_font(PangoLayout *layout, const struct style *style)
{
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, FACE_NAME);
	pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

static void set_shape(PangoLayout *layout, const struct style *style, double width)
{
	static const PangoAlignment sides[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_alignment(layout, sides[style->side]);
	if (width < 0)
		return;
	pango_layout_set_width(layout, pango_units_from_double(width));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
}

PangoLayout *sheet_layout(struct sheet *sheet, const struct pdf_cell *cell, const struct style *style, double width)
{
	BUF_AUTO text = BUF((size_t)1 << 20);
	PangoLayout *layout = keep(sheet);
	if (!layout)
		return NULL;
	PangoAttrList *attrs = pango_attr_list_new();
	int dots = dots_of(cell, style);
	for (size_t i = 0; i < cell->n; i++)
		add_span(&text, &cell->spans[i], dots, attrs);
	if (style->dots)
		keep_whole(attrs, buf_str(&text));
	/* A word too long for its line is cut without a sign: in a name or a digest it would be read as one of it. */
	pango_attr_list_insert(attrs, pango_attr_insert_hyphens_new(FALSE));
	set_font(layout, style);
	set_shape(layout, style, width);
	pango_layout_set_text(layout, text.n ? text.at : "", (int)text.n);
	pango_layout_set_attributes(layout, attrs);
	pango_attr_list_unref(attrs);
	if (!buf_ok(&text))
		sheet->arena->broken = true;
	return layout;
}

PangoLayout *sheet_words(struct sheet *sheet, struct str words, const struct style *style, double width)
{
	struct pdf_span span = {.text = words};
	struct pdf_cell cell = {.spans = &span, .n = 1};
	return sheet_layout(sheet, &cell, style, width);
}

int layout_lines(PangoLayout *layout)
{
	return pango_layout_get_line_count(layout);
}

double layout_width(PangoLayout *layout)
{
	int width, height;
	pango_layout_get_size(layout, &width, &height);
	return pango_units_to_double(width);
}

/* What alignment leaves free on the left of a line. */
static double line_offset(PangoLayout *layout, PangoLayoutLine *line)
{
	PangoRectangle logical;
	int room = pango_layout_get_width(layout);
	PangoAlignment side = pango_layout_get_alignment(layout);
	if (room < 0 || side == PANGO_ALIGN_LEFT)
		return 0;
	pango_layout_line_get_extents(line, NULL, &logical);
	double left = pango_units_to_double(room - logical.width);
	return side == PANGO_ALIGN_CENTER ? left / 2 : left;
}

struct ink layout_ink(PangoLayout *layout, int i, double x, const struct style *style)
{
	PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
	return (struct ink){line, x + line_offset(layout, line), style_baseline(style), style->faint};
}

/* ---- pieces ---- */

static enum rc grow(struct sheet *sheet)
{
	size_t max = sheet->max ? sheet->max * 2 : 128;
	if (sheet->n >= PIECES_MAX)
		return FAIL(sheet->err, RC_LIMIT, "dokumen terlalu panjang");
	struct piece *pieces = ARENA_ARRAY(sheet->arena, max, struct piece);
	if (!pieces)
		return FAIL(sheet->err, RC_LIMIT, "dokumen terlalu panjang");
	if (sheet->n)
		memcpy(pieces, sheet->pieces, sheet->n * sizeof *pieces);
	sheet->pieces = pieces;
	sheet->max = max;
	return RC_OK;
}

enum rc sheet_add(struct sheet *sheet, struct piece piece)
{
	if (sheet->arena->broken)
		return FAIL(sheet->err, RC_LIMIT, "dokumen terlalu panjang");
	if (piece.height > sheet->page_room)
		return FAIL(sheet->err, RC_INVALID, "blok tanda tangan lebih tinggi dari satu halaman");
	if (sheet->n == sheet->max)
		TRY(grow(sheet));
	if (piece.before < sheet->after)
		piece.before = sheet->after;
	piece.boxed = sheet->boxed;
	sheet->after = 0;
	sheet->pieces[sheet->n++] = piece;
	return RC_OK;
}

struct ink *sheet_inks(struct sheet *sheet, const struct ink *inks, size_t n)
{
	struct ink *copy = ARENA_ARRAY(sheet->arena, n, struct ink);
	if (copy && n)
		memcpy(copy, inks, n * sizeof *copy);
	return copy;
}

struct stroke *sheet_strokes(struct sheet *sheet, const struct stroke *strokes, size_t n)
{
	struct stroke *copy = ARENA_ARRAY(sheet->arena, n, struct stroke);
	if (copy && n)
		memcpy(copy, strokes, n * sizeof *copy);
	return copy;
}
