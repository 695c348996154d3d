/* SPDX-License-Identifier: EUPL-1.2
 * store/driver_postgres.c - the scale-out engine behind store/driver.h.
 *
 * A pool of at most POOL_MAX connections; a transaction has one to itself. A
 * connection prepares each query once, under a name made of the query's address.
 * Values travel in binary: int64 as eight bytes, texts and blobs as they are. A
 * batch goes out as one pipeline and comes back in one round trip.
 *
 * A connection that broke, or is not idle after its transaction, is thrown away.
 * When the server cannot be reached, new attempts wait for a time that doubles
 * from BACKOFF_MIN_US to BACKOFF_MAX_US, and until then callers fail at once.
 *
 * What must stay true: nothing of a value reaches an error text. The server quotes
 * values in its messages and details, so only SQLSTATE is kept, except for the
 * messages of PREPARE and DDL, which know no values. */
#include <endian.h>
#include <libpq-fe.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/driver.h"
#include "store/prepared.h"

#define POOL_MAX 16
#define WAIT_S 5
#define BACKOFF_MIN_US (100 * 1000)
#define BACKOFF_MAX_US (5 * US_PER_S)
#define PIPELINE_MAX 256 /* queries on the way at once */

/* Type OIDs are part of the protocol's stable catalogue (pg_type.dat). */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_TEXT 25

struct postgres_store;
struct connection {
	struct tx tx; /* first: see driver.h */
	struct postgres_store *owner;
	PGconn *pg;
	struct prepared prepared;
	bool lost; /* to be thrown away */
	struct connection *next;
};

struct postgres_store {
	struct store store; /* first */
	char *url;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t freed;
	struct connection *idle;
	size_t open;
	int64_t backoff_us, retry_us; /* no attempt before retry_us on the steady clock */
};

static struct postgres_store *store_of(struct store *store)
{
	return (struct postgres_store *)store;
}

static struct connection *connection_of(struct tx *tx)
{
	return (struct connection *)tx;
}

/* ---- errors ---- */

static bool is_conflict(const char *state)
{
	return strcmp(state, "23505") == 0 || strcmp(state, "23514") == 0; /* unique_violation, check_violation */
}

/* The tables changed under a prepared statement; a new connection prepares anew. */
static bool is_stale(const char *state)
{
	return strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0;
}

static const char *state_of(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	return state ? state : PQresultStatus(result) == PGRES_COMMAND_OK ? "(rolled back)" : "(connection)";
}

static enum rc engine_failed(struct connection *c, const struct query *query, const PGresult *result, struct err *err)
{
	const char *state = state_of(result);
	c->lost = c->lost || PQstatus(c->pg) != CONNECTION_OK || is_stale(state);
	enum rc rc = is_conflict(state) ? FAIL(err, RC_CONFLICT, "Data itu sudah ada atau tidak memenuhi syarat")
	                                : FAIL(err, RC_BROKEN, "Basis data sedang bermasalah");
	err_detail(err, "%s: postgres %s", query_name(query), state);
	return rc;
}

/* For PREPARE and DDL, whose messages hold no values. */
static enum rc text_failed(struct connection *c, const char *name, const PGresult *result, struct err *err)
{
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	c->lost = c->lost || PQstatus(c->pg) != CONNECTION_OK;
	enum rc rc = FAIL(err, RC_BROKEN, "Kueri tidak cocok dengan basis data");
	err_detail(err, "%s: postgres %s %s", name, state_of(result), message ? message : "");
	return rc;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "Memori tidak cukup");
}

static enum rc command(struct connection *c, const char *sql, struct err *err)
{
	PGresult *result = PQexec(c->pg, sql);
	ExecStatusType status = PQresultStatus(result);
	bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
	enum rc rc = ok ? RC_OK : engine_failed(c, NULL, result, err);
	PQclear(result);
	return rc;
}

/* ---- prepared statements ---- */

struct name {
	char z[24];
};

static struct name name_of(const struct query *query)
{
	struct name name;
	snprintf(name.z, sizeof name.z, "q%llx", (unsigned long long)(uintptr_t)query);
	return name;
}

static Oid oid_of(char type)
{
	return (type | 0x20) == 'i' ? OID_INT8 : (type | 0x20) == 't' ? OID_TEXT : OID_BYTEA;
}

