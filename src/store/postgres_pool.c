/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_pool.c - see postgres_pool.h. */
#include "store/postgres_pool.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/postgres_connect.h"
#include "store/postgres_pipeline.h"
#include "store/postgres_wait.h"

#define BEGIN_US (5 * US_PER_S) /* of one who has time */
#define BACKOFF_MIN_US (50 * 1000)
#define BACKOFF_MAX_US (250 * 1000) /* so that service is back within a second of the server */

struct postgres_store {
	struct store store; /* first */
	struct postgres_hosts hosts;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t freed;
	struct connection *idle;
	size_t open;
	_Atomic int64_t epoch; /* one more whenever a connection of the present one is found gone */
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

/* The server ended this connection, or no longer takes writes: what it was before it failed
 * over, it is not now. (Class 08 is what a proxy in between may say.) */
static bool is_gone(const struct connection *c, const char *state)
{
	static const char *const states[] = {"57P01", "57P02", "57P03", "57P05", "25P03"};
	for (size_t i = 0; i < LEN(states); i++)
		if (strcmp(state, states[i]) == 0)
			return true;
	return strncmp(state, "08", 2) == 0 || (strcmp(state, "25006") == 0 && c->tx.mode == TX_WRITE);
}

/* serialization_failure, deadlock_detected, lock_not_available */
static bool is_worth_another_try(const char *state)
{
	return strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "55P03") == 0;
}

/* What the transaction, and the connections beside it, have to know of a failure. */
static void failure_note(struct connection *c, const char *state)
{
	bool closed = PQstatus(c->pg) != CONNECTION_OK || is_gone(c, state);
	c->gone = c->gone || closed || c->silent;
	c->lost = c->lost || closed || is_stale(state);
	if (!c->silent && (closed || is_worth_another_try(state)))
		c->tx.fate = TX_AGAIN;
}

static const char *state_of(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	return state ? state : PQresultStatus(result) == PGRES_COMMAND_OK ? "(rolled back)" : "(connection)";
}

enum rc postgres_failed(struct connection *c, const struct query *query, const PGresult *result, struct err *err)
{
	const char *state = state_of(result);
	failure_note(c, state);
	enum rc rc = is_conflict(state) ? FAIL(err, RC_CONFLICT, "Data itu sudah ada atau tidak memenuhi syarat")
	                                : FAIL(err, RC_BROKEN, "Basis data sedang bermasalah");
	err_detail(err, "%s: postgres %s", query_name(query), c->silent ? "(silent)" : state);
	return rc;
}

enum rc postgres_text_failed(struct connection *c, const char *name, const PGresult *result, struct err *err)
{
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	failure_note(c, state_of(result));
	enum rc rc = FAIL(err, RC_BROKEN, "Kueri tidak cocok dengan basis data");
	err_detail(err, "%s: postgres %s %s", name, state_of(result), message ? message : "");
	return rc;
}

