/* SPDX-License-Identifier: EUPL-1.2
 * web/cover.h - how much of what was accessed is covered by data balikan, in words. */
#pragma once
#include "feedback/reconcile.h"
#include "gate/visit.h"

/* "97,4%"; "–" where nothing was accessed. Never "100%" while something is missing. */
struct str cover_words(struct visit *v, const struct debt_figures *figures);
