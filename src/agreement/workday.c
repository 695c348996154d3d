/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday.c - see workday.h. The calendar is looked up in its text: a
 * row begins a line with its day, so finding the day there is finding the row. */
#include "agreement/workday.h"

#include <assert.h>

#include "base/embed.h"

EMBED(workday, "data/workday.csv");

/* Does a line begin with this? The first line is the heading. */
static bool row_begins(const char *begin, size_t n)
{
	char needle[16] = "\n";
	struct str all = EMBEDDED(workday);
	assert(n < sizeof needle - 1);
	memcpy(needle + 1, begin, n);
	return memmem(all.at, all.n, needle, n + 1) != NULL;
}

bool workday_is(struct day day)
{
	return day_weekday(day) < 5 && !row_begins(day_iso(day).z, strlen("2025-01-01"));
}

struct day workday_after(struct day day, int n)
{
	assert(n >= 1);
	while (n > 0) {
		day.n++;
		n -= workday_is(day);
	}
	return day;
}

struct day workday_or_before(struct day day)
{
	while (!workday_is(day))
		day.n--;
	return day;
}

bool workday_year_known(int year)
{
	if (year < 1800 || year > 2199)
		return false;
	return row_begins(day_iso(day_from_ymd(year, 1, 1)).z, strlen("2025-"));
}
