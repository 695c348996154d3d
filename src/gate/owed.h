/* SPDX-License-Identifier: EUPL-1.2
 * gate/owed.h - what an agency owes in data balikan beside what its version allows
 * (P2.2b). The doors may not look into policy. */
#pragma once
#include "feedback/debt.h"
#include "gate/visit.h"

struct gate_owed {
	int64_t n;        /* NIK of whom nothing was told yet, of all kejadian */
	int days;         /* WIB days since the oldest of them was asked for; 0: today, or none is */
	int64_t open_max; /* from so many on it is too much; 0: no version in force */
	int age_days_max; /* and after so many days too long */
	bool over;        /* one of the two */
	bool refuses;     /* over, and the version refuses inquiries for it; otherwise it warns */
};
/* Pure. */
struct gate_owed gate_owed(const struct standing *standing, struct debt_total total, int64_t now_us);
/* Of the visitor's own agency; nothing is owed by the provider's people. */
MUST_USE enum rc gate_owed_own(struct visit *v, struct gate_owed *ret, struct err *err);
