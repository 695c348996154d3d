/* SPDX-License-Identifier: EUPL-1.2
 * pdf/piece_chart.c - charts: bars from zero, in one tone that a black-and-white printer
 * keeps, with their numbers written on them rather than in a legend.
 *
 * Upright columns are one piece. Where there is no room for every number, the largest one
 * alone is written, and labels that would run into each other are left out. Lying bars are
 * a piece each, so that a long list of them goes on over pages. */
#include "pdf/piece.h"

#define PLOT_HEIGHT 118.0
#define ABOVE 13.0 /* of the highest number, and of the line of a limit */
#define AXIS_GAP 4.0
#define GRID_LINES 4
#define LIMIT_OVER 4 /* a limit so many times the largest value would leave no bars to see: it is written, not drawn */
#define NUMBER_MAX 32

struct number {
	char z[NUMBER_MAX];
};

/* 1234567 as 1.234.567 */
static struct number number_words(int64_t n)
{
	struct number ret;
	char digits[NUMBER_MAX];
	size_t len = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)n), to = 0;
	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			ret.z[to++] = '.';
		ret.z[to++] = digits[i];
	}
	ret.z[to] = 0;
	return ret;
}

/* What is being drawn; its arrays have room for everything a chart of so many points can hold. */
struct plot {
	struct sheet *sheet;
	const struct pdf_chart *chart;
	const struct style *style;
	double x0, x1, top, base, slot; /* of the plot; base is where zero is */
	int64_t largest, full;          /* `full`: the value at `top` */
	int64_t step;
	struct ink *inks;
	struct stroke *strokes;
	size_t inks_n, strokes_n;
};

static void add_stroke(struct plot *plot, enum stroke_kind kind, double x0, double y0, double x1, double y1)
{
	plot->strokes[plot->strokes_n++] = (struct stroke){kind, x0, y0, x1, y1};
}

/* Words with the middle of their line at y. */
static void add_ink(struct plot *plot, PangoLayout *words, double x, double y)
{
	if (!words)
		return;
	struct ink ink = layout_ink(words, 0, x, plot->style);
	ink.y += y - plot->style->leading / 2;
	plot->inks[plot->inks_n++] = ink;
}

static PangoLayout *words_of(struct plot *plot, struct str text)
{
	return sheet_words(plot->sheet, text, plot->style, -1);
}

static double width_of(PangoLayout *words)
{
	return words ? layout_width(words) : 0;
}

/* The same over whatever lines and bars are there. */
static void add_cleared(struct plot *plot, PangoLayout *words, double x, double y)
{
	double half = plot->style->size / 2;
	add_stroke(plot, STROKE_CLEAR, x - 1, y - half, x + width_of(words) + 1, y + half);
	add_ink(plot, words, x, y);
}

static double y_of(const struct plot *plot, int64_t value)
{
	return plot->base - (plot->base - plot->top) * (double)value / (double)plot->full;
}

/* ---- the scale ---- */

/* 1, 2, 5, 10, 20, ...: the first with which GRID_LINES reach that far. */
static int64_t step_for(int64_t largest)
{
	static const int64_t firsts[] = {1, 2, 5};
	for (int64_t ten = 1; ten < INT64_MAX / 100; ten *= 10)
		for (size_t i = 0; i < LEN(firsts); i++)
			if (firsts[i] * ten * GRID_LINES >= largest)
				return firsts[i] * ten;
	return INT64_MAX / GRID_LINES;
}

/* Is the limit one that is drawn? With nothing at all to show, any is. */
static bool limit_fits(const struct plot *plot, int64_t limit)
{
	return limit > 0 && (!plot->largest || limit / LIMIT_OVER <= plot->largest);
}

static void set_scale(struct plot *plot)
{
	const struct pdf_chart *chart = plot->chart;
	int64_t reach = 0;
	for (size_t i = 0; i < chart->n; i++)
		plot->largest = chart->points[i].value > plot->largest ? chart->points[i].value : plot->largest;
	reach = plot->largest;
	for (size_t i = 0; i < chart->n; i++)
		if (limit_fits(plot, chart->points[i].limit) && chart->points[i].limit > reach)
			reach = chart->points[i].limit;
	plot->step = step_for(reach);
	plot->full = (reach + plot->step - 1) / plot->step * plot->step;
	if (!plot->full)
		plot->full = plot->step;
}

