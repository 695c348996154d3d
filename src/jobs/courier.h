/* SPDX-License-Identifier: EUPL-1.2
 * jobs/courier.h - the thread that carries data balikan to the system above.
 *
 * One instansi at a time, whichever has waited longest: claim its lane (a short
 * transaction of the tray), load up to a hundred entries (reading only), send them (no
 * transaction at all), write down what became of them (another). What one instansi meets
 * makes it alone wait. Stopping ends a conversation within about a second. */
#pragma once
#include "jobs/job.h"
#include "jobs/post.h"

struct feedback;
struct store;

struct courier_conf {
	struct post_conf post;       /* its texts are borrowed */
	const struct secret *tokens; /* borrowed; NULL: there are none (jobs/token.h) */
	struct store *office;        /* for reading without the tray */
	struct job_tray tray;
	int64_t node;
	const struct feedback *feedback;
	struct agreement *agreement;
	/* When sending begins to fail for an instansi (`err`), and when it goes well again (NULL):
	 * its code, never a person. From the courier's thread. */
	void (*log)(void *arg, const char *what, const struct err *err);
	void *log_arg;
};
struct courier;
/* RC_INVALID: post_check(). */
MUST_USE enum rc courier_start(const struct courier_conf *conf, struct courier **ret, struct err *err);
/* Ends the thread; what it has in hand is anybody's again. The tray must still work.
 * NULL is allowed. */
void courier_stop(struct courier *courier);
