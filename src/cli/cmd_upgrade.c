/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_upgrade.c - `padan upgrade`: the office's tables brought to this version, and --back.
 *
 * Going back puts the copy that was made before the upgrade in the place of the office database, in one
 * rename; what it replaces stays beside it under another name. Entries that were journaled since would be
 * lost: it is done only when there are none, or when he who asks names how many. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/upgrade.h"
#include "journal/heads.h"
#include "store/bulk.h"
#include "sys/file.h"
#include "sys/lock.h"

#define LEFT ".ditinggalkan"
#define PATH_ROOM 4096

/* ---- forward ---- */

static enum rc upgrade_forward(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TRY(app_open_upgrade(&app, command, err));
	printf("basis data kantor sesuai dengan versi ini\n");
	return RC_OK;
}

/* ---- back ---- */

static enum rc count_entries(struct store *store, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	size_t n;
	*ret = 0;
	TRY(tx_begin(store, TX_READ, &tx, err));
	struct log_head *heads = ARENA_ARRAY(tx_arena(tx), HEADS_MAX, struct log_head);
	if (!heads)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(heads_all(tx, heads, &n, err));
	for (size_t i = 0; i < n; i++)
		*ret += heads[i].size;
	return RC_OK;
}

/* Entries of the office as it is now. Closing it leaves no WAL, unless somebody else has it open. */
static enum rc count_now(const char *url, const char *office, int64_t *ret, struct err *err)
{
	char wal[PATH_ROOM + 8];
	struct store *store;
	TRY(store_open(url, &store, err));
	enum rc rc = count_entries(store, ret, err);
	store_close(store);
	snprintf(wal, sizeof wal, "%s-wal", office);
	if (rc == RC_OK && file_exists(wal))
		return FAIL(err, RC_CONFLICT, "%.150s sedang dipakai proses lain", office);
	return rc;
}

static enum rc count_copy(const char *path, int64_t *ret, struct err *err)
{
	char url[PATH_ROOM + 16];
	struct store *store;
	snprintf(url, sizeof url, "sqlite:%s", path);
	TRY(store_open_frozen(url, &store, err));
	enum rc rc = store_sound(store, err);
	if (rc == RC_OK)
		rc = count_entries(store, ret, err);
	store_close(store);
	return rc;
}

/* The office database is never without a name: it gets a second one, then the copy takes its first. */
static enum rc put_back(const char *office, const char *copy, struct err *err)
{
	char left[PATH_ROOM + 32];
	snprintf(left, sizeof left, "%s" LEFT, office);
	unlink(left);
	if (link(office, left) != 0)
		return FAIL(err, RC_BROKEN, "tidak dapat menyimpan %.150s", left);
	if (rename(copy, office) != 0)
		return FAIL(err, RC_BROKEN, "tidak dapat mengganti %.150s", office);
	TRY(file_sync_name(office, err));
	printf("%s dikembalikan; yang diganti disimpan sebagai %s\n"
	       "pasang versi Padan yang lama sebelum menjalankan perintah lain: versi ini akan memperbaruinya lagi\n",
	       office, left);
	return RC_OK;
}

static enum rc back_locked(const struct command *command, const struct app *app, struct err *err)
{
	const char *url = conf_text(&app->conf, CONF_OFFICE_URL), *office = store_file(url);
	char copy[PATH_ROOM];
	int64_t n, now = 0, then = 0, lose;
	TRY(command_int(command, "lose-entries", 0, INT64_MAX, 0, &lose, err));
	if (!office)
		return FAIL(err, RC_REFUSED, "kantor ini memakai PostgreSQL: kembalikan dengan pgBackRest (doc/backup.md)");
	if (!file_exists(office))
		return FAIL(err, RC_ABSENT, "%.150s tidak ada", office);
	TRY(upgrade_newest(office, copy, sizeof copy, &n, err));
	TRY(count_copy(copy, &then, err));
	TRY(count_now(url, office, &now, err));
	if (now - then != lose)
		return FAIL(err, RC_REFUSED,
		            "%lld entri jurnal dicatat sesudah salinan itu dan akan hilang; bila itu yang dikehendaki: "
		            "--lose-entries %lld",
		            (long long)(now - then), (long long)(now - then));
	return put_back(office, copy, err);
}

static enum rc upgrade_back(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct lock lock;
	TRY(app_open(&app, command, APP_CONF, err));
	TRY(lock_take(app_path(&app, APP_LOCK_FILE).at, &lock, err)); /* no padan serve */
	enum rc rc = back_locked(command, &app, err);
	lock_release(&lock);
	return rc;
}

enum rc cmd_upgrade(const struct command *command, struct err *err)
{
	if (command_option(command, "back"))
		return upgrade_back(command, err);
	if (command_option(command, "lose-entries"))
		return FAIL(err, RC_INVALID, "--lose-entries hanya bersama --back");
	return upgrade_forward(command, err);
}
