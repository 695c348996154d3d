/* SPDX-License-Identifier: EUPL-1.2
 * web/page_home.c - the home page: for operators and heads what to do next, for the
 * provider's people how every instansi stands. */
#include "agreement/kejadian.h"
#include "gate/hold.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/home.page.h"
#include "web/office.page.h"
#include "web/pages.h"
#include "web/whom.h"

#define INSTANSI_SHOWN 100 /* each costs a few reads inside the tray */

/* ---- of an instansi ---- */

static void put_agreement(struct visit *v, struct page_home *page)
{
	const struct terms *terms = v->standing.terms;
	page->name = v->standing.name;
	page->agreed = terms != NULL;
	if (!terms)
		return;
	page->pks = terms->pks_number;
	page->juknis = terms->juknis_number;
	page->version = v->standing.version_number;
	page->period = arena_printf(v->arena, "%s sampai dengan %s", day_long(terms->begin).z, day_long(terms->end).z);
}

static enum rc put_next_step(struct visit *v, struct page_home *page, struct err *err)
{
	struct kejadian kejadian;
	int64_t left = -1, limit;
	int64_t id = principal_kejadian(v->who);
	enum rc rc = id ? kejadian_get(v->tx, v->standing.instansi_id, id, &kejadian, err) : RC_ABSENT;
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	page->choose = rc == RC_ABSENT || !kejadian.open;
	if (!page->choose)
		page->kejadian = kejadian.name;
	rc = gate_quota(v, &left, &limit, err);
	page->spent = rc == RC_OK && left == 0;
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc draw_home(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO whom = BUF(PAGE_MAX);
	struct gate_reason hurdle;
	struct page_home page = {.is_head = principal_role(v->who) == ROLE_KEPALA};
	TRY(gate_hurdle(v, &hurdle, err));
	put_agreement(v, &page);
	TRY(put_next_step(v, &page, err));
	if (hurdle.ground != GROUND_NONE)
		page.stopped = str_c(outcome_get(hurdle.outcome)->portal);
	TRY(gate_holds_open(v, &page.holds, err));
	if (page.is_head) {
		page.reason = str_c(hurdle.text);
		page.clause = clause_words(v->arena, str_c(hurdle.clause));
	}
	whom_write(&whom, &v->standing, WHOM_BOTH);
	page.whom = html_from_buf(&whom);
	page_home_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Beranda", .at = "/"}, 200, &body, err);
}

/* ---- of the provider ---- */

static struct str use_text(struct visit *v, const struct gate_instansi *one)
{
	if (one->limit < 0)
		return arena_printf(v->arena, "%lld, tanpa batas", (long long)one->used);
	return arena_printf(v->arena, "%lld dari %lld", (long long)one->used, (long long)one->limit);
}

static enum rc office_row(struct visit *v, int64_t id, struct page_office_instansi *ret, struct err *err)
{
	struct gate_instansi one;
	TRY(gate_instansi_get(v, id, &one, err));
	const struct standing *s = &one.standing;
	const struct instansi_state_row *state = instansi_state_at(s->state);
	bool active = s->state == INSTANSI_ACTIVE;
	*ret = (struct page_office_instansi){
		.code = s->code,
		.name = s->name,
		.state = str_c(state ? state->label : ""),
		.good = active && s->terms,
		.bad = !active && s->state != INSTANSI_DRAFT,
		.term = s->terms ? arena_printf(v->arena, "sampai %s", day_short(s->terms->end).z) : S("tidak ada yang berlaku"),
		.use = use_text(v, &one),
	};
	return RC_OK;
}

static enum rc draw_office(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct instansi_row *list;
	struct page_office page = {0};
	size_t n;
	TRY(instansi_list(v->tx, &list, &n, err));
	page.rows_n = n < INSTANSI_SHOWN ? n : INSTANSI_SHOWN;
	page.more = (int64_t)(n - page.rows_n);
	page.rows = ARENA_ARRAY(v->arena, page.rows_n + 1, struct page_office_instansi);
	if (!page.rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page.rows_n; i++)
		TRY(office_row(v, list[i].instansi_id, &page.rows[i], err));
	TRY(gate_holds_open(v, &page.holds, err));
	page_office_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Beranda", .at = "/"}, 200, &body, err);
}

enum rc page_home_get(struct visit *v, struct err *err)
{
	return principal_instansi(v->who) ? draw_home(v, err) : draw_office(v, err);
}
