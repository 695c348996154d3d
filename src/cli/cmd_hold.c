/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_hold.c - `padan guard list` and `release`: holds of the pattern guard from the
 * machine itself, for the night when no admin can reach the portal. Where two persons are
 * asked for (guard.two_persons), the command line is one of them. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "policy/hold.h"

static enum rc print_holds(struct tx *tx, const struct hold *holds, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct hold *h = &holds[i];
		struct instansi_row instansi;
		TRY(instansi_get(tx, h->instansi_id, &instansi, err));
		printf("%6lld %-19s %-12.*s %-20.*s %s %.*s: %.*s\n", (long long)h->hold_id, hold_state_at(h->state)->label,
		       STR_ARG(instansi.code), STR_ARG(h->user_id), clock_short_wib(h->held_us).z, STR_ARG(h->reason),
		       STR_ARG(h->evidence));
	}
	return RC_OK;
}

enum rc cmd_guard_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct hold *open, *past;
	size_t open_n, past_n;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(hold_list_open(tx, -1, &open, &open_n, err));
	TRY(hold_list_past(tx, -1, 0, HOLD_PAGE_MAX, &past, &past_n, err));
	TRY(print_holds(tx, open, open_n, err));
	TRY(print_holds(tx, past, past_n, err));
	if (open_n + past_n == 0)
		printf("tidak ada User ID yang pernah ditahan\n");
	return RC_OK;
}

static enum rc journal_hold(struct app *app, struct tx *tx, const struct hold *hold, const char *what, struct err *err)
{
	struct str about = arena_printf(tx_arena(tx), "%s %lld %.*s %.*s", what, (long long)hold->hold_id, STR_ARG(hold->reason),
	                                STR_ARG(hold->clue));
	struct entry entry = {.act = ACT_GUARD, .clause = "J.II.E1", .instansi_id = hold->instansi_id, .about = about};
	return app_journal(app, tx, entry, err);
}

enum rc cmd_guard_release(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct hold hold;
	enum hold_state now;
	int64_t id;
	const char *note = command_option(command, "note");
	if (str_int(str_c(command_arg(command, 1)), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_INVALID, "nomor penahanan harus bilangan");
	TRY(app_open(&app, command, APP_RECORD, err));
	const struct hold_decision decision = {.state = HOLD_RELEASED,
	                                       .by = {0, S("baris perintah")},
	                                       .note = str_c(note ? note : "dilepaskan melalui baris perintah"),
	                                       .two_persons = conf_is(&app.conf, CONF_GUARD_TWO_PERSONS, "on")};
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(hold_get(tx, id, -1, &hold, err));
	TRY(hold_decide(tx, id, &decision, app.now_us, &now, err));
	TRY(journal_hold(&app, tx, &hold, now == HOLD_OPEN ? "agree" : "release", err));
	TRY(tx_commit(&tx, err));
	if (now == HOLD_OPEN)
		printf("persetujuan pertama tercatat; satu admin harus menyetujui di portal\n");
	else
		printf("penahanan %lld dilepaskan\n", (long long)id);
	return RC_OK;
}
