/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday.h - working days: Monday to Friday, minus national holidays,
 * minus cuti bersama (DOMAIN 6). The calendar is data/workday.csv, compiled in as
 * the default and replaceable in the office store, with a source per row. */
#pragma once
#include "base/base.h"

bool workday_is(struct day day);
/* The n-th working day after `day`; day 1 is the next working day. n >= 1. */
struct day workday_after(struct day day, int n);
/* `day` itself, or the last working day before it ("paling lambat" moves back). */
struct day workday_or_before(struct day day);
/* false: the calendar has no rows for that year, so weekends alone are known. */
bool workday_year_known(int year);
