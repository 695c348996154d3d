/* SPDX-License-Identifier: EUPL-1.2
 * report/chart_columns.c - see chart.h: columns over time on an axis of round numbers.
 *
 * The picture is as wide as the page lets it: letters and lines are placed by percent and
 * pixel, the columns lie in an <svg> of their own that is stretched sideways. All columns of
 * a tone are one <path>, so a thousand of them weigh a few kilobytes. */
#include <assert.h>

#include "report/chart_inside.h"

/* In pixels, from the top. */
#define HEIGHT 216
#define TOP 20     /* above the axis: room for the largest number */
#define GROUND 188 /* where the columns stand */
#define TEXT_Y 208
/* In percent of the width: what the numbers of the axis stand on. */
#define GUTTER 8
/* In units of the inner picture. */
#define WIDE 10
#define UNITS 1000
#define LEAST 6 /* of a column that is not nothing, so that it is seen */

#define LINES_MAX 5
#define TICKS_MAX 5
#define SLOTS_LEAST 7

struct axis {
	uint64_t step, top;
};

/* 1, 2, 5, 10, 20, 50, ... so that LINES_MAX of them reach the largest value. */
static struct axis axis_for(uint64_t largest)
{
	static const unsigned lead[] = {1, 2, 5};
	uint64_t power = 1;
	struct axis axis = {1, 1};
	for (size_t i = 0; axis.step < (largest + LINES_MAX - 2) / (LINES_MAX - 1); i++) {
		axis.step = lead[i % LEN(lead)] * power;
		if (i % LEN(lead) == LEN(lead) - 1)
			power *= 10;
	}
	axis.top = (largest + axis.step - 1) / axis.step * axis.step;
	return axis;
}

static double height_of(const struct axis *axis, uint64_t value)
{
	return (double)value / (double)axis->top;
}

static int units(const struct axis *axis, int64_t value)
{
	int n = (int)(height_of(axis, (uint64_t)value) * UNITS + 0.5);
	return value > 0 && n < LEAST ? LEAST : n;
}

static int pixel_y(const struct axis *axis, uint64_t value)
{
	return GROUND - (int)(height_of(axis, value) * (GROUND - TOP) + 0.5);
}

/* ---- the axis ---- */

/* Round numbers only: "1.500", "250 rb", "1,5 jt", "2 M". */
static void put_short(struct buf *out, uint64_t n)
{
	static const struct {
		uint64_t unit;
		const char *word;
	} words[] = {{UINT64_C(1000000000000), " T"}, {1000000000, " M"}, {1000000, " jt"}, {1000, " rb"}};
	for (size_t i = 0; i < LEN(words) && n >= 100000; i++) {
		if (n < words[i].unit)
			continue;
		chart_count(out, (int64_t)(n / words[i].unit));
		if (n % words[i].unit)
			buf_addf(out, ",%d", (int)(n % words[i].unit / (words[i].unit / 10)));
		buf_addz(out, words[i].word);
		return;
	}
	chart_count(out, (int64_t)n);
}

static void put_lines(struct buf *out, const struct axis *axis)
{
	for (uint64_t n = 0; n <= axis->top; n += axis->step)
		buf_addf(out, "<line class=\"g\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>", pixel_y(axis, n), pixel_y(axis, n));
}

static void put_axis(struct buf *out, const struct axis *axis)
{
	for (uint64_t n = axis->step; n <= axis->top; n += axis->step) {
		buf_addf(out, "<text x=\"0\" y=\"%d\">", pixel_y(axis, n) - 3);
		put_short(out, n);
		buf_addz(out, "</text>");
	}
}

/* A single day is a column, not a wall. */
static size_t slots(const struct chart *chart)
{
	return chart->n < SLOTS_LEAST ? SLOTS_LEAST : chart->n;
}

/* Tenths of a percent, of the middle of a column. */
static int middle(const struct chart *chart, size_t i)
{
	return GUTTER * 10 + (int)((1000 - GUTTER * 10) * (2 * i + 1) / (2 * slots(chart)));
}

static void put_percent(struct buf *out, int tenths)
{
	buf_addf(out, "%d.%d%%", tenths / 10, tenths % 10);
}

/* Of a day, what tells it from its neighbours. */
static struct str tick_of(struct str label)
{
	static const char shape[] = "00-00-0000";
	if (label.n != sizeof shape - 1)
		return label;
	for (size_t i = 0; i < label.n; i++)
		if (shape[i] == '-' ? label.at[i] != '-' : label.at[i] < '0' || label.at[i] > '9')
			return label;
	return str_sub(label, 0, 5);
}

static void put_ticks(struct buf *out, const struct chart *chart)
{
	static const size_t steps[] = {1, 2, 3, 4, 6, 7, 14, 28, 56, 91, 182, 365};
	size_t step = steps[0];
	for (size_t i = 0; i < LEN(steps) && (slots(chart) + step - 1) / step > TICKS_MAX; i++)
		step = steps[i];
	for (size_t i = 0; i < chart->n; i += step) {
		buf_addz(out, "<text class=\"m\" x=\"");
		put_percent(out, middle(chart, i));
		buf_addf(out, "\" y=\"%d\">", TEXT_Y);
		buf_add_html(out, tick_of(chart->points[i].label));
		buf_addz(out, "</text>");
	}
}

