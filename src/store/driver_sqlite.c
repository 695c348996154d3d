/* SPDX-License-Identifier: EUPL-1.2
 * store/driver_sqlite.c - the embedded engine behind store/driver.h.
 *
 * One connection writes; up to READERS_MAX connections read, each able to write
 * nothing (query_only). Writers of this process take turns here, for at most
 * WAIT_S; writers of other processes meet at the engine's own lock. A connection
 * keeps its prepared statements and finds them by the address of the query, so a
 * hot query allocates nothing but what its texts take in the arena.
 *
 * The WAL is checkpointed by store_checkpoint(), off the hot thread: first beside
 * the writers, then, when much came in meanwhile, once more in the writer's turn,
 * because only a complete checkpoint lets the WAL begin anew. When nobody calls
 * it, the writer does so itself past WAL_PAGES_MAX.
 *
 * What must stay true: a commit that failed has never happened. A failed fsync
 * leaves the frames of the transaction in the WAL file, where the next start would
 * find and replay them, so they are cut off (sqlite_tail.c). After a failed fsync the kernel
 * may have dropped pages it claims to have written: nothing is written or
 * checkpointed any more until the store is opened again. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/driver.h"
#include "store/prepared.h"
#include "store/sqlite_copy.h"
#include "store/sqlite_settings.h"
#include "store/sqlite_tail.h"

#define READERS_MAX 16
#define WAIT_S 5
#define WAL_PAGES_MAX 65536  /* 256 MiB: the writer checkpoints by itself */
#define WAL_PAGES_RETRY 8192 /* and tries again after so many more, when a reader was in the way */
#define WAL_PAGES_CALM 1024  /* fewer than this left: store_checkpoint leaves the writer alone */

struct sqlite_store;
struct connection {
	struct tx tx; /* first: see driver.h */
	struct sqlite_store *owner;
	sqlite3 *db;
	struct prepared prepared; /* sqlite3_stmt */
	int wal_pages;            /* after the last commit */
	int64_t lock_until_us;    /* of the BEGIN under way */
	struct connection *next;
};

struct sqlite_store {
	struct store store; /* first */
	char *path;
	enum sqlite_how how;
	struct stat frozen;   /* the file as it was before it was opened frozen */
	pthread_mutex_t lock; /* guards the five below */
	pthread_cond_t freed;
	struct connection *writer, *idle;
	size_t readers;
	bool writing;
	pthread_mutex_t checkpoint_lock; /* guards the checkpointer */
	struct connection *checkpointer;
	int wal_next;       /* pages at which the writer checkpoints; the writer's own */
	atomic_bool broken; /* an fsync failed: no write, no checkpoint */
};

static const struct query q_begin_read = {.name = "begin", .sqlite = "BEGIN", .params = "", .columns = ""};
static const struct query q_begin_write = {.name = "begin", .sqlite = "BEGIN IMMEDIATE", .params = "", .columns = ""};
static const struct query q_commit = {.name = "commit", .sqlite = "COMMIT", .params = "", .columns = ""};
static const struct query q_rollback = {.name = "rollback", .sqlite = "ROLLBACK", .params = "", .columns = ""};
static const struct query q_savepoints[] = {
        [SAVEPOINT_BEGIN] = {.name = "savepoint", .sqlite = "SAVEPOINT step", .params = "", .columns = ""},
        [SAVEPOINT_RELEASE] = {.name = "release", .sqlite = "RELEASE step", .params = "", .columns = ""},
        [SAVEPOINT_UNDO] = {.name = "undo", .sqlite = "ROLLBACK TO step", .params = "", .columns = ""},
};

static struct sqlite_store *store_of(struct store *store)
{
	return (struct sqlite_store *)store;
}

static struct connection *connection_of(struct tx *tx)
{
	return (struct connection *)tx;
}

/* ---- errors ---- */

static bool is_conflict(int code)
{
	return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	       code == SQLITE_CONSTRAINT_ROWID || code == SQLITE_CONSTRAINT_CHECK;
}

