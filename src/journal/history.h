/* SPDX-License-Identifier: EUPL-1.2
 * journal/history.h - who looked at a NIK: every entry of every log that is about it.
 *
 * The journal knows a NIK only as a hash under its month's key. An index, filled afterwards by a job,
 * leads from month and hash to entries; what was not indexed yet is read from the entries themselves,
 * so the answer is exactly that of reading the whole journal. An index that was bent shows nobody
 * another's entry: what the entry's line says decides. Months whose key was destroyed cannot be
 * searched by anybody, and are named (decision 0038).
 *
 * That somebody asks is a secret question about a person: the caller journals it before he shows
 * anything (ACT_HISTORY), and counts it by history_ask_once(). */
#pragma once
#include "journal/journal.h"

/* Index some hundred entries that were not yet. *ret_more: there are others. For one caller at a
 * time (jobs/). RC_CONFLICT: there were two. */
MUST_USE enum rc history_index(struct tx *tx, bool *ret_more, struct err *err);

/* One more question of this user id on this WIB day, in the caller's transaction. `*ret_n`: which
 * of the day it is, from 1. RC_REFUSED: `most` were asked already; nothing was counted. */
MUST_USE enum rc history_ask_once(struct tx *tx, int64_t user, struct day day, int64_t most, int64_t *ret_n, struct err *err);
/* How many he asked that day. */
MUST_USE enum rc history_made(struct tx *tx, int64_t user, struct day day, int64_t *ret, struct err *err);
/* How many were asked that day, and by how many user ids. */
struct history_day {
	int64_t n, users;
};
MUST_USE enum rc history_asked(struct tx *tx, struct day day, struct history_day *ret, struct err *err);

/* Behind which entry the list goes on; 0, 0: from its beginning. */
struct history_after {
	int64_t time_us, seq;
};
struct history_ask {
	struct nik nik;
	int64_t from_us, until_us; /* until: no longer */
	struct history_after after;
	int64_t most; /* <= HISTORY_PAGE_MAX */
};
#define HISTORY_PAGE_MAX 400
#define HISTORY_MAX 5000       /* entries about one NIK in the time asked for */
#define HISTORY_TAIL_MAX 65536 /* entries not indexed yet */
#define HISTORY_EPOCHS_MAX 1200

struct history_row {
	int64_t seq, time_us;
	enum act act;
	int64_t instansi_id, version_id, user, kejadian_id;                         /* 0: none */
	struct str outcome, ground, clause, user_id, method, document, peer, about; /* absent: none */
	bool repeat;
	int64_t repeat_of;
};
struct history_list {
	struct history_row *at; /* newest first */
	size_t n;
	bool more;
	int64_t all; /* in the time asked for, whichever page this is */
	int *gone;   /* months of that time whose key was destroyed, latest first */
	size_t gone_n;
	int archived;  /* up to and with this month entries of that time are archived (archive.h), and not listed; 0: none */
	size_t epochs; /* months that were searched */
};
/* In `arena`, except for what it reads meanwhile. Reads in short transactions of its own.
 * RC_INVALID  more than HISTORY_MAX in that time; or `most`
 * RC_LIMIT    more than HISTORY_TAIL_MAX are not indexed yet: in a while they will be
 * RC_REFUSED  the master key does not open a month's key */
MUST_USE enum rc history_search(struct journal *journal, struct store *office, const struct history_ask *ask, struct arena *arena,
                                struct history_list *ret, struct err *err);
