/* SPDX-License-Identifier: EUPL-1.2
 * pdf/pdf.c - see pdf.h. Everything is measured first, then cut into pages, then
 * drawn: "Halaman 1 dari 3" is known before the first page is. */
#include "pdf/pdf.h"

#include <cairo-pdf.h>
#include <stdio.h>

#include "pdf/language.h"
#include "pdf/page.h"
#include "pdf/symbol.h"

#define A4_WIDTH PIECE_MM(210)
#define A4_HEIGHT PIECE_MM(297)
#define LEFT PIECE_MM(25)
#define RIGHT PIECE_MM(22)
#define TOP PIECE_MM(16)
#define BOTTOM PIECE_MM(29) /* the foot stands in it */
#define FOOT_TOP (A4_HEIGHT - PIECE_MM(24))
#define QR_SIZE PIECE_MM(14)
#define FAINT 0.38
#define BLACK 0.0

struct paper {
	const struct pdf_ask *ask;
	struct sheet sheet;
	struct pages pages;
	struct symbol symbol;
	cairo_t *cr;
	struct buf *out;
};

/* ---- ink and strokes ---- */

static void set_grey(cairo_t *cr, double grey)
{
	cairo_set_source_rgb(cr, grey, grey, grey);
}

static void draw_ink(cairo_t *cr, const struct ink *ink, double y)
{
	set_grey(cr, ink->faint ? FAINT : BLACK);
	cairo_move_to(cr, LEFT + ink->x, y + ink->y);
	pango_cairo_show_layout_line(cr, ink->line);
}

static const struct pen {
	double width, grey;
	double dash[2]; /* 0: solid */
	enum { PEN_LINE, PEN_FRAME, PEN_FILL } how;
} pens[] = {
	[STROKE_RULE] = {0.5, 0.25, {0, 0}, PEN_LINE},
	[STROKE_HEAVY] = {1.8, 0, {0, 0}, PEN_LINE},
	[STROKE_DOTS] = {0.7, 0.3, {0.01, 2.6}, PEN_LINE},
	[STROKE_DASHES] = {0.5, 0.45, {2.5, 2}, PEN_FRAME},
	[STROKE_SHADE] = {0, 0.93, {0, 0}, PEN_FILL},
	[STROKE_BAR] = {2.2, 0.25, {0, 0}, PEN_LINE},
	[STROKE_GRID] = {0.35, 0.78, {0, 0}, PEN_LINE},
	[STROKE_FILL] = {0, 0.42, {0, 0}, PEN_FILL},
	[STROKE_LIMIT] = {1, 0, {4, 2}, PEN_LINE},
	[STROKE_CLEAR] = {0, 1, {0, 0}, PEN_FILL},
};

