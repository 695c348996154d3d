/* SPDX-License-Identifier: EUPL-1.2
 * jobs/mailer.h - the thread that empties the outbox.
 *
 * One mail at a time: claim it (a short transaction of the tray), send it (none at all),
 * write down what became of it (another). Several nodes may do so side by side. When the
 * server itself is the trouble, only the mail that met it bears a try, and the others
 * wait with it. Stopping ends a conversation within about a second. */
#pragma once
#include "jobs/job.h"
#include "jobs/smtp.h"

struct store;

struct mailer_conf {
	struct smtp_conf smtp; /* its texts, and the password, are borrowed */
	struct store *office;  /* for looking, without the tray, whether there is anything */
	struct job_tray tray;
	int64_t node;
	/* When sending begins to fail (`err`), and when it goes well again (NULL); never an
	 * address. From the mailer's thread. */
	void (*log)(void *arg, const char *what, const struct err *err);
	void *log_arg;
};
struct mailer;
/* RC_INVALID: smtp_check(). */
MUST_USE enum rc mailer_start(const struct mailer_conf *conf, struct mailer **ret, struct err *err);
/* Ends the thread; what it has in hand is anybody's again. The tray must still work.
 * NULL is allowed. */
void mailer_stop(struct mailer *mailer);
