/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_journal_find.c - `padan journal find`: which entry a reference on a slip or a
 * screen means. Reads references from the arguments, or one a line from stdin, and
 * prints "reference seq time act outcome" for each, or "reference -" for none. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"

static enum rc find_one(struct app *app, struct str ref, bool *all_found, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct journal_seen seen;
	TRY(tx_begin(app->office, TX_READ, &tx, err));
	enum rc rc = journal_find_ref(app->journal, tx, ref, &seen, err);
	if (rc == RC_OK) {
		printf("%.*s %lld %s %s %s\n", STR_ARG(ref), (long long)seen.seq, clock_rfc3339(seen.time_us).z,
		       act_at(seen.act)->key, seen.outcome[0] ? seen.outcome : "-");
		return RC_OK;
	}
	if (rc != RC_ABSENT && rc != RC_INVALID)
		return rc;
	*all_found = false;
	printf("%.*s -\n", STR_ARG(ref));
	return RC_OK;
}

enum rc cmd_journal_find(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	char line[64];
	bool all_found = true;
	TRY(app_open(&app, command, APP_RECORD, err));
	for (int i = 1; command_arg(command, i); i++)
		TRY(find_one(&app, str_c(command_arg(command, i)), &all_found, err));
	while (!command_arg(command, 1) && fgets(line, sizeof line, stdin))
		TRY(find_one(&app, str_trim(str_c(line)), &all_found, err));
	return all_found ? RC_OK : FAIL(err, RC_ABSENT, "ada referensi yang tidak dikenal");
}
