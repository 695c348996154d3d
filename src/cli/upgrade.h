/* SPDX-License-Identifier: EUPL-1.2
 * cli/upgrade.h - a database that an older Padan made, brought to this one, with a way back.
 *
 * Embedded: a checked copy of the office database is laid beside it first, "office.db.sebelum-N" where N
 * is how many schema steps it had; the newest UPGRADE_KEPT stay. PostgreSQL: nobody upgrades in passing;
 * `padan upgrade` does, and tells the place in the server's log to which pgBackRest can go back. */
#pragma once
#include "cli/app.h"
#include "store/migrate.h"

#define UPGRADE_KEPT 2
/* For struct upgrade: what happens before the first step. `arg` is the app.
 * RC_REFUSED  PostgreSQL, and this is not `padan upgrade` (app->upgrade)
 * RC_BROKEN   the copy could not be made, or is not sound */
MUST_USE enum rc upgrade_before(void *arg, struct store *store, const struct schema_state *state, struct err *err);

/* The newest copy beside the office: its path in `out` (of `max` bytes), and N.
 * RC_ABSENT: there is none. */
MUST_USE enum rc upgrade_newest(const char *office, char *out, size_t max, int64_t *ret_n, struct err *err);
