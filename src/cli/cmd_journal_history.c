/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_journal_history.c - `padan journal history`: who looked at a NIK, for the night of an incident
 * when nobody reaches the portal (P2.2g). The NIK comes on stdin, so that it stands in no history of a
 * shell and no list of processes. Journaled before anything is printed, as on the portal; newest first. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "gate/history.h"

#define ARENA_MAX ((size_t)4 << 20)
#define NIK_TYPED 64
#define AHEAD_DAYS 400 /* for clocks that run ahead */

static enum rc read_nik(struct nik *ret, struct err *err)
{
	char line[NIK_TYPED] = "", digits[NIK_TYPED];
	bool got = fgets(line, sizeof line, stdin) != NULL;
	size_t n = nik_strip(str_trim(str_c(line)), digits, sizeof digits);
	enum rc rc = got ? nik_from_str((struct str){digits, n}, ret, NULL) : RC_INVALID;
	secret_wipe(line, sizeof line);
	secret_wipe(digits, sizeof digits);
	return rc == RC_OK ? RC_OK : FAIL(err, RC_INVALID, "tulis satu NIK (16 angka) pada masukan baku");
}

/* The owner asks at the counter, where the slip is made. */
static enum rc read_why(const struct command *command, struct history_why *ret, struct err *err)
{
	struct str ground;
	const char *field;
	TRY(command_need(command, "ground", &ground, err));
	TRY(command_need(command, "basis", &ret->basis, err));
	for (ret->ground = HISTORY_OVERSIGHT; ret->ground < HISTORY_GROUND_COUNT; ret->ground++)
		if (str_eq(ground, str_c(history_ground_at(ret->ground)->key)))
			return history_why_check(ret, &field, err);
	return FAIL(err, RC_INVALID, "--ground harus oversight atau incident");
}

static enum rc write_down(struct app *app, const struct history_why *why, struct nik nik, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	struct entry entry = {.act = ACT_HISTORY,
	                      .clause = history_ground_at(why->ground)->clause,
	                      .nik = nik,
	                      .about = history_about(why, "search", tx_arena(tx))};
	TRY(app_journal(app, tx, entry, err));
	return tx_commit(&tx, err);
}

static struct str or_dash(struct str s)
{
	return s.n ? s : S("-");
}

static void print_row(const struct history_seen *seen)
{
	const struct history_row *row = &seen->row;
	struct str code = or_dash(seen->code), user = or_dash(row->user_id), outcome = or_dash(row->outcome);
	struct str peer = or_dash(row->peer), kejadian = or_dash(seen->kejadian), ground = row->ground;
	printf("%s %s %-12.*s %-20.*s %-8s %.*s%s%.*s %.*s v%d %.*s%s\n", clock_rfc3339(row->time_us).z, seen->ref.z, STR_ARG(code),
	       STR_ARG(user), act_at(row->act)->key, STR_ARG(outcome), ground.n ? "/" : "", STR_ARG(ground), STR_ARG(peer),
	       seen->version, STR_ARG(kejadian), row->repeat ? " (ulangan)" : "");
}

static enum rc print_all(struct app *app, struct history_ask *ask, struct arena *arena, struct err *err)
{
	const struct history_source source = {app->journal, app->office, app->agreement};
	struct history_look look;
	do {
		arena_reset(arena);
		TRY(history_look_at(&source, ask, arena, &look, err));
		for (size_t i = 0; i < look.list.n; i++)
			print_row(&look.at[i]);
		if (look.list.n)
			ask->after = (struct history_after){look.at[look.list.n - 1].row.time_us, look.at[look.list.n - 1].row.seq};
	} while (look.list.more);
	for (size_t i = 0; i < look.list.gone_n; i++)
		printf("%04d-%02d dianonimkan\n", look.list.gone[i] / 100, look.list.gone[i] % 100);
	if (look.list.archived)
		printf("sampai %04d-%02d diarsipkan\n", look.list.archived / 100, look.list.archived % 100);
	return RC_OK;
}

enum rc cmd_journal_history(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct history_why why = {0};
	struct nik nik;
	struct day first, last;
	struct arena arena;
	TRY(read_why(command, &why, err));
	TRY(read_nik(&nik, err));
	TRY(command_day(command, "from", (struct day){0}, &first, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(command_day(command, "until", (struct day){day_of_us(app.now_us).n + AHEAD_DAYS}, &last, err));
	TRY(write_down(&app, &why, nik, err));
	struct history_ask ask = {.nik = nik,
	                          .from_us = first.n ? day_begin_us(first) : 0,
	                          .until_us = day_begin_us((struct day){last.n + 1}),
	                          .most = HISTORY_PAGE_MAX};
	arena_init(&arena, ARENA_MAX);
	enum rc rc = print_all(&app, &ask, &arena, err);
	arena_free(&arena);
	return rc;
}