enum rc postgres_command(struct connection *c, const char *sql, struct err *err)
{
	PGresult *result = postgres_say(c, sql);
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

/* Rooms do not print, and the library would. */
static void on_notice(void *arg, const PGresult *notice)
{
	struct connection *c = arg;
	(void)notice;
	c->warned = true;
}

static const char session_settings[] =
        "SET statement_timeout = '30s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';"
        /* plans are kept, and made while the tables are small: by the index all the same (decision 0048) */
        "SET enable_seqscan = off; SET jit = off;"
        "SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
        /* the server's log: what goes wrong is told there, but not of whom. What an ordinary role may not set, a
         * superuser sets for it, and `padan check` asks whether he did (doc/postgres.md) */
        "SET log_parameter_max_length_on_error = 0;"
        "SELECT set_config('log_parameter_max_length', '0', false) WHERE current_setting('is_superuser') = 'on';"
        /* a commit we report must be durable; the stricter remote settings stay as the server has them */
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/* A row that another holds is given up before a statement, a statement before our own wait:
 * then the server says so, and only the step is lost. A transaction whose node went away in
 * the middle lets go of its rows as fast. */
enum rc postgres_tell_patience(struct connection *c, struct err *err)
{
	char sql[240];
	int64_t us = c->patience ? c->patience->us : 0, ms = us / 1000;
	if (c->told_us == us)
		return RC_OK;
	snprintf(sql, sizeof sql,
	         "SET lock_timeout = %lld; SET statement_timeout = %lld; SET idle_in_transaction_session_timeout = %lld",
	         us ? (long long)ms / 2 : 5000LL, us ? (long long)ms * 3 / 4 : 30000LL, us ? (long long)ms : 60000LL);
	TRY(postgres_command(c, sql, err));
	c->told_us = us;
	return RC_OK;
}

static void patience_take(struct connection *c, struct patience *patience, int64_t until_us)
{
	c->patience = patience;
	c->wait_us = patience ? patience->us : POSTGRES_SILENCE_US;
	c->until_us = until_us;
	c->warned = false;
}

/* *ret_pg may be NULL. */
static bool connect_to(struct postgres_store *s, struct patience *patience, int64_t until_us, PGconn **ret_pg)
{
	bool late;
	if (patience)
		atomic_store(&patience->since_us, clock_steady_us());
	*ret_pg = postgres_connect(&s->hosts, until_us, &late);
	if (patience)
		atomic_store(&patience->since_us, 0);
	return *ret_pg && !late && PQstatus(*ret_pg) == CONNECTION_OK && PQsetnonblocking(*ret_pg, 1) == 0;
}

static enum rc connection_open(struct postgres_store *s, struct patience *patience, int64_t until_us,
                               struct connection **ret, struct err *err)
{
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		return no_memory(err);
	c->owner = s;
	c->tx.driver = &driver_postgres;
	c->epoch = s->epoch;
	arena_init(&c->tx.arena, TX_ARENA_MAX);
	c->arrays = BUF(TX_ARENA_MAX);
	patience_take(c, patience, until_us);
	if (connect_to(s, patience, until_us, &c->pg)) {
		PQsetNoticeReceiver(c->pg, on_notice, c);
		if (postgres_command(c, session_settings, NULL) == RC_OK) {
			*ret = c;
			return RC_OK;
		}
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

/* Under the lock: an idle one of the present epoch. Those of an earlier one go into *dead, and
 * what they held is free. */
static struct connection *idle_take(struct postgres_store *s, struct connection **dead)
{
	while (s->idle) {
		struct connection *c = s->idle;
		s->idle = c->next;
		if (c->epoch == s->epoch)
			return c;
		c->next = *dead;
		*dead = c;
		s->open--;
	}
	return NULL;
}

static void close_all(struct connection *first)
{
	for (struct connection *c = first, *next; c; c = next) {
		next = c->next;
		connection_close(c);
	}
}

/* RC_OK with *ret NULL: there is a place, open a new connection for it. */
static enum rc place_take(struct postgres_store *s, int64_t until_us, struct connection **ret, struct err *err)
{
	struct timespec until = {.tv_sec = until_us / US_PER_S, .tv_nsec = until_us % US_PER_S * 1000};
	struct connection *dead = NULL;
	int waited = 0;
	pthread_mutex_lock(&s->lock);
	while (!(*ret = idle_take(s, &dead)) && s->open >= POSTGRES_POOL_MAX && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	bool full = !*ret && s->open >= POSTGRES_POOL_MAX;
	bool early = !*ret && !full && clock_steady_us() < s->retry_us;
	if (!*ret && !full && !early)
		s->open++;
	pthread_mutex_unlock(&s->lock);
	close_all(dead);
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

int64_t postgres_begin_until(const struct patience *patience)
{
	return clock_steady_us() + (patience ? patience->us : BEGIN_US);
}

static bool is_readable(const struct connection *c)
{
	struct pollfd fd = {.fd = PQsocket(c->pg), .events = POLLIN};
	return poll(&fd, 1, 0) > 0;
}

/* An idle connection has nothing to tell, but that its server is gone: last words, which come
 * as a warning, then the end. Asking the socket costs no round trip; hearing the end of the last
 * transaction may, and is waited for as anything is. */
static bool is_alive(struct connection *c)
{
	if (!pipeline_collect(c))
		return false;
	for (int i = 0; i < 3 && is_readable(c); i++)
		if (!PQconsumeInput(c->pg) || PQisBusy(c->pg))
			return false;
	return PQstatus(c->pg) == CONNECTION_OK && !c->warned;
}

/* Each turn throws away a connection that died while it was idle, and what is of its age, so
 * this ends with a good one, with a place for a new one, or with an error. A server that says
 * nothing has used up the time. */
static enum rc living_take(struct postgres_store *s, struct patience *patience, int64_t until_us, struct connection **ret,
                           struct err *err)
{
	for (;;) {
		TRY(place_take(s, until_us, ret, err));
		if (!*ret)
			return RC_OK;
		patience_take(*ret, patience, until_us);
		if (is_alive(*ret))
			return RC_OK;
		bool silent = (*ret)->silent;
		(*ret)->lost = (*ret)->gone = true;
		postgres_pool_give(*ret);
		if (silent)
			return unavailable(err, "silent");
	}
}

enum rc postgres_pool_take(struct store *store, struct patience *patience, int64_t until_us, struct connection **ret,
                           struct err *err)
{
	struct postgres_store *s = store_of(store);
	TRY(living_take(s, patience, until_us, ret, err));
	if (*ret)
		return RC_OK;
	enum rc rc = connection_open(s, patience, until_us, ret, err);
	attempt_note(s, rc == RC_OK);
	if (rc != RC_OK)
		place_free(s);
	return rc;
}

static void throw_away(struct connection *c)
{
	struct postgres_store *s = c->owner;
	pthread_mutex_lock(&s->lock);
	if (c->gone && c->epoch == s->epoch)
		s->epoch++;
	pthread_mutex_unlock(&s->lock);
	connection_close(c);
	place_free(s);
}

void postgres_pool_distrust(struct store *store)
{
	struct postgres_store *s = store_of(store);
	pthread_mutex_lock(&s->lock);
	s->epoch++;
	pthread_mutex_unlock(&s->lock);
}

void postgres_pool_give(struct connection *c)
{
	struct postgres_store *s = c->owner;
	bool idle = c->ending || PQtransactionStatus(c->pg) == PQTRANS_IDLE;
	c->patience = NULL;
	if (c->lost || PQstatus(c->pg) != CONNECTION_OK || !idle) {
		throw_away(c);
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
	close_all(s->idle);
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->lock);
	postgres_hosts_free(&s->hosts);
	free(s);
}

static void store_init(struct postgres_store *s)
{
	pthread_condattr_t steady;
	s->store.driver = &driver_postgres;
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&s->freed, &steady);
	pthread_condattr_destroy(&steady);
}

enum rc postgres_pool_open(const char *url, struct store **ret, struct err *err)
{
	struct connection *first;
	struct postgres_store *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	store_init(s);
	enum rc rc = postgres_hosts_read(url, &s->hosts, err);
	if (rc == RC_OK)
		rc = postgres_pool_take(&s->store, NULL, postgres_begin_until(NULL), &first, err);
	if (rc != RC_OK) {
		postgres_pool_close(&s->store);
		return rc;
	}
	postgres_pool_give(first);
	*ret = &s->store;
	return RC_OK;
}
