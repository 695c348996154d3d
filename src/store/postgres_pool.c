/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pool.c - see postgres_pool.h. */
#include "store/postgres_pipeline.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WAIT_S 5
#define BACKOFF_MIN_US (100 * 1000)
#define BACKOFF_MAX_US (5 * US_PER_S)

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

enum rc postgres_failed(struct connection *c, const struct query *query, const PGresult *result, struct err *err)
{
	const char *state = state_of(result);
	c->lost = c->lost || PQstatus(c->pg) != CONNECTION_OK || is_stale(state);
	enum rc rc = is_conflict(state) ? FAIL(err, RC_CONFLICT, "Data itu sudah ada atau tidak memenuhi syarat")
	                                : FAIL(err, RC_BROKEN, "Basis data sedang bermasalah");
	err_detail(err, "%s: postgres %s", query_name(query), state);
	return rc;
}

enum rc postgres_text_failed(struct connection *c, const char *name, const PGresult *result, struct err *err)
{
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	c->lost = c->lost || PQstatus(c->pg) != CONNECTION_OK;
	enum rc rc = FAIL(err, RC_BROKEN, "Kueri tidak cocok dengan basis data");
	err_detail(err, "%s: postgres %s %s", name, state_of(result), message ? message : "");
	return rc;
}

enum rc postgres_command(struct connection *c, const char *sql, struct err *err)
{
	PGresult *result = PQexec(c->pg, sql);
	ExecStatusType status = PQresultStatus(result);
	bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
	enum rc rc = ok ? RC_OK : postgres_failed(c, NULL, result, err);
	PQclear(result);
	return rc;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "Memori tidak cukup");
}

/* ---- connections ---- */

static void connection_close(struct connection *c)
{
	PQfinish(c->pg);
	arena_free(&c->tx.arena);
	buf_free(&c->arrays);
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
	c->arrays = BUF(TX_ARENA_MAX);
	c->pg = connect_to(s->url);
	PQsetNoticeProcessor(c->pg, no_notice, NULL);
	if (PQstatus(c->pg) == CONNECTION_OK && postgres_command(c, session_settings, NULL) == RC_OK) {
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
	while (!s->idle && s->open == POSTGRES_POOL_MAX && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	bool full = !s->idle && s->open == POSTGRES_POOL_MAX;
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

static bool is_readable(const struct connection *c)
{
	struct pollfd fd = {.fd = PQsocket(c->pg), .events = POLLIN};
	return poll(&fd, 1, 0) > 0;
}

/* An idle connection has nothing to tell, but that its server is gone: last words, then the
 * end. Asking the socket costs no round trip. */
static bool is_alive(struct connection *c)
{
	if (!pipeline_collect(c))
		return false;
	for (int i = 0; i < 3 && is_readable(c); i++)
		if (!PQconsumeInput(c->pg) || PQisBusy(c->pg))
			return false;
	return PQstatus(c->pg) == CONNECTION_OK;
}

/* Each turn throws away a connection that died while it was idle, so this ends with a good
 * one, with a place for a new one, or with an error. */
static enum rc living_take(struct postgres_store *s, struct connection **ret, struct err *err)
{
	for (;;) {
		TRY(place_take(s, ret, err));
		if (!*ret || is_alive(*ret))
			return RC_OK;
		(*ret)->lost = true;
		postgres_pool_give(*ret);
	}
}

enum rc postgres_pool_take(struct store *store, struct connection **ret, struct err *err)
{
	struct postgres_store *s = store_of(store);
	TRY(living_take(s, ret, err));
	if (*ret)
		return RC_OK;
	enum rc rc = connection_open(s, ret, err);
	attempt_note(s, rc == RC_OK);
	if (rc != RC_OK)
		place_free(s);
	return rc;
}

void postgres_pool_give(struct connection *c)
{
	struct postgres_store *s = c->owner;
	bool idle = c->ending || PQtransactionStatus(c->pg) == PQTRANS_IDLE;
	if (c->lost || PQstatus(c->pg) != CONNECTION_OK || !idle) {
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

/* ---- open and close ---- */

void postgres_pool_close(struct store *store)
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

enum rc postgres_pool_open(const char *url, struct store **ret, struct err *err)
{
	struct connection *first;
	struct postgres_store *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	enum rc rc = store_init(s, url) ? postgres_pool_take(&s->store, &first, err) : no_memory(err);
	if (rc != RC_OK) {
		postgres_pool_close(&s->store);
		return rc;
	}
	postgres_pool_give(first);
	*ret = &s->store;
	return RC_OK;
}
