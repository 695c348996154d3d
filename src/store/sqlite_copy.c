/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_copy.c - see sqlite_copy.h. The engine's backup takes all pages in
 * one step and so in one read transaction: writers go on, and the copy is one
 * moment. Its end is a commit of the new file, fsync included. */
#include "store/sqlite_copy.h"

#include <stddef.h>

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