static bool oid_fits(char type, Oid oid)
{
	Oid expected = oid_of(type);
	return oid == expected || (expected == OID_INT8 && (oid == OID_INT4 || oid == OID_INT2));
}

static enum rc prepare_as(struct connection *c, const char *name, const struct query *query, struct err *err)
{
	Oid types[QUERY_FIELDS_MAX];
	size_t n = strlen(query->params);
	if (n > QUERY_FIELDS_MAX || strlen(query->columns) > QUERY_FIELDS_MAX)
		return fail_shape(query, QUERY_FIELDS_MAX, QUERY_FIELDS_MAX, err);
	for (size_t i = 0; i < n; i++)
		types[i] = oid_of(query->params[i]);
	PGresult *result = PQprepare(c->pg, name, query->postgres, (int)n, types);
	enum rc rc =
	        PQresultStatus(result) == PGRES_COMMAND_OK ? RC_OK : text_failed(c, query_name(query), result, err);
	PQclear(result);
	return rc;
}

static enum rc statement_ready(struct connection *c, const struct query *query, struct err *err)
{
	if (prepared_find(&c->prepared, query))
		return RC_OK;
	TRY(prepare_as(c, name_of(query).z, query, err));
	if (prepared_add(&c->prepared, query, NULL))
		return RC_OK;
	c->lost = true; /* its next PREPARE of that name would fail */
	return no_memory(err);
}

/* ---- values ---- */

struct params {
	const char *at[QUERY_FIELDS_MAX];
	int length[QUERY_FIELDS_MAX], binary[QUERY_FIELDS_MAX];
	uint64_t integer[QUERY_FIELDS_MAX]; /* in network order */
	int n;
};

static enum rc params_fill(struct params *p, const struct query *query, const struct value *in, struct err *err)
{
	p->n = (int)strlen(query->params);
	for (int i = 0; i < p->n; i++) {
		bool integer = (query->params[i] | 0x20) == 'i';
		if (!integer && in[i].s.n > INT_MAX)
			return query_no_room(query, err);
		p->integer[i] = htobe64((uint64_t)in[i].i);
		p->at[i] = in[i].null ? NULL : integer ? (const char *)&p->integer[i] : in[i].s.at ? in[i].s.at : "";
		p->length[i] = integer ? 8 : (int)in[i].s.n;
		p->binary[i] = 1;
	}
	return RC_OK;
}

static int64_t integer_read(const char *at, int length)
{
	uint64_t n = (signed char)at[0] < 0 ? UINT64_MAX : 0;
	for (int i = 0; i < length; i++)
		n = n << 8 | (unsigned char)at[i];
	return (int64_t)n;
}

static enum rc column_take(struct connection *c, const struct query *query, const PGresult *result, int i,
                           struct value *ret, struct err *err)
{
	char type = query->columns[i];
	if (!oid_fits(type, PQftype(result, i)))
		return fail_type(query, (size_t)i, err);
	if (PQgetisnull(result, 0, i)) {
		*ret = (struct value){.null = true};
		return type >= 'a' ? fail_null(query, (size_t)i, err) : RC_OK;
	}
	const char *at = PQgetvalue(result, 0, i);
	int length = PQgetlength(result, 0, i);
	if ((type | 0x20) != 'i')
		return value_copy(&c->tx, query, at, (size_t)length, ret, err);
	*ret = (struct value){.i = integer_read(at, length)};
	return RC_OK;
}

/* The first row of a result. */
static enum rc row_take(struct connection *c, const struct query *query, const PGresult *result, struct value *out,
                        struct err *err)
{
	size_t has = (size_t)PQnfields(result);
	if (has != strlen(query->columns))
		return fail_shape(query, strlen(query->params), has, err);
	for (int i = 0; query->columns[i]; i++)
		TRY(column_take(c, query, result, i, &out[i], err));
	return RC_OK;
}

/* A result that may hold one row. */
static enum rc single_take(struct connection *c, const struct query *query, const PGresult *result, struct value *out,
                           bool *found, struct err *err)
{
	ExecStatusType status = PQresultStatus(result);
	*found = false;
	if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE && status != PGRES_COMMAND_OK)
		return engine_failed(c, query, result, err);
	int rows = PQntuples(result);
	if (rows > 1)
		return fail_not_single(query, err);
	*found = rows == 1;
	return rows == 1 && out ? row_take(c, query, result, out, err) : RC_OK;
}

/* ---- queries ---- */

