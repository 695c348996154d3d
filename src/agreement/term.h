/* SPDX-License-Identifier: EUPL-1.2
 * agreement/term.h - the days that matter before an agreement ends (P4, J.VI.F): both
 * sides are warned six, four, three and two months before; a renewal is asked for at
 * the latest two months before, and that day moves back to a working day (DOMAIN 6). */
#pragma once
#include "agreement/workday.h"

#define TERM_WARNINGS 4
#define TERM_FIRST_WARNING 6 /* months */
struct term {
	struct day last;                /* the last day, included */
	struct day warn[TERM_WARNINGS]; /* in order */
	struct day due;                 /* of the renewal request */
	bool moved;                     /* `due` was no working day and moved back */
	bool certain;                   /* the calendar of its year is known */
};
/* How many months before the end the i-th warning comes: 6, 4, 3, 2. */
int term_warning_months(size_t i);
/* Pure; `cal` holds the year of the day two months before `last`, and the one before. */
void term_of(struct day last, const struct workdays *cal, struct term *ret);
MUST_USE enum rc term_read(struct tx *tx, struct day last, struct term *ret, struct err *err);
/* Which warning stands on that day: 6, 4, 3 or 2; 0: none yet, or the term is over. */
int term_warning(const struct term *term, struct day today);
/* The day for asking has passed, and the term is not over yet. */
bool term_late(const struct term *term, struct day today);
