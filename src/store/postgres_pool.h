/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pool.h - connections to PostgreSQL: how they are made, kept, and
 * found to be broken. For the files of this driver alone.
 *
 * A pool of at most POOL_MAX connections; a transaction has one to itself. A
 * connection that broke, or is not idle after its transaction, is thrown away.
 * When the server cannot be reached, new attempts wait for a time that doubles
 * from BACKOFF_MIN_US to BACKOFF_MAX_US, and until then callers fail at once.
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
	bool lost;    /* to be thrown away */
	/* store/postgres_pipeline.h: what was sent and is not answered yet */
	const struct query *owed[POSTGRES_OWED_MAX];
	size_t owed_n;
	bool owed_writes; /* queries of the caller are among them */
	size_t steps;     /* savepoints that are open */
	bool ending;      /* the end of a transaction that nobody waits for */
	struct buf arrays;
	struct connection *next;
};
static inline struct connection *connection_of(struct tx *tx)
{
	return (struct connection *)tx;
}

/* Connects once, so that a wrong URL is told at once. */
MUST_USE enum rc postgres_pool_open(const char *url, struct store **ret, struct err *err);
/* No transaction may be open. */
void postgres_pool_close(struct store *store);
/* A connection, not in a transaction. RC_BROKEN: none is free, or the server is away. */
MUST_USE enum rc postgres_pool_take(struct store *store, struct connection **ret, struct err *err);
void postgres_pool_give(struct connection *c);

/* What a failed result comes to: RC_CONFLICT or RC_BROKEN. NULL: nothing came. */
enum rc postgres_failed(struct connection *c, const struct query *query, const PGresult *result, struct err *err);
/* For PREPARE and DDL, whose messages hold no values. */
enum rc postgres_text_failed(struct connection *c, const char *name, const PGresult *result, struct err *err);
/* Statements without parameters or rows. */
MUST_USE enum rc postgres_command(struct connection *c, const char *sql, struct err *err);
