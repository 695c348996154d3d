/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_report.c - `padan report`: count the figures of a period now, count them again, and
 * see what was counted (P8). A running server is not waited for, and not held up. */
#include <stdio.h>

#include "agreement/agreement.h"
#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/meter.h"
#include "report/counter.h"
#include "report/run.h"

/* ---- a counter of one's own ---- */

static enum rc errand(void *arg, enum rc (*run)(void *, struct tx *, int64_t, struct err *), void *run_arg, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(arg, TX_WRITE, &tx, err));
	TRY(run(run_arg, tx, clock_now_us(), err));
	return tx_commit(&tx, err);
}

static enum rc open_counter(struct app *app, struct counter **ret, struct err *err)
{
	struct counter_conf conf = {.office = app->office,
	                            .journal = app->journal,
	                            .node = COUNTER_ALONE,
	                            .bite = COUNTER_BITE_MAX,
	                            .save_us = 5 * US_PER_S,
	                            .errand = errand,
	                            .errand_arg = app->office};
	return counter_open(&conf, ret, err);
}

/* ---- count ---- */

static enum rc read_period(const struct command *command, struct figures_ask *ask, struct err *err)
{
	if (day_from_str(str_c(command_arg(command, 2)), &ask->first) != RC_OK ||
	    day_from_str(str_c(command_arg(command, 3)), &ask->last) != RC_OK)
		return FAIL(err, RC_INVALID, "tanggal ditulis TTTT-BB-HH, misalnya 2026-06-30");
	return RC_OK;
}

struct asking {
	struct app *app;
	const struct command *command;
	struct figures_ask ask;
};

static enum rc ask_for(void *arg, struct tx *tx, int64_t *ret_run_id, struct err *err)
{
	struct asking *asking = arg;
	struct figures_ask *ask = &asking->ask;
	TRY(instansi_find(tx, str_c(command_arg(asking->command, 1)), &ask->instansi_id, err));
	TRY(run_ask(tx, ask, S("cli"), clock_now_us(), ret_run_id, err));
	struct str about = arena_printf(tx_arena(tx), "report count %s %s", day_iso(ask->first).z, day_iso(ask->last).z);
	const struct entry entry = {.act = ACT_REPORT, .instansi_id = ask->instansi_id, .about = about};
	return app_journal(asking->app, tx, entry, err);
}

static enum rc find(struct app *app, int64_t run_id, struct tx **ret_tx, struct run *ret, struct err *err)
{
	TRY(tx_begin(app->office, TX_READ, ret_tx, err));
	return run_find(*ret_tx, run_id, ret, err);
}

static void print_sum(const char *what, const struct figures_sum *sum)
{
	printf("%-24s %10lld permintaan %10lld ulangan %10lld hit %10lld ditolak\n", what, (long long)sum->inquiries,
	       (long long)sum->repeats, (long long)sum->hits, (long long)sum->refused);
}

static void print_figures(const struct figures *figures)
{
	char name[64];
	for (size_t i = 0; i < figures->months_n; i++) {
		snprintf(name, sizeof name, "%04d-%02d", figures->months[i].year, figures->months[i].month);
		print_sum(name, &figures->months[i].sum);
	}
	for (size_t i = 0; i < figures->users_n; i++) {
		snprintf(name, sizeof name, "%.*s", STR_ARG(figures->users[i].user_id));
		print_sum(*name ? name : "(tidak dikenal)", &figures->users[i].sum);
	}
	print_sum("jumlah", &figures->sum);
	for (size_t i = 0; i < figures->logs_n; i++)
		printf("log %lld: %lld entri, akar %.*s\n", (long long)figures->logs[i].log_id, (long long)figures->logs[i].size,
		       STR_ARG(figures->logs[i].root));
}

