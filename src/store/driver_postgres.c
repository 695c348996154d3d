/* SPDX-License-Identifier: EUPL-1.2
 * store/driver_postgres.c - the scale-out engine behind store/driver.h.
 *
 * A transaction has a connection to itself (postgres_pool.c) and is one pipeline
 * (postgres_pipeline.h). A connection prepares each query once, under a name made of the
 * query's address. Values travel in binary: int64 as eight bytes, texts and blobs as they
 * are. A batch goes out whole and comes back in one round trip; where its query has a set
 * it is one statement (postgres_set.h). */
#include <assert.h>
#include <endian.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/postgres_pipeline.h"
#include "store/postgres_point.h"
#include "store/postgres_set.h"
#include "store/postgres_setting.h"
#include "store/postgres_wait.h"

#define PIPELINE_MAX 256 /* queries on the way at once */
#define SET_ITEMS_MAX 8192 /* items of one statement */

#define OID_INT2 21
#define OID_INT4 23

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

static bool oid_fits(char type, Oid oid)
{
	Oid expected = set_oid(type);
	return oid == expected || (expected == set_oid('i') && (oid == OID_INT4 || oid == OID_INT2));
}

static enum rc prepare_as(struct connection *c, const char *name, const struct query *query, bool arrays, struct err *err)
{
	Oid types[QUERY_FIELDS_MAX];
	size_t n = strlen(query->params);
	if (n > QUERY_FIELDS_MAX || strlen(query->columns) > QUERY_FIELDS_MAX)
		return fail_shape(query, QUERY_FIELDS_MAX, QUERY_FIELDS_MAX, err);
	for (size_t i = 0; i < n; i++)
		types[i] = arrays ? set_array_oid(query->params[i]) : set_oid(query->params[i]);
	PGresult *result = PQsendPrepare(c->pg, name, query->postgres, (int)n, types) ? postgres_last(c) : NULL;
	enum rc rc =
	        PQresultStatus(result) == PGRES_COMMAND_OK ? RC_OK : postgres_text_failed(c, query_name(query), result, err);
	PQclear(result);
	return rc;
}

/* Once a query and connection; so it may take its time, and wait. */
static enum rc prepare(struct connection *c, const struct query *query, bool arrays, struct err *err)
{
	TRY(pipeline_end(c, err));
	TRY(pipeline_resume(c, prepare_as(c, name_of(query).z, query, arrays, err), err));
	if (prepared_add(&c->prepared, query, NULL))
		return RC_OK;
	c->lost = true; /* its next PREPARE of that name would fail */
	return FAIL(err, RC_BROKEN, "Memori tidak cukup");
}

static enum rc statement_ready(struct connection *c, const struct query *query, bool arrays, struct err *err)
{
	return prepared_find(&c->prepared, query) ? RC_OK : prepare(c, query, arrays, err);
}

/* ---- values ---- */

struct params {
	struct sent sent;
	uint64_t integer[QUERY_FIELDS_MAX]; /* in network order */
};

