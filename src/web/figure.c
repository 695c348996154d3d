/* SPDX-License-Identifier: EUPL-1.2
 * web/figure.c - see figure.h. */
#include "web/figure.h"

#define TENTH 10

struct str figure_cover(struct visit *v, const struct debt_figures *figures)
{
	int64_t cover = reconcile_cover(figures);
	if (figures->answered == 0)
		return S("–");
	if (figures->open == 0)
		return S("100%");
	return arena_printf(v->arena, "%lld,%lld%%", (long long)(cover / TENTH), (long long)(cover % TENTH));
}

struct str figure_tag(const struct gate_owed *owed)
{
	if (owed->refuses)
		return S("verifikasi ditolak");
	return owed->over ? S("melewati batas") : S("");
}
