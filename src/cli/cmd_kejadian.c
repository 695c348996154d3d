/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_kejadian.c - `padan kejadian`: the purposes an instansi may look up for. */
#include <stdio.h>

#include "agreement/kejadian.h"
#include "cli/app.h"
#include "cli/cmd.h"
#include "feedback/debt.h"

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
	kejadian.note = str_c(command_option(command, "note"));
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

static enum rc figures_of(struct tx *tx, const struct kejadian *rows, size_t n, struct debt_figures **ret, struct err *err)
{
	int64_t *ids = ARENA_ARRAY(tx_arena(tx), n + 1, int64_t);
	*ret = ARENA_ARRAY(tx_arena(tx), n + 1, struct debt_figures);
	if (!ids || !*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].kejadian_id;
	return debt_figures_each(tx, ids, n, *ret, err);
}

/* P2.2b: of how many NIK the data was accessed, and what is still owed. */
static void print_row(const struct kejadian *k, const struct debt_figures *f)
{
	printf("%6lld %-8s %s %.*s, %.*s, %.*s; diakses %lld, dilaporkan %lld, bukan korban %lld, belum dilaporkan %lld\n",
	       (long long)k->kejadian_id, k->open ? "terbuka" : "ditutup", day_iso(k->on).z, STR_ARG(k->jenis), STR_ARG(k->name),
	       STR_ARG(k->place), (long long)f->answered, (long long)f->closed, (long long)f->waived, (long long)f->open);
}

enum rc cmd_kejadian_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct kejadian *rows;
	size_t n;
	int64_t instansi;
	struct debt_figures *figures;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(find_instansi(command, tx, &instansi, err));
	TRY(kejadian_list(tx, instansi, &rows, &n, err));
	TRY(figures_of(tx, rows, n, &figures, err));
	for (size_t i = 0; i < n; i++)
		print_row(&rows[i], &figures[i]);
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
