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
#include <stdatomic.h>

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

/* RC_BROKEN: no connection, disk, ... SQLite waits up to 5 s for its one writer. PostgreSQL is
 * told with the first query, which may be RC_BROKEN for it; then nothing was done, and tx_fate() says so.
 * RC_REFUSED: TX_WRITE where one can only read: a frozen store, a standby. */
MUST_USE enum rc tx_begin(struct store *store, enum tx_mode mode, struct tx **ret, struct err *err);

/* How long somebody may be kept waiting by an engine that says nothing (decision 0043).
 * It belongs to one thread, which waits for one engine at a time; others may read since_us. */
struct patience {
	int64_t us;               /* of one wait; more than 0 */
	_Atomic int64_t since_us; /* on the steady clock: since when the engine has been silent; 0: nobody waits */
};
/* The same for somebody with little time: beginning takes patience->us at most, and so does
 * every wait for an answer afterwards; past it RC_BROKEN, and the transaction is lost. The
 * engine is asked to give up somewhat earlier, on a row that others hold or on work that
 * takes too long: then only the step is lost. `patience` outlives the transaction; NULL: tx_begin(). */
MUST_USE enum rc tx_begin_within(struct store *store, enum tx_mode mode, struct patience *patience, struct tx **ret,
                                 struct err *err);
/* Durable when RC_OK. The transaction is over and *tx is NULL whatever comes
 * back; on RC_BROKEN it is unknown whether it was committed (PostgreSQL lost its
 * connection) or certain that it was not (SQLite). After a failed fsync SQLite's
 * pages cannot be trusted: TX_WRITE and checkpoints are RC_BROKEN until the store
 * is opened again; after a full disk they go on. */
MUST_USE enum rc tx_commit(struct tx **tx, struct err *err);

/* Whatever connections lie ready are not to be trusted: something on the way to the engine broke,
 * maybe the way itself. New ones are made. */
void store_distrust(struct store *store);

/* How a transaction stands that went wrong. */
enum tx_fate {
	TX_UNDONE, /* nothing of it is there */
	TX_AGAIN,  /* the same, and it was no fault of its own: it lost a deadlock, waited too long for a row,
	            * or its connection was closed. It may be done again from the beginning */
	TX_UNKNOWN /* COMMIT went out and nothing came back; it may even be under way still */
};
/* After a failure in it; never TX_UNKNOWN. tx_undo() makes it good. */
enum tx_fate tx_fate(const struct tx *tx);
/* tx_commit() that says how it stands when it is not RC_OK. */
MUST_USE enum rc tx_commit_fate(struct tx **tx, enum tx_fate *ret, struct err *err);

/* NULL, or a finished transaction, is allowed. */
void tx_rollback(struct tx **tx);
#define TX_AUTO __attribute__((cleanup(tx_rollback))) struct tx

/* How a transaction stands to those of other nodes. Where rows are locked one by one, two that lock the same ones in
 * another order wait for each other, and the engine ends one of them after a second in which neither moved. */
enum tx_turn {
	TURN_SHARED, /* beside others that share: they lock rows in one order, table by table, in order of their keys */
	TURN_ALONE   /* beside none that took a turn: what locks rows as it comes to them, such as pages */
};
/* The first thing in a TX_WRITE that takes one: waits for it; kept until the transaction ends. One that takes no
 * turn is waited for by nobody. SQLite has one writer at a time anyway.
 * RC_BROKEN: the store failed; roll back. PostgreSQL waits with the first query, which tells the same. */
MUST_USE enum rc tx_take_turn(struct tx *tx, enum tx_turn turn, struct err *err);

/* One nested step that can fail by itself: begin, then release or undo. A release that is
 * not RC_OK tells of a query of the step that is answered later: undo. */
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

/* How the engine's server is set for connections of ours, in the words of SHOW: "on", "0", "250ms".
 * RC_ABSENT: an engine without a server, or a server that knows no such setting. RC_BROKEN. */
#define STORE_SETTING_MAX 64
MUST_USE enum rc store_setting(struct store *store, const char *name, char out[STORE_SETTING_MAX], struct err *err);
