/* SPDX-License-Identifier: EUPL-1.2
 * base/clock.h - moments and days.
 *
 * A moment is int64 microseconds since 1970 UTC (`_us`). A `struct day` is a
 * calendar day in Asia/Jakarta (WIB, UTC+7, no summer time since 1964): the
 * day that quotas, terms and deadlines are counted in.
 * Rooms take the moment as a parameter; only gate, jobs, cli and main ask
 * clock_now_us(), so a test can move time. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define US_PER_S INT64_C(1000000)
#define US_PER_HOUR (INT64_C(3600) * US_PER_S)
#define US_PER_DAY (INT64_C(86400) * US_PER_S)
#define WIB_OFFSET_US (INT64_C(7) * 3600 * US_PER_S)

struct day {
	int32_t n; /* days since 1970-01-01 */
};

/* The wall clock. The one impure call of base. */
int64_t clock_now_us(void);
/* Never steps back; for measuring, not for dates. */
int64_t clock_steady_us(void);

struct day day_of_us(int64_t us);
/* The moment a WIB day begins, 00:00:00. It ends where the next begins. */
int64_t day_begin_us(struct day day);
struct day day_from_ymd(int year, int month, int mday); /* proleptic Gregorian, must be valid */
void day_to_ymd(struct day day, int *year, int *month, int *mday);
/* false for a day no calendar has (30-02, 29-02 in a common year). Years 1800-2199. */
bool ymd_is_valid(int year, int month, int mday);
/* "YYYY-MM-DD" exactly. */
MUST_USE enum rc day_from_str(struct str s, struct day *ret);
/* 0 Monday ... 6 Sunday. */
int day_weekday(struct day day);
/* Add calendar months, staying on the last day of a shorter month. */
struct day day_add_months(struct day day, int months);

/* Texts as an official writes them. `room` is filled with a NUL at the end. */
struct clock_text {
	char z[40];
};
struct clock_text day_iso(struct day day);       /* 2026-11-23 */
struct clock_text day_short(struct day day);     /* 23-11-2026 */
struct clock_text day_long(struct day day);      /* 23 November 2026 */
struct clock_text clock_time_wib(int64_t us);    /* 09.41.07 WIB */
struct clock_text clock_short_wib(int64_t us);   /* 23-11-2026 09.41.07 WIB */
struct clock_text clock_rfc3339(int64_t us);     /* 2026-11-23T02:41:07.123456Z */
