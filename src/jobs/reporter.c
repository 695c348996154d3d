/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reporter.c - see reporter.h. */
#include "jobs/reporter.h"

#include <stdio.h>
#include <stdlib.h>

#include "jobs/loop.h"
#include "report/counter.h"
#include "sys/quiet.h"

#define LOOK_US (2 * US_PER_S)
#define SAVE_US (3 * US_PER_S)
#define BITE 512 /* entries: a few milliseconds */

struct reporter {
	struct reporter_conf conf;
	struct counter *counter;
	bool failing; /* our own office; said so already */
	struct loop loop;
};

static void tell(const struct reporter *reporter, const char *what, const struct err *err)
{
	reporter->conf.log(reporter->conf.log_arg, what, err);
}

static void tell_run(const struct reporter *reporter, int64_t run_id, enum counter_news news, const struct err *err)
{
	static const char *const words[] = {
	        [COUNTER_DONE] = "selesai dihitung", [COUNTER_REFUSED] = "tidak dapat dihitung", [COUNTER_FAILED] = "dicoba lagi"};
	char what[80];
	if (news != COUNTER_DONE && news != COUNTER_REFUSED && news != COUNTER_FAILED)
		return;
	if (run_id)
		snprintf(what, sizeof what, "angka laporan %lld: %s", (long long)run_id, words[news]);
	else
		snprintf(what, sizeof what, "angka laporan: %s", words[news]);
	tell(reporter, what, news == COUNTER_DONE ? NULL : err);
}

static void tell_ours(struct reporter *reporter, bool failing, const struct err *err)
{
	if (failing && !reporter->failing)
		tell(reporter, "angka laporan tidak dapat dihitung", err);
	if (!failing && reporter->failing)
		tell(reporter, "angka laporan: pulih", NULL);
	reporter->failing = failing;
}

static int64_t piece(void *arg)
{
	struct reporter *reporter = arg;
	struct err err = {0};
	enum counter_news news = COUNTER_NOTHING;
	int64_t run_id = counter_run(reporter->counter), began_us = clock_steady_us();
	enum rc rc = counter_piece(reporter->counter, &news, &err);
	tell_ours(reporter, rc != RC_OK, &err);
	if (rc != RC_OK || news == COUNTER_NOTHING)
		return LOOK_US;
	tell_run(reporter, run_id, news, &err);
	int64_t took_us = clock_steady_us() - began_us;
	return took_us > 0 ? took_us : 1;
}

static void release(struct reporter *reporter)
{
	struct err err = {0};
	enum rc rc = counter_release(reporter->counter, &err);
	if (rc != RC_OK)
		tell_ours(reporter, true, &err); /* its lease ends by itself */
}

static void let_go(void *arg)
{
	quiet_thread();
	release(arg);
}

static void destroy(struct reporter *reporter)
{
	counter_close(reporter->counter);
	free(reporter); /* tidy: allow */
}

enum rc reporter_start(const struct reporter_conf *conf, struct reporter **ret, struct err *err)
{
	struct reporter *reporter = calloc(1, sizeof *reporter); /* tidy: allow, lives with its thread */
	if (!reporter)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	reporter->conf = *conf;
	struct counter_conf counter = {.office = conf->office,
	                               .journal = conf->journal,
	                               .node = conf->node,
	                               .bite = BITE,
	                               .save_us = SAVE_US,
	                               .errand = conf->tray.errand,
	                               .errand_arg = conf->tray.arg};
	struct loop_work work = {let_go, piece, reporter};
	enum rc rc = counter_open(&counter, &reporter->counter, err);
	if (rc == RC_OK)
		rc = loop_start(&reporter->loop, &work, "angka laporan", err);
	if (rc == RC_OK)
		*ret = reporter;
	else
		destroy(reporter);
	return rc;
}

void reporter_stop(struct reporter *reporter)
{
	if (!reporter)
		return;
	loop_stop(&reporter->loop);
	destroy(reporter);
}
