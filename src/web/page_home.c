/* SPDX-License-Identifier: EUPL-1.2
 * web/page_home.c - the home page of operators and heads: what to do next; for the head
 * also what is missing, and who must act. (Of the provider's people: page_office.c.) */
#include "agreement/kejadian.h"
#include "gate/hold.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/home.page.h"
#include "web/owed.h"
#include "web/pages.h"
#include "web/request_seen.h"
#include "web/stand.h"
#include "web/whom.h"

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

/* J.VI: the head answers for what is missing. */
static enum rc put_missing(struct visit *v, struct buf *band, struct buf *lacks, struct err *err)
{
	struct stand stand;
	TRY(stand_read(v, v->standing.instansi_id, &stand, err));
	stand_band_write(v, &stand, band);
	stand_lacks_write(v, &stand, lacks);
	return RC_OK;
}

/* P2.2b: what is owed, and above all of it that it is too much. */
static enum rc put_owed(struct visit *v, struct buf *alert, struct buf *card, struct err *err)
{
	struct gate_owed owed;
	TRY(gate_owed_own(v, &owed, err));
	owed_alert_write(v, &owed, alert);
	return owed_card_write(v, &owed, card, err);
}

static enum rc draw_home(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO whom = BUF(PAGE_MAX);
	BUF_AUTO band = BUF(PAGE_MAX);
	BUF_AUTO lacks = BUF(PAGE_MAX);
	BUF_AUTO alert = BUF(PAGE_MAX);
	BUF_AUTO owed = BUF(PAGE_MAX);
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
		struct stand_step step;
		TRY(stand_reason(v, &v->standing, &step, err));
		page.note = step.words;
		TRY(put_missing(v, &band, &lacks, err));
		page.band = html_from_buf(&band);
		page.lacks = html_from_buf(&lacks);
	}
	TRY(put_owed(v, &alert, &owed, err));
	page.owed_alert = html_from_buf(&alert);
	page.owed = html_from_buf(&owed);
	whom_write(&whom, &v->standing, WHOM_BOTH);
	page.whom = html_from_buf(&whom);
	TRY(request_seen_waiting(v, &page.waiting, err));
	page_home_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Beranda", .at = "/"}, 200, &body, err);
}

enum rc page_home_get(struct visit *v, struct err *err)
{
	return principal_instansi(v->who) ? draw_home(v, err) : page_office_home(v, err);
}
