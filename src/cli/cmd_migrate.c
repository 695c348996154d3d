/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_migrate.c - `padan migrate`: the office moves from its embedded database to
 * PostgreSQL, or back (doc/migrate.md, decision 0044).
 *
 * Nobody works in the office meanwhile: the lock of the directory is held, and a server
 * must not know of other nodes. Until the source is marked as left nothing of it was
 * changed, and whatever fails leaves it in use. padan.conf is switched last. */
#include <stdio.h>

#include "cli/cmd.h"
#include "cli/move.h"
#include "sys/file.h"
#include "sys/lock.h"

#define CONF_BEFORE "padan.conf.sebelum-pindah"
#define SETTING_MAX 400

static const struct wish {
	const char *option;
	enum conf_key key;
} wishes[] = {{"to", CONF_OFFICE_URL}, {"registry", CONF_REGISTRY_URL}};

/* ---- what is asked for ---- */

/* The settings as they will be: what padan.conf says, and the new places. */
static enum rc read_wish(const struct app *app, const struct command *command, const struct wish *wish, struct conf *conf,
                         struct err *err)
{
	char setting[SETTING_MAX];
	const char *name = conf_option_at(wish->key)->name, *url = command_option(command, wish->option);
	if (!url)
		return RC_OK;
	if (app->conf.at[wish->key].set)
		return FAIL(err, RC_INVALID, "%s harus disebut di padan.conf, bukan dengan --set", name);
	if (snprintf(setting, sizeof setting, "%s=%s", name, url) >= (int)sizeof setting)
		return FAIL(err, RC_INVALID, "--%s terlalu panjang", wish->option);
	TRY(conf_set(conf, setting, err));
	if (strcmp(conf_text(conf, wish->key), conf_text(&app->conf, wish->key)) == 0)
		return FAIL(err, RC_REFUSED, "%s sudah di sana", name);
	return RC_OK;
}

/* padan.conf with the wishes in it. */
static enum rc write_wishes(const struct command *command, const char *dir, struct str before, struct buf *out, struct err *err)
{
	buf_add(out, before);
	for (size_t i = 0; i < LEN(wishes); i++) {
		BUF_AUTO text = BUF(CONF_FILE_MAX + 1);
		const char *url = command_option(command, wishes[i].option);
		if (!url)
			continue;
		buf_add(&text, buf_str(out));
		buf_clear(out);
		TRY(conf_rewrite(buf_str(&text), dir, wishes[i].key, str_c(url), out, err));
	}
	return RC_OK;
}

/* The new file, or whether there can be one (`dry`), which is better asked before the work than after it. */
static enum rc switch_conf(struct app *app, const struct command *command, bool dry, struct err *err)
{
	BUF_AUTO before = BUF(CONF_FILE_MAX + 1);
	BUF_AUTO after = BUF(CONF_FILE_MAX + 1);
	const char *path = app_path(app, APP_CONF_FILE).at;
	unsigned mode;
	TRY(file_mode(path, &mode, err));
	TRY(file_read(path, CONF_FILE_MAX, &before, err));
	TRY(write_wishes(command, app->dir, buf_str(&before), &after, err));
	if (dry)
		return RC_OK;
	TRY(file_write(app_path(app, CONF_BEFORE).at, mode, buf_str(&before), err));
	return file_write(path, mode, buf_str(&after), err);
}

/* ---- the verb ---- */

static enum rc run(struct move *m, const struct command *command, struct err *err)
{
	TRY(move_open(m, err));
	if (command_option(command, "registry"))
		TRY(move_registry(m, err));
	if (m->came.state == TRANSFER_ARRIVING) {
		TRY(move_copy(m, err));
		TRY(move_verify(m, err));
	}
	TRY(move_leave(m, err));
	TRY(move_arrive(m, err));
	TRY(switch_conf(m->app, command, false, err));
	printf("%-13s %s; " APP_CONF_FILE " yang lama: " CONF_BEFORE "\n", "kantor", m->place);
	return RC_OK;
}

static enum rc run_locked(struct app *app, const struct command *command, struct conf *conf, struct err *err)
{
	MOVE_AUTO m = {.app = app, .conf = conf};
	for (size_t i = 0; i < LEN(wishes); i++)
		TRY(read_wish(app, command, &wishes[i], conf, err));
	TRY(switch_conf(app, command, true, err));
	return run(&m, command, err);
}

enum rc cmd_migrate(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct lock lock = LOCK_NONE;
	struct conf conf;
	struct str to;
	TRY(command_need(command, "to", &to, err));
	TRY(app_open(&app, command, APP_KEYS, err));
	TRY(lock_take(app_path(&app, "padan.lock").at, &lock, err));
	enum rc rc = conf_open(&conf, app.dir, err);
	if (rc == RC_OK) {
		rc = run_locked(&app, command, &conf, err);
		conf_close(&conf);
	}
	lock_release(&lock);
	return rc;
}
