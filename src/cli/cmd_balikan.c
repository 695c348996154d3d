/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_balikan.c - `padan balikan`: what is on its way to the system above, refused
 * ones once more, and putting there what was told before there was such a system. No NIK
 * is shown, not even masked. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "feedback/outbox.h"
#include "jobs/trouble.h"

/* ---- list ---- */

static enum rc print_lane(struct tx *tx, const struct outbox_lane_seen *lane, struct err *err)
{
	struct instansi_row row;
	TRY(instansi_get(tx, lane->instansi_id, &row, err));
	printf("%-12.*s  %lld menunggu, %lld terkirim, %lld ditolak", STR_ARG(row.code), (long long)lane->waiting,
	       (long long)lane->delivered, (long long)lane->refused);
	if (lane->oldest_us)
		printf("; menunggu sejak %s", clock_short_wib(lane->oldest_us).z);
	if (lane->fails)
		printf("; gagal %lld kali sejak %s, dicoba lagi %s: %s", (long long)lane->fails,
		       clock_short_wib(lane->since_us).z, clock_short_wib(lane->next_us).z, trouble_label(lane->trouble));
	if (lane->fails && lane->status)
		printf(" (HTTP %d)", lane->status);
	printf("\n");
	return RC_OK;
}

static enum rc print_refused(const struct feedback *feedback, struct tx *tx, struct err *err)
{
	struct outbox_list list;
	struct outbox_ask ask = {.state = OUTBOX_TURNED_AWAY, .most = OUTBOX_PAGE_MAX};
	TRY(outbox_page(feedback, tx, &ask, &list, err));
	for (size_t i = 0; i < list.n; i++)
		printf("  ditolak: entri %lld, dicatat %s: %.*s\n", (long long)list.at[i].entry_id,
		       clock_short_wib(list.at[i].told_us).z, STR_ARG(list.at[i].reason));
	return RC_OK;
}

enum rc cmd_balikan_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct outbox_count count;
	struct outbox_lane_seen *lanes;
	size_t n;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(outbox_count(tx, &count, err));
	TRY(outbox_lanes(tx, &lanes, &n, err));
	printf("%lld menunggu, %lld terkirim, %lld ditolak\n", (long long)count.waiting, (long long)count.delivered,
	       (long long)count.refused);
	for (size_t i = 0; i < n; i++)
		TRY(print_lane(tx, &lanes[i], err));
	return print_refused(app.feedback, tx, err);
}

/* ---- retry ---- */

enum rc cmd_balikan_retry(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	int64_t instansi_id = 0, n;
	const char *code = command_arg(command, 1);
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	if (code)
		TRY(instansi_find(tx, str_c(code), &instansi_id, err));
	TRY(outbox_retry(tx, instansi_id, app.now_us, &n, err));
	struct str about = arena_printf(tx_arena(tx), "balikan retry %lld", (long long)n);
	TRY(app_journal(&app, tx, (struct entry){.act = ACT_FEEDBACK, .instansi_id = instansi_id, .about = about}, err));
	TRY(tx_commit(&tx, err));
	printf("%lld data balikan yang ditolak menunggu kembali\n", (long long)n);
	return RC_OK;
}

/* ---- queue ---- */

/* A thousand at a time, so that a serving Padan is never kept waiting for long. */
static enum rc queue_some(struct app *app, int64_t *after, size_t *ret_n, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(outbox_put_missing(tx, after, clock_now_us(), ret_n, err));
	if (*ret_n == 0)
		return RC_OK;
	struct str about = arena_printf(tx_arena(tx), "balikan queue %zu", *ret_n);
	TRY(app_journal(app, tx, (struct entry){.act = ACT_FEEDBACK, .about = about}, err));
	return tx_commit(&tx, err);
}

enum rc cmd_balikan_queue(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	int64_t after = -1;
	size_t n, all = 0;
	TRY(app_open(&app, command, APP_RECORD, err));
	if (!*conf_text(&app.conf, CONF_BALIKAN_URL))
		return FAIL(err, RC_REFUSED, "balikan.url kosong: tidak ada sistem di atas yang dapat dikirimi");
	do {
		TRY(queue_some(&app, &after, &n, err));
		all += n;
	} while (n > 0);
	printf("%zu data balikan masuk antrean\n", all);
	return RC_OK;
}
