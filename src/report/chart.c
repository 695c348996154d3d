/* SPDX-License-Identifier: EUPL-1.2
 * report/chart.c - see chart.h: what stands around a picture, and its table. The pictures
 * are drawn by chart_columns.c and chart_bars.c. */
#include "report/chart.h"

#include <assert.h>

#include "report/chart_inside.h"

#define GROUP 1000

void chart_count(struct buf *out, int64_t n)
{
	if (n < 0)
		n = 0;
	if (n < GROUP) {
		buf_add_int(out, n);
		return;
	}
	chart_count(out, n / GROUP);
	buf_addf(out, ".%03d", (int)(n % GROUP));
}

int64_t chart_value(const struct chart_point *point)
{
	return point->value > 0 ? point->value : 0;
}

int64_t chart_part(const struct chart_point *point)
{
	int64_t value = chart_value(point);
	if (point->part <= 0)
		return 0;
	return point->part < value ? point->part : value;
}

int64_t chart_limit(const struct chart *chart, size_t i)
{
	int64_t limit = chart->limits ? chart->limits[i] : chart->limit;
	return limit > 0 ? limit : 0;
}

size_t chart_peak(const struct chart *chart)
{
	size_t at = 0;
	for (size_t i = 1; i < chart->n; i++)
		if (chart_value(&chart->points[i]) > chart_value(&chart->points[at]))
			at = i;
	return at;
}

bool chart_has_parts(const struct chart *chart)
{
	for (size_t i = 0; i < chart->n; i++)
		if (chart_part(&chart->points[i]))
			return true;
	return false;
}

static int64_t limit_most(const struct chart *chart)
{
	int64_t most = 0;
	for (size_t i = 0; i < chart->n; i++)
		if (chart_limit(chart, i) > most)
			most = chart_limit(chart, i);
	return most;
}

/* Past the largest number there is, that one. */
static int64_t sum_of(const struct chart *chart)
{
	int64_t sum = 0;
	for (size_t i = 0; i < chart->n; i++) {
		int64_t value = chart_value(&chart->points[i]);
		sum = value > INT64_MAX - sum ? INT64_MAX : sum + value;
	}
	return sum;
}

/* A line far above every column would press them flat: then it is said, not drawn. */
#define LIMIT_FAR 4
bool chart_limit_drawn(const struct chart *chart)
{
	int64_t most = limit_most(chart), peak = chart_value(&chart->points[chart_peak(chart)]);
	return chart->kind == CHART_COLUMNS && most > 0 && most / LIMIT_FAR <= peak;
}

/* ---- words ---- */

static void put_text(struct buf *out, const char *text)
{
	buf_add_html(out, str_c(text ? text : ""));
}

static void put_key(struct buf *out, const struct chart *chart)
{
	if (!chart_has_parts(chart) || !chart->part_label)
		return;
	buf_addz(out, " Bagian terang: ");
	put_text(out, chart->part_label);
	buf_addc(out, '.');
}

static void put_far_limit(struct buf *out, const struct chart *chart)
{
	int64_t most = limit_most(chart);
	if (chart->kind != CHART_COLUMNS || !most || chart_limit_drawn(chart))
		return;
	buf_addz(out, " Jauh di bawah ");
	put_text(out, chart->limit_label ? chart->limit_label : "batas");
	buf_addc(out, ' ');
	chart_count(out, most);
	buf_addc(out, '.');
}

static void put_caption(struct buf *out, const struct chart *chart, bool drawn)
{
	buf_addz(out, "<figcaption><h2>");
	put_text(out, chart->title);
	buf_addz(out, "</h2><p class=\"small soft\">");
	put_text(out, chart->note);
	if (drawn) {
		put_key(out, chart);
		put_far_limit(out, chart);
	}
	buf_addz(out, "</p></figcaption>");
}

void chart_open(struct buf *out, const struct chart *chart, int height)
{
	const struct chart_point *peak = &chart->points[chart_peak(chart)];
	buf_addf(out, "<svg class=\"plot\" width=\"100%%\" height=\"%d\" role=\"img\"><title>", height);
	put_text(out, chart->title);
	buf_addz(out, "</title><desc>");
	buf_addz(out, chart->kind == CHART_COLUMNS ? "Tertinggi " : "Terbanyak ");
	chart_count(out, chart_value(peak));
	buf_addc(out, ' ');
	put_text(out, chart->unit);
	buf_addz(out, ": ");
	buf_add_html(out, peak->label);
	buf_addz(out, "; jumlah ");
	chart_count(out, sum_of(chart));
	buf_addz(out, ". Semua angka ada dalam tabel di bawah gambar.</desc>");
}

/* ---- the table ---- */

struct table {
	bool parts, limits;
};

static void put_head(struct buf *out, const char *label)
{
	buf_addz(out, "<th scope=\"col\" class=\"num\">");
	put_text(out, label);
	buf_addz(out, "</th>");
}

static void put_cell(struct buf *out, int64_t n)
{
	buf_addz(out, "<td class=\"num\">");
	chart_count(out, n);
	buf_addz(out, "</td>");
}

static void put_row(struct buf *out, const struct chart *chart, size_t i, struct table shown)
{
	const struct chart_point *point = &chart->points[i];
	buf_addz(out, "<tr><td>");
	buf_add_html(out, point->label);
	buf_addz(out, "</td>");
	put_cell(out, chart_value(point));
	if (shown.parts)
		put_cell(out, chart_part(point));
	if (shown.limits && chart_limit(chart, i))
		put_cell(out, chart_limit(chart, i));
	else if (shown.limits)
		buf_addz(out, "<td class=\"num\">\xE2\x80\x93</td>");
	buf_addz(out, "</tr>");
}

static void put_table(struct buf *out, const struct chart *chart)
{
	struct table shown = {.parts = chart_has_parts(chart), .limits = chart->kind == CHART_COLUMNS && limit_most(chart) > 0};
	buf_addz(out, "<details><summary>Angka dalam tabel<span class=\"vh\">: ");
	put_text(out, chart->title);
	buf_addz(out, "</span></summary><table><thead><tr><th scope=\"col\">");
	put_text(out, chart->label_head ? chart->label_head : "Keterangan");
	buf_addz(out, "</th>");
	put_head(out, chart->unit);
	if (shown.parts)
		put_head(out, chart->part_label);
	if (shown.limits)
		put_head(out, chart->limit_label ? chart->limit_label : "batas");
	buf_addz(out, "</tr></thead><tbody>");
	for (size_t i = 0; i < chart->n; i++)
		put_row(out, chart, i, shown);
	buf_addz(out, "</tbody></table></details>");
}

void chart_svg(struct buf *out, const struct chart *chart)
{
	assert(chart->n <= CHART_POINTS_MAX && (chart->points || chart->n == 0));
	bool drawn = chart->n > 0 && chart_value(&chart->points[chart_peak(chart)]) > 0;
	buf_addz(out, "<figure class=\"chart\">");
	put_caption(out, chart, drawn);
	if (!drawn)
		buf_addf(out, "<p class=\"soft\">%s</p>",
		         chart->n ? "Semuanya 0 dalam rentang ini." : "Belum ada dalam rentang ini.");
	else if (chart->kind == CHART_COLUMNS)
		chart_columns(out, chart);
	else
		chart_bars(out, chart);
	if (chart->n)
		put_table(out, chart);
	buf_addz(out, "</figure>");
}
