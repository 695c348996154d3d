/* SPDX-License-Identifier: EUPL-1.2
 * store/query.h - how generated code talks to the engine. Rooms do not include
 * this; they include the header that tools/mksql made from their .sql file.
 *
 * A query is a constant: its text for each engine, the types of its parameters
 * and columns as one letter each (i int64, t text, b blob; capital: may be NULL).
 * Drivers prepare it once per connection and find it again by its address. */
#pragma once
#include "store/store.h"

#define QUERY_FIELDS_MAX 64 /* parameters, or columns, of one query */
struct query {
	const char *name;     /* "session_find" */
	const char *sqlite;   /* with ?1, ?2, ... */
	const char *postgres; /* with $1, $2, ... */
	const char *params;   /* "btI" */
	const char *columns;  /* "itB" */
	const char *marks;    /* the mark it moves; NULL: none */
	const struct query *set; /* PostgreSQL: all items of a batch in one statement, an array a parameter; NULL: item by item */
	const char *copy;     /* PostgreSQL: COPY ... FROM STDIN that takes what its batches put; NULL: none */
	bool later;           /* nobody waits for what becomes of it: see query_exec */
};

struct value {
	int64_t i;
	struct str s;
	bool null;
};

/* Exactly one row. RC_ABSENT: none. RC_BROKEN: more than one, or the engine failed.
 * Texts stand in tx_arena. `out` has strlen(columns) places. */
MUST_USE enum rc query_one(struct tx *tx, const struct query *query, const struct value *in, struct value *out,
                           struct err *err);
/* Every row, in an array of row after row in tx_arena. RC_LIMIT: more than `max`. */
MUST_USE enum rc query_many(struct tx *tx, const struct query *query, const struct value *in, size_t max,
                            struct value **ret, size_t *ret_n, struct err *err);
/* No rows; *ret_changed (NULL allowed) is how many were written.
 * RC_CONFLICT: a unique key was there already, or a check refused. On
 * PostgreSQL the transaction must then be undone to a savepoint or rolled back.
 * Of a query that is answered later (`-- later:`) RC_OK says that it is on its way; what
 * goes wrong with it the next query that is waited for tells, or tx_release, or tx_commit,
 * as RC_BROKEN. With ret_changed it is waited for as ever. */
MUST_USE enum rc query_exec(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
                            struct err *err);
/* n times the same: SQLite loops, PostgreSQL pipelines in one round trip, or does all of
 * it in one statement where the query has a set: then no two items may write the same row,
 * and every item sees what was committed when the first began.
 * `in` holds n * strlen(params) values, `out` (NULL for no rows) n * strlen(columns),
 * found[i] says whether the i-th gave a row. On any error the items before it may
 * stand: undo to a savepoint or roll back. */
MUST_USE enum rc query_batch(struct tx *tx, const struct query *query, size_t n, const struct value *in,
                             struct value *out, bool *found, struct err *err);
/* Prepare only, and compare the engine's idea of parameter and column counts (and
 * of types, where the engine has them) with ours. For tests and `padan check`. */
MUST_USE enum rc query_check(struct store *store, const struct query *query, struct err *err);
/* RC_LIMIT, in words: the transaction's arena is full. For generated code. */
MUST_USE enum rc query_no_room(const struct query *query, struct err *err);
