/* SPDX-License-Identifier: EUPL-1.2
 * store/transfer.h - everything that one database holds, moved to another engine.
 *
 * Tables are copied in pages in the order of their keys, each page one transaction of
 * the target. How far it came is told by the target's own highest key, so whoever was
 * killed goes on where he was. Afterwards both are read once more and every value
 * compared. Nobody may write to either meanwhile; who sees to that is the caller, and
 * a mark in either database helps: one that is being filled, or was left, is refused
 * by transfer_check(). One side is SQLite, the other is not: its catalogue says which
 * tables there are, which columns they have and what their keys are.
 *
 * What must stay true: a database with a mark of TRANSFER_ARRIVING is worth nothing to
 * anybody; the source is only read until the caller marks it as left. */
#pragma once
#include "store/migrate.h"

#define TRANSFER_PLACE_MAX 200
#define TRANSFER_IDENTITY 32
enum transfer_state { TRANSFER_NONE, TRANSFER_ARRIVING, TRANSFER_ARRIVED, TRANSFER_LEFT };
struct transfer_mark {
	enum transfer_state state;
	unsigned char identity[TRANSFER_IDENTITY]; /* of the source, as it was moved */
	char place[TRANSFER_PLACE_MAX];            /* where the other end is, without passwords */
};

/* ---- marks. `what` is the kind of database: "office", "registry" ---- */

/* TRANSFER_NONE where nothing was ever moved. */
MUST_USE enum rc transfer_mark_find(struct tx *tx, const char *what, struct transfer_mark *ret, struct err *err);
MUST_USE enum rc transfer_mark_put(struct tx *tx, const char *what, const struct transfer_mark *mark, int64_t now_us,
                                   struct err *err);
/* RC_REFUSED, in words for people: it was left, or is still being filled. */
MUST_USE enum rc transfer_check(struct tx *tx, const char *what, struct err *err);

/* Make `to` the target of a transfer: its tables, and the mark TRANSFER_ARRIVING. A
 * transfer of the same identity is taken up again; *ret_state says how far that one came.
 * RC_REFUSED: it holds something else, and was not touched. */
struct transfer_target {
	const char *what;
	const struct schema *const *schemas;
	size_t schemas_n;
	struct transfer_mark mark; /* identity and place of the source */
	const char *left_for;      /* NULL, or where the source was left for: the target holds all of it, or is another */
	int64_t now_us;
};
MUST_USE enum rc transfer_begin(struct store *to, const struct transfer_target *target, enum transfer_state *ret_state,
                                struct err *err);
/* How many others are connected under our name; 0 where the engine does not know. Exact
 * while this process has one connection there. */
MUST_USE enum rc transfer_others(struct store *store, int64_t *ret, struct err *err);

/* ---- copying ---- */

struct transfer;
struct transfer_result {
	int64_t tables, rows, bytes; /* bytes: of values that were written by this process */
};
typedef void transfer_progress(void *arg, const char *table, int64_t done, int64_t all);
struct transfer_conf {
	struct store *from, *to;     /* tables of the same steps in both; borrowed */
	transfer_progress *progress; /* rows of all tables; NULL: nobody asks */
	void *arg;
};
/* RC_REFUSED: both are of the same kind, which engines' own tools do better. */
MUST_USE enum rc transfer_open(const struct transfer_conf *conf, struct transfer **ret, struct err *err);
/* After both stores were closed: their prepared statements know its queries by address. NULL is allowed. */
void transfer_close(struct transfer *transfer);
/* Everything that is not there yet.
 * RC_REFUSED   a text that the target cannot hold; err says table, column and row, not the text
 * RC_CONFLICT  the target holds rows that do not come from here */
MUST_USE enum rc transfer_copy(struct transfer *transfer, struct transfer_result *ret, struct err *err);
/* Read both and compare every value. RC_REFUSED: they differ; err names the first table and row. */
MUST_USE enum rc transfer_compare(struct transfer *transfer, struct transfer_result *ret, struct err *err);
