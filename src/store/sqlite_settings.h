/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_settings.h - how a SQLite connection is opened, and with which
 * settings, by what it is for. For driver_sqlite.c alone. */
#pragma once
#include <sqlite3.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/rc.h"

enum sqlite_how {
	SQLITE_HOW_LIVE,      /* WAL, every commit durable */
	SQLITE_HOW_FROZEN,    /* read only; the file is replaced as a whole, never changed */
	SQLITE_HOW_BULK,      /* a new file nobody else sees yet: no journal, no fsync */
	SQLITE_HOW_BULK_MORE, /* the same for a file that is there, a copy */
};

/* As sqlite3_open_v2: *ret is to be closed even when it failed. */
int sqlite_settings_open(const char *path, enum sqlite_how how, bool reader, sqlite3 **ret);

/* Created by us, so that nobody else may read it. An existing file is not even
 * opened here: closing it again would drop the locks other connections of this
 * process hold on it.
 * RC_OK also when it is there already and that is what when_there says; else that.
 * RC_BROKEN: it cannot be made. */
MUST_USE enum rc sqlite_file_create(const char *path, enum rc when_there, struct err *err);

/* Whoever has to wait for the engine's lock does so until *until_us on the steady clock, which must live as long. */
void sqlite_settings_wait(sqlite3 *db, int64_t *until_us);