static enum rc run(struct connection *c, const struct query *query, const struct value *in, PGresult **ret,
                   struct err *err)
{
	struct params p;
	TRY(statement_ready(c, query, err));
	TRY(params_fill(&p, query, in, err));
	*ret = PQexecPrepared(c->pg, name_of(query).z, p.n, p.at, p.length, p.binary, 1);
	return RC_OK;
}

static enum rc postgres_one(struct tx *tx, const struct query *query, const struct value *in, struct value *out,
                            struct err *err)
{
	struct connection *c = connection_of(tx);
	PGresult *result;
	bool found;
	TRY(run(c, query, in, &result, err));
	enum rc rc = single_take(c, query, result, out, &found, err);
	PQclear(result);
	return rc == RC_OK && !found ? fail_absent(query, err) : rc;
}

static enum rc postgres_exec(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
                             struct err *err)
{
	struct connection *c = connection_of(tx);
	PGresult *result;
	bool found;
	TRY(run(c, query, in, &result, err));
	enum rc rc = single_take(c, query, result, NULL, &found, err);
	int64_t changed = 0;
	if (rc == RC_OK && str_int(str_c(PQcmdTuples(result)), 0, INT64_MAX, &changed) != RC_OK)
		changed = 0; /* no count: not a statement that writes */
	PQclear(result);
	if (rc == RC_OK && ret_changed)
		*ret_changed = changed;
	return rc;
}

static enum rc many_take(struct connection *c, const struct query *query, const PGresult *result, struct rows *rows,
                         struct err *err)
{
	struct value *row;
	switch (PQresultStatus(result)) { /* the library's enum, of which three values are good news */
	case PGRES_SINGLE_TUPLE:
		TRY(rows_next(&c->tx, rows, query, &row, err));
		return row_take(c, query, result, row, err);
	case PGRES_TUPLES_OK: /* the end */
	case PGRES_COMMAND_OK: return RC_OK;
	default: return engine_failed(c, query, result, err);
	}
}

/* Row by row, so that a result past its ceiling never fills our memory; what is
 * left of it is read and dropped, which keeps the transaction usable. */
static enum rc postgres_many(struct tx *tx, const struct query *query, const struct value *in, size_t max,
                             struct value **ret, size_t *ret_n, struct err *err)
{
	struct connection *c = connection_of(tx);
	struct rows rows = {.max = max, .columns = strlen(query->columns)};
	struct params p;
	TRY(statement_ready(c, query, err));
	TRY(params_fill(&p, query, in, err));
	if (!PQsendQueryPrepared(c->pg, name_of(query).z, p.n, p.at, p.length, p.binary, 1) ||
	    !PQsetSingleRowMode(c->pg))
		return engine_failed(c, query, NULL, err);
	enum rc rc = RC_OK;
	for (PGresult *result; (result = PQgetResult(c->pg)) != NULL; PQclear(result))
		if (rc == RC_OK)
			rc = many_take(c, query, result, &rows, err);
	*ret = rows.at;
	*ret_n = rows.n;
	return rc;
}

/* ---- batches ---- */

struct batch {
	const struct query *query;
	const struct value *in;
	struct value *out; /* NULL: no rows wanted */
	bool *found;       /* NULL: nobody asks */
	size_t n, params, columns;
};

static enum rc batch_send(struct connection *c, const struct batch *b, struct err *err)
{
	struct name name = name_of(b->query);
	struct params p;
	for (size_t i = 0; i < b->n; i++) {
		TRY(params_fill(&p, b->query, b->in + i * b->params, err));
		if (!PQsendQueryPrepared(c->pg, name.z, p.n, p.at, p.length, p.binary, 1))
			return engine_failed(c, b->query, NULL, err);
	}
	return PQpipelineSync(c->pg) ? RC_OK : engine_failed(c, b->query, NULL, err);
}

static enum rc batch_take(struct connection *c, const struct batch *b, size_t i, const PGresult *result,
                          struct err *err)
{
	struct value *out = b->out ? b->out + i * b->columns : NULL;
	bool found;
	enum rc rc = single_take(c, b->query, result, out, &found, err);
	if (b->found)
		b->found[i] = found;
	for (size_t k = 0; out && !found && k < b->columns; k++)
		out[k] = (struct value){.null = true};
	return rc;
}

/* Every query of the pipeline is answered, the ones after a failed one as
 * "aborted"; the first error is the story. */
