/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pipeline.c - see postgres_pipeline.h. */
#include "store/postgres_pipeline.h"

#include <assert.h>

#include "store/postgres_wait.h"

enum rc pipeline_begin(struct connection *c, struct err *err)
{
	assert(c->owed_n == 0);
	if (PQenterPipelineMode(c->pg))
		return RC_OK;
	c->lost = true;
	return postgres_failed(c, NULL, NULL, err);
}

enum rc pipeline_end(struct connection *c, struct err *err)
{
	TRY(pipeline_settle(c, err));
	if (!c->lost && PQexitPipelineMode(c->pg))
		return RC_OK;
	c->lost = true;
	return postgres_failed(c, NULL, NULL, err);
}

enum rc pipeline_resume(struct connection *c, enum rc rc, struct err *err)
{
	if (c->lost)
		return rc == RC_OK ? postgres_failed(c, NULL, NULL, err) : rc;
	enum rc on = pipeline_begin(c, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? on : rc;
}

/* Half of a pipeline is out; nobody will read its answers. */
static enum rc send_failed(struct connection *c, const struct query *query, struct err *err)
{
	c->lost = true;
	return postgres_failed(c, query, NULL, err);
}

enum rc pipeline_send(struct connection *c, const char *name, const struct query *query, const struct sent *in, struct err *err)
{
	if (PQsendQueryPrepared(c->pg, name, in->n, in->at, in->length, in->binary, 1))
		return RC_OK;
	return send_failed(c, query, err);
}

enum rc pipeline_say(struct connection *c, const struct query *what, struct err *err)
{
	if (PQsendQueryParams(c->pg, what->postgres, 0, NULL, NULL, NULL, NULL, 1))
		return RC_OK;
	return send_failed(c, what, err);
}

enum rc pipeline_owe(struct connection *c, const struct query *what, struct err *err)
{
	assert(c->owed_n < POSTGRES_OWED_MAX);
	c->owed[c->owed_n++] = what;
	return c->owed_n < POSTGRES_OWED_MAX ? RC_OK : pipeline_settle(c, err);
}

/* ---- answers ---- */

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Up to the NULL that ends one query's results. */
static void rest_drop(struct connection *c, PGresult *result)
{
	for (; result; result = postgres_next(c))
		PQclear(result);
}

/* Nobody is there to be told of a conflict: it is an accident. */
static enum rc owed_read(struct connection *c, struct err *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < c->owed_n && !c->silent; i++) {
		PGresult *result = postgres_next(c);
		if (rc == RC_OK && !is_good(result)) {
			(void)postgres_failed(c, c->owed[i], result, err);
			c->denied = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED) != NULL;
			rc = RC_BROKEN;
		}
		rest_drop(c, result);
	}
	c->owed_n = 0;
	c->owed_writes = false;
	return rc;
}

static enum rc sync_read(struct connection *c, const struct query *query, enum rc rc, struct err *err)
{
	PGresult *sync = postgres_next(c);
	if (PQresultStatus(sync) != PGRES_PIPELINE_SYNC) {
		c->lost = true;
		if (rc == RC_OK)
			rc = postgres_failed(c, query, sync, err);
	}
	PQclear(sync);
	return rc;
}

enum rc pipeline_wait(struct connection *c, size_t n, const struct pipeline_taker *taker, struct err *err)
{
	const struct query *query = taker ? taker->query : NULL;
	if (c->lost)
		return postgres_failed(c, query, NULL, err);
	if (!PQpipelineSync(c->pg))
		return send_failed(c, query, err);
	enum rc rc = owed_read(c, err);
	for (size_t i = 0; i < n; i++) {
		PGresult *result = postgres_next(c);
		assert(taker);
		do { /* at least one; row by row there are more */
			if (rc == RC_OK)
				rc = taker->take(taker->arg, i, result, err);
			PQclear(result);
		} while (result && (result = postgres_next(c)) != NULL);
	}
	return sync_read(c, query, rc, err);
}

enum rc pipeline_settle(struct connection *c, struct err *err)
{
	return c->owed_n && !c->lost ? pipeline_wait(c, 0, NULL, err) : RC_OK;
}

/* ---- an end that nobody waits for ---- */

bool pipeline_leave(struct connection *c, const struct query *what)
{
	if (c->lost || pipeline_say(c, what, NULL) != RC_OK)
		return false;
	c->owed[c->owed_n++] = what;
	c->ending = PQpipelineSync(c->pg) && PQflush(c->pg) == 0;
	return c->ending;
}

bool pipeline_collect(struct connection *c)
{
	if (!c->ending)
		return true;
	c->ending = false;
	enum rc rc = sync_read(c, NULL, owed_read(c, NULL), NULL);
	return rc == RC_OK && pipeline_end(c, NULL) == RC_OK;
}
