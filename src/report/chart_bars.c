/* SPDX-License-Identifier: EUPL-1.2
 * report/chart_bars.c - see chart.h: ranked bars, each with its name and its number. Short
 * names stand on the left of their bar, longer ones above it. */
#include <assert.h>

#include "report/chart_inside.h"

#define SHORT 9 /* letters that fit a third of a phone's width */
#define LINE 36 /* and the whole of it; the table has what does not fit two of them */
#define ROW 26  /* pixels a row */
#define ROW_TALL 44
#define LINE_TALL 17 /* and of a second line of its name */
#define BEGIN 300    /* tenths of a percent */
#define WIDTH 560
#define WIDTH_TALL 860
#define LEAST 6
#define NEAR 10 /* between a bar and its number */

struct rows {
	int lines; /* of a name above its bar; 0: on its left */
	int64_t largest;
};

static bool begins_letter(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* Letters, not bytes. */
static size_t letters(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += begins_letter(s.at[i]);
	return n;
}

static struct rows rows_for(const struct chart *chart)
{
	struct rows rows = {.largest = chart_value(&chart->points[chart_peak(chart)])};
	for (size_t i = 0; i < chart->n; i++) {
		size_t n = letters(chart->points[i].label);
		int lines = n > LINE ? 2 : n > SHORT ? 1 : 0;
		rows.lines = lines > rows.lines ? lines : rows.lines;
	}
	return rows;
}

static int row_height(const struct rows *rows)
{
	return rows->lines ? ROW_TALL + (rows->lines - 1) * LINE_TALL : ROW;
}

static int wide_of(const struct rows *rows, int64_t value)
{
	int all = rows->lines ? WIDTH_TALL : WIDTH;
	int n = (int)((double)value / (double)rows->largest * all + 0.5);
	return value > 0 && n < LEAST ? LEAST : n;
}

struct bar {
	const char *tone;
	int x, y, wide; /* tenths of a percent; pixels; tenths of a percent */
};

static void put_bar(struct buf *out, struct bar bar)
{
	if (bar.wide > 0)
		buf_addf(out, "<rect class=\"%s\" x=\"%d.%d%%\" y=\"%d\" width=\"%d.%d%%\" height=\"14\"/>", bar.tone, bar.x / 10,
		         bar.x % 10, bar.y, bar.wide / 10, bar.wide % 10);
}

static void put_number(struct buf *out, int x, int y, int64_t value)
{
	buf_addf(out, "<text class=\"v\" x=\"%d.%d%%\" y=\"%d\">", x / 10, x % 10, y);
	chart_count(out, value);
	buf_addz(out, "</text>");
}

static void put_line(struct buf *out, struct str text, int y, bool cut)
{
	buf_addf(out, "<text class=\"t\" x=\"0\" y=\"%d\">", y);
	buf_add_html(out, text);
	buf_addz(out, cut ? "\xE2\x80\xA6</text>" : "</text>");
}

/* How many bytes of it stand on one line: up to a blank, where there is one. */
static size_t line_of(struct str text)
{
	size_t n = 0, blank = 0, seen = 0;
	for (; n < text.n; n++) {
		seen += begins_letter(text.at[n]);
		if (seen > LINE)
			return blank ? blank : n;
		if (text.at[n] == ' ')
			blank = n;
	}
	return text.n;
}

static void put_name(struct buf *out, const struct rows *rows, struct str name, int y)
{
	size_t n = line_of(name);
	if (rows->lines < 2 || n == name.n) {
		put_line(out, name, y + (rows->lines == 2 ? LINE_TALL : 0), false);
		return;
	}
	struct str rest = str_trim(str_sub(name, n, name.n));
	size_t second = line_of(rest);
	put_line(out, str_sub(name, 0, n), y, false);
	put_line(out, str_sub(rest, 0, second), y + LINE_TALL, second < rest.n);
}

static void put_row(struct buf *out, const struct rows *rows, const struct chart_point *point, size_t i)
{
	int y = (int)i * row_height(rows), begin = rows->lines ? 0 : BEGIN;
	int64_t value = chart_value(point), part = chart_part(point);
	int whole = wide_of(rows, value), rest = part ? wide_of(rows, value - part) : whole;
	int bar_y = rows->lines ? y + row_height(rows) - 24 : y + 5;
	if (part && whole < rest + LEAST)
		rest = whole > LEAST ? whole - LEAST : 0;
	put_name(out, rows, point->label, y + 16);
	put_bar(out, (struct bar){"a", begin, bar_y, rest});
	put_bar(out, (struct bar){"b", begin + rest, bar_y, whole - rest});
	put_number(out, begin + whole + NEAR, bar_y + 11, value);
}

void chart_bars(struct buf *out, const struct chart *chart)
{
	assert(chart->n > 0);
	struct rows rows = rows_for(chart);
	chart_open(out, chart, (int)chart->n * row_height(&rows));
	for (size_t i = 0; i < chart->n; i++)
		put_row(out, &rows, &chart->points[i], i);
	buf_addz(out, "</svg>");
}
