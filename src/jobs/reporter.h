/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reporter.h - the thread that counts what reports ask for (report/run.h).
 *
 * It reads the journal in bites and rests between them as long as the bite took, at the lowest
 * priority, so that inquiries do not notice it; what it writes are short errands of the tray. A
 * run left behind by a restart, or by a node that died, is taken up where it was written down. */
#pragma once
#include "jobs/job.h"

struct store;

struct reporter_conf {
	struct store *office; /* for reading without the tray */
	struct journal *journal;
	struct job_tray tray;
	int64_t node;
	/* When a run ended (NULL), was refused or failed (`err`): its number, nobody's name. From the
	 * reporter's thread. */
	void (*log)(void *arg, const char *what, const struct err *err);
	void *log_arg;
};
struct reporter;
/* RC_BROKEN: no thread, no memory. */
MUST_USE enum rc reporter_start(const struct reporter_conf *conf, struct reporter **ret, struct err *err);
/* Ends the thread after the bite under way; the run in hand is anybody's again. The tray must still
 * work. NULL is allowed. */
void reporter_stop(struct reporter *reporter);
