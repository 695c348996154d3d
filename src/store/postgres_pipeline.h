/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pipeline.h - what a transaction says to the server, and as few waits as
 * that needs. For the files of this driver alone.
 *
 * A transaction is one long pipeline. What gives no rows that anybody looks at (BEGIN,
 * SAVEPOINT, RELEASE, a query that is answered later) is only put into it; it is *owed* an
 * answer, which is read together with the answer of the next query that is waited for. So
 * such a statement costs no round trip, and nothing is skipped: no transaction ends well
 * before every owed answer was read. An error makes the server drop the rest up to the
 * next wait, as it would in a transaction that failed.
 *
 * Connections are non-blocking, so sending never waits for a server that waits for us to read;
 * waiting is postgres_wait.h. */
#pragma once
#include "store/postgres_pool.h"

/* Parameters as they go out: see params of the driver, and store/postgres_set.h. */
struct sent {
	const char *at[QUERY_FIELDS_MAX];
	int length[QUERY_FIELDS_MAX], binary[QUERY_FIELDS_MAX];
	int n;
};

/* Between the two nothing but what this door offers may be done with the connection. */
MUST_USE enum rc pipeline_begin(struct connection *c, struct err *err);
/* Otherwise one that was owed failed, and the pipeline goes on; or the connection is lost. */
MUST_USE enum rc pipeline_end(struct connection *c, struct err *err);
/* After pipeline_end() and something that a pipeline does not take: go on. `rc` is what became of
 * that, and comes back unless going on is what fails. */
MUST_USE enum rc pipeline_resume(struct connection *c, enum rc rc, struct err *err);

/* Put into the pipeline: a query under the name it was prepared by, or a statement without
 * parameters (`what`->postgres). pipeline_owe: its answer is owed. */
MUST_USE enum rc pipeline_send(struct connection *c, const char *name, const struct query *query, const struct sent *in,
                               struct err *err);
MUST_USE enum rc pipeline_say(struct connection *c, const struct query *what, struct err *err);
MUST_USE enum rc pipeline_owe(struct connection *c, const struct query *what, struct err *err);

/* Takes the answer to the i-th of the queries waited for; the result stays the caller's. */
struct pipeline_taker {
	enum rc (*take)(void *arg, size_t i, PGresult *result, struct err *err);
	void *arg;
	const struct query *query; /* for errors */
};
/* Wait: read what is owed, then the answers to the last `n` that were sent. The first
 * error is the story, and after it no taker is asked; every answer is read, so the connection
 * stays usable unless it broke or nothing came in time. */
MUST_USE enum rc pipeline_wait(struct connection *c, size_t n, const struct pipeline_taker *taker, struct err *err);
/* The same with n = 0, where anything is owed. */
MUST_USE enum rc pipeline_settle(struct connection *c, struct err *err);

/* Send the end of a transaction that changed nothing and do not wait for it:
 * pipeline_collect(), when the connection is taken again, does. false: the connection is lost. */
MUST_USE bool pipeline_leave(struct connection *c, const struct query *what);
MUST_USE bool pipeline_collect(struct connection *c);