static enum rc batch_receive(struct connection *c, const struct batch *b, struct err *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < b->n && PQstatus(c->pg) == CONNECTION_OK; i++) {
		PGresult *result = PQgetResult(c->pg);
		if (rc == RC_OK)
			rc = batch_take(c, b, i, result, err);
		/* up to the NULL that ends this query's results: libpq leaves the single-row mode of an earlier
		 * postgres_many() on for the first query of a pipeline, so a second row comes in a second result */
		for (size_t rows = 0; result; result = PQgetResult(c->pg)) {
			rows += (size_t)PQntuples(result);
			PQclear(result);
			if (rows > 1 && rc == RC_OK)
				rc = fail_not_single(b->query, err);
		}
	}
	PGresult *sync = PQgetResult(c->pg);
	if (PQresultStatus(sync) != PGRES_PIPELINE_SYNC && rc == RC_OK)
		rc = engine_failed(c, b->query, sync, err);
	PQclear(sync);
	return rc;
}

/* Non-blocking, so that sending never waits for a server that waits for us to
 * read; PQgetResult sends what is left while it waits. */
static enum rc batch_run(struct connection *c, const struct batch *b, struct err *err)
{
	if (PQsetnonblocking(c->pg, 1) != 0 || !PQenterPipelineMode(c->pg))
		return engine_failed(c, b->query, NULL, err);
	enum rc rc = batch_send(c, b, err);
	if (rc == RC_OK)
		rc = batch_receive(c, b, err);
	else
		c->lost = true; /* half a pipeline is out; nobody will read its answers */
	if (!c->lost && (!PQexitPipelineMode(c->pg) || PQsetnonblocking(c->pg, 0) != 0))
		c->lost = true;
	return rc;
}

static enum rc postgres_batch(struct tx *tx, const struct query *query, size_t n, const struct value *in,
                              struct value *out, bool *found, struct err *err)
{
	struct connection *c = connection_of(tx);
	struct batch b = {query, in, out, found, 0, strlen(query->params), strlen(query->columns)};
	TRY(statement_ready(c, query, err));
	for (size_t at = 0; at < n; at += b.n) {
		b.n = n - at < PIPELINE_MAX ? n - at : PIPELINE_MAX;
		b.in = in + at * b.params;
		b.out = out ? out + at * b.columns : NULL;
		b.found = found ? found + at : NULL;
		TRY(batch_run(c, &b, err));
	}
	return RC_OK;
}

/* ---- connections ---- */

static void connection_close(struct connection *c)
{
	PQfinish(c->pg);
	arena_free(&c->tx.arena);
	prepared_free(&c->prepared);
	free(c);
}

static void no_notice(void *arg, const char *message)
{
	(void)arg; /* rooms do not print, and the library would */
	(void)message;
}

static const char session_settings[] =
        "SET statement_timeout = '30s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';"
        "SET client_min_messages = error; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
        /* a commit we report must be durable; the stricter remote settings stay as the server has them */
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

static PGconn *connect_to(const char *url)
{
	/* what the URL says comes last and wins */
	const char *const keys[] = {"connect_timeout",
	                            "tcp_user_timeout",
	                            "keepalives_idle",
	                            "keepalives_interval",
	                            "fallback_application_name",
	                            "dbname",
	                            NULL};
	const char *const values[] = {"5", "15000", "30", "5", "padan", url, NULL};
	return PQconnectdbParams(keys, values, 1);
}

static enum rc connection_open(struct postgres_store *s, struct connection **ret, struct err *err)
{
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		return no_memory(err);
	c->owner = s;
	c->tx.driver = &driver_postgres;
	arena_init(&c->tx.arena, TX_ARENA_MAX);
	c->pg = connect_to(s->url);
	PQsetNoticeProcessor(c->pg, no_notice, NULL);
	if (PQstatus(c->pg) == CONNECTION_OK && command(c, session_settings, NULL) == RC_OK) {
		*ret = c;
		return RC_OK;
	}
	enum rc rc = FAIL(err, RC_BROKEN, "Basis data tidak dapat dihubungi");
	err_detail(err, "postgres: %s", PQerrorMessage(c->pg));
	connection_close(c);
	return rc;
}

/* ---- the pool ---- */

static enum rc unavailable(struct err *err, const char *why)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Basis data sedang sibuk atau tidak dapat dihubungi");
	err_detail(err, "postgres: %s", why);
	return rc;
}

