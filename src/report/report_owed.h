/* SPDX-License-Identifier: EUPL-1.2
 * report/report_owed.h - which reports an agency still owes, and how late one is (P8).
 *
 * Which half-years owe one and by when is what procedure/duty.h says; here it is set
 * beside the reports that exist. */
#pragma once
#include "report/report.h"

struct report_owed {
	int64_t instansi_id;
	struct str code, name; /* of report_owed_all() */
	struct str semester;   /* "2026-1" */
	struct day due;
	bool certain; /* false: the calendar of that year is not known */
	enum duty_state state;
	int64_t draft_id; /* 0: nobody began one */
};
#define REPORT_OWED_MAX 64
/* Of one agency, what was not submitted yet, by day; the half-year that runs is among
 * them. *ret has room for REPORT_OWED_MAX, in tx_arena. */
MUST_USE enum rc report_owed_of(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct report_owed **ret, size_t *ret_n,
                                struct err *err);
/* Of all agencies, what is late or near, by day, as of the nightly look at duties. */
#define REPORT_OWED_PAGE 50
MUST_USE enum rc report_owed_all(struct tx *tx, struct day today, struct report_owed **ret, size_t *ret_n, struct err *err);

/* Ten working days after `end`; *ret_certain false: weekends alone are known. */
MUST_USE enum rc report_due(struct tx *tx, struct day end, struct day *ret, bool *ret_certain, struct err *err);
/* Working days from the day after `due` to `day`; 0 when it was in time. */
MUST_USE enum rc report_late_days(struct tx *tx, struct day due, struct day day, int64_t *ret, struct err *err);
