/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_copy.h - a consistent copy of a SQLite database. For
 * driver_sqlite.c alone. */
#pragma once
#include <sqlite3.h>

/* Everything `from` holds, as of one moment, into the empty file `path`, durably.
 * An SQLite result code; when it is not SQLITE_OK the file is worth nothing. */
int sqlite_copy_pages(sqlite3 *from, const char *path);
/* Is every page where it belongs? SQLITE_CORRUPT: no. */
int sqlite_pages_sound(sqlite3 *db);