/* RC_OK with *ret NULL: there is a place, open a new connection for it. */
static enum rc place_take(struct postgres_store *s, struct connection **ret, struct err *err)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_S;
	int waited = 0;
	pthread_mutex_lock(&s->lock);
	while (!s->idle && s->open == POOL_MAX && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	bool full = !s->idle && s->open == POOL_MAX;
	bool early = !s->idle && !full && clock_steady_us() < s->retry_us;
	*ret = s->idle;
	if (s->idle)
		s->idle = s->idle->next;
	else if (!full && !early)
		s->open++;
	pthread_mutex_unlock(&s->lock);
	return full ? unavailable(err, "no free connection") : early ? unavailable(err, "waiting to reconnect") : RC_OK;
}

static void place_free(struct postgres_store *s)
{
	pthread_mutex_lock(&s->lock);
	s->open--;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

/* After an attempt to connect: when the next may be. */
static void attempt_note(struct postgres_store *s, bool good)
{
	pthread_mutex_lock(&s->lock);
	s->backoff_us = good ? 0 : s->backoff_us == 0 ? BACKOFF_MIN_US : s->backoff_us * 2;
	if (s->backoff_us > BACKOFF_MAX_US)
		s->backoff_us = BACKOFF_MAX_US;
	s->retry_us = good ? 0 : clock_steady_us() + s->backoff_us;
	pthread_mutex_unlock(&s->lock);
}

static enum rc connection_take(struct postgres_store *s, struct connection **ret, struct err *err)
{
	TRY(place_take(s, ret, err));
	if (*ret)
		return RC_OK;
	enum rc rc = connection_open(s, ret, err);
	attempt_note(s, rc == RC_OK);
	if (rc != RC_OK)
		place_free(s);
	return rc;
}

static void give_back(struct connection *c)
{
	struct postgres_store *s = c->owner;
	if (c->lost || PQstatus(c->pg) != CONNECTION_OK || PQtransactionStatus(c->pg) != PQTRANS_IDLE) {
		connection_close(c);
		place_free(s);
		return;
	}
	arena_reset(&c->tx.arena);
	pthread_mutex_lock(&s->lock);
	c->next = s->idle;
	s->idle = c;
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

/* ---- transactions ---- */

static const char *const begin_text[] = {
        [TX_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        [TX_WRITE] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
};

/* A connection that died while it was idle is found out here; the next is tried.
 * Each turn throws one away, so this ends with a new one or with an error. */
static enum rc postgres_begin(struct store *store, enum tx_mode mode, struct tx **ret, struct err *err)
{
	struct connection *c;
	for (int i = 0; i <= POOL_MAX; i++) {
		TRY(connection_take(store_of(store), &c, err));
		enum rc rc = command(c, begin_text[mode], err);
		if (rc == RC_OK) {
			c->tx.mode = mode;
			*ret = &c->tx;
			return RC_OK;
		}
		bool lost = c->lost;
		give_back(c);
		if (!lost)
			return rc;
	}
	return unavailable(err, "every connection was lost");
}

/* COMMIT of a transaction that failed succeeds, and says ROLLBACK. */
static enum rc postgres_commit(struct tx *tx, struct err *err)
{
	static const struct query commit = {.name = "commit"};
	struct connection *c = connection_of(tx);
	PGresult *result = c->lost ? NULL : PQexec(c->pg, "COMMIT");
	bool done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	enum rc rc = done ? RC_OK : engine_failed(c, &commit, result, err);
	PQclear(result);
	give_back(c);
	return rc == RC_CONFLICT ? RC_BROKEN : rc; /* a deferred constraint; the door knows no conflict here */
}

static void postgres_rollback(struct tx *tx)
{
	struct connection *c = connection_of(tx);
	if (!c->lost && command(c, "ROLLBACK", NULL) != RC_OK)
		c->lost = true;
	give_back(c);
}

static enum rc postgres_savepoint(struct tx *tx, enum savepoint_step step, struct err *err)
{
	static const char *const text[] = {
	        [SAVEPOINT_BEGIN] = "SAVEPOINT step",
	        [SAVEPOINT_RELEASE] = "RELEASE step",
	        [SAVEPOINT_UNDO] = "ROLLBACK TO step; RELEASE step",
	};
	return command(connection_of(tx), text[step], err);
}

/* ---- migrations ---- */

static enum rc postgres_migrate_lock(struct tx *tx, struct err *err)
{
	return command(connection_of(tx),
	               "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0;"
	               "SELECT pg_advisory_xact_lock(482368020846)", /* "padan" in ASCII */
	               err);
}

static enum rc postgres_migrate_step(struct tx *tx, const struct migration *step, struct err *err)
{
	struct connection *c = connection_of(tx);
	PGresult *result = PQexec(c->pg, step->postgres);
	enum rc rc = PQresultStatus(result) == PGRES_COMMAND_OK ? RC_OK : text_failed(c, "migration", result, err);
	PQclear(result);
	return rc;
}

/* ---- checking ---- */

/* The server takes a declared parameter that the text never uses; we do not. */
static size_t params_used(const char *text)
{
	size_t most = 0;
	for (const char *at = strchr(text, '$'); at; at = strchr(at + 1, '$')) {
		size_t n = 0;
		for (const char *d = at + 1; *d >= '0' && *d <= '9' && n <= QUERY_FIELDS_MAX; d++)
			n = n * 10 + (size_t)(*d - '0');
		most = n > most ? n : most;
	}
	return most;
}

static enum rc described_check(const struct query *query, const PGresult *result, struct err *err)
{
	size_t params = params_used(query->postgres), columns = (size_t)PQnfields(result);
	if (params != strlen(query->params) || columns != strlen(query->columns))
		return fail_shape(query, params, columns, err);
	for (int i = 0; query->columns[i]; i++)
		if (!oid_fits(query->columns[i], PQftype(result, i)))
			return fail_type(query, (size_t)i, err);
	return RC_OK;
}

static enum rc postgres_check(struct store *store, const struct query *query, struct err *err)
{
	struct connection *c;
	TRY(connection_take(store_of(store), &c, err));
	enum rc rc = prepare_as(c, "", query, err);
	if (rc == RC_OK) {
		PGresult *result = PQdescribePrepared(c->pg, "");
		rc = PQresultStatus(result) == PGRES_COMMAND_OK ? described_check(query, result, err)
		                                                : text_failed(c, query_name(query), result, err);
		PQclear(result);
	}
	give_back(c);
	return rc;
}

static enum rc postgres_checkpoint(struct store *store, struct err *err)
{
	(void)store; /* the server does that by itself */
	(void)err;
	return RC_OK;
}

static enum rc postgres_copy(struct store *store, const char *path, struct err *err)
{
	(void)store;
	(void)path;
	return FAIL(err, RC_REFUSED, "Gunakan alat cadangan PostgreSQL");
}

/* ---- open and close ---- */

static void postgres_close(struct store *store)
{
	struct postgres_store *s = store_of(store);
	for (struct connection *c = s->idle, *next; c; c = next) {
		next = c->next;
		connection_close(c);
	}
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->lock);
	free(s->url);
	free(s);
}

static bool store_init(struct postgres_store *s, const char *url)
{
	pthread_condattr_t steady;
	s->store.driver = &driver_postgres;
	s->url = strdup(url);
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&s->freed, &steady);
	pthread_condattr_destroy(&steady);
	return s->url != NULL;
}

static enum rc postgres_open(const char *url, struct store **ret, struct err *err)
{
	struct connection *first;
	struct postgres_store *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	enum rc rc = store_init(s, url) ? connection_take(s, &first, err) : no_memory(err);
	if (rc != RC_OK) {
		postgres_close(&s->store);
		return rc;
	}
	give_back(first);
	*ret = &s->store;
	return RC_OK;
}

/* The server settles its own fsyncs (it panics and recovers); we never keep pages. */
static bool postgres_is_poisoned(const struct store *store)
{
	(void)store;
	return false;
}

const struct driver driver_postgres = {
        .scheme = "postgres://",
        .open = postgres_open,
        .close = postgres_close,
        .is_poisoned = postgres_is_poisoned,
        .begin = postgres_begin,
        .commit = postgres_commit,
        .rollback = postgres_rollback,
        .savepoint = postgres_savepoint,
        .one = postgres_one,
        .many = postgres_many,
        .exec = postgres_exec,
        .batch = postgres_batch,
        .check = postgres_check,
        .migrate_lock = postgres_migrate_lock,
        .migrate_step = postgres_migrate_step,
        .checkpoint = postgres_checkpoint,
        .copy = postgres_copy,
};