static bool is_failed_sync(int code)
{
	return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

/* The engine's class of message only: its full text might quote a value. */
static enum rc engine_failed(struct connection *c, const struct query *query, int code, struct err *err)
{
	if (is_failed_sync(code))
		atomic_store(&c->owner->broken, true);
	enum rc rc = is_conflict(code) ? FAIL(err, RC_CONFLICT, "Data itu sudah ada atau tidak memenuhi syarat")
	                               : FAIL(err, RC_BROKEN, "Basis data sedang bermasalah");
	err_detail(err, "%s: sqlite %d %s", query_name(query), code, sqlite3_errstr(code));
	return rc;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "Memori tidak cukup");
}

/* ---- prepared statements ---- */

static enum rc prepare(sqlite3 *db, const struct query *query, sqlite3_stmt **ret, struct err *err)
{
	const char *rest = "";
	int code = sqlite3_prepare_v3(db, query->sqlite, -1, SQLITE_PREPARE_PERSISTENT, ret, &rest);
	size_t params = strlen(query->params), columns = strlen(query->columns);
	if (code != SQLITE_OK || !*ret || *rest) {
		enum rc rc = FAIL(err, RC_BROKEN, "Kueri tidak cocok dengan basis data");
		err_detail(err, "%s: sqlite %d %s", query_name(query), code,
		           sqlite3_errmsg(db)); /* of the text alone */
		return rc;
	}
	size_t has_params = (size_t)sqlite3_bind_parameter_count(*ret),
	       has_columns = (size_t)sqlite3_column_count(*ret);
	if (params == has_params && columns == has_columns && params <= QUERY_FIELDS_MAX && columns <= QUERY_FIELDS_MAX)
		return RC_OK;
	sqlite3_finalize(*ret);
	*ret = NULL;
	return fail_shape(query, has_params, has_columns, err);
}

static enum rc statement_get(struct connection *c, const struct query *query, sqlite3_stmt **ret, struct err *err)
{
	const struct prepared_entry *found = prepared_find(&c->prepared, query);
	if (found) {
		*ret = found->stmt;
		return RC_OK;
	}
	TRY(prepare(c->db, query, ret, err));
	if (prepared_add(&c->prepared, query, *ret))
		return RC_OK;
	sqlite3_finalize(*ret);
	return no_memory(err);
}

/* Texts stay where they are: the caller's values outlive the step. */
static int value_bind(sqlite3_stmt *stmt, int at, char type, const struct value *v)
{
	if (v->null)
		return sqlite3_bind_null(stmt, at);
	switch (type) {
	case 'i':
	case 'I': return sqlite3_bind_int64(stmt, at, v->i);
	case 't':
	case 'T': return sqlite3_bind_text64(stmt, at, v->s.at ? v->s.at : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	default: return sqlite3_bind_blob64(stmt, at, v->s.at ? v->s.at : "", v->s.n, SQLITE_STATIC);
	}
}

/* The statement with its parameters in place, ready to step. */
static enum rc values_bind(struct connection *c, const struct query *query, sqlite3_stmt *stmt, const struct value *in,
                           struct err *err)
{
	for (int i = 0; query->params[i]; i++) {
		assert(in); /* a query without parameters never comes here */
		int code = value_bind(stmt, i + 1, query->params[i], &in[i]);
		if (code != SQLITE_OK)
			return engine_failed(c, query, code, err);
	}
	return RC_OK;
}

static enum rc column_take(struct connection *c, const struct query *query, sqlite3_stmt *stmt, int i,
                           struct value *ret, struct err *err)
{
	static const char kinds[] = {
	        [SQLITE_INTEGER] = 'i', [SQLITE_TEXT] = 't', [SQLITE_BLOB] = 'b', [SQLITE_FLOAT] = 'f'};
	char type = query->columns[i];
	int has = sqlite3_column_type(stmt, i);
	if (has == SQLITE_NULL) {
		*ret = (struct value){.null = true};
		return type >= 'a' ? fail_null(query, (size_t)i, err) : RC_OK;
	}
	if ((type | 0x20) != kinds[has])
		return fail_type(query, (size_t)i, err);
	if (has == SQLITE_INTEGER) {
		*ret = (struct value){.i = sqlite3_column_int64(stmt, i)};
		return RC_OK;
	}
	const void *at = has == SQLITE_TEXT ? (const void *)sqlite3_column_text(stmt, i) : sqlite3_column_blob(stmt, i);
	size_t n = (size_t)sqlite3_column_bytes(stmt, i);
	if (!at && n)
		return no_memory(err);
	return value_copy(&c->tx, query, at, n, ret, err);
}

static enum rc row_take(struct connection *c, const struct query *query, sqlite3_stmt *stmt, struct value *out,
                        struct err *err)
{
	for (int i = 0; query->columns[i]; i++)
		TRY(column_take(c, query, stmt, i, &out[i], err));
	return RC_OK;
}

/* ---- queries ---- */

/* One run that may give one row. The statement is reset by the caller. */
static enum rc run_single(struct connection *c, const struct query *query, sqlite3_stmt *stmt, const struct value *in,
                          struct value *out, bool *found, struct err *err)
{
	TRY(values_bind(c, query, stmt, in, err));
	int code = sqlite3_step(stmt);
	*found = code == SQLITE_ROW;
	if (code == SQLITE_ROW) {
		if (out)
			TRY(row_take(c, query, stmt, out, err));
		code = sqlite3_step(stmt);
	}
	if (code == SQLITE_ROW)
		return fail_not_single(query, err);
	return code == SQLITE_DONE ? RC_OK : engine_failed(c, query, code, err);
}

/* Some errors (full disk, I/O) make the engine roll back by itself. What came
 * after would then be committed statement by statement: refuse it. */
static enum rc statement_start(struct connection *c, const struct query *query, sqlite3_stmt **ret, struct err *err)
{
	if (sqlite3_get_autocommit(c->db))
		return engine_failed(c, query, SQLITE_ABORT_ROLLBACK, err);
	return statement_get(c, query, ret, err);
}

static enum rc sqlite_one(struct tx *tx, const struct query *query, const struct value *in, struct value *out,
                          struct err *err)
{
	struct connection *c = connection_of(tx);
	sqlite3_stmt *stmt;
	bool found = false;
	TRY(statement_start(c, query, &stmt, err));
	enum rc rc = run_single(c, query, stmt, in, out, &found, err);
	sqlite3_reset(stmt);
	return rc == RC_OK && !found ? fail_absent(query, err) : rc;
}

static enum rc rows_take(struct connection *c, const struct query *query, sqlite3_stmt *stmt, struct rows *rows,
                         struct err *err)
{
	int code;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct value *row;
		TRY(rows_next(&c->tx, rows, query, &row, err));
		TRY(row_take(c, query, stmt, row, err));
	}
	return code == SQLITE_DONE ? RC_OK : engine_failed(c, query, code, err);
}

