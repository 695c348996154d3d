/* SPDX-License-Identifier: EUPL-1.2
 * web/figure.h - figures of data balikan as the provider's pages write them. */
#pragma once
#include "feedback/reconcile.h"
#include "gate/owed.h"

/* "97,4%"; "–" where nothing was accessed. Never "100%" while something is missing. */
struct str figure_cover(struct visit *v, const struct debt_figures *figures);
/* "melewati batas", "verifikasi ditolak"; "" within the limits. */
struct str figure_tag(const struct gate_owed *owed);
