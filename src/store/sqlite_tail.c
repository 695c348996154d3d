/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_tail.c - see sqlite_tail.h.
 *
 * A COMMIT whose fsync fails has already written its frames, the last of them
 * marked as a commit, with good checksums. The engine forgets them, but the file
 * does not: if the process ends now, the next one recovers the WAL and replays a
 * transaction whose caller was told that it failed. The shared wal-index knows the
 * last frame that counts (https://sqlite.org/walformat.html, 2.1: mxFrame and the
 * page size in its header); everything after it is cut off while the write lock
 * keeps other processes away. */
#include "store/sqlite_tail.h"

#include <stdint.h>
#include <string.h>

#define WAL_HEADER 32
#define FRAME_HEADER 24
#define INDEX_REGION 32768 /* size of the first mapped part of the wal-index */
#define INDEX_PAGE_SIZE 14 /* where it says so: uint16, 1 means 65536 */
#define INDEX_MX_FRAME 16  /* uint32 */

static bool index_read(sqlite3_file *file, sqlite3_int64 *ret_end)
{
	void volatile *at = NULL;
	uint16_t page;
	uint32_t frames;
	if (!file->pMethods || file->pMethods->iVersion < 2 ||
	    file->pMethods->xShmMap(file, 0, INDEX_REGION, 0, &at) != SQLITE_OK || !at)
		return false;
	memcpy(&page, (const char *)at + INDEX_PAGE_SIZE, sizeof page);
	memcpy(&frames, (const char *)at + INDEX_MX_FRAME, sizeof frames);
	sqlite3_int64 size = page == 1 ? 65536 : page;
	*ret_end = WAL_HEADER + frames * (size + FRAME_HEADER);
	return size >= 512;
}

static bool cut(sqlite3 *db)
{
	sqlite3_file *file = NULL, *wal = NULL;
	sqlite3_int64 end, size;
	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file ||
	    sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) != SQLITE_OK || !wal || !wal->pMethods)
		return false;
	if (!index_read(file, &end) || wal->pMethods->xFileSize(wal, &size) != SQLITE_OK)
		return false;
	if (size > end && wal->pMethods->xTruncate(wal, end) != SQLITE_OK)
		return false;
	wal->pMethods->xSync(wal, SQLITE_SYNC_FULL); /* may fail again; the cut itself stands */
	return true;
}

bool sqlite_tail_cut(sqlite3 *db)
{
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return false;
	bool done = cut(db);
	return sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK && done;
}
