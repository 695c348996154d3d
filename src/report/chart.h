/* SPDX-License-Identifier: EUPL-1.2
 * report/chart.h - figures as a picture that the server draws: SVG without a library, with the
 * same figures as a table under a fold.
 *
 * Columns stretch with the page and letters do not, so a picture reads at 320 px as it does at
 * 1080; colours are classes of the one stylesheet, which knows both themes and paper. The two
 * tones differ in lightness and outline, never in hue alone. What is shown is said in words
 * too (<title>, <desc>), and nothing is in the picture that the table does not have. */
#pragma once
#include "base/base.h"

struct chart_point {
	struct str label; /* any text; of "23-11-2026" the axis shows "23-11" */
	int64_t value;    /* below 0 is 0 */
	int64_t part;     /* of the value, drawn in the second tone; 0: none */
};
enum chart_kind {
	CHART_COLUMNS, /* over time, in the order given */
	CHART_BARS     /* ranked, as they are given; the label on the left */
};
struct chart {
	enum chart_kind kind;
	const char *title, *unit; /* "Hit per hari", "hit" */
	const struct chart_point *points;
	size_t n;                /* <= CHART_POINTS_MAX */
	int64_t limit;           /* columns: a line across, e.g. the quota; 0: none */
	const int64_t *limits;   /* columns: a line that moves, one a point; 0 there: none. NULL: `limit` */
	const char *limit_label; /* "kuota"; with a limit */
	const char *part_label;  /* "ditolak"; with parts */
	const char *label_head;  /* of the table's first column; NULL: "Keterangan" */
	const char *note;        /* a sentence under the title; NULL: none */
};
#define CHART_POINTS_MAX 1100

/* Appends <figure>, its <h2>, the <svg role=img> and the table. Without points, or with
 * nothing but zeros, it says so instead of drawing. Labels are escaped here. */
void chart_svg(struct buf *out, const struct chart *chart);
/* 1234567 as "1.234.567". */
void chart_count(struct buf *out, int64_t n);
