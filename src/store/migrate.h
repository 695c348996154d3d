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

/* RC_OK        all steps are in place
 * RC_REFUSED   the database has a step this binary does not know
 * RC_BROKEN    a step failed; that room's transaction was rolled back */
MUST_USE enum rc store_migrate(struct store *store, const struct schema *const *schemas, size_t n, int64_t now_us,
                               struct err *err);