static void draw_stroke(cairo_t *cr, const struct stroke *stroke, double y)
{
	const struct pen *pen = &pens[stroke->kind];
	double x0 = LEFT + stroke->x0, y0 = y + stroke->y0, width = stroke->x1 - stroke->x0, height = stroke->y1 - stroke->y0;
	set_grey(cr, pen->grey);
	cairo_set_line_width(cr, pen->width);
	cairo_set_dash(cr, pen->dash, pen->dash[1] > 0 ? 2 : 0, 0);
	cairo_set_line_cap(cr, stroke->kind == STROKE_DOTS ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
	if (pen->how == PEN_LINE) {
		cairo_move_to(cr, x0, y0);
		cairo_line_to(cr, x0 + width, y0 + height);
	} else {
		cairo_rectangle(cr, x0, y0, width, height);
	}
	if (pen->how == PEN_FILL)
		cairo_fill(cr);
	else
		cairo_stroke(cr);
}

static void draw_piece(cairo_t *cr, const struct piece *piece, double y)
{
	for (size_t i = 0; i < piece->strokes_n; i++)
		draw_stroke(cr, &piece->strokes[i], y);
	for (size_t i = 0; i < piece->inks_n; i++)
		draw_ink(cr, &piece->inks[i], y);
}

/* ---- a page ---- */

static double draw_head(const struct paper *paper, const struct piece_table *head, double y)
{
	for (size_t i = 0; head && i < head->head_n; i++) {
		const struct piece *piece = &paper->sheet.pieces[head->head + i];
		draw_piece(paper->cr, piece, y);
		y += piece->height;
	}
	return y;
}

static void draw_body(const struct paper *paper, const struct page *page)
{
	double y = draw_head(paper, page->head, TOP);
	bool boxed = false;
	for (size_t i = page->from; i < page->to; i++) {
		const struct piece *piece = &paper->sheet.pieces[i];
		double before = i == page->from ? 0 : piece->before;
		const struct stroke bar = {STROKE_BAR, 1, boxed ? -before : 1, 1, piece->height};
		y += before;
		if (piece->boxed)
			draw_stroke(paper->cr, &bar, y);
		draw_piece(paper->cr, piece, y);
		y += piece->height;
		boxed = piece->boxed;
	}
}

static void draw_symbol(const struct paper *paper, double x, double y)
{
	const struct symbol *symbol = &paper->symbol;
	double module = QR_SIZE / symbol->width;
	set_grey(paper->cr, BLACK);
	for (int row = 0; row < symbol->width; row++)
		for (int at = 0, run; (run = symbol_run(symbol, row, &at)) > 0; at += run)
			cairo_rectangle(paper->cr, x + at * module, y + row * module, run * module, module);
	cairo_fill(paper->cr);
}

static void draw_foot_line(struct paper *paper, struct str words, enum pdf_side side, int line)
{
	struct style style = *style_at(STYLE_FOOT);
	double x = side == PDF_SIDE_LEFT && paper->symbol.width ? QR_SIZE + PIECE_MM(3) : 0;
	double room = side == PDF_SIDE_LEFT ? paper->sheet.width * 0.75 - x : paper->sheet.width;
	style.side = side;
	PangoLayout *layout = sheet_words(&paper->sheet, words, &style, room);
	if (!layout)
		return;
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	struct ink ink = layout_ink(layout, 0, x, &style);
	draw_ink(paper->cr, &ink, FOOT_TOP + PIECE_MM(2) + line * style.leading);
}

static void draw_foot(struct paper *paper, size_t page)
{
	char z[PDF_LINE_MAX + 20];
	const struct stroke rule = {STROKE_RULE, 0, 0, paper->sheet.width, 0};
	draw_stroke(paper->cr, &rule, FOOT_TOP);
	if (paper->symbol.width)
		draw_symbol(paper, LEFT, FOOT_TOP + PIECE_MM(2.2));
	draw_foot_line(paper, paper->ask->title, PDF_SIDE_LEFT, 0);
	if (paper->ask->reference.n) {
		snprintf(z, sizeof z, "Acuan: %.*s", STR_ARG(paper->ask->reference));
		draw_foot_line(paper, str_c(z), PDF_SIDE_LEFT, 1);
	}
	snprintf(z, sizeof z, "Halaman %zu dari %zu", page + 1, paper->pages.n);
	draw_foot_line(paper, str_c(z), PDF_SIDE_RIGHT, 0);
}

static void draw_pages(struct paper *paper)
{
	for (size_t i = 0; i < paper->pages.n && cairo_status(paper->cr) == CAIRO_STATUS_SUCCESS; i++) {
		draw_body(paper, &paper->pages.at[i]);
		draw_foot(paper, i);
		cairo_show_page(paper->cr);
	}
}

/* ---- the document ---- */

static cairo_status_t write_out(void *arg, const unsigned char *at, unsigned n)
{
	struct buf *out = arg;
	buf_add(out, str_from((const char *)at, n));
	return buf_ok(out) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void set_text(cairo_surface_t *surface, struct arena *arena, cairo_pdf_metadata_t which, struct str text)
{
	struct str z = arena_str(arena, text);
	if (z.n)
		cairo_pdf_surface_set_metadata(surface, which, z.at);
}

static void set_metadata(cairo_surface_t *surface, const struct pdf_ask *ask, struct arena *arena)
{
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	set_text(surface, arena, CAIRO_PDF_METADATA_TITLE, ask->title);
	set_text(surface, arena, CAIRO_PDF_METADATA_AUTHOR, ask->author);
	set_text(surface, arena, CAIRO_PDF_METADATA_SUBJECT, ask->reference);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Padan");
	/* A date that is none takes away the one cairo reads from the clock. */
	struct clock_text made = clock_rfc3339(ask->created_us);
	made.z[19] = 'Z';
	made.z[20] = 0;
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, ask->created_us ? made.z : "-");
}

static enum rc cairo_rc(cairo_status_t status, const struct buf *out, struct err *err)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return RC_OK;
	if (!buf_ok(out))
		return FAIL(err, RC_LIMIT, "dokumen lebih besar dari yang diizinkan");
	err_fail(err, RC_BROKEN, ERR_HERE, "dokumen tidak dapat dibuat");
	err_detail(err, "cairo: %s", cairo_status_to_string(status));
	return RC_BROKEN;
}

