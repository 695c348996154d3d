/* SPDX-License-Identifier: EUPL-1.2
 * journal/own.h - the inquiries of one user id (P3.1a), as a program reads its own back: a list of them,
 * newest first, and whether an entry is one of them. Nothing here tells a NIK, nor whether
 * two entries are about one. */
#pragma once
#include "journal/journal.h"

struct store;
struct tx;

/* Behind which entry of the list one goes on; 0, 0: from its beginning. */
struct own_after {
	int64_t time_us, seq;
};
struct own_ask {
	int64_t user;
	int64_t from_us, until_us; /* until: no longer */
	struct own_after after;
	int64_t most; /* <= OWN_PAGE_MAX */
};
#define OWN_PAGE_MAX 200
struct own_row {
	int64_t seq, time_us, version_id, kejadian_id; /* 0: none */
	struct str outcome, ground, clause, method;    /* absent: none */
	bool repeat;
};
struct own_list {
	struct own_row *at;
	size_t n;
	bool more;
	int64_t archived_us; /* what was asked before may be archived (archive.h), and is not listed; 0: nothing of that time is */
};
/* In `arena`. Reads in short transactions of its own: the lists that are kept, and what was
 * not counted yet. RC_INVALID: most. RC_LIMIT: as usage_read(). */
MUST_USE enum rc own_inquiries(struct store *office, const struct own_ask *ask, struct arena *arena, struct own_list *ret,
                               struct err *err);
/* The inquiry of that user id behind a reference. RC_ABSENT: there is none, or it is not his. */
MUST_USE enum rc own_find(struct journal *journal, struct tx *tx, int64_t user, struct str ref, struct journal_seen *ret,
                          struct err *err);
