/* SPDX-License-Identifier: EUPL-1.2
 * report/chart_inside.h - what the files of report/chart.h share; for them alone. */
#pragma once
#include "report/chart.h"

/* What is drawn of a point: never below 0, a part never above its value. */
int64_t chart_value(const struct chart_point *point);
int64_t chart_part(const struct chart_point *point);
bool chart_has_parts(const struct chart *chart);
/* 0: none at that point. */
int64_t chart_limit(const struct chart *chart, size_t i);
/* Does the limit stand in the picture, so that its axis must reach it? */
bool chart_limit_drawn(const struct chart *chart);
/* The first of the largest; the chart has points. */
size_t chart_peak(const struct chart *chart);
/* <svg> with what it is called and says. */
void chart_open(struct buf *out, const struct chart *chart, int height);
/* At least one value is above 0. */
void chart_columns(struct buf *out, const struct chart *chart);
void chart_bars(struct buf *out, const struct chart *chart);
