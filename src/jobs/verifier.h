/* SPDX-License-Identifier: EUPL-1.2
 * jobs/verifier.h - the thread that checks whole logs when somebody asked for it (journal/check.h).
 *
 * A check reads every entry, minutes of it in a log of millions: so it has a thread of its own,
 * reads in short transactions, leaves every other moment to whoever answers inquiries, and holds
 * none of the places that sign-ins need. A check that a stop cut short waits for the next
 * start, and begins anew then: what was hashed before is not believed. */
#pragma once
#include "jobs/job.h"

struct store;

struct verifier_conf {
	struct store *office; /* for reading without the tray */
	struct job_tray tray;
	int64_t node;
	struct journal *journal;
	/* A log is not whole, or checks cannot be done (`err`). From the verifier's thread. */
	void (*log)(void *arg, const char *what, const struct err *err);
	void *log_arg;
};
struct verifier;
MUST_USE enum rc verifier_start(const struct verifier_conf *conf, struct verifier **ret, struct err *err);
/* Ends the thread within about a second; what it has in hand is anybody's again. The tray must
 * still work. NULL is allowed. */
void verifier_stop(struct verifier *verifier);