static enum rc sqlite_many(struct tx *tx, const struct query *query, const struct value *in, size_t max,
                           struct value **ret, size_t *ret_n, struct err *err)
{
	struct connection *c = connection_of(tx);
	struct rows rows = {.max = max, .columns = strlen(query->columns)};
	sqlite3_stmt *stmt;
	TRY(statement_start(c, query, &stmt, err));
	TRY(values_bind(c, query, stmt, in, err));
	enum rc rc = rows_take(c, query, stmt, &rows, err);
	sqlite3_reset(stmt);
	*ret = rows.at;
	*ret_n = rows.n;
	return rc;
}

static enum rc sqlite_exec(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
                           struct err *err)
{
	struct connection *c = connection_of(tx);
	sqlite3_stmt *stmt;
	bool found;
	TRY(statement_start(c, query, &stmt, err));
	enum rc rc = run_single(c, query, stmt, in, NULL, &found, err);
	sqlite3_reset(stmt);
	if (rc == RC_OK && ret_changed)
		*ret_changed = sqlite3_changes64(c->db);
	return rc;
}

static enum rc sqlite_batch(struct tx *tx, const struct query *query, size_t n, const struct value *in,
                            struct value *out, bool *found, struct err *err)
{
	struct connection *c = connection_of(tx);
	size_t params = strlen(query->params), columns = strlen(query->columns);
	sqlite3_stmt *stmt;
	TRY(statement_start(c, query, &stmt, err));
	enum rc rc = RC_OK;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		bool hit;
		rc = run_single(c, query, stmt, in + i * params, out ? out + i * columns : NULL, &hit, err);
		sqlite3_reset(stmt);
		if (found)
			found[i] = hit;
		for (size_t k = 0; out && !hit && k < columns; k++)
			out[i * columns + k] = (struct value){.null = true};
	}
	return rc;
}

/* ---- connections ---- */

static int remember_wal_pages(void *connection, sqlite3 *db, const char *schema, int pages)
{
	(void)db;
	(void)schema;
	((struct connection *)connection)->wal_pages = pages;
	return SQLITE_OK;
}