static void draw_grid(struct plot *plot)
{
	double widest = width_of(words_of(plot, str_c(number_words(plot->full).z)));
	plot->x0 = sheet_left(plot->sheet, 0) + widest + AXIS_GAP;
	for (int64_t value = 0; value <= plot->full && value >= 0; value += plot->step) {
		PangoLayout *words = words_of(plot, str_c(number_words(value).z));
		double y = y_of(plot, value);
		add_stroke(plot, value ? STROKE_GRID : STROKE_RULE, plot->x0, y, plot->x1, y);
		add_ink(plot, words, plot->x0 - AXIS_GAP - width_of(words), y);
	}
}

/* ---- columns ---- */

static double slot_at(const struct plot *plot, size_t i)
{
	return plot->x0 + plot->slot * (double)i;
}

static void draw_columns(struct plot *plot)
{
	double share = plot->slot > 4 ? 0.7 : 0.86;
	for (size_t i = 0; i < plot->chart->n; i++) {
		int64_t value = plot->chart->points[i].value;
		double x = slot_at(plot, i) + plot->slot * (1 - share) / 2;
		if (value > 0)
			add_stroke(plot, STROKE_FILL, x, y_of(plot, value), x + plot->slot * share, plot->base);
	}
}

static void draw_number(struct plot *plot, size_t i)
{
	int64_t value = plot->chart->points[i].value;
	PangoLayout *words = words_of(plot, str_c(number_words(value).z));
	double width = width_of(words), x = slot_at(plot, i) + (plot->slot - width) / 2;
	if (x < plot->x0)
		x = plot->x0 + 1;
	if (x + width > plot->x1)
		x = plot->x1 - width;
	add_cleared(plot, words, x, y_of(plot, value) - plot->style->leading / 2);
}

/* On every column where there is room, otherwise on the first of the highest. */
static void draw_numbers(struct plot *plot)
{
	bool room = plot->slot >= width_of(words_of(plot, str_c(number_words(plot->largest).z))) + 3;
	for (size_t i = 0; i < plot->chart->n; i++) {
		int64_t value = plot->chart->points[i].value;
		if (value <= 0 || (!room && value != plot->largest))
			continue;
		draw_number(plot, i);
		if (!room)
			return;
	}
}

static void draw_labels(struct plot *plot)
{
	double free_from = plot->x0;
	for (size_t i = 0; i < plot->chart->n; i++) {
		if (!plot->chart->points[i].label.n)
			continue;
		PangoLayout *words = words_of(plot, plot->chart->points[i].label);
		double width = width_of(words), at = slot_at(plot, i);
		double x = width <= plot->slot ? at + (plot->slot - width) / 2 : at;
		if (width > plot->slot)
			add_stroke(plot, STROKE_RULE, at, plot->base, at, plot->base + 3);
		if (x < free_from || x + width > plot->x1 + 2)
			continue;
		add_ink(plot, words, x, plot->base + 3 + plot->style->leading / 2);
		free_from = x + width + 4;
	}
}

/* ---- the limit ---- */

static PangoLayout *limit_words(struct plot *plot, int64_t limit)
{
	struct number number = number_words(limit);
	struct str text = arena_printf(plot->sheet->arena, "%.*s %s%s", STR_ARG(plot->chart->limit_label), number.z,
	                               limit_fits(plot, limit) ? "" : " (di atas grafik)");
	return words_of(plot, text);
}

/* Columns with the same limit, from `from` on. */
static size_t run_end(const struct plot *plot, size_t from)
{
	size_t to = from + 1;
	while (to < plot->chart->n && plot->chart->points[to].limit == plot->chart->points[from].limit)
		to++;
	return to;
}

static void draw_run(struct plot *plot, size_t from, size_t to, double *free_from)
{
	int64_t limit = plot->chart->points[from].limit;
	PangoLayout *words = limit_words(plot, limit);
	bool fits = limit_fits(plot, limit);
	double x = slot_at(plot, from), y = fits ? y_of(plot, limit) : plot->top, width = width_of(words);
	if (fits)
		add_stroke(plot, STROKE_LIMIT, x, y, slot_at(plot, to), y);
	double label = x + width > plot->x1 ? plot->x1 - width : x;
	if (label < *free_from)
		return;
	add_cleared(plot, words, label, y - plot->style->leading / 2);
	*free_from = label + width + 6;
}