static enum rc params_fill(struct params *p, const struct query *query, const struct value *in, struct err *err)
{
	struct sent *out = &p->sent;
	out->n = (int)strlen(query->params);
	for (int i = 0; i < out->n; i++) {
		bool integer = (query->params[i] | 0x20) == 'i';
		if (!integer && in[i].s.n > INT_MAX)
			return query_no_room(query, err);
		p->integer[i] = htobe64((uint64_t)in[i].i);
		out->at[i] = in[i].null ? NULL : integer ? (const char *)&p->integer[i] : in[i].s.at ? in[i].s.at : "";
		out->length[i] = integer ? 8 : (int)in[i].s.n;
		out->binary[i] = 1;
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

/* One row of a result that came. */
struct row {
	const PGresult *result;
	int at;
};

static enum rc column_take(struct connection *c, const struct query *query, struct row row, int i, struct value *ret,
                           struct err *err)
{
	char type = query->columns[i];
	if (!oid_fits(type, PQftype(row.result, i)))
		return fail_type(query, (size_t)i, err);
	if (PQgetisnull(row.result, row.at, i)) {
		*ret = (struct value){.null = true};
		return type >= 'a' ? fail_null(query, (size_t)i, err) : RC_OK;
	}
	const char *at = PQgetvalue(row.result, row.at, i);
	int length = PQgetlength(row.result, row.at, i);
	if ((type | 0x20) != 'i')
		return value_copy(&c->tx, query, at, (size_t)length, ret, err);
	*ret = (struct value){.i = integer_read(at, length)};
	return RC_OK;
}

static enum rc row_take(struct connection *c, const struct query *query, struct row row, struct value *out, struct err *err)
{
	for (int i = 0; query->columns[i]; i++)
		TRY(column_take(c, query, row, i, &out[i], err));
	return RC_OK;
}

/* As many columns as we think it has, and `more`. */
static enum rc shape_fits(const struct query *query, const PGresult *result, size_t more, struct err *err)
{
	size_t has = (size_t)PQnfields(result);
	return has == strlen(query->columns) + more ? RC_OK : fail_shape(query, strlen(query->params), has, err);
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE || status == PGRES_COMMAND_OK;
}

/* A result that may hold one row. */
static enum rc single_take(struct connection *c, const struct query *query, const PGresult *result, struct value *out,
                           bool *found, struct err *err)
{
	*found = false;
	if (!is_good(result))
		return postgres_failed(c, query, result, err);
	int rows = PQntuples(result);
	if (rows > 1)
		return fail_not_single(query, err);
	*found = rows == 1;
	if (rows == 0 || !out)
		return RC_OK;
	TRY(shape_fits(query, result, 0, err));
	return row_take(c, query, (struct row){result, 0}, out, err);
}

/* ---- queries ---- */

/* Into the pipeline; nobody waits yet. */
static enum rc send(struct connection *c, const struct query *query, const struct value *in, struct err *err)
{
	struct params p;
	TRY(statement_ready(c, query, false, err));
	TRY(params_fill(&p, query, in, err));
	return pipeline_send(c, name_of(query).z, query, &p.sent, err);
}

/* What one query gave. */
struct single {
	struct connection *c;
	const struct query *query;
	struct value *out;
	bool found;
	int64_t changed;
};

static enum rc single_taker(void *arg, size_t i, PGresult *result, struct err *err)
{
	struct single *s = arg;
	(void)i;
	TRY(single_take(s->c, s->query, result, s->out, &s->found, err));
	if (str_int(str_c(PQcmdTuples(result)), 0, INT64_MAX, &s->changed) != RC_OK)
		s->changed = 0; /* no count: not a statement that writes */
	return RC_OK;
}

static enum rc single_run(struct single *s, const struct value *in, struct err *err)
{
	TRY(send(s->c, s->query, in, err));
	return pipeline_wait(s->c, 1, &(struct pipeline_taker){single_taker, s, s->query}, err);
}

static enum rc postgres_one(struct tx *tx, const struct query *query, const struct value *in, struct value *out,
                            struct err *err)
{
	struct single s = {.c = connection_of(tx), .query = query, .out = out};
	TRY(single_run(&s, in, err));
	return s.found ? RC_OK : fail_absent(query, err);
}

/* Its answer comes with that of another. */
static enum rc owe(struct connection *c, const struct query *query, struct err *err)
{
	c->owed_writes = true;
	return pipeline_owe(c, query, err);
}

static enum rc postgres_exec(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
                             struct err *err)
{
	struct single s = {.c = connection_of(tx), .query = query};
	if (query->later && !ret_changed) {
		TRY(send(s.c, query, in, err));
		return owe(s.c, query, err);
	}
	TRY(single_run(&s, in, err));
	if (ret_changed)
		*ret_changed = s.changed;
	return RC_OK;
}

static enum rc many_take(struct connection *c, const struct query *query, const PGresult *result, struct rows *rows,
                         struct err *err)
{
	struct value *row;
	if (PQresultStatus(result) != PGRES_SINGLE_TUPLE) /* the end, or none */
		return is_good(result) ? RC_OK : postgres_failed(c, query, result, err);
	TRY(rows_next(&c->tx, rows, query, &row, err));
	TRY(shape_fits(query, result, 0, err));
	return row_take(c, query, (struct row){result, 0}, row, err);
}

struct many {
	struct connection *c;
	const struct query *query;
	struct rows *rows;
};

static enum rc many_taker(void *arg, size_t i, PGresult *result, struct err *err)
{
	struct many *m = arg;
	(void)i;
	return many_take(m->c, m->query, result, m->rows, err);
}

/* Row by row, so that a result past its ceiling never fills our memory; what is
 * left of it is read and dropped, which keeps the transaction usable. What is owed is
 * read before: a query is taken row by row only while it is the first of the pipeline. */
static enum rc postgres_many(struct tx *tx, const struct query *query, const struct value *in, size_t max,
                             struct value **ret, size_t *ret_n, struct err *err)
{
	struct connection *c = connection_of(tx);
	struct rows rows = {.max = max, .columns = strlen(query->columns)};
	TRY(pipeline_settle(c, err));
	TRY(send(c, query, in, err));
	if (!PQsetSingleRowMode(c->pg)) {
		c->lost = true;
		return postgres_failed(c, query, NULL, err);
	}
	struct many m = {c, query, &rows};
	TRY(pipeline_wait(c, 1, &(struct pipeline_taker){many_taker, &m, query}, err));
	*ret = rows.at;
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- batches ---- */

struct batch {
	struct connection *c;
	const struct query *query;
	const struct value *in;
	struct value *out; /* NULL: no rows wanted */
	bool *found;       /* NULL: nobody asks */
	size_t n, params, columns;
};

static enum rc batch_take(void *arg, size_t i, PGresult *result, struct err *err)
{
	const struct batch *b = arg;
	struct value *out = b->out ? b->out + i * b->columns : NULL;
	bool found;
	enum rc rc = single_take(b->c, b->query, result, out, &found, err);
	if (b->found)
		b->found[i] = found;
	for (size_t k = 0; out && !found && k < b->columns; k++)
		out[k] = (struct value){.null = true};
	return rc;
}

static enum rc batch_run(struct batch *b, struct err *err)
{
	struct params p;
	struct name name = name_of(b->query);
	TRY(statement_ready(b->c, b->query, false, err));
	for (size_t i = 0; i < b->n; i++) {
		TRY(params_fill(&p, b->query, b->in + i * b->params, err));
		TRY(pipeline_send(b->c, name.z, b->query, &p.sent, err));
	}
	return pipeline_wait(b->c, b->n, &(struct pipeline_taker){batch_take, b, b->query}, err);
}

/* Nothing of an item that gave no row. */
static void set_blank(const struct batch *b)
{
	if (b->found)
		memset(b->found, 0, b->n * sizeof *b->found);
	for (size_t i = 0; b->out && i < b->n * b->columns; i++)
		b->out[i] = (struct value){.null = true};
}

/* A SELECT says last which item a row belongs to; RETURNING gives one an item, in order. */
static enum rc set_row(const struct batch *b, const PGresult *result, int at, bool told, struct err *err)
{
	size_t item = told ? (size_t)integer_read(PQgetvalue(result, at, (int)b->columns), 8) - 1 : (size_t)at;
	if (item >= b->n || b->found[item])
		return fail_not_single(b->query, err);
	b->found[item] = true;
	return row_take(b->c, b->query, (struct row){result, at}, b->out + item * b->columns, err);
}

static enum rc set_take(void *arg, size_t i, PGresult *result, struct err *err)
{
	const struct batch *b = arg;
	bool told = b->query->set->columns[b->columns] != '\0';
	int rows = PQntuples(result);
	(void)i;
	if (!is_good(result))
		return postgres_failed(b->c, b->query, result, err);
	if (!b->out)
		return RC_OK;
	set_blank(b);
	TRY(shape_fits(b->query, result, told, err));
	if (!told && (size_t)rows != b->n)
		return fail_not_single(b->query, err);
	for (int at = 0; at < rows; at++)
		TRY(set_row(b, result, at, told, err));
	return RC_OK;
}

/* All items in one statement. */
static enum rc set_run(struct batch *b, struct err *err)
{
	struct sent sent;
	const struct query *set = b->query->set;
	assert(!b->out || b->found);
	TRY(statement_ready(b->c, set, true, err));
	enum rc rc = set_fill(&sent, set, b->in, b->n, &b->c->arrays, err);
	if (rc == RC_OK)
		rc = pipeline_send(b->c, name_of(set).z, set, &sent, err);
	set_forget(&b->c->arrays);
	TRY(rc);
	if (b->query->later && !b->out)
		return owe(b->c, b->query, err);
	return pipeline_wait(b->c, 1, &(struct pipeline_taker){set_take, b, b->query}, err);
}

/* ---- rows copied in ---- */

static enum rc copy_begin(struct connection *c, const struct query *query, struct err *err)
{
	PGresult *result = PQsendQuery(c->pg, query->copy) ? postgres_next(c) : NULL;
	enum rc rc = PQresultStatus(result) == PGRES_COPY_IN ? RC_OK : postgres_failed(c, query, result, err);
	PQclear(result);
	if (rc != RC_OK)
		PQclear(postgres_last(c));
	return rc;
}

static enum rc copy_rows(struct connection *c, const struct query *query, const struct buf *rows, struct err *err)
{
	TRY(copy_begin(c, query, err));
	if (PQputCopyData(c->pg, rows->at, (int)rows->n) != 1 || PQputCopyEnd(c->pg, NULL) != 1) {
		c->lost = true; /* the server waits for the rest */
		return postgres_failed(c, query, NULL, err);
	}
	PGresult *result = postgres_last(c);
	enum rc rc = is_good(result) ? RC_OK : postgres_failed(c, query, result, err);
	PQclear(result);
	return rc;
}

/* A statement of its own, which takes all rows or none; a pipeline does not take it. */
static enum rc copy_run(struct batch *b, struct err *err)
{
	struct connection *c = b->c;
	TRY(pipeline_end(c, err));
	enum rc rc = set_copy_rows(b->query, b->in, b->n, &c->arrays, err);
	if (rc == RC_OK)
		rc = copy_rows(c, b->query, &c->arrays, err);
	set_forget(&c->arrays);
	return pipeline_resume(c, rc, err);
}

static enum rc postgres_batch(struct tx *tx, const struct query *query, size_t n, const struct value *in,
                              struct value *out, bool *found, struct err *err)
{
	struct batch b = {connection_of(tx), query, in, out, found, 0, strlen(query->params), strlen(query->columns)};
	enum rc (*const run)(struct batch *, struct err *) = query->copy ? copy_run : query->set ? set_run : batch_run;
	size_t most = run == batch_run ? PIPELINE_MAX : SET_ITEMS_MAX;
	for (size_t at = 0; at < n; at += b.n) {
		b.n = n - at < most ? n - at : most;
		b.in = in + at * b.params;
		b.out = out ? out + at * b.columns : NULL;
		b.found = found ? found + at : NULL;
		TRY(run(&b, err));
	}
	return RC_OK;
}

/* ---- transactions ---- */

static const struct query begins[] = {
        [TX_READ] = {.name = "begin", .postgres = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"},
        [TX_WRITE] = {.name = "begin", .postgres = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"},
};
static const struct query commit = {.name = "commit", .postgres = "COMMIT"};
static const struct query rollback = {.name = "rollback", .postgres = "ROLLBACK"};
static const struct query savepoint = {.name = "savepoint", .postgres = "SAVEPOINT step"};
static const struct query release = {.name = "release", .postgres = "RELEASE step"};
static const struct query undo = {.name = "undo", .postgres = "ROLLBACK TO step"};

/* Into the pipeline, where its answer comes with that of the next query. */
static enum rc say(struct connection *c, const struct query *what, struct err *err)
{
	if (c->lost)
		return postgres_failed(c, what, NULL, err);
	TRY(pipeline_say(c, what, err));
	return pipeline_owe(c, what, err);
}

/* The server says so by itself, and when it changes. */
static bool is_standby(const struct connection *c)
{
	const char *standby = PQparameterStatus(c->pg, "in_hot_standby");
	return standby && strcmp(standby, "on") == 0;
}

/* Says nothing of it to the server yet: BEGIN goes out with the first query. With a moment for
 * what is said before; then each wait has its own. */
static enum rc begin_on(struct connection *c, enum tx_mode mode, struct err *err)
{
	c->tx.mode = mode;
	c->steps = 0;
	if (mode == TX_WRITE && is_standby(c))
		return FAIL(err, RC_REFUSED, "Basis data ini hanya dapat dibaca");
	TRY(postgres_tell_patience(c, err));
	TRY(pipeline_begin(c, err));
	c->until_us = 0;
	return say(c, &begins[mode], err);
}

/* A standby may have become a primary since it told, and what died since the pool looked is found
 * when it is told its patience. With a connection go all of its age, so the second one is new.
 * What is found by nothing of this the first query finds, and the fate is TX_AGAIN. */
static enum rc postgres_begin(struct store *store, enum tx_mode mode, struct patience *patience, struct tx **ret,
                              struct err *err)
{
	struct connection *c;
	enum rc rc = RC_BROKEN;
	bool silent = false;
	int64_t until_us = postgres_begin_until(patience);
	for (int i = 0; i < 2 && !silent; i++) {
		TRY(postgres_pool_take(store, patience, until_us, &c, err));
		rc = begin_on(c, mode, err);
		if (rc == RC_OK) {
			*ret = &c->tx;
			return RC_OK;
		}
		silent = c->silent;
		c->lost = c->gone = true;
		postgres_pool_give(c);
	}
	return rc;
}

/* How COMMIT ended. */
struct ending {
	struct connection *c;
	bool done; /* durable */
	bool over; /* durable, or it never will be */
};

/* An error ends the transaction; if the connection ends with it, or with no word at all, the
 * commit may have been on its way already, or be waiting for a standby still. */
static bool is_certain(const struct connection *c, const PGresult *result)
{
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
	return !c->silent && severity && strcmp(severity, "ERROR") == 0;
}

/* COMMIT of a transaction that failed succeeds, and says ROLLBACK. One that somebody had
 * stopped waiting for the standby succeeds with a warning: the primary has it, and nobody
 * knows who else. */
static enum rc commit_taker(void *arg, size_t i, PGresult *result, struct err *err)
{
	struct ending *end = arg;
	struct connection *c = end->c;
	(void)i;
	bool answered = PQresultStatus(result) == PGRES_COMMAND_OK && !c->warned;
	end->done = answered && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	end->over = answered || is_certain(c, result);
	return end->done ? RC_OK : postgres_failed(c, &commit, result, err);
}

/* If the server said no to what was owed, it never came to COMMIT. */
static enum rc commit_run(struct ending *end, struct err *err)
{
	struct connection *c = end->c;
	if (c->lost) {
		end->over = true; /* it is not sent */
		return postgres_failed(c, &commit, NULL, err);
	}
	c->warned = c->denied = false;
	TRY(pipeline_say(c, &commit, err));
	enum rc rc = pipeline_wait(c, 1, &(struct pipeline_taker){commit_taker, end, &commit}, err);
	end->over = end->over || c->denied;
	return rc;
}

static enum rc postgres_commit(struct tx *tx, enum tx_fate *ret, struct err *err)
{
	struct connection *c = connection_of(tx);
	struct ending end = {.c = c};
	enum rc rc = commit_run(&end, err);
	*ret = end.over ? tx->fate : TX_UNKNOWN;
	if (!c->lost)
		(void)!pipeline_end(c, NULL);
	postgres_pool_give(c);
	if (end.done) /* whatever became of the connection behind it */
		return RC_OK;
	return rc == RC_CONFLICT ? RC_BROKEN : rc; /* a deferred constraint; the door knows no conflict here */
}

/* What was only read holds no lock that anybody waits for: its end need not be heard. */
static void postgres_rollback(struct tx *tx)
{
	struct connection *c = connection_of(tx);
	if (tx->mode == TX_READ) {
		if (!pipeline_leave(c, &rollback))
			c->lost = true;
	} else if (!c->lost) {
		(void)!pipeline_settle(c, NULL);
		if (say(c, &rollback, NULL) != RC_OK || pipeline_end(c, NULL) != RC_OK)
			c->lost = true;
	}
	postgres_pool_give(c);
}

/* A step fails or stands by itself: whatever was put in its name is heard of before it ends. */
static enum rc step_settle(struct connection *c, struct err *err)
{
	return c->owed_writes ? pipeline_settle(c, err) : RC_OK;
}

static enum rc step_undo(struct connection *c, struct err *err)
{
	(void)!pipeline_settle(c, NULL);
	TRY(say(c, &undo, err));
	TRY(say(c, &release, err));
	return pipeline_settle(c, err);
}

static enum rc postgres_savepoint(struct tx *tx, enum savepoint_step step, struct err *err)
{
	struct connection *c = connection_of(tx);
	if (step != SAVEPOINT_BEGIN && c->steps == 0)
		return FAIL(err, RC_BROKEN, "Tidak ada langkah yang terbuka");
	if (step != SAVEPOINT_UNDO)
		TRY(step_settle(c, err));
	switch (step) {
	case SAVEPOINT_BEGIN: c->steps++; return say(c, &savepoint, err);
	case SAVEPOINT_RELEASE: c->steps--; return say(c, &release, err);
	case SAVEPOINT_UNDO: break;
	}
	c->steps--;
	return step_undo(c, err);
}

/* ---- turns ---- */

#define TURN_LOCK "1885430638" /* of the locks that stand for no row; "path" in ASCII */

/* The wait for it is that for the first query, before which it is granted. */
static enum rc postgres_turn(struct tx *tx, enum tx_turn turn, struct err *err)
{
	static const struct query turns[] = {
	        [TURN_SHARED] = {.name = "turn", .postgres = "SELECT pg_advisory_xact_lock_shared(" TURN_LOCK ")"},
	        [TURN_ALONE] = {.name = "turn", .postgres = "SELECT pg_advisory_xact_lock(" TURN_LOCK ")"},
	};
	return say(connection_of(tx), &turns[turn], err);
}

/* ---- migrations ---- */

/* Several statements in one text, which a pipeline does not take. */
static enum rc text_run(struct connection *c, const char *text, struct err *err)
{
	TRY(pipeline_end(c, err));
	PGresult *result = postgres_say(c, text);
	enum rc rc = is_good(result) ? RC_OK : postgres_text_failed(c, "migration", result, err);
	PQclear(result);
	return pipeline_resume(c, rc, err);
}

static enum rc postgres_migrate_lock(struct tx *tx, struct err *err)
{
	connection_of(tx)->wait_us = 0; /* a step may take as long as the tables are large */
	return text_run(connection_of(tx),
	                "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0;"
	                "SELECT pg_advisory_xact_lock(482368020846)", /* "padan" in ASCII */
	                err);
}

static enum rc postgres_migrate_step(struct tx *tx, const struct migration *step, struct err *err)
{
	return text_run(connection_of(tx), step->postgres, err);
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

static enum rc prepared_check(struct connection *c, const struct query *query, bool arrays, struct err *err)
{
	TRY(prepare_as(c, "", query, arrays, err));
	PGresult *result = PQsendDescribePrepared(c->pg, "") ? postgres_last(c) : NULL;
	enum rc rc = PQresultStatus(result) == PGRES_COMMAND_OK ? described_check(query, result, err)
	                                                        : postgres_text_failed(c, query_name(query), result, err);
	PQclear(result);
	return rc;
}

static enum rc postgres_check(struct store *store, const struct query *query, struct err *err)
{
	struct connection *c;
	TRY(postgres_pool_take(store, NULL, postgres_begin_until(NULL), &c, err));
	c->until_us = 0;
	enum rc rc = prepared_check(c, query, false, err);
	if (rc == RC_OK && query->set)
		rc = prepared_check(c, query->set, true, err);
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
        .distrust = postgres_pool_distrust,
        .begin = postgres_begin,
        .commit = postgres_commit,
        .rollback = postgres_rollback,
        .savepoint = postgres_savepoint,
        .turn = postgres_turn,
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
        .setting = postgres_setting,
        .transfer = &postgres_transfer,
};
