/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_kept.h - a list between its upload and its saving: sealed in the office
 * store, for the user who uploaded it and nobody else, for a day at most.
 *
 * Saving takes the rows that are fine in one transaction and leaves the others; the list
 * then holds only what is left to be put right. So it may be saved again, by two windows at
 * once too: nothing is told twice, and after a crash either all of it is saved or none. */
#pragma once
#include "feedback/list.h"

#define LISTS_KEPT_MAX 5 /* of one instansi */
#define LISTS_KEPT_OWN 3 /* of one user: nobody leaves the others without room */
#define LIST_KEPT_LIFE_US US_PER_DAY

struct list_kept {
	int64_t list_id, instansi_id, kejadian_id, user, made_us;
	int64_t rows;        /* in the file */
	int64_t saved, same; /* of them, told and left out as told before; in all savings */
	int64_t saved_us;    /* the last saving; 0: none yet */
};

/* A list in its sealed form, made without a transaction. */
struct list_sealed {
	struct list_kept who; /* instansi_id, kejadian_id, user, rows: what it is bound to */
	unsigned char stamp[16];
	struct buf bytes; /* the caller frees it */
};
/* `ret->who` is set before. RC_BROKEN: no memory. */
MUST_USE enum rc list_kept_seal(const struct secret *office_key, const struct list *list, struct list_sealed *ret, struct err *err);
/* Past LISTS_KEPT_OWN the oldest of this user makes room, one that was saved before one that
 * was not; past LISTS_KEPT_MAX the oldest of the instansi that was saved, or else the oldest
 * of this user. RC_LIMIT: all are others' work; err says so. */
MUST_USE enum rc list_kept_put(struct tx *tx, const struct list_sealed *sealed, int64_t now_us, int64_t *ret_list_id,
                               struct err *err);
/* RC_ABSENT: there is none of that number that is this user's, or its day is over. */
MUST_USE enum rc list_kept_get(struct tx *tx, int64_t list_id, int64_t user, int64_t now_us, struct list_kept *ret,
                               struct err *err);
/* Of this user, oldest first. */
MUST_USE enum rc list_kept_of(struct tx *tx, int64_t instansi_id, int64_t user, int64_t now_us,
                              struct list_kept ret[LISTS_KEPT_OWN], size_t *ret_n, struct err *err);
/* Its rows, with texts in the transaction's arena. */
MUST_USE enum rc list_kept_open(struct tx *tx, const struct secret *office_key, const struct list_kept *kept, struct list *ret,
                                struct err *err);

struct list_saving {
	const struct feedback *feedback;
	const struct secret *office_key;
	const struct entry *by; /* as in record_tell() */
};
struct list_saved {
	size_t saved, same, left; /* left: rows that must be put right */
};
/* Tell what is fine. Nothing of the transaction may be kept unless RC_OK. */
MUST_USE enum rc list_kept_save(const struct list_saving *saving, struct tx *tx, const struct list_kept *kept,
                                struct list_saved *ret, struct err *err);
MUST_USE enum rc list_kept_drop(struct tx *tx, int64_t list_id, struct err *err);
/* One that is over goes; *ret_gone false: there is none. */
MUST_USE enum rc list_kept_sweep(struct tx *tx, int64_t now_us, bool *ret_gone, struct err *err);