static void draw_limits(struct plot *plot)
{
	double free_from = plot->x0;
	for (size_t i = 0, to; i < plot->chart->n; i = to) {
		to = run_end(plot, i);
		if (plot->chart->points[i].limit > 0)
			draw_run(plot, i, to, &free_from);
	}
}

static enum rc add_columns(struct sheet *sheet, const struct pdf_chart *chart)
{
	struct plot plot = {.sheet = sheet, .chart = chart, .style = style_at(STYLE_CHART), .top = ABOVE};
	size_t room = 5 * chart->n + 4 * GRID_LINES; /* column, number, label and limit of each; the grid */
	plot.inks = ARENA_ARRAY(sheet->arena, room, struct ink);
	plot.strokes = ARENA_ARRAY(sheet->arena, room, struct stroke);
	if (!plot.inks || !plot.strokes)
		return FAIL(sheet->err, RC_BROKEN, "memori tidak cukup");
	plot.x1 = sheet->width;
	plot.base = ABOVE + PLOT_HEIGHT;
	set_scale(&plot);
	draw_grid(&plot);
	plot.slot = (plot.x1 - plot.x0) / (double)(chart->n ? chart->n : 1);
	draw_columns(&plot);
	draw_limits(&plot);
	draw_numbers(&plot);
	draw_labels(&plot);
	return sheet_add(sheet, (struct piece){.before = 6,
	                                       .height = plot.base + 3 + plot.style->leading,
	                                       .inks = plot.inks,
	                                       .inks_n = plot.inks_n,
	                                       .strokes = plot.strokes,
	                                       .strokes_n = plot.strokes_n});
}

/* ---- lying bars ---- */

#define BAR_LABEL 0.34 /* of the width */
#define BAR_NUMBER 46.0
#define BAR_INSET 2.0

static enum rc add_bar(struct sheet *sheet, const struct pdf_chart *chart, size_t i, int64_t largest)
{
	const struct style *style = style_at(STYLE_CHART_BAR);
	const struct pdf_point *point = &chart->points[i];
	double left = sheet_left(sheet, 0), begin = left + sheet->width * BAR_LABEL;
	double length = (sheet->width - BAR_NUMBER - begin) * (double)point->value / (double)(largest ? largest : 1);
	PangoLayout *label = sheet_words(sheet, point->label, style, begin - left - AXIS_GAP);
	PangoLayout *number = sheet_words(sheet, str_c(number_words(point->value).z), style, -1);
	if (!label || !number)
		return FAIL(sheet->err, RC_BROKEN, "memori tidak cukup");
	pango_layout_set_ellipsize(label, PANGO_ELLIPSIZE_END);
	const struct ink inks[] = {layout_ink(label, 0, left, style), layout_ink(number, 0, begin + length + AXIS_GAP, style)};
	const struct stroke strokes[] = {{STROKE_RULE, begin, 0, begin, style->leading},
	                                 {STROKE_FILL, begin, BAR_INSET, begin + length, style->leading - BAR_INSET}};
	return sheet_add(sheet, (struct piece){.before = i ? 0 : 6,
	                                       .height = style->leading,
	                                       .keep = i == 0 && chart->n > 1,
	                                       .inks = sheet_inks(sheet, inks, LEN(inks)),
	                                       .inks_n = LEN(inks),
	                                       .strokes = sheet_strokes(sheet, strokes, LEN(strokes)),
	                                       .strokes_n = LEN(strokes)});
}

static enum rc add_bars(struct sheet *sheet, const struct pdf_chart *chart)
{
	int64_t largest = 0;
	for (size_t i = 0; i < chart->n; i++)
		largest = chart->points[i].value > largest ? chart->points[i].value : largest;
	for (size_t i = 0; i < chart->n; i++)
		TRY(add_bar(sheet, chart, i, largest));
	return RC_OK;
}

enum rc piece_chart(struct sheet *sheet, const struct pdf_block *block)
{
	const struct pdf_chart *chart = block->chart;
	if (!chart || !chart->n || chart->n > PDF_POINTS_MAX)
		return FAIL(sheet->err, RC_INVALID, "susunan dokumen keliru");
	TRY(chart->kind == PDF_CHART_BARS ? add_bars(sheet, chart) : add_columns(sheet, chart));
	sheet->after = 8;
	return RC_OK;
}
