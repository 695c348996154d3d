/* SPDX-License-Identifier: EUPL-1.2
 * cli/mail_conf.h - the settings mail.*, made ready for jobs/smtp.h. */
#pragma once
#include "conf/conf.h"
#include "jobs/smtp.h"

struct mail_conf {
	struct smtp_conf smtp; /* its texts stand in the conf, the password below */
	struct secret password;
};
/* Reads the password file, so before the cage is closed. The result must not move.
 * RC_ABSENT: mail.url is empty. RC_INVALID: the settings do not go together. */
MUST_USE enum rc mail_conf_open(const struct conf *conf, struct mail_conf *ret, struct err *err);
void mail_conf_close(struct mail_conf *mail);
