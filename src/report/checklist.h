/* SPDX-License-Identifier: EUPL-1.2
 * report/checklist.h - the provider's evaluation as a list of points, each held against its
 * clause (J.V, P3.1a).
 *
 * A point is a row of one table: its clause, the function that measures it, and the measures
 * from which on it wants attention or is a breach. What comes out is a proposal, made from
 * facts alone: people decide, and both are kept (report/evaluation.h). Pure; the facts are
 * gathered by report/evidence.h. The same facts give the same words. */
#pragma once
#include "procedure/duty.h"
#include "report/figures.h"

enum rating { RATING_GOOD, RATING_ATTENTION, RATING_BREACH, RATING_NONE, RATING_COUNT };
struct rating_row {
	enum rating rating;
	const char *key, *label; /* key: for ever, stored */
};
/* NULL past the end. */
const struct rating_row *rating_at(size_t i);
/* RATING_COUNT: no such key. */
enum rating rating_of(struct str key);

enum point {
	POINT_QUOTA,     /* J.II.B: days on which the quota ran out */
	POINT_REFUSED,   /* refused inquiries of all */
	POINT_UNFOUND,   /* J.II.E1: outcomes 13 and 15 of all */
	POINT_HOLDS,     /* J.II.E1: user ids held by the pattern guard */
	POINT_CONFIRMED, /* J.II.E1: holds the provider confirmed */
	POINT_FEEDBACK,  /* P2.2b: people of whom nothing was told */
	POINT_DEBT,      /* P2.2b: for how long the oldest has been open */
	POINT_NDA,
	POINT_SPTJM,
	POINT_ISO27001,
	POINT_REPORT, /* P8: punctual reports */
	POINT_BAST,
	POINT_NETWORK,
	POINT_STAFF,
	POINT_PUBLICITY,
	POINT_SECURITY,
	POINT_INCIDENT, /* P2.2g */
	POINT_COUNT
};
struct point_row {
	enum point point;
	const char *key, *label, *clause; /* key: for ever, stored */
	const char *rule;                 /* how the verdict follows, Indonesian, with its thresholds */
	int64_t attention, breach;        /* measures from which on; POINT_NEVER: by no measure */
};
#define POINT_NEVER INT64_MAX
/* NULL past the end. */
const struct point_row *point_at(size_t i);
/* POINT_COUNT: no such key. */
enum point point_of(struct str key);

/* Reports whose last day lay in what is evaluated. */
struct evidence_reports {
	int64_t due, late, missing; /* late: came in after its day */
};
/* What the journal does not say, as it stood on one day. */
struct evidence {
	const struct figures *figures;
	struct day on;                /* that day */
	int64_t full_days, used_days; /* on which a quota was used up; on which anything was asked */
	int64_t quota;                /* hits a day that the version allows by its limited methods; < 0: none is limited */
	int64_t answered, settled;    /* NIK whose data was accessed, and those told of or no victims */
	int64_t owed;                 /* the others */
	int64_t oldest_days;          /* for how long the oldest of them has been open */
	struct evidence_reports reports;
	const struct duty_item *duties; /* procedure/duty.h */
	size_t duties_n;
};
struct finding {
	enum point point;
	enum rating proposed;
	struct str words; /* what was measured */
};
/* Fills ret[POINT_COUNT], in the order of the table, texts in `arena`. */
MUST_USE enum rc checklist_fill(const struct evidence *evidence, struct arena *arena, struct finding ret[POINT_COUNT],
                                struct err *err);

/* 16 hex digits that stand for what was proposed: who decides says what he has seen. */
struct checklist_mark {
	char z[17];
};
struct checklist_mark checklist_mark(const struct finding findings[POINT_COUNT]);
