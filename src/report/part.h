/* SPDX-License-Identifier: EUPL-1.2
 * report/part.h - the tables a report consists of. Each is a list of the letter
 * (pdf/letter.def), a worksheet, and a part of the CSV; its columns are called the same in
 * all of them. */
#pragma once
#include "report/document.h"

enum part_kind { PART_TEXT, PART_NUMBER, PART_DAY };
struct part_cell {
	enum part_kind kind;
	struct str text;
	int64_t n; /* of a number; days since 1970 of a day */
};
struct part_column {
	const char *key, *title;
	int width; /* of a worksheet, in characters */
};
struct part_make;
struct part {
	const char *key, *title;
	const struct part_column *columns;
	size_t columns_n;
	size_t labels; /* so many columns say what a row is about; the others are what it says */
	void (*make)(struct part_make *m);
};
#define PARTS_MAX 20
#define PART_COLUMNS_MAX 21
#define PART_ROWS_MAX 12000
/* NULL past the end; in the order of the letter's lists. */
const struct part *part_at(size_t i);

struct part_table {
	const struct part *part;
	struct part_cell *cells; /* n times part->columns_n */
	size_t n;
};
/* Every table, at part_at()'s place. `ret` has PARTS_MAX places. RC_BROKEN: no memory;
 * RC_LIMIT: more rows than PART_ROWS_MAX. */
MUST_USE enum rc part_tables(const struct document_ask *document, struct arena *arena, struct part_table *ret, struct err *err);

/* ---- for those who make them ---- */

struct part_make {
	const struct document_ask *document;
	const struct figures *f;
	const struct office *o;
	struct arena *arena;
	struct part_table *to;
	size_t max;
	bool full; /* more rows than there may be */
};
/* One more row; as many cells as the part has columns. */
void part_row(struct part_make *m, const struct part_cell *cells);
struct part_cell part_text(struct str text);
struct part_cell part_z(const char *z); /* copied by nobody: it must last as long as the arena */
struct part_cell part_number(int64_t n);
struct part_cell part_day(struct day day); /* n == 0: empty */
/* "1.234" */
struct str part_number_words(struct arena *arena, int64_t n);
/* "97,6%" of whole; "-" of nothing. */
struct str part_share_words(struct arena *arena, int64_t n, int64_t of);
/* "Juni", "Juni 2026". */
const char *part_month_name(int month);
struct str part_month_words(struct arena *arena, int year, int month);

/* part_use.c: of the figures; part_office.c: of the office. */
void part_make_identity(struct part_make *m);
void part_make_summary(struct part_make *m);
void part_make_terms(struct part_make *m);
void part_make_methods(struct part_make *m);
void part_make_months(struct part_make *m);
void part_make_outcomes(struct part_make *m);
void part_make_reasons(struct part_make *m);
void part_make_refusals(struct part_make *m);
void part_make_days(struct part_make *m);
void part_make_hours(struct part_make *m);
void part_make_users(struct part_make *m);
void part_make_kejadian(struct part_make *m);
void part_make_told(struct part_make *m);
void part_make_ages(struct part_make *m);
void part_make_papers(struct part_make *m);
void part_make_holds(struct part_make *m);
void part_make_steps(struct part_make *m);
void part_make_incidents(struct part_make *m);
void part_make_logs(struct part_make *m);