static void connection_close(struct connection *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->prepared.places; i++)
		sqlite3_finalize(c->prepared.at[i].stmt);
	if (c->db && atomic_load(&c->owner->broken))
		sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
	sqlite3_close(c->db);
	arena_free(&c->tx.arena);
	prepared_free(&c->prepared);
	free(c);
}

static enum rc connection_open(struct sqlite_store *s, bool reader, struct connection **ret, struct err *err)
{
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		return no_memory(err);
	c->owner = s;
	c->tx.driver = &driver_sqlite;
	arena_init(&c->tx.arena, TX_ARENA_MAX);
	int code = sqlite_settings_open(s->path, s->how, reader, &c->db);
	if (code != SQLITE_OK) {
		connection_close(c);
		enum rc rc = FAIL(err, RC_BROKEN, "Basis data tidak dapat dibuka");
		err_detail(err, "sqlite %d %s: %s", code, sqlite3_errstr(code), s->path);
		return rc;
	}
	sqlite3_wal_hook(c->db, remember_wal_pages, c);
	*ret = c;
	return RC_OK;
}

static bool store_init(struct sqlite_store *s, const char *path)
{
	pthread_condattr_t steady;
	s->store.driver = &driver_sqlite;
	s->wal_next = WAL_PAGES_MAX;
	s->path = strdup(path);
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->checkpoint_lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&s->freed, &steady);
	pthread_condattr_destroy(&steady);
	return s->path != NULL;
}

static void sqlite_close(struct store *store)
{
	struct sqlite_store *s = store_of(store);
	for (struct connection *c = s->idle, *next; c; c = next) {
		next = c->next;
		connection_close(c);
	}
	connection_close(s->checkpointer);
	connection_close(s->writer);
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->checkpoint_lock);
	pthread_mutex_destroy(&s->lock);
	free(s->path);
	free(s);
}

static enum rc open_live(struct sqlite_store *s, struct err *err)
{
	TRY(sqlite_file_create(s->path, s->how == SQLITE_HOW_BULK ? RC_CONFLICT : RC_OK, err));
	return connection_open(s, false, &s->writer, err);
}

/* A frozen store has readers only; the first is opened now, to know that it can be. */
static enum rc open_frozen(struct sqlite_store *s, struct err *err)
{
	if (stat(s->path, &s->frozen) != 0)
		return errno == ENOENT ? FAIL(err, RC_ABSENT, "Basis data belum ada")
		                       : FAIL(err, RC_BROKEN, "Basis data tidak dapat dibuka");
	TRY(connection_open(s, true, &s->idle, err));
	s->readers = 1;
	return RC_OK;
}

static enum rc open_how(const char *url, enum sqlite_how how, struct store **ret, struct err *err)
{
	const char *path = url + strlen(driver_sqlite.scheme);
	if (!*path || *path == ':')
		return FAIL(err, RC_INVALID, "Alamat basis data tidak menyebut berkas");
	struct sqlite_store *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	s->how = how;
	enum rc rc = store_init(s, path) ? RC_OK : no_memory(err);
	if (rc == RC_OK)
		rc = how == SQLITE_HOW_FROZEN ? open_frozen(s, err) : open_live(s, err);
	if (rc != RC_OK) {
		sqlite_close(&s->store);
		return rc;
	}
	*ret = &s->store;
	return RC_OK;
}

static enum rc sqlite_open(const char *url, struct store **ret, struct err *err)
{
	return open_how(url, SQLITE_HOW_LIVE, ret, err);
}

static enum rc sqlite_open_bulk(const char *url, bool there, struct store **ret, struct err *err)
{
	return open_how(url, there ? SQLITE_HOW_BULK_MORE : SQLITE_HOW_BULK, ret, err);
}

static enum rc sqlite_open_frozen(const char *url, struct store **ret, struct err *err)
{
	return open_how(url, SQLITE_HOW_FROZEN, ret, err);
}

/* A file that is gone is not stale: what is open stays readable. */
static bool sqlite_is_stale(const struct store *store)
{
	const struct sqlite_store *s = (const struct sqlite_store *)store;
	struct stat now;
	if (s->how != SQLITE_HOW_FROZEN || stat(s->path, &now) != 0)
		return false;
	return now.st_ino != s->frozen.st_ino || now.st_dev != s->frozen.st_dev ||
	       memcmp(&now.st_mtim, &s->frozen.st_mtim, sizeof now.st_mtim) != 0;
}