static enum rc draw(struct paper *paper, struct err *err)
{
	size_t from = paper->out->n;
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_out, paper->out, A4_WIDTH, A4_HEIGHT);
	set_metadata(surface, paper->ask, paper->sheet.arena);
	paper->cr = cairo_create(surface);
	draw_pages(paper);
	cairo_status_t status = cairo_status(paper->cr);
	cairo_destroy(paper->cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		(void)language_add(paper->out, from, "id-ID");
	return buf_ok(paper->out) ? cairo_rc(status, paper->out, err) : cairo_rc(CAIRO_STATUS_WRITE_ERROR, paper->out, err);
}

static enum rc set(struct paper *paper, struct err *err)
{
	const struct pdf_ask *ask = paper->ask;
	TRY(face_open(&paper->sheet.face, err));
	TRY(piece_letterhead(&paper->sheet, ask->letterhead, ask->letterhead_n));
	TRY(piece_blocks(&paper->sheet, ask->blocks, ask->blocks_n));
	TRY(page_cut(&paper->sheet, PDF_PAGES_MAX, &paper->pages));
	if (paper->sheet.arena->broken)
		return FAIL(err, RC_LIMIT, "dokumen terlalu panjang");
	return draw(paper, err);
}

static bool line_is_good(struct str line)
{
	return line.n <= PDF_LINE_MAX && str_is_text(line);
}

static bool chart_is_text(const struct pdf_chart *chart)
{
	for (size_t i = 0; i < chart->n; i++)
		if (!str_is_text(chart->points[i].label))
			return false;
	return str_is_text(chart->limit_label);
}

static bool block_is_text(const struct pdf_block *block)
{
	for (size_t i = 0; i < block->n; i++)
		for (size_t j = 0; j < block->cells[i].n; j++)
			if (!str_is_text(block->cells[i].spans[j].text))
				return false;
	return !block->chart || chart_is_text(block->chart);
}

static enum rc check(const struct pdf_ask *ask, struct err *err)
{
	if (ask->letterhead_n > PDF_LETTERHEAD_MAX)
		return FAIL(err, RC_INVALID, "kop surat lebih dari %d baris", PDF_LETTERHEAD_MAX);
	for (size_t i = 0; i < ask->letterhead_n; i++)
		if (!line_is_good(ask->letterhead[i]))
			return FAIL(err, RC_INVALID, "baris kop surat terlalu panjang atau bukan teks");
	if (!line_is_good(ask->title) || !line_is_good(ask->author) || !line_is_good(ask->reference))
		return FAIL(err, RC_INVALID, "judul, pembuat, atau acuan terlalu panjang atau bukan teks");
	for (size_t i = 0; i < ask->blocks_n; i++)
		if (!block_is_text(&ask->blocks[i]))
			return FAIL(err, RC_INVALID, "isi dokumen bukan teks");
	return RC_OK;
}

enum rc pdf_write(const struct pdf_ask *ask, struct buf *out, struct err *err)
{
	struct arena arena;
	struct paper paper = {.ask = ask, .out = out};
	TRY(check(ask, err));
	if (ask->reference.n)
		TRY(symbol_make(ask->reference, &paper.symbol, err));
	arena_init(&arena, PDF_MEMORY_MAX);
	paper.sheet.arena = &arena;
	paper.sheet.err = err;
	paper.sheet.width = A4_WIDTH - LEFT - RIGHT;
	paper.sheet.page_room = A4_HEIGHT - TOP - BOTTOM;
	enum rc rc = set(&paper, err);
	sheet_close(&paper.sheet);
	arena_free(&arena);
	return rc;
}
