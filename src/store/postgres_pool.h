/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pool.h - connections to PostgreSQL: how they are made, kept, and
 * found to be broken. For the files of this driver alone.
 *
 * A pool of at most POOL_MAX connections; a transaction has one to itself. A
 * connection that broke, or is not idle after its transaction, is thrown away, and
 * with it all idle ones as old as it: the server they lead to is not what it was.
 * When the server cannot be reached, new attempts wait for a time that doubles
 * from BACKOFF_MIN_US to BACKOFF_MAX_US, and until then callers fail at once.
 * Connecting is postgres_connect.h, waiting for answers postgres_wait.h.
 *
 * What must stay true: nothing of a value reaches an error text. The server quotes
 * values in its messages and details, so only SQLSTATE is kept, except for the
 * messages of PREPARE and DDL, which know no values. */
#pragma once
#include <libpq-fe.h>
#include <pthread.h>

#include "store/driver.h"
#include "store/prepared.h"

#define POSTGRES_POOL_MAX 16
#define POSTGRES_OWED_MAX 32 /* statements on their way that nobody waits for yet */

struct postgres_store;
struct connection {
	struct tx tx; /* first: see driver.h */
	struct postgres_store *owner;
	PGconn *pg;
	struct prepared prepared;
	struct patience *patience; /* of whoever has it; NULL: he has time */
	int64_t wait_us;           /* so long the server may be silent; 0: as long as it takes */
	int64_t until_us;          /* and no wait goes beyond this moment (steady); 0: none such */
	int64_t told_us;           /* the patience that the server was told of; 0: none */
	int64_t epoch;             /* of the pool when it was made */
	bool lost;                 /* to be thrown away */
	bool silent;               /* because it said nothing in time */
	bool gone;                 /* because the server closed it, or is no longer what it was */
	bool warned;               /* a warning came; tx_commit() looks at it */
	/* store/postgres_pipeline.h: what was sent and is not answered yet */
	const struct query *owed[POSTGRES_OWED_MAX];
	size_t owed_n;
	bool owed_writes; /* queries of the caller are among them */
	bool denied;      /* the server itself said no to one of them, and did nothing behind it */
	size_t steps;     /* savepoints that are open */
	bool ending;      /* the end of a transaction that nobody waits for */
	struct buf arrays;
	struct connection *next;
};
/* What one who has time allows, too: longer than the server works on a statement by its own
 * settings, so past it there is no server. */
#define POSTGRES_SILENCE_US (45 * US_PER_S)
static inline struct connection *connection_of(struct tx *tx)
{
	return (struct connection *)tx;
}

/* Connects once, so that a wrong URL is told at once. */
MUST_USE enum rc postgres_pool_open(const char *url, struct store **ret, struct err *err);
/* No transaction may be open. */
void postgres_pool_close(struct store *store);
/* A living connection, as far as can be told without asking the server, and not in a transaction;
 * its every wait ends at until_us until that is set to 0. `patience` may be NULL. RC_BROKEN: none
 * is free, or the server is away. */
MUST_USE enum rc postgres_pool_take(struct store *store, struct patience *patience, int64_t until_us,
                                    struct connection **ret, struct err *err);
void postgres_pool_give(struct connection *c);
/* As store_distrust(). */
void postgres_pool_distrust(struct store *store);
/* When somebody who begins now with that patience must have begun. */
int64_t postgres_begin_until(const struct patience *patience);
/* Have the server give up by itself before this connection's patience is over. */
MUST_USE enum rc postgres_tell_patience(struct connection *c, struct err *err);

/* What a failed result comes to: RC_CONFLICT or RC_BROKEN. NULL: nothing came. */
enum rc postgres_failed(struct connection *c, const struct query *query, const PGresult *result, struct err *err);
/* For PREPARE and DDL, whose messages hold no values. */
enum rc postgres_text_failed(struct connection *c, const char *name, const PGresult *result, struct err *err);
/* Statements without parameters or rows. */
MUST_USE enum rc postgres_command(struct connection *c, const char *sql, struct err *err);
