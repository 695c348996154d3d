/* SPDX-License-Identifier: EUPL-1.2
 * agreement/term.c - see term.h. */
#include "agreement/term.h"

#define RENEWAL_MONTHS 2

static const int months[TERM_WARNINGS] = {TERM_FIRST_WARNING, 4, 3, RENEWAL_MONTHS};

int term_warning_months(size_t i)
{
	return i < TERM_WARNINGS ? months[i] : 0;
}

void term_of(struct day last, const struct workdays *cal, struct term *ret)
{
	int year, month, mday;
	struct day plain = day_add_months(last, -RENEWAL_MONTHS);
	day_to_ymd(plain, &year, &month, &mday);
	*ret = (struct term){.last = last, .due = workday_or_before(cal, plain), .certain = workday_year_known(cal, year)};
	ret->moved = ret->due.n != plain.n;
	for (size_t i = 0; i < TERM_WARNINGS; i++)
		ret->warn[i] = day_add_months(last, -months[i]);
}

enum rc term_read(struct tx *tx, struct day last, struct term *ret, struct err *err)
{
	struct workdays cal;
	int year, month, mday;
	day_to_ymd(day_add_months(last, -RENEWAL_MONTHS), &year, &month, &mday);
	TRY(workdays_load(tx, year, year, &cal, err));
	term_of(last, &cal, ret);
	return RC_OK;
}

int term_warning(const struct term *term, struct day today)
{
	int ret = 0;
	for (size_t i = 0; i < TERM_WARNINGS && today.n <= term->last.n; i++)
		if (today.n >= term->warn[i].n)
			ret = months[i];
	return ret;
}

bool term_late(const struct term *term, struct day today)
{
	return today.n > term->due.n && today.n <= term->last.n;
}
