/* SPDX-License-Identifier: EUPL-1.2
 * store/migrate.h - bring a database's tables to what this binary expects.
 *
 * Each room's .sql file carries numbered steps (`-- migration: 1`); mksql makes a
 * `struct schema` of them. Steps are applied in order, each room's in one
 * transaction, and remembered in table schema_step. A database that is newer
 * than the binary is refused, never touched. */
#pragma once
#include "store/store.h"

struct migration {
	int number;         /* 1, 2, ... without holes */
	const char *sqlite; /* statements separated by ';' */
	const char *postgres;
};

struct schema {
	const char *room; /* "identity" */
	const struct migration *steps;
	size_t n;
};

/* How far a database is from what this binary expects. */
struct schema_state {
	int64_t taken;   /* steps it has, of all rooms together: 0 in a fresh one */
	int64_t missing; /* steps it lacks */
};
struct upgrade {
	const struct schema *const *schemas;
	size_t n;
	int64_t now_us;
	/* Called before the first step when a database that has some lacks others: the moment to keep a way
	 * back. What it returns other than RC_OK ends the upgrade, untouched. NULL: nothing is asked. */
	enum rc (*before)(void *arg, struct store *store, const struct schema_state *state, struct err *err);
	void *arg;
};
/* As store_migrate() below, with a question in between. */
MUST_USE enum rc store_upgrade(struct store *store, const struct upgrade *upgrade, struct err *err);

/* The newest step of every room, by name; texts in tx_arena. */
struct schema_at {
	struct str room;
	int64_t number, n; /* n: how many steps it has */
};
MUST_USE enum rc store_steps(struct tx *tx, struct schema_at **ret, size_t *ret_n, struct err *err);

/* RC_OK        all steps are in place
 * RC_REFUSED   the database has a step this binary does not know
 * RC_BROKEN    a step failed; that room's transaction was rolled back */
MUST_USE enum rc store_migrate(struct store *store, const struct schema *const *schemas, size_t n, int64_t now_us,
                               struct err *err);
