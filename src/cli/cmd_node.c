/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_node.c - `padan node`: which processes hold which number of this office, and taking a
 * number from one that will never come back. */
#include <stdio.h>
#include <time.h>

#include "cli/cmd.h"
#include "cli/node.h"

static const char *state_of(const struct node_seen *seen)
{
	if (!seen->row.held)
		return "bebas";
	return seen->heard ? "hidup" : "diam";
}

enum rc cmd_node_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct node_seen seen[LEASES_MAX];
	size_t n;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(node_look(&app, seen, &n, err));
	for (size_t i = 0; i < n; i++) {
		const struct lease_row *row = &seen[i].row;
		printf("%2d  %-6s pagar %-6lld %s%s\n", row->log_id, state_of(&seen[i]), (long long)row->fence, row->host,
		       seen[i].own ? " (direktori ini)" : "");
	}
	if (n == 0)
		printf("belum ada nomor yang pernah dipakai\n");
	return RC_OK;
}

static enum rc find_held(struct app *app, int64_t number, struct lease_row *ret, struct err *err)
{
	struct lease_row rows[LEASES_MAX];
	size_t n;
	TRY(lease_all(app->office, rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].log_id != number || !rows[i].held)
			continue;
		*ret = rows[i];
		return RC_OK;
	}
	return FAIL(err, RC_REFUSED, "nomor simpul %lld tidak dipegang siapa pun", (long long)number);
}

/* As long as its holder promised to be heard from. */
static enum rc watch(struct app *app, const struct lease_row *row, struct err *err)
{
	struct lease_row now = *row;
	int64_t until = clock_steady_us() + row->silence_s * US_PER_S;
	while (clock_steady_us() < until) {
		nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
		TRY(find_held(app, row->log_id, &now, err));
		if (now.beat != row->beat || now.fence != row->fence)
			return FAIL(err, RC_REFUSED, "nomor simpul %d masih dipakai di %s; hentikan dahulu",
			            row->log_id, row->host);
	}
	return RC_OK;
}

enum rc cmd_node_release(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct lease_row row;
	int64_t number;
	if (str_int(str_c(command_arg(command, 1)), 0, JOURNAL_LOG_MAX, &number) != RC_OK)
		return FAIL(err, RC_INVALID, "nomor simpul harus 0 sampai %d", JOURNAL_LOG_MAX);
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(find_held(&app, number, &row, err));
	TRY(watch(&app, &row, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(lease_take_away(tx, &row, err));
	struct str about = arena_printf(tx_arena(tx), "node release %d fence %lld", row.log_id, (long long)row.fence);
	TRY(app_journal(&app, tx, (struct entry){.act = ACT_STOP, .about = about}, err));
	TRY(tx_commit(&tx, err));
	printf("nomor simpul %d bebas\n", row.log_id);
	return RC_OK;
}
