/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_tail.h - make sure that a failed commit never happened. For
 * driver_sqlite.c alone. */
#pragma once
#include <sqlite3.h>
#include <stdbool.h>

/* Cut off what a failed COMMIT left behind the last good frame of the WAL. No
 * transaction may be open on db. false: it may still be there. */
bool sqlite_tail_cut(sqlite3 *db);
