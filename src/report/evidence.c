/* SPDX-License-Identifier: EUPL-1.2
 * report/evidence.c - see evidence.h. A few queries by index, whatever the agency's size:
 * it is read in the tray, each time a draft is looked at. */
#include "report/evidence.h"

#include "agreement/paper.h"
#include "feedback/debt.h"
#include "report/evaluation.sql.h"
#include "store/store.h"

/* ---- quota (J.II.B) ---- */

/* What limits each method: its version, and the day from which on its PoC counts. */
struct limits {
	struct version *versions; /* latest first */
	size_t n;
	int32_t poc[METHOD_COUNT]; /* INT32_MAX: not passed */
};

/* Of a method every application has to pass (J.II.D). */
static enum rc read_poc(struct tx *tx, const struct evidence_ask *ask, const struct terms *terms, enum method method, int32_t *ret,
                        struct err *err)
{
	struct paper paper;
	enum rc rc = paper_latest(tx, ask->instansi_id, PAPER_POC, str_c(method_at(method)->key), &paper, err);
	*ret = rc == RC_OK ? paper.signed_on.n : INT32_MAX;
	for (size_t i = 0; rc == RC_OK && i < terms->applications_n; i++) {
		if (terms->applications[i].method != method)
			continue;
		rc = paper_latest(tx, ask->instansi_id, PAPER_POC, terms->applications[i].code, &paper, err);
		int32_t from = rc == RC_OK ? paper.signed_on.n : INT32_MAX;
		*ret = from > *ret ? from : *ret;
	}
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc read_limits(struct tx *tx, const struct evidence_ask *ask, struct limits *ret, struct err *err)
{
	TRY(agreement_versions(ask->agreement, tx, ask->instansi_id, &ret->versions, &ret->n, err));
	for (size_t m = 0; m < METHOD_COUNT; m++) {
		ret->poc[m] = INT32_MAX;
		if (ret->n)
			TRY(read_poc(tx, ask, ret->versions[0].terms, (enum method)m, &ret->poc[m], err));
	}
	return RC_OK;
}

/* < 0: without limit, or not granted that day. */
static int64_t limit_on(const struct limits *l, size_t method, int64_t day)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct version *v = &l->versions[i];
		const struct terms_method *m = &v->terms->methods[method];
		if (v->begin.n <= day && day <= v->end.n)
			return !m->granted ? -1 : day >= l->poc[method] ? m->quota_after_poc : m->quota_before_poc;
	}
	return -1;
}

/* Days on which a method used all it had. */
static enum rc read_full_days(struct tx *tx, const struct evidence_ask *ask, const struct limits *limits, struct evidence *e,
                              struct err *err)
{
	struct sql_evaluation_used_rows rows;
	const struct figures_ask *period = &ask->figures->ask;
	int64_t last = INT64_MIN;
	TRY(sql_evaluation_used(tx,
	                        (struct sql_evaluation_used_in){
	                                .instansi_id = ask->instansi_id, .first_day = period->first.n, .last_day = period->last.n},
	                        &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_evaluation_used *row = &rows.at[i];
		int64_t limit =
		        row->method >= 0 && row->method < METHOD_COUNT ? limit_on(limits, (size_t)row->method, row->day) : -1;
		if (limit < 0 || row->used < limit || row->day == last)
			continue;
		e->full_days++;
		last = row->day;
	}
	return RC_OK;
}

static enum rc read_quota(struct tx *tx, const struct evidence_ask *ask, struct evidence *e, struct err *err)
{
	const struct figures *f = ask->figures;
	struct limits limits;
	TRY(read_limits(tx, ask, &limits, err));
	TRY(read_full_days(tx, ask, &limits, e, err));
	for (size_t i = 0; i < f->days_n; i++)
		e->used_days += f->days[i].sum.inquiries > 0;
	e->quota = -1;
	for (size_t m = 0; m < METHOD_COUNT; m++) {
		int64_t limit = limit_on(&limits, m, e->on.n);
		if (limit >= 0)
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
