/* SPDX-License-Identifier: EUPL-1.2
 * agreement/feedback_window.c - see feedback_window.h. */
#include "agreement/feedback_window.h"

/* The day of the end, the earlier one where the term ran out and a step followed (P4, P5,
 * P9.1); n == 0: not over. */
static struct day end_of(const struct standing *s, struct day today)
{
	bool taken = s->state == INSTANSI_ENDED || s->state == INSTANSI_REVOKED;
	bool expired = s->last_day.n && s->last_day.n < today.n;
	struct day step = day_of_us(s->state_us);
	if (!taken)
		return expired ? s->last_day : (struct day){0};
	return expired && s->last_day.n < step.n ? s->last_day : step;
}

struct feedback_window feedback_window(const struct standing *standing, int64_t now_us)
{
	struct day today = day_of_us(now_us);
	struct day end = end_of(standing, today);
	if (!end.n)
		return (struct feedback_window){.open = standing->terms || standing->term_over};
	return (struct feedback_window){.open = end.n > feedback_window_shut(today).n, .last = {end.n + FEEDBACK_WINDOW_DAYS}};
}

struct day feedback_window_shut(struct day today)
{
	return (struct day){today.n - FEEDBACK_WINDOW_DAYS - 1};
}
