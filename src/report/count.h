/* SPDX-License-Identifier: EUPL-1.2
 * report/count.h - figures from journal lines, one after the other; pure. For this room alone.
 *
 * A line belongs to the period by its own moment, wherever it stands in its log, so a clock
 * that was set changes nothing here. Two counts of the same lines give the same figures in
 * whatever order the lines came. What counts as what: doc/report.md. */
#pragma once
#include "journal/line.h"
#include "report/figures.h"

struct count;
/* RC_INVALID: not a period (backwards, or longer than FIGURES_DAYS_MAX). */
MUST_USE enum rc count_open(const struct figures_ask *ask, struct count **ret, struct err *err);
void count_close(struct count *count); /* NULL is allowed */
/* Go on from figures that count_figures() gave. RC_INVALID: they are of another period. */
MUST_USE enum rc count_resume(struct count *count, const struct figures *so_far, struct err *err);
/* *ret_mine: the line is of the instansi and in the period. Views into the line are not kept.
 * RC_LIMIT    a table has more rows than can be reported
 * RC_REFUSED  an inquiry whose outcome is none */
MUST_USE enum rc count_take(struct count *count, const struct line *line, bool *ret_mine, struct err *err);
/* What has been counted, sorted, in `arena`; its texts live as long as the count. `logs` stays
 * empty. */
MUST_USE enum rc count_figures(const struct count *count, struct arena *arena, struct figures *ret, struct err *err);
