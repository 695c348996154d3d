/* SPDX-License-Identifier: EUPL-1.2
 * web/outage_band.c - see outage_band.h. */
#include "web/outage_band.h"

#include "agreement/outage.h"
#include "web/outage_band.page.h"
#include "web/when.h"

#define SHOWN_MAX 3

struct str outage_span(struct arena *arena, int64_t begin_us, int64_t end_us)
{
	const struct clock_text begin = when_row(begin_us), end = when_row(end_us), minute = when_minute(end_us);
	bool one_day = day_of_us(begin_us).n == day_of_us(end_us).n;
	int begin_n = (int)strlen(begin.z) - 4; /* without its " WIB" */
	return arena_printf(arena, "%.*s sampai %s", begin_n, begin.z, one_day ? minute.z : end.z);
}

/* Web services are no matter of an operator's. */
static bool concerns(const struct visit *v, const struct outage *outage)
{
	return outage->part != OUTAGE_SERVICES || principal_role(v->who) != ROLE_OPERATOR;
}

enum rc outage_band_write(struct visit *v, struct buf *out, struct err *err)
{
	struct outage_list list;
	struct page_outage_band_outage shown[SHOWN_MAX];
	size_t n = 0;
	TRY(outage_coming(v->tx, v->now_us, v->now_us + OUTAGE_NOTICE_US, &list, err));
	for (size_t i = 0; i < list.n && n < SHOWN_MAX; i++) {
		const struct outage *outage = &list.at[i];
		if (!concerns(v, outage))
			continue;
		shown[n++] = (struct page_outage_band_outage){.runs = outage_runs(outage, v->now_us),
		                                              .part = str_c(outage_part_at(outage->part)->label),
		                                              .span = outage_span(v->arena, outage->begin_us, outage->end_us),
		                                              .note = outage->note};
	}
	if (n)
		page_outage_band_write(out, &(struct page_outage_band){.outages = shown, .outages_n = n});
	return RC_OK;
}
