/* SPDX-License-Identifier: EUPL-1.2
 * web/when.h - moments and terms as the portal writes them (LOOK: "09.41 WIB",
 * "berlaku 178 hari lagi"). */
#pragma once
#include "base/base.h"

/* "09.41 WIB" */
struct clock_text when_minute(int64_t us);
/* "23-11-2026 09.41 WIB", for tables */
struct clock_text when_row(int64_t us);
/* "23 November 2026, 09.41.07 WIB", for prose and slips */
struct clock_text when_long(int64_t us);
/* "hari ini", "5 hari" */
struct clock_text when_days(int days);
/* For how many days something waits: "hari ini", "5 hari". Days are WIB days. */
struct clock_text when_age(int64_t since_us, int64_t now_us);
/* How long a term still runs. The last day is included (P4): on it, "hari terakhir". */
struct clock_text when_left(struct day today, struct day last);
