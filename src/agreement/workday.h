/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday.h - working days: Monday to Friday, minus national holidays,
 * minus cuti bersama (DOMAIN 6).
 *
 * The calendar is data that changes during a year. The office store holds it, row by
 * row with a source; a year the store has is taken from there alone, any other from
 * data/workday.csv, which is compiled in. A year in neither has its weekends only:
 * ask workday_year_known() before a deadline in it is called certain.
 *
 * A struct workdays is a plain value: load it in a transaction, ask it anything
 * afterwards, keep it as long as the mark of workday.sql stands (doc/mksql.md). */
#pragma once
#include "base/base.h"

struct tx;

#define WORKDAY_YEAR_MIN 2000
#define WORKDAY_YEAR_MAX 2199
#define WORKDAY_SPAN_MAX 32  /* years in one struct workdays */
#define WORKDAY_ROWS_MAX 400 /* days off of one year; of one import */
#define WORKDAY_NAME_MAX 120
#define WORKDAY_SOURCE_MAX 160

struct workdays {
	int first, n;                              /* the years held */
	uint32_t known;                            /* bit i: year first + i has a calendar */
	uint64_t off[WORKDAY_SPAN_MAX][366 / 64 + 1]; /* bit: day of the year, from 0 */
};

/* The years first..last and one on either side, so that a deadline may move over the
 * turn of a year. What lies outside WORKDAY_YEAR_MIN..MAX is left out.
 * RC_INVALID: last < first. RC_LIMIT: more than WORKDAY_SPAN_MAX years. */
MUST_USE enum rc workdays_load(struct tx *tx, int first, int last, struct workdays *ret, struct err *err);
/* The same from data/workday.csv alone: where there is no office yet. */
MUST_USE enum rc workdays_builtin(int first, int last, struct workdays *ret, struct err *err);

/* A day of a year that is not held counts as one without a calendar. */
bool workday_is(const struct workdays *cal, struct day day);
/* The n-th working day after `day`; day 1 is the next working day. n >= 1. */
struct day workday_after(const struct workdays *cal, struct day day, int n);
/* `day` itself, or the last working day before it ("paling lambat" moves back). */
struct day workday_or_before(const struct workdays *cal, struct day day);
/* false: there are no rows for that year, so weekends alone are known. */
bool workday_year_known(const struct workdays *cal, int year);

/* ---- the rows ---- */

enum workday_kind { WORKDAY_LIBUR, WORKDAY_CUTI_BERSAMA, WORKDAY_KIND_COUNT };
struct workday_kind_row {
	enum workday_kind kind;
	const char *key, *label; /* "cuti-bersama", "Cuti bersama" */
};
/* NULL past the end. */
const struct workday_kind_row *workday_kind_at(size_t i);
/* A space for the dash and the short "cuti" are understood. RC_INVALID: no such kind. */
MUST_USE enum rc workday_kind_from_str(struct str s, enum workday_kind *ret);

struct workday_row {
	struct day day;
	enum workday_kind kind;
	struct str name, source;
};
enum workday_origin { WORKDAY_NOWHERE, WORKDAY_BUILTIN, WORKDAY_OFFICE };
/* The days off of one year, in order, in tx_arena. WORKDAY_NOWHERE: none are known. */
struct workday_list {
	struct workday_row *at;
	size_t n;
	enum workday_origin origin;
};
MUST_USE enum rc workday_list(struct tx *tx, int year, struct workday_list *ret, struct err *err);

/* Put the rows of a text (workday_file.h) in place of whatever the store has of the
 * years they name, or nothing at all. Two imports of one year wait for each other.
 * RC_INVALID, RC_LIMIT: the text is wrong, err->what says where. */
struct workday_filed {
	int first, last, years; /* the years touched lie between first and last */
	size_t rows;
};
MUST_USE enum rc workday_import(struct tx *tx, struct str text, int64_t now_us, struct workday_filed *ret, struct err *err);
