/* SPDX-License-Identifier: EUPL-1.2
 * store/driver.h - what one engine must be able to do. For the room `store` alone.
 *
 * store.c, query.c and migrate.c hold the contracts of the doors; a driver holds
 * the engine. Each driver embeds `struct store` and `struct tx` as the first
 * member of its own structs, so that the pointer of one is the pointer of the other. */
#pragma once
#include "store/migrate.h"
#include "store/query.h"

struct transfer_engine;
enum savepoint_step { SAVEPOINT_BEGIN, SAVEPOINT_RELEASE, SAVEPOINT_UNDO };

struct driver {
	const char *scheme; /* how its URLs begin: "sqlite:" */
	enum rc (*open)(const char *url, struct store **ret, struct err *err);
	void (*close)(struct store *store);
	/* store/bulk.h. NULL in an engine that keeps no file of its own. */
	enum rc (*open_bulk)(const char *url, bool there, struct store **ret, struct err *err);
	enum rc (*open_frozen)(const char *url, struct store **ret, struct err *err);
	bool (*is_stale)(const struct store *store);
	bool (*is_poisoned)(const struct store *store);
	void (*distrust)(struct store *store); /* NULL: there is no way to the engine that could break */
	/* *ret is linked to its driver; its arena is empty. */
	enum rc (*begin)(struct store *store, enum tx_mode mode, struct patience *patience, struct tx **ret,
	                 struct err *err);
	/* Both end the transaction and take its connection back, whatever happens. *ret is set on
	 * failure alone. */
	enum rc (*commit)(struct tx *tx, enum tx_fate *ret, struct err *err);
	void (*rollback)(struct tx *tx);
	enum rc (*savepoint)(struct tx *tx, enum savepoint_step step, struct err *err);
	/* tx_take_turn(). NULL in an engine that has one writer. */
	enum rc (*turn)(struct tx *tx, enum tx_turn turn, struct err *err);
	/* Queries, as store/query.h promises them. */
	enum rc (*one)(struct tx *tx, const struct query *query, const struct value *in, struct value *out,
	               struct err *err);
	enum rc (*many)(struct tx *tx, const struct query *query, const struct value *in, size_t max,
	                struct value **ret, size_t *ret_n, struct err *err);
	enum rc (*exec)(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
	                struct err *err);
	enum rc (*batch)(struct tx *tx, const struct query *query, size_t n, const struct value *in, struct value *out,
	                 bool *found, struct err *err);
	enum rc (*check)(struct store *store, const struct query *query, struct err *err);
	/* Migrations: one process at a time, and the statements of one step. */
	enum rc (*migrate_lock)(struct tx *tx, struct err *err);
	enum rc (*migrate_step)(struct tx *tx, const struct migration *step, struct err *err);
	enum rc (*checkpoint)(struct store *store, struct err *err);
	enum rc (*copy)(struct store *store, const char *path, struct err *err);
	/* store_sound, store_restore_point, store_setting. NULL: as the door says. */
	enum rc (*sound)(struct store *store, struct err *err);
	enum rc (*restore_point)(struct store *store, const char *name, char out[STORE_POINT_MAX], struct err *err);
	enum rc (*setting)(struct store *store, const char *name, char out[STORE_SETTING_MAX], struct err *err);
	const struct transfer_engine *transfer; /* store/transfer_table.h */
};

struct store {
	const struct driver *driver;
};

/* Marks of one transaction (store/mark.c); all zero when it begins. */
#define MARKS_MAX 4
struct tx_marks {
	const char *moved[MARKS_MAX]; /* by this transaction; ascending, then NULL */
	const char *seen;             /* `mark` is how this one was found; NULL: none was asked for */
	int64_t mark;
};

struct tx {
	const struct driver *driver;
	struct arena arena;
	enum tx_mode mode;
	enum tx_fate fate;
	struct tx_marks marks;
};

/* A marking query is about to run. */
void marks_note(struct tx *tx, const struct query *query);
/* Give every mark that was noted its new number. The last thing of a transaction. */
enum rc marks_move(struct tx *tx, struct err *err);

extern const struct driver driver_sqlite;
extern const struct driver driver_postgres;
extern const struct transfer_engine sqlite_transfer, postgres_transfer;
/* By how the URL begins. RC_INVALID: no engine of ours. */
enum rc driver_of_url(const char *url, const struct driver **ret, struct err *err);

/* Rows that arrive one at a time, kept in the transaction's arena. */
struct rows {
	struct value *at;
	size_t n, cap, max, columns;
};
/* Where the next row goes. RC_LIMIT: it would be one more than `max`, or no room. */
enum rc rows_next(struct tx *tx, struct rows *rows, const struct query *query, struct value **ret, struct err *err);
/* A text or blob from the engine into the arena; never an absent one. */
enum rc value_copy(struct tx *tx, const struct query *query, const void *at, size_t n, struct value *ret,
                   struct err *err);

/* The errors every driver words alike; `query` may be NULL. */
enum rc fail_absent(const struct query *query, struct err *err);
enum rc fail_not_single(const struct query *query, struct err *err);
enum rc fail_null(const struct query *query, size_t column, struct err *err);
enum rc fail_type(const struct query *query, size_t column, struct err *err);
enum rc fail_shape(const struct query *query, size_t params, size_t columns, struct err *err);
static inline const char *query_name(const struct query *query)
{
	return query ? query->name : "?";
}
