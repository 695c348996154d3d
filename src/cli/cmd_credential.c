/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_credential.c - `padan credential`: secrets of programs, shown once. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "identity/credential.h"
#include "identity/user.h"

enum rc cmd_credential_issue(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	struct day expires;
	char text[CREDENTIAL_TEXT_SIZE];
	TRY(command_day(command, "expires", (struct day){0}, &expires, err));
	int64_t expires_us = expires.n ? day_begin_us((struct day){expires.n + 1}) : 0;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(user_find(tx, str_c(command_arg(command, 1)), &user, err));
	TRY(credential_issue(tx, secret_str(&app.credential_key), user.user, expires_us, app.now_us, text, err));
	struct str about = arena_printf(tx_arena(tx), "credential issue %.*s", STR_ARG(user.user_id));
	TRY(app_journal(&app, tx, (struct entry){.act = ACT_CREDENTIAL, .instansi_id = user.instansi_id, .about = about}, err));
	TRY(tx_commit(&tx, err));
	printf("%s\n", text);
	secret_wipe(text, sizeof text);
	return RC_OK;
}
