/* SPDX-License-Identifier: EUPL-1.2
 * web/cover.c - see cover.h. */
#include "web/cover.h"

#define TENTH 10

struct str cover_words(struct visit *v, const struct debt_figures *figures)
{
	int64_t cover = reconcile_cover(figures);
	if (figures->answered == 0)
		return S("–");
	if (figures->open == 0)
		return S("100%");
	return arena_printf(v->arena, "%lld,%lld%%", (long long)(cover / TENTH), (long long)(cover % TENTH));
}
