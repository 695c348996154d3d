/* SPDX-License-Identifier: EUPL-1.2
 * agreement/roster.h - the list of all agencies, a page at a time: filtered, sorted,
 * counted. An index gives each order, so that ten thousand agencies cost no more than
 * the page that is shown; how each of those stands is asked afterwards
 * (agreement_standings). */
#pragma once
#include "agreement/agreement.h"

enum roster_which {
	ROSTER_ALL,
	ROSTER_ACTIVE, /* and the term is not over */
	ROSTER_SOON,   /* active, and within six months of the last day (P4) */
	ROSTER_DRAFT,
	ROSTER_SUSPENDED,
	ROSTER_ENDED, /* by a step, or because the term is over */
	ROSTER_REVOKED,
	ROSTER_WHICH_COUNT
};
struct roster_which_row {
	enum roster_which which;
	const char *key, *label; /* "akan-berakhir", "Berakhir dalam 6 bulan" */
};
/* NULL past the end. */
const struct roster_which_row *roster_which_at(size_t i);
/* ROSTER_ALL for what is no key. */
enum roster_which roster_which_of(struct str key);

enum roster_sort { ROSTER_BY_NAME, ROSTER_BY_LAST_DAY, ROSTER_BY_STATE, ROSTER_SORT_COUNT };
#define ROSTER_TEXT_MAX 120
#define ROSTER_PAGE_MAX 200
struct roster_ask {
	struct str text; /* a part of code or name; "" any. Past ROSTER_TEXT_MAX nothing is found */
	enum roster_which which;
	enum roster_sort sort;
	bool down;
	struct day today;
	int64_t skip, most; /* most <= ROSTER_PAGE_MAX */
};
struct roster {
	struct instansi_row *at;
	size_t n;
	int64_t all; /* how many the filter shows, wherever the page stands */
};
MUST_USE enum rc roster_page(struct tx *tx, const struct roster_ask *ask, struct roster *ret, struct err *err);

/* What waits at n agencies, in one round trip. RC_ABSENT: one of them is none. */
struct roster_open {
	int64_t papers; /* filed and not decided */
	bool draft;     /* a next version is being written */
};
MUST_USE enum rc roster_open(struct tx *tx, const int64_t *instansi_ids, size_t n, struct roster_open *ret, struct err *err);

/* A name as it is searched: ASCII letters small. {NULL,0}: no memory. */
struct str roster_key(struct arena *arena, struct str name);
