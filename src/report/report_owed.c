/* SPDX-License-Identifier: EUPL-1.2
 * report/report_owed.c - see report_owed.h. */
#include "report/report_owed.h"

#include "agreement/workday.h"
#include "report/report.sql.h"
#include "store/store.h"

#define LATE_DAYS_MAX 5000 /* nothing is later than the calendar is long */

static int year_of(struct day day)
{
	int year, month, mday;
	day_to_ymd(day, &year, &month, &mday);
	return year;
}

static const char *duty_key(void)
{
	for (size_t i = 0; duty_at(i); i++)
		if (duty_at(i)->duty == DUTY_REPORT)
			return duty_at(i)->key;
	return "";
}

/* ---- of one agency ---- */

/* *ret_sent: it was submitted, and is owed no more. */
static int64_t draft_of(const struct sql_report_semesters_rows *reports, struct str semester, bool *ret_sent)
{
	*ret_sent = false;
	for (size_t i = 0; i < reports->n; i++) {
		if (!str_eq(reports->at[i].subject, semester))
			continue;
		*ret_sent = !str_eq(reports->at[i].state, S("draft"));
		return reports->at[i].report_id;
	}
	return 0;
}

enum rc report_owed_of(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct report_owed **ret, size_t *ret_n,
                       struct err *err)
{
	struct sql_report_semesters_rows reports;
	struct duty_item *items;
	size_t n;
	TRY(duty_list(tx, ask, now_us, &items, &n, err));
	TRY(sql_report_semesters(tx, (struct sql_report_semesters_in){.instansi_id = ask->instansi_id}, &reports, err));
	struct report_owed *owed = ARENA_ARRAY(tx_arena(tx), REPORT_OWED_MAX, struct report_owed);
	if (!owed)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*ret = owed;
	*ret_n = 0;
	for (size_t i = 0; i < n && *ret_n < REPORT_OWED_MAX; i++) {
		const struct duty_item *item = &items[i];
		bool sent;
		if (item->duty != DUTY_REPORT || item->state == DUTY_DONE)
			continue;
		int64_t draft = draft_of(&reports, item->subject, &sent);
		if (!sent)
			owed[(*ret_n)++] = (struct report_owed){.instansi_id = ask->instansi_id,
			                                        .semester = item->subject,
			                                        .due = item->due,
			                                        .certain = item->due_certain,
			                                        .state = item->state,
			                                        .draft_id = draft};
	}
	return RC_OK;
}

/* ---- of all ---- */

enum rc report_owed_all(struct tx *tx, struct day today, struct report_owed **ret, size_t *ret_n, struct err *err)
{
	struct sql_report_owed_all_rows rows;
	TRY(sql_report_owed_all(tx, (struct sql_report_owed_all_in){.duty = str_c(duty_key())}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct report_owed);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct report_owed){.instansi_id = rows.at[i].instansi_id,
		                                 .code = rows.at[i].code,
		                                 .name = rows.at[i].name,
		                                 .semester = rows.at[i].subject,
		                                 .due = {(int32_t)rows.at[i].due_day},
		                                 .certain = true,
		                                 .state = rows.at[i].due_day < today.n ? DUTY_LATE : DUTY_NEAR,
		                                 .draft_id = rows.at[i].report_id};
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- days ---- */

enum rc report_due(struct tx *tx, struct day end, struct day *ret, bool *ret_certain, struct err *err)
{
	struct workdays calendar;
	TRY(workdays_load(tx, year_of(end), year_of(end), &calendar, err));
	*ret = workday_after(&calendar, end, REPORT_WORKDAYS);
	*ret_certain = workday_year_known(&calendar, year_of(*ret));
	return RC_OK;
}

enum rc report_late_days(struct tx *tx, struct day due, struct day day, int64_t *ret, struct err *err)
{
	struct workdays calendar;
	*ret = 0;
	if (due.n == 0 || day.n <= due.n)
		return RC_OK;
	TRY(workdays_load(tx, year_of(due), year_of(day), &calendar, err));
	for (struct day at = {due.n + 1}; at.n <= day.n && *ret < LATE_DAYS_MAX; at.n++)
		*ret += workday_is(&calendar, at);
	return RC_OK;
}
