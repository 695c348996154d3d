/* SPDX-License-Identifier: EUPL-1.2
 * web/report_figures.h - the figures of a report on the screen, user ids masked as on its
 * papers (DOMAIN 8). */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "report/report.h"

/* `run` is done. *ret is a view of `out`. RC_BROKEN: the figures do not fit their digest. */
MUST_USE enum rc report_figures_write(struct visit *v, const struct report *report, const struct run *run, struct buf *out,
                                      struct html *ret, struct err *err);
