/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reminders.h - once a day each agency's duties are looked at, and whoever has to
 * act gets one mail about what is new (P4: 6, 4, 3, 2 months; P2.2i, P8, J.VI). On
 * screen the page Kewajiban shows the same. */
#pragma once
#include "jobs/job.h"

/* One bite: a few agencies. */
MUST_USE enum rc reminders_bite(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err);
