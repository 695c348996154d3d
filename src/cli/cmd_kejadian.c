/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_kejadian.c - `padan kejadian`: the purposes an instansi may look up for. */
#include <stdio.h>

#include "agreement/kejadian.h"
#include "cli/app.h"
#include "cli/cmd.h"

static enum rc find_instansi(const struct command *command, struct tx *tx, int64_t *ret, struct err *err)
{
	return instansi_find(tx, str_c(command_arg(command, 1)), ret, err);
}

static enum rc journal_kejadian(struct app *app, struct tx *tx, const char *what, const struct kejadian *kejadian, struct err *err)
{
	struct entry entry = {.act = ACT_KEJADIAN,
	                      .instansi_id = kejadian->instansi_id,
	                      .kejadian_id = kejadian->kejadian_id,
	                      .about = str_c(what)};
	return app_journal(app, tx, entry, err);
}

enum rc cmd_kejadian_add(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct kejadian kejadian = {.open = true};
	TRY(command_need(command, "jenis", &kejadian.jenis, err));
	TRY(command_need(command, "name", &kejadian.name, err));
	TRY(command_need(command, "place", &kejadian.place, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(command_day(command, "on", day_of_us(app.now_us), &kejadian.on, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(find_instansi(command, tx, &kejadian.instansi_id, err));
	TRY(kejadian_open(tx, &kejadian, app.now_us, &kejadian.kejadian_id, err));
	TRY(journal_kejadian(&app, tx, "kejadian add", &kejadian, err));
	TRY(tx_commit(&tx, err));
	printf("kejadian %lld dibuka\n", (long long)kejadian.kejadian_id);
	return RC_OK;
}

enum rc cmd_kejadian_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct kejadian *rows;
	size_t n;
	int64_t instansi;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(find_instansi(command, tx, &instansi, err));
	TRY(kejadian_list(tx, instansi, &rows, &n, err));
	for (size_t i = 0; i < n; i++)
		printf("%6lld %-8s %s %.*s, %.*s, %.*s\n", (long long)rows[i].kejadian_id, rows[i].open ? "terbuka" : "ditutup",
		       day_iso(rows[i].on).z, STR_ARG(rows[i].jenis), STR_ARG(rows[i].name), STR_ARG(rows[i].place));
	return RC_OK;
}

enum rc cmd_kejadian_close(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct kejadian kejadian = {0};
	if (str_int(str_c(command_arg(command, 2)), 1, INT64_MAX, &kejadian.kejadian_id) != RC_OK)
		return FAIL(err, RC_INVALID, "nomor kejadian harus bilangan");
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(find_instansi(command, tx, &kejadian.instansi_id, err));
	TRY(kejadian_close(tx, kejadian.instansi_id, kejadian.kejadian_id, app.now_us, err));
	TRY(journal_kejadian(&app, tx, "kejadian close", &kejadian, err));
	TRY(tx_commit(&tx, err));
	printf("kejadian %lld ditutup\n", (long long)kejadian.kejadian_id);
	return RC_OK;
}
