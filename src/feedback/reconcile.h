/* SPDX-License-Identifier: EUPL-1.2
 * feedback/reconcile.h - accesses beside data balikan, agency by agency (P3.1b): what was
 * asked for and told of, what was asked for and not told of, what was told unasked.
 *
 * Everybody is in exactly one of three states, so that
 *
 *     accesses = covered + missing
 *
 * Whose figures they may be shown is the caller's to know. */
#pragma once
#include "feedback/person.h"

enum reconcile_state {
	RECONCILE_COVERED, /* his data was accessed, and something was told of him, or why he is no victim */
	RECONCILE_MISSING, /* accessed, and nothing was told yet */
	RECONCILE_UNASKED, /* told of, and nobody asked for his data */
	RECONCILE_STATE_COUNT
};
struct reconcile_state_row {
	enum reconcile_state state;
	const char *label; /* "Dicakup" */
	const char *means; /* a sentence, for those who read the figures */
};
/* NULL past the end. */
const struct reconcile_state_row *reconcile_state_at(size_t i);
enum reconcile_state reconcile_state_of(const struct person *person);
/* Thousandths of what was accessed that is covered, rounded down: 1000 is everything. */
int64_t reconcile_cover(const struct debt_figures *figures);

/* ---- agencies ---- */

/* Figures over all kejadian of an instansi; kejadian_id is 0. */
struct reconcile {
	int64_t instansi_id;
	struct debt_figures sum; /* oldest_us is not asked for: debt_totals() */
};
enum reconcile_sort {
	RECONCILE_BY_OPEN,
	RECONCILE_BY_ANSWERED,
	RECONCILE_BY_CLOSED,
	RECONCILE_BY_WAIVED,
	RECONCILE_BY_UNASKED,
	RECONCILE_BY_COVER,
	RECONCILE_BY_AGE, /* of the oldest debt */
	RECONCILE_SORT_COUNT
};
#define RECONCILE_PAGE_MAX 200
struct reconcile_ask {
	enum reconcile_sort sort;
	bool up;            /* the smallest, or the youngest, first */
	int64_t skip, most; /* most <= RECONCILE_PAGE_MAX */
};
/* Those of whom anybody was ever asked for or told of. It adds up all figures there are:
 * some microseconds a kejadian, so not in a tray. */
MUST_USE enum rc reconcile_page(struct tx *tx, const struct reconcile_ask *ask, struct reconcile **ret, size_t *ret_n,
                                struct err *err);
/* Of these, whether there are figures or not. */
MUST_USE enum rc reconcile_of(struct tx *tx, const int64_t *instansi_ids, size_t n, struct reconcile *ret, struct err *err);
struct reconcile_total {
	struct debt_figures sum;
	int64_t instansi, owing; /* that have figures; that owe something */
};
MUST_USE enum rc reconcile_total(struct tx *tx, struct reconcile_total *ret, struct err *err);

/* ---- what is owed, kejadian by kejadian ---- */

#define RECONCILE_OWING_MAX 20
/* Of an instansi the latest in which something is owed; of all (0) those in which most is. */
MUST_USE enum rc reconcile_owing(struct tx *tx, int64_t instansi_id, size_t most, struct reconcile **ret, size_t *ret_n,
                                 struct err *err);
/* How many of those owed in a kejadian a user id asked for; of the first `most`. */
MUST_USE enum rc reconcile_own(struct tx *tx, int64_t kejadian_id, struct str asked_by, int64_t most, int64_t *ret,
                               struct err *err);

/* ---- of one agency, kejadian by kejadian ---- */

#define RECONCILE_KEJADIAN_MAX 200
struct reconcile_kejadian_ask {
	int64_t instansi_id;
	int64_t before;     /* kejadian_id; INT64_MAX: all. What comes meanwhile stands before them and shifts nothing */
	int64_t skip, most; /* most <= RECONCILE_KEJADIAN_MAX */
};
/* Those of which anybody was asked for or told of, latest first. */
MUST_USE enum rc reconcile_kejadian(struct tx *tx, const struct reconcile_kejadian_ask *ask, struct reconcile **ret, size_t *ret_n,
                                    struct err *err);
MUST_USE enum rc reconcile_kejadian_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);
