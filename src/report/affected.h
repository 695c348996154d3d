/* SPDX-License-Identifier: EUPL-1.2
 * report/affected.h - which accesses an incident touched (P2.2g), listed from the journal.
 *
 * A list is asked for in a tray and made by jobs/ in small bites, so that nobody's inquiry
 * waits for it; a process that died goes on where it was. It looks at the entries that were
 * there when it was asked for and at no others, keeps their numbers, and never changes: asked
 * again, there is another list, which says the same as long as the choice is the same and
 * nothing came to it.
 *
 * Listed is what reached the registry (01, 11-14), repeats too: each showed something. What was
 * refused told nobody anything, and is only counted. A NIK is not in it; how many people they
 * were is told by the hashes, and since each month has a key of its own, over several months
 * only between which bounds it lies. */
#pragma once
#include "base/base.h"

struct tx;

#define AFFECTED_MAX 100000   /* accesses of one list */
#define AFFECTED_USERS_MAX 20 /* user ids that may be named; none named: all of the instansi */
#define AFFECTED_DAYS_MAX 366
#define AFFECTED_WAITING_MAX 3 /* lists of one incident under way at once */
#define AFFECTED_LISTS_MAX 20  /* of one incident */

enum affected_state {
	AFFECTED_WAITING, /* entries are still being counted (journal/usage.h) */
	AFFECTED_READING,
	AFFECTED_DONE,
	AFFECTED_LARGE /* more than AFFECTED_MAX: nothing was listed; choose more narrowly */
};
struct affected_choice {
	int64_t incident_id, instansi_id;
	struct day first, last;
	int64_t kejadian_id;  /* 0: of any */
	const int64_t *users; /* of that instansi */
	size_t users_n;
	struct str asked_by;
	struct str note; /* the checkpoint signed just before, and its size */
	int64_t size;
};
/* RC_INVALID: the days are turned round, ahead, or more than AFFECTED_DAYS_MAX; too many user ids.
 * RC_LIMIT: AFFECTED_WAITING_MAX are under way, or there are AFFECTED_LISTS_MAX. */
MUST_USE enum rc affected_check(struct tx *tx, const struct affected_choice *choice, int64_t now_us, struct err *err);
/* RC_INVALID, RC_LIMIT: affected_check(). */
/* Lists of days before `day` that are still to be made. */
MUST_USE enum rc affected_open(struct tx *tx, struct day day, int64_t *ret_n, struct err *err);
MUST_USE enum rc affected_ask(struct tx *tx, const struct affected_choice *choice, int64_t now_us, int64_t *ret, struct err *err);

struct affected {
	int64_t list_id, incident_id, instansi_id;
	struct day first, last;
	int64_t kejadian_id;
	bool named; /* only certain user ids */
	struct str asked_by;
	int64_t asked_us;
	struct str note;
	int64_t size;
	enum affected_state state;
	int64_t expected;               /* of AFFECTED_LARGE: how many there would be; of READING: to measure by */
	int64_t accesses;               /* listed */
	int64_t shown, repeats, others; /* 01; repeats of another one; refused or without an answer: not listed */
	int64_t least, most;            /* people; the same within one month */
	int64_t done_us;
};
/* RC_ABSENT. Texts of this and the following in tx_arena. */
MUST_USE enum rc affected_get(struct tx *tx, int64_t list_id, struct affected *ret, struct err *err);
/* Of an incident, the latest first. */
MUST_USE enum rc affected_lists(struct tx *tx, int64_t incident_id, struct affected **ret, size_t *ret_n, struct err *err);
/* "operator1, operator3": those it looked at, a hundred at most. */
MUST_USE enum rc affected_users(struct tx *tx, int64_t list_id, struct str *ret, struct err *err);

struct affected_row {
	int64_t time_us, entry_id;
	struct str user_id, outcome;
	int64_t kejadian_id; /* 0 none */
	bool repeat;
};
#define AFFECTED_PAGE_MAX 1000
struct affected_part {
	int64_t list_id;
	int64_t after_us, after_entry; /* behind which one; 0, -1: from the first */
	int64_t most;                  /* <= AFFECTED_PAGE_MAX */
};
/* In order of time. */
MUST_USE enum rc affected_page(struct tx *tx, const struct affected_part *part, struct affected_row **ret, size_t *ret_n,
                               struct err *err);
/* The same behind so many. */
MUST_USE enum rc affected_skip(struct tx *tx, int64_t list_id, int64_t skip, struct affected_part *ret, struct err *err);

/* Persons whose NIK the office still keeps, sealed, because data balikan is owed or was told of
 * them: those who were asked for the first time in one of these accesses. */
struct affected_known {
	int64_t person_id, time_us, entry_id; /* feedback/person.h */
	struct str user_id;
};
/* The kejadian of a list behind that one (0: from the first on), in order, AFFECTED_KEJADIAN_MAX at
 * most: as many say that there may be others. */
#define AFFECTED_KEJADIAN_MAX 200
MUST_USE enum rc affected_kejadian(struct tx *tx, int64_t list_id, int64_t after, int64_t **ret, size_t *ret_n, struct err *err);
/* How many they are; a long look for a long list. */
MUST_USE enum rc affected_known_count(struct tx *tx, int64_t list_id, int64_t *ret, struct err *err);
struct affected_known_ask {
	int64_t list_id, kejadian_id, after; /* after: a person_id */
};
/* AFFECTED_PAGE_MAX at most, in order of their rows. */
MUST_USE enum rc affected_known(struct tx *tx, const struct affected_known_ask *ask, struct affected_known **ret, size_t *ret_n,
                                struct err *err);

/* Some hundred entries of the list that waits longest. *ret_more: there are others. For one
 * caller at a time (jobs/). */
MUST_USE enum rc affected_bite(struct tx *tx, int64_t now_us, bool *ret_more, struct err *err);
