/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_conf.c - `padan conf`: what holds, and what could be set. */
#include "cli/app.h"
#include "cli/cmd.h"

#define OUT_MAX ((size_t)256 << 10)

static enum rc print(const struct buf *out, struct err *err)
{
	if (!buf_ok(out))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	fwrite(out->at, 1, out->n, stdout);
	return RC_OK;
}

enum rc cmd_conf(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	BUF_AUTO out = BUF(OUT_MAX);
	if (command_option(command, "sample")) {
		conf_write_sample(&out);
	} else if (command_option(command, "man")) {
		conf_write_man(&out);
	} else if (command_arg(command, 0)) {
		TRY(app_open(&app, command, APP_CONF, err));
		conf_write_effective(&app.conf, &out);
	} else {
		return FAIL(err, RC_INVALID, "sebutkan DIR, --sample, atau --man");
	}
	return print(&out, err);
}
