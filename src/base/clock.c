/* SPDX-License-Identifier: EUPL-1.2
 * base/clock.c - see clock.h. Calendar arithmetic by era of 400 years, counted
 * from 1 March, so that the leap day is the last of its year. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * US_PER_S + ts.tv_nsec / 1000;
}

int64_t clock_now_us(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_steady_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct day day_of_us(int64_t us)
{
	return (struct day){(int32_t)floor_div(us + WIB_OFFSET_US, US_PER_DAY)};
}

int64_t day_begin_us(struct day day)
{
	return day.n * US_PER_DAY - WIB_OFFSET_US;
}

struct day day_from_ymd(int year, int month, int mday)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (int)floor_div(y, 400);
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (struct day){era * 146097 + day_of_era - 719468};
}

void day_to_ymd(struct day day, int *year, int *month, int *mday)
{
	int z = day.n + 719468;
	int era = (int)floor_div(z, 146097);
	int day_of_era = z - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	*mday = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	*year = year_of_era + era * 400 + (*month <= 2);
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

bool ymd_is_valid(int year, int month, int mday)
{
	return year >= 1800 && year <= 2199 && month >= 1 && month <= 12 && mday >= 1 && mday <= month_days(year, month);
}

enum rc day_from_str(struct str s, struct day *ret)
{
	int64_t y, m, d;
	if (s.n != 10 || s.at[4] != '-' || s.at[7] != '-')
		return RC_INVALID;
	TRY(str_int(str_sub(s, 0, 4), 0, 9999, &y));
	TRY(str_int(str_sub(s, 5, 2), 0, 99, &m));
	TRY(str_int(str_sub(s, 8, 2), 0, 99, &d));
	if (!ymd_is_valid((int)y, (int)m, (int)d))
		return RC_INVALID;
	*ret = day_from_ymd((int)y, (int)m, (int)d);
	return RC_OK;
}

int day_weekday(struct day day)
{
	int64_t n = day.n + INT64_C(3); /* 1970-01-01 was a Thursday */
	return (int)(n - floor_div(n, 7) * 7);
}

struct day day_add_months(struct day day, int months)
{
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	int64_t all = (int64_t)y * 12 + m - 1 + months;
	y = (int)floor_div(all, 12);
	m = (int)(all - (int64_t)y * 12) + 1;
	return day_from_ymd(y, m, d < month_days(y, m) ? d : month_days(y, m));
}

struct clock_text day_iso(struct day day)
{
	struct clock_text t;
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	snprintf(t.z, sizeof t.z, "%04d-%02d-%02d", y, m, d);
	return t;
}

struct clock_text day_short(struct day day)
{
	struct clock_text t;
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	snprintf(t.z, sizeof t.z, "%02d-%02d-%04d", d, m, y);
	return t;
}

struct clock_text day_long(struct day day)
{
	static const char *const names[] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
	                                    "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
	struct clock_text t;
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	snprintf(t.z, sizeof t.z, "%d %s %d", d, names[m - 1], y);
	return t;
}

struct clock_text clock_time_wib(int64_t us)
{
	struct clock_text t;
	int64_t s = floor_div(us - day_begin_us(day_of_us(us)), US_PER_S);
	snprintf(t.z, sizeof t.z, "%02d.%02d.%02d WIB", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	return t;
}

struct clock_text clock_short_wib(int64_t us)
{
	struct clock_text t;
	struct clock_text day = day_short(day_of_us(us)), time = clock_time_wib(us);
	snprintf(t.z, sizeof t.z, "%.12s %.16s", day.z, time.z);
	return t;
}

struct clock_text clock_rfc3339(int64_t us)
{
	struct clock_text t;
	struct clock_text day = day_iso((struct day){(int32_t)floor_div(us, US_PER_DAY)});
	int64_t left = us - floor_div(us, US_PER_DAY) * US_PER_DAY;
	int s = (int)(left / US_PER_S);
	snprintf(t.z, sizeof t.z, "%.12sT%02d:%02d:%02d.%06dZ", day.z, s / 3600, s / 60 % 60, s % 60, (int)(left % US_PER_S));
	return t;
}
