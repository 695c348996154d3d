/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_copy.c - see sqlite_copy.h. The engine's backup takes all pages in
 * one step and so in one read transaction: writers go on, and the copy is one
 * moment. Its end is a commit of the new file, fsync included. */
#include "store/sqlite_copy.h"

#include <stddef.h>
#include <string.h>

static int copy_into(sqlite3 *from, sqlite3 *into)
{
	sqlite3_backup *backup = sqlite3_backup_init(into, "main", from, "main");
	if (!backup)
		return sqlite3_extended_errcode(into);
	sqlite3_backup_step(backup, -1);
	return sqlite3_backup_finish(backup);
}

int sqlite_copy_pages(sqlite3 *from, const char *path)
{
	sqlite3 *into = NULL;
	int code = sqlite3_open_v2(path, &into, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK)
		code = copy_into(from, into);
	int closed = sqlite3_close(into);
	return code == SQLITE_OK ? closed : code;
}

/* The first finding is enough; "ok" is the only row when there is none. */
int sqlite_pages_sound(sqlite3 *db)
{
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
	if (code != SQLITE_OK)
		return code;
	code = sqlite3_step(stmt);
	const char *word = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
	if (code == SQLITE_ROW)
		code = word && strcmp(word, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
	sqlite3_finalize(stmt);
	return code;
}
