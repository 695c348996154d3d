/* SPDX-License-Identifier: EUPL-1.2
 * journal/usage.h - how much was asked, by WIB day (P8).
 *
 * Sums of the inquiries in the journal, kept by instansi, day, user id, method, outcome,
 * ground and kejadian, sums by hour, and lists of what each user id asked (own.h). They are
 * made from the entries afterwards, so that no inquiry
 * waits for them; who reads them gets the sums and what was not counted yet, and so exactly what an export would count. Nothing is
 * in them that the journal does not say, and they name nobody who was asked about (decision 0033). */
#pragma once
#include "base/base.h"

struct store;
struct tx;

/* Count some hundred entries that were not counted yet. *ret_more: there are others. For
 * one caller at a time (jobs/). RC_CONFLICT: there were two. */
MUST_USE enum rc usage_count(struct tx *tx, bool *ret_more, struct err *err);

struct usage_ask {
	int64_t instansi_id;
	struct day first, last;
};
struct usage_row {
	struct day day;
	struct str method, outcome; /* key of base/element.h, or "" for an unknown one; code of base/outcome.h */
	int64_t n, repeats;         /* of the n */
};
/* Of all user ids together, by day, method and outcome, in that order, in `arena`. Reads in
 * short transactions of its own.
 * RC_LIMIT: more than USAGE_TAIL_MAX entries were not counted yet; in a while they will be */
#define USAGE_TAIL_MAX 65536
#define USAGE_DAYS_MAX 366
MUST_USE enum rc usage_read(struct store *office, struct usage_ask ask, struct arena *arena, struct usage_row **ret, size_t *ret_n,
                            struct err *err);
