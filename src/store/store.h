/* SPDX-License-Identifier: EUPL-1.2
 * store/store.h - a database, and transactions on it.
 *
 * Two engines stand behind this door, SQLite and PostgreSQL; driver_sqlite.c and
 * driver_postgres.c are the only files that know which. A room never writes SQL
 * in C: it keeps NAME.sql beside itself and calls the typed functions that
 * tools/mksql makes of it (store/query.h is what those call).
 *
 * A store is shared by threads; a transaction belongs to one thread. What is not
 * committed is rolled back: TX_AUTO does it when you say nothing. */
#pragma once
#include "base/base.h"

struct store;
struct tx;

enum tx_mode {
	TX_READ, /* one consistent view; writes fail */
	TX_WRITE /* SQLite: BEGIN IMMEDIATE; PostgreSQL: READ COMMITTED, rows locked by the queries that say so */
};

/* Open "sqlite:PATH" (created when absent, file mode 0600, WAL, synchronous=FULL)
 * or "postgres://...".
 * RC_INVALID  not such a URL
 * RC_BROKEN   cannot be opened */
MUST_USE enum rc store_open(const char *url, struct store **ret, struct err *err);
/* No transaction may be open. NULL is allowed. */
void store_close(struct store *store);
bool store_is_sqlite(const struct store *store); /* for reports and tests, never to branch in a room */

/* An fsync failed: the engine's idea of what is on disk cannot be trusted any more.
 * Every later write is refused; the process should end (111), start anew and
 * verify. A full disk is not that: it passes. */
bool store_is_poisoned(const struct store *store);

/* RC_BROKEN: no connection, disk, ... SQLite waits up to 5 s for its one writer. */
MUST_USE enum rc tx_begin(struct store *store, enum tx_mode mode, struct tx **ret, struct err *err);
/* Durable when RC_OK. The transaction is over and *tx is NULL whatever comes
 * back; on RC_BROKEN it is unknown whether it was committed (PostgreSQL lost its
 * connection) or certain that it was not (SQLite). After a failed fsync SQLite's
 * pages cannot be trusted: TX_WRITE and checkpoints are RC_BROKEN until the store
 * is opened again; after a full disk they go on. */
MUST_USE enum rc tx_commit(struct tx **tx, struct err *err);
/* NULL, or a finished transaction, is allowed. */
void tx_rollback(struct tx **tx);
#define TX_AUTO __attribute__((cleanup(tx_rollback))) struct tx

/* One nested step that can fail by itself: begin, then release or undo. */
MUST_USE enum rc tx_savepoint(struct tx *tx, struct err *err);
MUST_USE enum rc tx_release(struct tx *tx, struct err *err);
MUST_USE enum rc tx_undo(struct tx *tx, struct err *err);

/* A mark is a number that stands for the state of the tables one .sql file writes
 * (doc/mksql.md, `-- marks:`). Every transaction that wrote to them and was committed,
 * by whatever process or node, leaves another number behind, one never used before. So
 * what was read after tx_mark() may be remembered, and told to any later transaction
 * that finds the same number. *ret is 0 when this transaction has written there itself:
 * nothing read in it may be remembered, nothing remembered may be told. */
MUST_USE enum rc tx_mark(struct tx *tx, const char *name, int64_t *ret, struct err *err);

/* Memory that lives as long as the transaction; texts and rows that queries
 * return stand in it. Ceiling TX_ARENA_MAX. */
#define TX_ARENA_MAX ((size_t)64 << 20)
struct arena *tx_arena(struct tx *tx);

/* Checkpoint the WAL as far as readers allow (SQLite; nothing elsewhere). Called
 * off the hot thread. */
MUST_USE enum rc store_checkpoint(struct store *store, struct err *err);

/* A consistent copy of the whole database into a new file, while others read and
 * write (SQLite only, RC_REFUSED elsewhere: use the engine's own tools).
 * RC_CONFLICT: `path` is there already. */
MUST_USE enum rc store_copy(struct store *store, const char *path, struct err *err);

/* Does every page fit where it stands? Reads the whole database. RC_REFUSED: no, it is damaged.
 * RC_OK without looking where the engine sees to that itself (PostgreSQL: page checksums). */
MUST_USE enum rc store_sound(struct store *store, struct err *err);

/* Give this moment a name in the engine's log, to which its own tools can go back. `out` gets the
 * words to keep: the name with its place in the log, or the place alone where the name may not be given.
 * RC_REFUSED: an engine without such a log. RC_BROKEN. */
#define STORE_POINT_MAX 128
MUST_USE enum rc store_restore_point(struct store *store, const char *name, char out[STORE_POINT_MAX], struct err *err);
