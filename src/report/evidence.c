/* SPDX-License-Identifier: EUPL-1.2
 * report/evidence.c - see evidence.h. A few queries by index, whatever the agency's size:
 * it is read in the tray, each time a draft is looked at. */
#include "report/evidence.h"

#include "agreement/paper.h"
#include "feedback/debt.h"
#include "report/evaluation.sql.h"
#include "store/store.h"

/* ---- quota (J.II.B) ---- */

static enum rc read_quota(struct tx *tx, const struct evidence_ask *ask, struct evidence *e, struct err *err)
{
	const struct figures *f = ask->figures;
	struct sql_evaluation_full_days full;
	struct standing standing;
	TRY(sql_evaluation_full_days(tx,
	                             (struct sql_evaluation_full_days_in){.instansi_id = ask->instansi_id,
	                                                                  .first_day = f->ask.first.n,
	                                                                  .last_day = f->ask.last.n},
	                             &full, err));
	TRY(agreement_standing(ask->agreement, tx, ask->instansi_id, ask->now_us, &standing, err));
	e->full_days = full.n;
	for (size_t i = 0; i < f->days_n; i++)
		e->used_days += f->days[i].sum.inquiries > 0;
	e->quota = -1;
	for (size_t i = 0; standing.terms && i < METHOD_COUNT; i++) {
		const struct terms_method *m = &standing.terms->methods[i];
		int64_t limit = standing.poc_passed[i] ? m->quota_after_poc : m->quota_before_poc;
		if (m->granted && limit >= 0)
			e->quota = (e->quota < 0 ? 0 : e->quota) + limit;
	}
	return RC_OK;
}

/* ---- data balikan (P2.2b) ---- */

static enum rc read_feedback(struct tx *tx, const struct evidence_ask *ask, struct evidence *e, struct err *err)
{
	struct sql_evaluation_coverage row;
	struct debt_total total;
	TRY(sql_evaluation_coverage(tx, (struct sql_evaluation_coverage_in){ask->instansi_id}, &row, err));
	TRY(debt_totals(tx, &ask->instansi_id, 1, &total, err));
	e->answered = row.answered;
	e->owed = row.owed;
	e->settled = row.answered - row.owed;
	if (total.oldest_us)
		e->oldest_days = e->on.n - day_of_us(total.oldest_us).n;
	return RC_OK;
}

/* ---- reports (P8) ---- */

/* The semester's own, or those whose last day lies in the period. */
static bool concerns(const struct evidence_ask *ask, const struct duty_item *d)
{
	const struct figures_ask *period = &ask->figures->ask;
	if (d->duty != DUTY_REPORT)
		return false;
	return ask->semester.n ? str_eq(d->subject, ask->semester) : d->due.n >= period->first.n && d->due.n <= period->last.n;
}

static enum rc read_reports(struct tx *tx, const struct evidence_ask *ask, struct evidence *e, struct err *err)
{
	for (size_t i = 0; i < e->duties_n; i++) {
		const struct duty_item *d = &e->duties[i];
		struct paper paper;
		if (!concerns(ask, d) || (d->state != DUTY_DONE && d->state != DUTY_LATE))
			continue;
		e->reports.due++;
		e->reports.missing += d->state == DUTY_LATE;
		if (!d->paper_id)
			continue;
		TRY(paper_get(tx, d->paper_id, &paper, err));
		e->reports.late += paper.signed_on.n > d->due.n;
	}
	return RC_OK;
}

enum rc evidence_read(struct tx *tx, const struct evidence_ask *ask, struct evidence *ret, struct err *err)
{
	struct duty_item *duties;
	struct duty_ask of = {.agreement = ask->agreement, .instansi_id = ask->instansi_id};
	*ret = (struct evidence){.figures = ask->figures, .on = day_of_us(ask->now_us)};
	TRY(duty_list(tx, &of, ask->now_us, &duties, &ret->duties_n, err));
	ret->duties = duties;
	TRY(read_quota(tx, ask, ret, err));
	TRY(read_feedback(tx, ask, ret, err));
	return read_reports(tx, ask, ret, err);
}