static enum rc print_run(struct app *app, const struct command *command, int64_t run_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct run run;
	struct str text;
	struct figures figures;
	TRY(find(app, run_id, &tx, &run, err));
	if (run.state == RUN_REFUSED)
		return FAIL(err, RC_REFUSED, "%.*s", STR_ARG(run.trouble));
	if (run.state != RUN_DONE)
		return FAIL(err, RC_BROKEN, "penghitungan %lld belum selesai; server atau perintah berikutnya melanjutkannya",
		            (long long)run_id);
	TRY(run_text(tx, run_id, &text, err));
	if (command_option(command, "text")) {
		printf("%.*s\n", STR_ARG(text));
		return RC_OK;
	}
	TRY(figures_read(text, tx_arena(tx), &figures, err));
	print_figures(&figures);
	printf("penghitungan %lld, sidik %.*s\n", (long long)run_id, STR_ARG(run.digest));
	return RC_OK;
}

/* Our own run, until it ended or somebody else has it. */
static enum rc count_all(struct counter *counter, struct err *err)
{
	struct meter meter = meter_begin();
	enum rc rc = RC_OK;
	while (rc == RC_OK && counter_run(counter)) {
		enum counter_news news;
		int64_t done, all;
		rc = counter_piece(counter, &news, err);
		counter_progress(counter, &done, &all);
		if (all)
			meter_count(&meter, done, all);
	}
	meter_end(&meter);
	return rc;
}

enum rc cmd_report_count(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct asking asking = {.app = &app, .command = command};
	struct counter *counter;
	int64_t run_id;
	TRY(read_period(command, &asking.ask, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(open_counter(&app, &counter, err));
	enum rc rc = counter_ask(counter, ask_for, &asking, &run_id, err);
	if (rc == RC_OK)
		rc = count_all(counter, err);
	counter_close(counter);
	return rc == RC_OK ? print_run(&app, command, run_id, err) : rc;
}

/* ---- again ---- */

static enum rc again(struct app *app, const struct run *run, struct err *err)
{
	struct counter *counter;
	struct run_digest digest = {{0}};
	struct meter meter = meter_begin();
	TRY(open_counter(app, &counter, err));
	enum rc rc = counter_again(counter, run->run_id, meter_count, &meter, &digest, err);
	meter_end(&meter);
	counter_close(counter);
	if (rc != RC_OK)
		return rc;
	bool same = str_eq(run->digest, str_c(digest.z));
	printf("penghitungan %lld %s: tersimpan %.*s, dihitung ulang %s\n", (long long)run->run_id, same ? "sama" : "BERBEDA",
	       STR_ARG(run->digest), digest.z);
	return same ? RC_OK : FAIL(err, RC_REFUSED, "angka tersimpan tidak sama dengan hasil hitung ulang");
}

enum rc cmd_report_recount(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct run run;
	int64_t run_id;
	if (str_int(str_c(command_arg(command, 1)), 1, INT64_MAX, &run_id) != RC_OK)
		return FAIL(err, RC_INVALID, "sebutkan nomor penghitungan (padan report list)");
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(find(&app, run_id, &tx, &run, err));
	run.digest = arena_str(&app.conf.arena, run.digest); /* outlives the transaction */
	tx_rollback(&tx);
	return again(&app, &run, err);
}

/* ---- list ---- */

static const char *state_label(enum run_state state)
{
	switch (state) {
	case RUN_WAITING: return "menunggu";
	case RUN_COUNTING: return "dihitung";
	case RUN_DONE: return "selesai";
	case RUN_REFUSED: break;
	}
	return "ditolak";
}

static void print_row(const struct run *run, struct str code)
{
	printf("%6lld  %-10.*s %s %s  %-8s %lld/%lld  %s  %.*s\n", (long long)run->run_id, STR_ARG(code), day_iso(run->ask.first).z,
	       day_iso(run->ask.last).z, state_label(run->state), (long long)run->done, (long long)run->all,
	       clock_short_wib(run->finished_us ? run->finished_us : run->asked_us).z,
	       STR_ARG(run->state == RUN_DONE ? run->digest : run->trouble));
}

enum rc cmd_report_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct run *runs;
	size_t n;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(run_list(tx, 0, &runs, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct instansi_row instansi;
		enum rc rc = instansi_get(tx, runs[i].ask.instansi_id, &instansi, err);
		if (rc != RC_OK && rc != RC_ABSENT)
			return rc;
		print_row(&runs[i], rc == RC_OK ? instansi.code : S("?"));
	}
	return RC_OK;
}
