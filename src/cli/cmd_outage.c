/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_outage.c - `padan outage`: planned outages, announced on the portal and by
 * /api/v1/status. */
#include <stdio.h>

#include "agreement/outage.h"
#include "cli/app.h"
#include "cli/cmd.h"

static enum rc read_time(const char *text, const char *what, int64_t *ret, struct err *err)
{
	if (outage_time_from_str(str_c(text), ret) == RC_OK)
		return RC_OK;
	return FAIL(err, RC_INVALID, "%s harus seperti 2026-11-26T22:00 (WIB)", what);
}

static enum rc read_part(const struct command *command, enum outage_part *ret, struct err *err)
{
	const char *part = command_option(command, "part");
	if (!part || outage_part_from_key(str_c(part), ret) == RC_OK)
		return RC_OK;
	return FAIL(err, RC_INVALID, "--part harus semua, portal, atau layanan");
}

static enum rc read_number(const struct command *command, int64_t *ret, struct err *err)
{
	if (str_int(str_c(command_arg(command, 1)), 1, INT64_MAX, ret) == RC_OK)
		return RC_OK;
	return FAIL(err, RC_INVALID, "NOMOR harus nomor dari outage list");
}

static enum rc journal_outage(struct app *app, struct tx *tx, const char *what, const struct outage *o, struct err *err)
{
	struct str about = outage_about(tx, what, o);
	return app_journal(app, tx, (struct entry){.act = ACT_OUTAGE, .about = about}, err);
}

enum rc cmd_outage_add(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct outage outage = {.note = str_c(command_arg(command, 3))};
	TRY(read_time(command_arg(command, 1), "MULAI", &outage.begin_us, err));
	TRY(read_time(command_arg(command, 2), "SELESAI", &outage.end_us, err));
	TRY(read_part(command, &outage.part, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(outage_plan(tx, &outage, S("cli"), app.now_us, &outage.outage_id, err));
	TRY(journal_outage(&app, tx, "outage add", &outage, err));
	TRY(tx_commit(&tx, err));
	printf("pemeliharaan %lld diumumkan\n", (long long)outage.outage_id);
	return RC_OK;
}

/* ---- list ---- */

static void print_row(const struct outage *o, int64_t now_us)
{
	const char *state = o->cancelled             ? "dibatalkan"
	                    : outage_runs(o, now_us) ? "berlangsung"
	                    : o->end_us <= now_us    ? "selesai"
	                                             : "terencana";
	printf("%6lld %-11s %s sampai %s  %-8s %.*s\n", (long long)o->outage_id, state, outage_time_text(o->begin_us).z,
	       outage_time_text(o->end_us).z, outage_part_at(o->part)->key, STR_ARG(o->note));
}

enum rc cmd_outage_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct outage_list coming, past = {0};
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(outage_coming(tx, app.now_us, INT64_MAX, &coming, err));
	if (command_option(command, "past"))
		TRY(outage_past(tx, app.now_us, &past, err));
	for (size_t i = 0; i < coming.n; i++)
		print_row(&coming.at[i], app.now_us);
	for (size_t i = 0; i < past.n; i++)
		print_row(&past.at[i], app.now_us);
	if (coming.n + past.n == 0)
		printf("tidak ada pemeliharaan yang terencana\n");
	return RC_OK;
}

/* ---- changing ---- */

static enum rc find(struct tx *tx, int64_t id, int64_t now_us, struct outage *ret, struct err *err)
{
	struct outage_list list;
	TRY(outage_coming(tx, now_us, INT64_MAX, &list, err));
	for (size_t i = 0; i < list.n; i++) {
		if (list.at[i].outage_id != id)
			continue;
		*ret = list.at[i];
		return RC_OK;
	}
	return FAIL(err, RC_ABSENT, "Pemeliharaan itu tidak ada, sudah selesai, atau sudah dibatalkan.");
}

/* What the options say in place of what stands. */
static enum rc put_options(const struct command *command, struct outage *o, struct err *err)
{
	const char *begin = command_option(command, "begin"), *end = command_option(command, "end");
	const char *note = command_option(command, "note");
	if (begin)
		TRY(read_time(begin, "--begin", &o->begin_us, err));
	if (end)
		TRY(read_time(end, "--end", &o->end_us, err));
	if (note)
		o->note = str_c(note);
	return read_part(command, &o->part, err);
}

enum rc cmd_outage_change(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct outage outage;
	int64_t id;
	TRY(read_number(command, &id, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(find(tx, id, app.now_us, &outage, err));
	TRY(put_options(command, &outage, err));
	TRY(outage_change(tx, &outage, S("cli"), app.now_us, err));
	TRY(journal_outage(&app, tx, "outage change", &outage, err));
	TRY(tx_commit(&tx, err));
	printf("pemeliharaan %lld diubah\n", (long long)id);
	return RC_OK;
}

enum rc cmd_outage_cancel(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct outage outage;
	int64_t id;
	TRY(read_number(command, &id, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(outage_cancel(tx, id, S("cli"), app.now_us, &outage, err));
	TRY(journal_outage(&app, tx, outage.cancelled ? "outage cancel" : "outage end", &outage, err));
	TRY(tx_commit(&tx, err));
	printf("pemeliharaan %lld %s\n", (long long)id, outage.cancelled ? "dibatalkan" : "diakhiri");
	return RC_OK;
}
