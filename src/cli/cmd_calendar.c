/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_calendar.c - `padan calendar`: the days nobody works, year by year, and
 * replacing them by those of a file. */
#include <stdio.h>

#include "agreement/workday_file.h"
#include "cli/app.h"
#include "cli/cmd.h"
#include "sys/file.h"

static enum rc read_text(const char *path, struct buf *out, struct err *err)
{
	enum rc rc = file_read(path, WORKDAY_TEXT_MAX, out, err);
	if (rc == RC_ABSENT || rc == RC_LIMIT)
		return FAIL(err, RC_INVALID, "%.150s tidak ada atau lebih besar dari %zu KB", path, WORKDAY_TEXT_MAX >> 10);
	return rc;
}

static enum rc journal_filed(struct app *app, struct tx *tx, const struct workday_filed *filed, struct err *err)
{
	struct str about = arena_printf(tx_arena(tx), "calendar import %d..%d, %zu", filed->first, filed->last, filed->rows);
	return app_journal(app, tx, (struct entry){.act = ACT_CALENDAR, .about = about}, err);
}

static enum rc import(struct app *app, struct str text, struct workday_filed *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(workday_import(tx, text, app->now_us, ret, err));
	TRY(journal_filed(app, tx, ret, err));
	return tx_commit(&tx, err);
}

enum rc cmd_calendar_import(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	BUF_AUTO text = BUF(WORKDAY_TEXT_MAX + 1);
	struct workday_filed filed;
	TRY(read_text(command_arg(command, 1), &text, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(import(&app, buf_str(&text), &filed, err));
	printf("%zu hari dari %d tahun dimuat (%d sampai dengan %d)\n", filed.rows, filed.years, filed.first, filed.last);
	return RC_OK;
}

static const char *const origins[] = {
	[WORKDAY_NOWHERE] = "belum dimuat: hanya Sabtu dan Minggu yang dihitung libur",
	[WORKDAY_BUILTIN] = "bawaan program",
	[WORKDAY_OFFICE] = "dimuat oleh kantor",
};

static void print_year(int year, const struct workday_list *list)
{
	printf("%d: %s\n", year, origins[list->origin]);
	for (size_t i = 0; i < list->n; i++)
		printf("%s  %-12s  %.*s (%.*s)\n", day_iso(list->at[i].day).z, workday_kind_at(list->at[i].kind)->key,
		       STR_ARG(list->at[i].name), STR_ARG(list->at[i].source));
}

enum rc cmd_calendar_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct workday_list list;
	int64_t year;
	int this_year, month, mday;
	const char *asked = command_arg(command, 1);
	if (asked && str_int(str_c(asked), WORKDAY_YEAR_MIN, WORKDAY_YEAR_MAX, &year) != RC_OK)
		return FAIL(err, RC_INVALID, "tahun harus antara %d dan %d", WORKDAY_YEAR_MIN, WORKDAY_YEAR_MAX);
	TRY(app_open(&app, command, APP_STORE, err));
	day_to_ymd(day_of_us(app.now_us), &this_year, &month, &mday);
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(workday_list(tx, asked ? (int)year : this_year, &list, err));
	print_year(asked ? (int)year : this_year, &list);
	return RC_OK;
}
