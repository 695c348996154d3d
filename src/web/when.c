/* SPDX-License-Identifier: EUPL-1.2
 * web/when.c - see when.h. */
#include "web/when.h"

#include <stdio.h>

#define HOUR_MINUTE 5 /* "09.41" */
#define SHORT_DAY 10  /* "23-11-2026" */

struct clock_text when_minute(int64_t us)
{
	struct clock_text t = clock_time_wib(us), out;
	snprintf(out.z, sizeof out.z, "%.*s WIB", HOUR_MINUTE, t.z);
	return out;
}

struct clock_text when_row(int64_t us)
{
	struct clock_text t = clock_time_wib(us), d = day_short(day_of_us(us)), out;
	snprintf(out.z, sizeof out.z, "%.*s %.*s WIB", SHORT_DAY, d.z, HOUR_MINUTE, t.z);
	return out;
}

struct clock_text when_long(int64_t us)
{
	struct clock_text t = clock_time_wib(us), d = day_long(day_of_us(us)), out;
	snprintf(out.z, sizeof out.z, "%.20s, %.16s", d.z, t.z);
	return out;
}

struct clock_text when_days(int days)
{
	struct clock_text out;
	if (days > 0)
		snprintf(out.z, sizeof out.z, "%d hari", days);
	else
		snprintf(out.z, sizeof out.z, "hari ini");
	return out;
}

struct clock_text when_age(int64_t since_us, int64_t now_us)
{
	return when_days(day_of_us(now_us).n - day_of_us(since_us).n);
}

struct clock_text when_left(struct day today, struct day last)
{
	struct clock_text out;
	int left = last.n - today.n;
	if (left > 0)
		snprintf(out.z, sizeof out.z, "berlaku %d hari lagi", left);
	else
		snprintf(out.z, sizeof out.z, "%s", left == 0 ? "hari terakhir" : "telah berakhir");
	return out;
}
