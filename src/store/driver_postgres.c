/* SPDX-License-Identifier: EUPL-1.2
 * store/driver_postgres.c - the scale-out engine behind store/driver.h.
 *
 * A transaction has a connection to itself (postgres_pool.c). A connection prepares
 * each query once, under a name made of the query's address. Values travel in
 * binary: int64 as eight bytes, texts and blobs as they are. A batch goes out as
 * one pipeline and comes back in one round trip. */
#include <endian.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/postgres_point.h"
#include "store/postgres_pool.h"

#define PIPELINE_MAX 256 /* queries on the way at once */

/* Type OIDs are part of the protocol's stable catalogue (pg_type.dat). */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_TEXT 25

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
	        PQresultStatus(result) == PGRES_COMMAND_OK ? RC_OK : postgres_text_failed(c, query_name(query), result, err);
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
	return FAIL(err, RC_BROKEN, "Memori tidak cukup");
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
		return postgres_failed(c, query, result, err);
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
	default: return postgres_failed(c, query, result, err);
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
		return postgres_failed(c, query, NULL, err);
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
			return postgres_failed(c, b->query, NULL, err);
	}
	return PQpipelineSync(c->pg) ? RC_OK : postgres_failed(c, b->query, NULL, err);
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
		rc = postgres_failed(c, b->query, sync, err);
	PQclear(sync);
	return rc;
}

/* Non-blocking, so that sending never waits for a server that waits for us to
 * read; PQgetResult sends what is left while it waits. */
static enum rc batch_run(struct connection *c, const struct batch *b, struct err *err)
{
	if (PQsetnonblocking(c->pg, 1) != 0 || !PQenterPipelineMode(c->pg))
		return postgres_failed(c, b->query, NULL, err);
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
	for (int i = 0; i <= POSTGRES_POOL_MAX; i++) {
		TRY(postgres_pool_take(store, &c, err));
		enum rc rc = postgres_command(c, begin_text[mode], err);
		if (rc == RC_OK) {
			c->tx.mode = mode;
			*ret = &c->tx;
			return RC_OK;
		}
		bool lost = c->lost;
		postgres_pool_give(c);
		if (!lost)
			return rc;
	}
	return FAIL(err, RC_BROKEN, "Basis data sedang sibuk atau tidak dapat dihubungi");
}

/* COMMIT of a transaction that failed succeeds, and says ROLLBACK. */
static enum rc postgres_commit(struct tx *tx, struct err *err)
{
	static const struct query commit = {.name = "commit"};
	struct connection *c = connection_of(tx);
	PGresult *result = c->lost ? NULL : PQexec(c->pg, "COMMIT");
	bool done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	enum rc rc = done ? RC_OK : postgres_failed(c, &commit, result, err);
	PQclear(result);
	postgres_pool_give(c);
	return rc == RC_CONFLICT ? RC_BROKEN : rc; /* a deferred constraint; the door knows no conflict here */
}

static void postgres_rollback(struct tx *tx)
{
	struct connection *c = connection_of(tx);
	if (!c->lost && postgres_command(c, "ROLLBACK", NULL) != RC_OK)
		c->lost = true;
	postgres_pool_give(c);
}

static enum rc postgres_savepoint(struct tx *tx, enum savepoint_step step, struct err *err)
{
	static const char *const text[] = {
	        [SAVEPOINT_BEGIN] = "SAVEPOINT step",
	        [SAVEPOINT_RELEASE] = "RELEASE step",
	        [SAVEPOINT_UNDO] = "ROLLBACK TO step; RELEASE step",
	};
	return postgres_command(connection_of(tx), text[step], err);
}

/* ---- migrations ---- */

static enum rc postgres_migrate_lock(struct tx *tx, struct err *err)
{
	return postgres_command(connection_of(tx),
	               "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0;"
	               "SELECT pg_advisory_xact_lock(482368020846)", /* "padan" in ASCII */
	               err);
}

static enum rc postgres_migrate_step(struct tx *tx, const struct migration *step, struct err *err)
{
	struct connection *c = connection_of(tx);
	PGresult *result = PQexec(c->pg, step->postgres);
	enum rc rc = PQresultStatus(result) == PGRES_COMMAND_OK ? RC_OK : postgres_text_failed(c, "migration", result, err);
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
	TRY(postgres_pool_take(store, &c, err));
	enum rc rc = prepare_as(c, "", query, err);
	if (rc == RC_OK) {
		PGresult *result = PQdescribePrepared(c->pg, "");
		rc = PQresultStatus(result) == PGRES_COMMAND_OK ? described_check(query, result, err)
		                                                : postgres_text_failed(c, query_name(query), result, err);
		PQclear(result);
	}
	postgres_pool_give(c);
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

/* The server settles its own fsyncs (it panics and recovers); we never keep pages. */
static bool postgres_is_poisoned(const struct store *store)
{
	(void)store;
	return false;
}

const struct driver driver_postgres = {
        .scheme = "postgres://",
        .open = postgres_pool_open,
        .close = postgres_pool_close,
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
        .restore_point = postgres_restore_point,
};
