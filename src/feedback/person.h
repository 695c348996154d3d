/* SPDX-License-Identifier: EUPL-1.2
 * feedback/person.h - the persons of a kejadian as people look through them: who is owed,
 * who was told of, and the history of one. NIK and notes are opened here, for those whose
 * debts they are and for the provider; callers see to it whose they are. */
#pragma once
#include "feedback/record.h"

struct person {
	int64_t person_id, kejadian_id, instansi_id;
	struct nik nik;
	enum debt_state state;
	int64_t asked_us;      /* when the debt was opened; 0: nobody asked for the data */
	struct str asked_by;   /* user id */
	bool victim;           /* something was told, and it is no waiver */
	enum keterangan keterangan;
	enum house house;
	struct day on;         /* of what was told last */
	int64_t told_us;       /* 0: nothing was told */
	struct str told_by;
};
struct told_seen {
	int64_t entry_id, told_us; /* entry_id: of the journal */
	struct told told;
	enum told_source source;
	struct str told_by;
};

#define PERSON_PAGE_MAX 1000
struct person_ask {
	int64_t kejadian_id;
	struct str state;      /* a key of debt.h; "" any */
	struct str keterangan; /* a key of words.h; "" any */
	struct str asked_by;   /* a user id; "" any */
	int64_t skip, most;    /* most <= PERSON_PAGE_MAX */
};
/* Those in hand first, in the order in which they were asked for. */
MUST_USE enum rc person_page(const struct feedback *feedback, struct tx *tx, const struct person_ask *ask, struct person **ret,
                             size_t *ret_n, struct err *err);
MUST_USE enum rc person_count(struct tx *tx, const struct person_ask *ask, int64_t *ret, struct err *err);
/* RC_ABSENT. */
MUST_USE enum rc person_get(const struct feedback *feedback, struct tx *tx, int64_t person_id, struct person *ret, struct err *err);
/* By NIK. RC_ABSENT: neither asked for nor told of in that kejadian. */
MUST_USE enum rc person_find(const struct feedback *feedback, struct tx *tx, int64_t instansi_id, int64_t kejadian_id,
                             struct nik nik, struct person *ret, struct err *err);
/* Everything that was told, latest first; 200 at most. */
MUST_USE enum rc person_history(const struct feedback *feedback, struct tx *tx, int64_t person_id, struct told_seen **ret,
                                size_t *ret_n, struct err *err);

/* Everybody of a kejadian, a part at a time, in the order of their numbers: whatever is told
 * meanwhile, nobody is left out and nobody comes twice. `last`: of person_last(), so that who
 * is asked for later does not count. */
#define PERSON_PART_MAX 2000
struct person_part {
	int64_t kejadian_id, after, last;
	int64_t most;     /* <= PERSON_PART_MAX */
	struct str state; /* a key of debt.h; "" or absent: any */
};
MUST_USE enum rc person_last(struct tx *tx, int64_t *ret, struct err *err);
MUST_USE enum rc person_part(const struct feedback *feedback, struct tx *tx, const struct person_part *part, struct person **ret,
                             size_t *ret_n, struct err *err);

/* ---- for the provider ---- */

/* What an instansi told, of whatever kejadian, latest first; notes stay closed. */
#define INCOMING_MAX 200
struct incoming {
	struct told_seen seen;
	int64_t person_id, kejadian_id;
	struct nik nik;
	bool asked; /* his data was accessed */
};
struct incoming_ask {
	int64_t instansi_id;
	int64_t before_us, before_entry; /* those before that telling; INT64_MAX: all */
	int64_t most;                    /* <= INCOMING_MAX */
};
MUST_USE enum rc person_incoming(const struct feedback *feedback, struct tx *tx, const struct incoming_ask *ask,
                                 struct incoming **ret, size_t *ret_n, struct err *err);
