/* SPDX-License-Identifier: EUPL-1.2
 * web/strip.c - see strip.h. */
#include "web/strip.h"

#include "agreement/kejadian.h"
#include "gate/strip.h"
#include "web/owed.h"
#include "web/owing.page.h"
#include "web/quota.page.h"
#include "web/strip.page.h"
#include "web/when.h"

#define NEAR_DAYS 60  /* a renewal is asked for two months before the end (P4) */
#define LOW_PART 5    /* the meter warns at a fifth */
#define CELL_MAX ((size_t)4 << 10)

void strip_quota_write(struct buf *out, int64_t left, int64_t limit)
{
	page_quota_write(out, &(struct page_quota){
		.known = limit != 0,
		.unlimited = limit < 0,
		.spent = left == 0,
		.left = left,
		.limit = limit,
		.low = limit / LOW_PART,
	});
}

static enum rc add_quota(struct visit *v, struct buf *out, struct err *err)
{
	int64_t left = 0, limit = 0;
	enum rc rc = gate_quota(v, &left, &limit, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	strip_quota_write(out, left, limit);
	return RC_OK;
}

static void put_term(struct visit *v, struct page_strip *page)
{
	const struct standing *s = &v->standing;
	struct day today = day_of_us(v->now_us);
	if (s->state != INSTANSI_ACTIVE || !s->terms) {
		const struct instansi_state_row *row = instansi_state_at(s->state);
		bool active = s->state == INSTANSI_ACTIVE;
		page->agreement = active ? S("tidak ada versi yang berlaku") : str_c(row ? row->label : "tidak aktif");
		page->over = true;
		return;
	}
	page->agreement = arena_str(v->arena, str_c(when_left(today, s->last_day).z));
	page->agreement_note = arena_printf(v->arena, "sampai %s", day_long(s->last_day).z);
	page->near = s->last_day.n - today.n <= NEAR_DAYS;
}

static enum rc put_kejadian(struct visit *v, struct page_strip *page, struct err *err)
{
	struct kejadian kejadian;
	int64_t id = principal_kejadian(v->who);
	if (!id)
		return RC_OK;
	enum rc rc = kejadian_get(v->tx, v->standing.instansi_id, id, &kejadian, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	if (!kejadian.open)
		return RC_OK;
	page->kejadian = kejadian.name;
	page->kejadian_note = arena_printf(v->arena, "%.*s, %s", STR_ARG(kejadian.jenis), day_short(kejadian.on).z);
	return RC_OK;
}

void strip_owed_write(struct visit *v, const struct gate_owed *owed, struct buf *out)
{
	struct str limit = owed_limit(v, owed);
	struct page_owing page = {.n = owed->n, .words = owed_words(v, owed), .late = owed->over, .stop = owed->refuses};
	if (!owed->over)
		page.note = limit.n ? arena_printf(v->arena, "batas %.*s", STR_ARG(limit)) : S("");
	else
		page.note = arena_printf(v->arena, "melewati batas %.*s%s", STR_ARG(limit),
		                         owed->refuses ? "; verifikasi ditolak" : "");
	page_owing_write(out, &page);
}

enum rc strip_write(struct visit *v, const struct gate_owed *owed, struct buf *out, struct err *err)
{
	BUF_AUTO quota = BUF(CELL_MAX);
	BUF_AUTO owing = BUF(CELL_MAX);
	struct page_strip page = {0};
	if (!v->who || !v->standing.instansi_id)
		return RC_OK;
	TRY(add_quota(v, &quota, err));
	page.quota = html_from_buf(&quota);
	put_term(v, &page);
	TRY(put_kejadian(v, &page, err));
	strip_owed_write(v, owed, &owing);
	page.owed = html_from_buf(&owing);
	page_strip_write(out, &page);
	return RC_OK;
}