/* ---- columns ---- */

/* Columns of a month have air between them, those of three years none. */
static int gap_of(size_t n)
{
	return n <= 100 ? 2 : n <= 400 ? 1 : 0;
}

static void put_column(struct buf *out, size_t i, int gap, int from, int to)
{
	if (to > from)
		buf_addf(out, "M%d %dv-%dh%dv%dz", (int)i * WIDE + gap / 2, UNITS - from, to - from, WIDE - gap, to - from);
}

static void put_tone(struct buf *out, const struct chart *chart, const struct axis *axis, bool second)
{
	buf_addf(out, "<path class=\"%s\" d=\"", second ? "b" : "a");
	for (size_t i = 0; i < chart->n; i++) {
		int64_t value = chart_value(&chart->points[i]), part = chart_part(&chart->points[i]);
		int rest = units(axis, value - part), whole = part ? units(axis, value) : rest;
		if (part && whole < rest + LEAST)
			whole = rest + LEAST;
		put_column(out, i, gap_of(chart->n), second ? rest : 0, second ? whole : rest);
	}
	buf_addz(out, "\"/>");
}

/* Runs of one height are one stroke. */
static void put_limit_line(struct buf *out, const struct chart *chart, const struct axis *axis)
{
	int64_t before = 0;
	buf_addz(out, "<path class=\"l\" d=\"");
	for (size_t i = 0; i < chart->n; i++) {
		int64_t limit = chart_limit(chart, i);
		if (limit && limit != before)
			buf_addf(out, "%s%d %d", before ? "L" : "M", (int)i * WIDE, UNITS - units(axis, limit));
		if (limit && (i + 1 == chart->n || chart_limit(chart, i + 1) != limit))
			buf_addf(out, "H%d", (int)(i + 1 == chart->n ? slots(chart) : i + 1) * WIDE);
		before = limit;
	}
	buf_addz(out, "\"/>");
}

static void put_columns(struct buf *out, const struct chart *chart, const struct axis *axis)
{
	buf_addf(out, "<svg x=\"%d%%\" y=\"%d\" width=\"%d%%\" height=\"%d\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\">",
	         GUTTER, TOP, 100 - GUTTER, GROUND - TOP, (int)slots(chart) * WIDE, UNITS);
	put_tone(out, chart, axis, false);
	if (chart_has_parts(chart))
		put_tone(out, chart, axis, true);
	if (chart_limit_drawn(chart))
		put_limit_line(out, chart, axis);
	buf_addz(out, "</svg>");
}

/* ---- numbers in the picture ---- */

static void put_peak(struct buf *out, const struct chart *chart, const struct axis *axis)
{
	size_t at = chart_peak(chart);
	int64_t value = chart_value(&chart->points[at]);
	int x = middle(chart, at);
	const char *side = x > 940 ? " e" : x < 140 ? "" : " m";
	buf_addf(out, "<text class=\"v%s\" x=\"", side);
	put_percent(out, x);
	buf_addf(out, "\" y=\"%d\">", pixel_y(axis, (uint64_t)value) - 4);
	chart_count(out, value);
	buf_addz(out, "</text>");
}

/* At the end that the largest column leaves free. */
static void put_limit_label(struct buf *out, const struct chart *chart, const struct axis *axis)
{
	bool right = chart_peak(chart) < chart->n / 2;
	size_t at = right ? chart->n - 1 : 0, away = right ? 0 : chart->n - 1;
	if (!chart_limit(chart, at))
		at = away;
	if (!chart_limit(chart, at))
		return;
	right = at > 0 || chart->n == 1;
	buf_addf(out, "<text class=\"w%s\" x=\"%d%%\" y=\"%d\">", right ? " e" : "", right ? 100 : GUTTER,
	         pixel_y(axis, (uint64_t)chart_limit(chart, at)) - 4);
	buf_add_html(out, str_c(chart->limit_label ? chart->limit_label : "batas"));
	buf_addc(out, ' ');
	chart_count(out, chart_limit(chart, at));
	buf_addz(out, "</text>");
}

static uint64_t largest_of(const struct chart *chart)
{
	int64_t most = chart_value(&chart->points[chart_peak(chart)]);
	for (size_t i = 0; i < chart->n && chart_limit_drawn(chart); i++)
		if (chart_limit(chart, i) > most)
			most = chart_limit(chart, i);
	return (uint64_t)most;
}

void chart_columns(struct buf *out, const struct chart *chart)
{
	assert(chart->n > 0);
	struct axis axis = axis_for(largest_of(chart));
	chart_open(out, chart, HEIGHT);
	put_lines(out, &axis);
	put_columns(out, chart, &axis);
	put_axis(out, &axis);
	put_ticks(out, chart);
	if (chart_limit_drawn(chart))
		put_limit_label(out, chart, &axis);
	put_peak(out, chart, &axis);
	buf_addz(out, "</svg>");
}