/* ---- who may have which connection ---- */

static enum rc too_long(struct err *err)
{
	return FAIL(err, RC_BROKEN, "Basis data sedang sibuk (tidak ada sambungan yang bebas)");
}

static int64_t in_a_while(void)
{
	return clock_steady_us() + WAIT_S * US_PER_S;
}

static struct timespec wait_until(int64_t until_us)
{
	return (struct timespec){.tv_sec = until_us / US_PER_S, .tv_nsec = until_us % US_PER_S * 1000};
}

static enum rc writer_take(struct sqlite_store *s, int64_t until_us, struct connection **ret, struct err *err)
{
	struct timespec until = wait_until(until_us);
	int waited = 0;
	pthread_mutex_lock(&s->lock);
	while (s->writing && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	bool taken = !s->writing;
	if (taken)
		s->writing = true;
	pthread_mutex_unlock(&s->lock);
	*ret = s->writer;
	return taken ? RC_OK : too_long(err);
}

/* *ret is NULL when the reader has yet to be opened. */
static bool reader_wait(struct sqlite_store *s, int64_t until_us, struct connection **ret)
{
	struct timespec until = wait_until(until_us);
	int waited = 0;
	pthread_mutex_lock(&s->lock);
	while (!s->idle && s->readers == READERS_MAX && waited == 0)
		waited = pthread_cond_timedwait(&s->freed, &s->lock, &until);
	*ret = s->idle;
	bool room = s->idle || s->readers < READERS_MAX;
	if (s->idle)
		s->idle = s->idle->next;
	else if (room)
		s->readers++;
	pthread_mutex_unlock(&s->lock);
	return room;
}

static enum rc reader_take(struct sqlite_store *s, int64_t until_us, struct connection **ret, struct err *err)
{
	if (!reader_wait(s, until_us, ret))
		return too_long(err);
	enum rc rc = *ret ? RC_OK : connection_open(s, true, ret, err);
	if (rc == RC_OK)
		return RC_OK;
	pthread_mutex_lock(&s->lock);
	s->readers--;
	pthread_cond_broadcast(&s->freed);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static void give_back(struct connection *c)
{
	struct sqlite_store *s = c->owner;
	arena_reset(&c->tx.arena);
	pthread_mutex_lock(&s->lock);
	if (c == s->writer) {
		s->writing = false;
	} else {
		c->next = s->idle;
		s->idle = c;
	}
	pthread_cond_broadcast(&s->freed); /* readers, writers and the checkpoint wait at one place */
	pthread_mutex_unlock(&s->lock);
}

/* ---- transactions ---- */

static enum rc control(struct connection *c, const struct query *query, struct err *err)
{
	sqlite3_stmt *stmt;
	bool found;
	TRY(statement_get(c, query, &stmt, err));
	enum rc rc = run_single(c, query, stmt, NULL, NULL, &found, err);
	sqlite3_reset(stmt);
	return rc;
}

static enum rc stopped(struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Basis data harus dibuka ulang");
	err_detail(err, "sqlite: an fsync failed earlier");
	return rc;
}

/* First the turn among ourselves, then the engine's lock, which other processes may hold. */
static enum rc begin_until(struct sqlite_store *s, enum tx_mode mode, int64_t until_us, struct tx **ret, struct err *err)
{
	struct connection *c;
	TRY(mode == TX_WRITE ? writer_take(s, until_us, &c, err) : reader_take(s, until_us, &c, err));
	c->lock_until_us = until_us;
	sqlite_settings_wait(c->db, &c->lock_until_us);
	enum rc rc = control(c, mode == TX_WRITE ? &q_begin_write : &q_begin_read, err);
	sqlite3_busy_timeout(c->db, WAIT_S * 1000);
	c->tx.mode = mode;
	*ret = rc == RC_OK ? &c->tx : NULL;
	if (rc != RC_OK)
		give_back(c);
	return rc;
}

static enum rc sqlite_begin(struct store *store, enum tx_mode mode, struct patience *patience, struct tx **ret, struct err *err)
{
	struct sqlite_store *s = store_of(store);
	if (mode == TX_WRITE && s->how == SQLITE_HOW_FROZEN)
		return FAIL(err, RC_REFUSED, "Basis data ini hanya dapat dibaca");
	if (mode == TX_WRITE && atomic_load(&s->broken))
		return stopped(err);
	if (!patience)
		return begin_until(s, mode, in_a_while(), ret, err);
	atomic_store(&patience->since_us, clock_steady_us());
	enum rc rc = begin_until(s, mode, patience->since_us + patience->us, ret, err);
	atomic_store(&patience->since_us, 0);
	return rc;
}

static void roll_back(struct connection *c)
{
	if (!sqlite3_get_autocommit(c->db) && control(c, &q_rollback, NULL) != RC_OK)
		atomic_store(&c->owner->broken, true); /* cannot happen; then never write on it again */
}

/* The safety net of the WAL: see the head of this file. The commit has already
 * succeeded, so what goes wrong here is not its failure. */
static void wal_bound(struct connection *c)
{
	struct sqlite_store *s = c->owner;
	int pages = 0, done = 0;
	if (c->wal_pages < s->wal_next)
		return;
	int code = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &done);
	if (is_failed_sync(code))
		atomic_store(&s->broken, true);
	s->wal_next = code == SQLITE_OK && done == pages ? WAL_PAGES_MAX : c->wal_pages + WAL_PAGES_RETRY;
}

static enum rc commit_write(struct connection *c, struct err *err)
{
	if (sqlite3_get_autocommit(c->db)) /* the engine rolled back after an error that was ignored */
		return engine_failed(c, &q_commit, SQLITE_ABORT_ROLLBACK, err);
	enum rc rc = control(c, &q_commit, err);
	if (rc == RC_OK) {
		wal_bound(c);
		return RC_OK;
	}
	roll_back(c);
	if (!sqlite_tail_cut(c->db))
		atomic_store(&c->owner->broken, true);
	return RC_BROKEN;
}

static enum rc sqlite_commit(struct tx *tx, enum tx_fate *ret, struct err *err)
{
	struct connection *c = connection_of(tx);
	enum rc rc = RC_OK;
	if (tx->mode == TX_WRITE)
		rc = commit_write(c, err);
	else
		roll_back(c);
	*ret = TX_UNDONE; /* a commit that failed has never happened */
	give_back(c);
	return rc;
}

static void sqlite_rollback(struct tx *tx)
{
	roll_back(connection_of(tx));
	give_back(connection_of(tx));
}

static enum rc sqlite_savepoint(struct tx *tx, enum savepoint_step step, struct err *err)
{
	struct connection *c = connection_of(tx);
	if (sqlite3_get_autocommit(c->db))
		return engine_failed(c, &q_savepoints[step], SQLITE_ABORT_ROLLBACK, err);
	TRY(control(c, &q_savepoints[step], err));
	return step == SAVEPOINT_UNDO ? control(c, &q_savepoints[SAVEPOINT_RELEASE], err) : RC_OK;
}

/* ---- migrations ---- */

static enum rc sqlite_migrate_lock(struct tx *tx, struct err *err)
{
	(void)tx, (void)err; /* BEGIN IMMEDIATE is the lock */
	return RC_OK;
}

static enum rc sqlite_migrate_step(struct tx *tx, const struct migration *step, struct err *err)
{
	struct connection *c = connection_of(tx);
	int code = sqlite3_exec(c->db, step->sqlite, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		return RC_OK;
	enum rc rc = FAIL(err, RC_BROKEN, "Pembaruan basis data gagal");
	err_detail(err, "step %d: sqlite %d %s", step->number, code, sqlite3_errmsg(c->db));
	return rc;
}

/* ---- checking, checkpoint, copy ---- */

/* A result column that is a table's column has a declared type to compare. */
static enum rc declared_check(const struct query *query, sqlite3_stmt *stmt, struct err *err)
{
	for (int i = 0; query->columns[i]; i++) {
		const char *declared = sqlite3_column_decltype(stmt, i);
		char type = (char)(query->columns[i] | 0x20);
		const char *expected = type == 'i' ? "INTEGER" : type == 't' ? "TEXT" : "BLOB";
		if (declared && sqlite3_stricmp(declared, expected) != 0)
			return fail_type(query, (size_t)i, err);
	}
	return RC_OK;
}

static enum rc sqlite_check(struct store *store, const struct query *query, struct err *err)
{
	struct connection *c;
	sqlite3_stmt *stmt = NULL;
	TRY(reader_take(store_of(store), in_a_while(), &c, err));
	enum rc rc = prepare(c->db, query, &stmt, err);
	if (rc == RC_OK)
		rc = declared_check(query, stmt, err);
	sqlite3_finalize(stmt);
	give_back(c);
	return rc;
}

static enum rc checkpoint_run(struct connection *c, int *ret_left, struct err *err)
{
	int pages = 0, done = 0;
	int code = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &done);
	*ret_left = pages - done;
	if (code == SQLITE_OK || code == SQLITE_BUSY) /* busy: another process is at it */
		return RC_OK;
	static const struct query checkpoint = {.name = "checkpoint"};
	return engine_failed(c, &checkpoint, code, err);
}

/* Once more with the writer held, so that nothing comes in meanwhile. */
static enum rc checkpoint_alone(struct sqlite_store *s, struct err *err)
{
	struct connection *writer;
	int left;
	TRY(writer_take(s, in_a_while(), &writer, err));
	enum rc rc = checkpoint_run(s->checkpointer, &left, err);
	give_back(writer);
	return rc;
}

static enum rc checkpoint_locked(struct sqlite_store *s, struct err *err)
{
	int left = 0;
	if (atomic_load(&s->broken))
		return stopped(err);
	if (!s->checkpointer)
		TRY(connection_open(s, false, &s->checkpointer, err));
	TRY(checkpoint_run(s->checkpointer, &left, err));
	return left > WAL_PAGES_CALM ? checkpoint_alone(s, err) : RC_OK;
}

static enum rc sqlite_checkpoint(struct store *store, struct err *err)
{
	struct sqlite_store *s = store_of(store);
	pthread_mutex_lock(&s->checkpoint_lock);
	enum rc rc = checkpoint_locked(s, err);
	pthread_mutex_unlock(&s->checkpoint_lock);
	return rc;
}

static enum rc copy_into(struct connection *c, const char *path, struct err *err)
{
	TRY(sqlite_file_create(path, RC_CONFLICT, err));
	int code = sqlite_copy_pages(c->db, path);
	if (code == SQLITE_OK)
		return RC_OK;
	unlink(path);
	enum rc rc = FAIL(err, RC_BROKEN, "Salinan basis data gagal dibuat");
	err_detail(err, "sqlite %d %s: %s", code, sqlite3_errstr(code), path);
	return rc;
}

static enum rc sqlite_copy(struct store *store, const char *path, struct err *err)
{
	struct connection *c;
	TRY(reader_take(store_of(store), in_a_while(), &c, err));
	enum rc rc = copy_into(c, path, err);
	give_back(c);
	return rc;
}

static enum rc sqlite_sound(struct store *store, struct err *err)
{
	struct connection *c;
	TRY(reader_take(store_of(store), in_a_while(), &c, err));
	int code = sqlite_pages_sound(c->db);
	bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
	enum rc rc = damaged ? FAIL(err, RC_REFUSED, "Berkas basis data rusak") : RC_OK;
	if (code != SQLITE_OK && !damaged)
		rc = engine_failed(c, NULL, code, err);
	give_back(c);
	return rc;
}

static bool sqlite_is_poisoned(const struct store *store)
{
	const struct sqlite_store *s = (const struct sqlite_store *)store;
	return atomic_load(&s->broken);
}

const struct driver driver_sqlite = {
        .scheme = "sqlite:",
        .open = sqlite_open,
        .open_bulk = sqlite_open_bulk,
        .open_frozen = sqlite_open_frozen,
        .is_stale = sqlite_is_stale,
        .close = sqlite_close,
        .is_poisoned = sqlite_is_poisoned,
        .begin = sqlite_begin,
        .commit = sqlite_commit,
        .rollback = sqlite_rollback,
        .savepoint = sqlite_savepoint,
        .one = sqlite_one,
        .many = sqlite_many,
        .exec = sqlite_exec,
        .batch = sqlite_batch,
        .check = sqlite_check,
        .migrate_lock = sqlite_migrate_lock,
        .migrate_step = sqlite_migrate_step,
        .checkpoint = sqlite_checkpoint,
        .copy = sqlite_copy,
        .sound = sqlite_sound,
        .transfer = &sqlite_transfer,
};
