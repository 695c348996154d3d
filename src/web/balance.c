/* SPDX-License-Identifier: EUPL-1.2
 * web/balance.c - see balance.h. */
#include "web/balance.h"

#include "web/figures.page.h"
#include "web/pager.h"
#include "web/when.h"

static int days_since(int64_t since_us, int64_t now_us)
{
	return day_of_us(now_us).n - day_of_us(since_us).n;
}

bool balance_late(const struct visit *v, int64_t since_us)
{
	const struct terms *terms = v->standing.terms;
	return since_us && terms && terms->debt.age_days_max > 0 && days_since(since_us, v->now_us) > terms->debt.age_days_max;
}

struct str balance_colour(enum debt_state state)
{
	static const char *const colours[] = {[DEBT_OPEN] = "warn", [DEBT_CLOSED] = "ok", [DEBT_WAIVED] = ""};
	return str_c(colours[state]);
}

/* "tertua 5 hari" */
static struct str oldest_words(struct arena *arena, int64_t since_us, int64_t now_us)
{
	if (!since_us)
		return S("");
	return arena_printf(arena, "%s %s", days_since(since_us, now_us) > 0 ? "tertua" : "sejak", when_age(since_us, now_us).z);
}

struct html balance_write(struct buf *out, struct visit *v, const struct debt_figures *figures)
{
	struct arena *arena = v->arena;
	page_figures_write(out, &(struct page_figures){
	                                .answered = pager_count(arena, figures->answered),
	                                .closed = pager_count(arena, figures->closed),
	                                .waived = pager_count(arena, figures->waived),
	                                .open = pager_count(arena, figures->open),
	                                .owes = figures->open > 0,
	                                .age = oldest_words(arena, figures->oldest_us, v->now_us),
	                                .late = balance_late(v, figures->oldest_us),
	                                .unasked = figures->unasked ? pager_count(arena, figures->unasked) : S(""),
	                        });
	return html_from_buf(out);
}

struct str balance_words(struct arena *arena, const struct debt_figures *figures, int64_t now_us)
{
	if (figures->open)
		return arena_printf(arena, "%.*s belum dilaporkan, %.*s", STR_ARG(pager_count(arena, figures->open)),
		                    STR_ARG(oldest_words(arena, figures->oldest_us, now_us)));
	return figures->answered ? S("semua telah dilaporkan") : S("belum ada");
}
