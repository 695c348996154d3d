/* SPDX-License-Identifier: EUPL-1.2
 * bench/report.c - a long journal for an office, and a run over it.
 *
 *   bench-report fill DIR N            N inquiries of the last 180 days, of 64 instansi
 *   bench-report ask DIR FIRST LAST    a run of the instansi with the smallest number; prints the run's
 *   bench-report state DIR RUN         prints "STATE DONE ALL"
 *   bench-report drop DIR RUN          whoever counts it loses it within seconds
 *
 * Written through the journal's own door, in trays of a thousand. They are entered as counted
 * (journal/usage.h), so that the job which adds up usage does not run for minutes beside. */
#include <string.h>

#include "cli/app.h"
#include "cli/command.h"
#include "journal/usage.sql.h"
#include "measure.h"
#include "report/run.h"
#include "report/run.sql.h"

#define TRAY 1000
#define INSTANSI 64
#define USERS 1000
#define DAYS 180

static void open_office(struct app *app, const char *dir)
{
	struct command command = {.args = {dir}, .args_n = 1};
	must(app_open(app, &command, APP_RECORD, &err), "open");
}

/* ---- fill ---- */

static struct entry entry_of(int64_t i, int64_t time_us)
{
	static const char *const outcomes[] = {"01", "01", "01", "13", "11", "05", "15", "01"};
	const char *outcome = outcomes[i % 8];
	bool quota = strcmp(outcome, "05") == 0;
	return (struct entry){.act = ACT_LOOKUP,
	                      .time_us = time_us,
	                      .outcome = outcome,
	                      .ground = quota ? "quota" : NULL,
	                      .clause = quota ? "J.II.B" : NULL,
	                      .instansi_id = 1 + i % INSTANSI,
	                      .version_id = 1 + i % INSTANSI,
	                      .user = 1 + i % USERS,
	                      .session = 1 + i % USERS,
	                      .kejadian_id = 1 + i % INSTANSI,
	                      .user_id = S("operator1"),
	                      .method = "portal",
	                      .document = "ktp-el",
	                      .nik = {INT64_C(3304060101909900) + i % 100},
	                      .repeat = i % 50 == 49,
	                      .repeat_back = i % 50 == 49};
}

static void fill_tray(struct app *app, int64_t from, int64_t n, int64_t all)
{
	static struct entry entries[TRAY];
	static const struct receipt *receipts[TRAY];
	TX_AUTO *tx = NULL;
	const int64_t begin_us = app->now_us - DAYS * US_PER_DAY, step = DAYS * US_PER_DAY / all;
	for (int64_t i = 0; i < n; i++)
		entries[i] = entry_of(from + i, begin_us + (from + i) * step);
	must(tx_begin(app->office, TX_WRITE, &tx, &err), "begin");
	must(journal_append(app->journal, tx, entries, (size_t)n, receipts, &err), "append");
	must(tx_commit(&tx, &err), "commit");
}

static void tell_counted(struct app *app)
{
	TX_AUTO *tx = NULL;
	struct sql_usage_log_each_rows logs;
	int64_t moved;
	must(tx_begin(app->office, TX_WRITE, &tx, &err), "begin");
	must(sql_usage_log_each(tx, &logs, &err), "logs");
	for (size_t i = 0; i < logs.n; i++) {
		const struct sql_usage_log_each *log = &logs.at[i];
		struct sql_usage_log_move_in move = {.log_id = log->log_id, .from = log->upto, .upto = log->size};
		must(sql_usage_log_make(tx, (struct sql_usage_log_make_in){.log_id = log->log_id}, NULL, &err), "usage");
		must(sql_usage_log_move(tx, move, &moved, &err), "usage");
	}
	must(tx_commit(&tx, &err), "commit");
}

static int fill(const char *dir, int64_t n)
{
	struct app app;
	open_office(&app, dir);
	for (int64_t from = 0; from < n; from += TRAY)
		fill_tray(&app, from, n - from < TRAY ? n - from : TRAY, n);
	tell_counted(&app);
	must(store_checkpoint(app.office, &err), "checkpoint");
	app_close(&app);
	return 0;
}

/* ---- runs ---- */

static int ask(const char *dir, const char *first, const char *last)
{
	struct app app;
	TX_AUTO *tx = NULL;
	int64_t run_id;
	struct figures_ask ask = {.instansi_id = 1};
	must(day_from_str(str_c(first), &ask.first), first);
	must(day_from_str(str_c(last), &ask.last), last);
	open_office(&app, dir);
	must(tx_begin(app.office, TX_WRITE, &tx, &err), "begin");
	must(run_ask(tx, &ask, S("bench"), clock_now_us(), &run_id, &err), "ask");
	must(tx_commit(&tx, &err), "commit");
	printf("%lld\n", (long long)run_id);
	app_close(&app);
	return 0;
}

static int state(const char *dir, int64_t run_id)
{
	static const char *const words[] = {"waiting", "counting", "done", "refused"};
	struct app app;
	struct run run;
	open_office(&app, dir);
	TX_AUTO *tx = NULL;
	must(tx_begin(app.office, TX_READ, &tx, &err), "begin");
	must(run_find(tx, run_id, &run, &err), "find");
	printf("%s %lld %lld\n", words[run.state], (long long)run.done, (long long)run.all);
	tx_rollback(&tx);
	app_close(&app);
	return 0;
}

static int drop(const char *dir, int64_t run_id)
{
	struct app app;
	TX_AUTO *tx = NULL;
	struct sql_report_run_load row;
	open_office(&app, dir);
	must(tx_begin(app.office, TX_WRITE, &tx, &err), "begin");
	must(sql_report_run_load(tx, (struct sql_report_run_load_in){.run_id = run_id}, &row, &err), "load");
	struct sql_report_run_finish_in end = {.state = S("refused"),
	                                       .figures = S(""),
	                                       .digest = S(""),
	                                       .trouble = S("bench"),
	                                       .now_us = clock_now_us(),
	                                       .run_id = run_id,
	                                       .tries = row.tries};
	must(sql_report_run_finish(tx, end, NULL, &err), "finish");
	must(tx_commit(&tx, &err), "commit");
	app_close(&app);
	return 0;
}

int main(int argc, char **argv)
{
	int64_t n;
	if (argc == 4 && strcmp(argv[1], "fill") == 0 && str_int(str_c(argv[3]), 1, 1000000000, &n) == RC_OK)
		return fill(argv[2], n);
	if (argc == 5 && strcmp(argv[1], "ask") == 0)
		return ask(argv[2], argv[3], argv[4]);
	if (argc == 4 && strcmp(argv[1], "state") == 0 && str_int(str_c(argv[3]), 1, INT64_MAX, &n) == RC_OK)
		return state(argv[2], n);
	if (argc == 4 && strcmp(argv[1], "drop") == 0 && str_int(str_c(argv[3]), 1, INT64_MAX, &n) == RC_OK)
		return drop(argv[2], n);
	fprintf(stderr, "usage: bench-report fill DIR N | ask DIR FIRST LAST | state|drop DIR RUN\n");
	return 100;
}
