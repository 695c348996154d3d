/* SPDX-License-Identifier: EUPL-1.2
 * jobs/verifier.c - see verifier.h. */
#include "jobs/verifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "jobs/loop.h"
#include "journal/check.h"
#include "journal/journal.h"
#include "store/store.h"

#define LOOK_US US_PER_S
#define TELL_US (2 * US_PER_S) /* how often the row learns how far it came */
#define REST_MAX_US 50000

struct verifier {
	struct verifier_conf conf;
	struct check_hand hand;
	int log_id;
	int64_t told_us, worked_us; /* steady */
	bool lost;                  /* another node has it meanwhile */
	bool failing;               /* said so already */
	struct check_verdict verdict;
	struct loop loop;
};

/* ---- transactions ---- */

static enum rc errand(struct verifier *verifier, enum rc (*run)(void *, struct tx *, int64_t, struct err *), struct err *err)
{
	return verifier->conf.tray.errand(verifier->conf.tray.arg, run, verifier, err);
}

static enum rc take(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct verifier *verifier = arg;
	return check_take(tx, &verifier->hand, now_us, err);
}

static enum rc tell(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct verifier *verifier = arg;
	enum rc rc = check_progress(tx, &verifier->hand, now_us, err);
	verifier->lost = rc == RC_CONFLICT;
	return rc;
}

static enum rc finish(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct verifier *verifier = arg;
	return check_finish(tx, verifier->hand.check_id, &verifier->verdict, now_us, err);
}

/* Apart from the row: a log that cannot be appended to must not hide what was found. */
static enum rc write_entry(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct verifier *verifier = arg;
	const struct receipt *receipt;
	const struct verify_result *result = &verifier->verdict.result;
	bool whole = verifier->verdict.state == CHECK_WHOLE;
	struct entry entry = {.act = ACT_CHECKPOINT, .time_us = now_us, .outcome = whole ? "ok" : "refused"};
	entry.about =
	        arena_printf(tx_arena(tx), "verify %s log=%d entries=%lld bad=%lld", check_state_at(verifier->verdict.state)->key,
	                     verifier->log_id, (long long)result->entries, (long long)result->bad_seq);
	return journal_append(verifier->conf.journal, tx, &entry, 1, &receipt, err);
}

static enum rc release(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct verifier *verifier = arg;
	(void)now_us;
	return check_release(tx, verifier->conf.node, err);
}

/* Most of the time there is nothing: no need to trouble the tray. */
static bool anything_due(struct verifier *verifier)
{
	TX_AUTO *tx = NULL;
	struct err ignored = {0};
	return tx_begin(verifier->conf.office, TX_READ, &tx, &ignored) == RC_OK &&
	       check_due(tx, clock_now_us(), &verifier->hand.check_id, &verifier->log_id, &ignored) == RC_OK;
}

/* ---- one check ---- */

/* A range was read: rest for half as long as it took. */
static void rest(struct verifier *verifier)
{
	int64_t us = (clock_steady_us() - verifier->worked_us) / 2;
	us = us < 0 ? 0 : us > REST_MAX_US ? REST_MAX_US : us;
	nanosleep(&(struct timespec){.tv_nsec = (long)us * 1000}, NULL);
	verifier->worked_us = clock_steady_us();
}

static void on_progress(void *arg, int64_t done, int64_t all)
{
	struct verifier *verifier = arg;
	struct err ignored = {0};
	verifier->hand.done = done;
	verifier->hand.all = all;
	rest(verifier);
	if (clock_steady_us() - verifier->told_us < TELL_US)
		return;
	if (errand(verifier, tell, &ignored) == RC_OK) /* else it is told the next time, or is not ours any more */
		verifier->told_us = clock_steady_us();
}

static bool on_goes_on(void *arg)
{
	const struct verifier *verifier = arg;
	return !verifier->loop.stopping && !verifier->lost;
}

static void say(struct verifier *verifier, const char *what, struct err *err)
{
	if (verifier->conf.log)
		verifier->conf.log(verifier->conf.log_arg, what, err);
}

static enum rc write_verdict(struct verifier *verifier, struct err *err)
{
	char what[80];
	TRY(errand(verifier, finish, err));
	if (verifier->verdict.state == CHECK_BROKEN) {
		struct err why = {0};
		snprintf(why.what, sizeof why.what, "%s", verifier->verdict.result.reason);
		snprintf(what, sizeof what, "jurnal log %d TIDAK UTUH", verifier->log_id);
		say(verifier, what, &why);
	}
	return errand(verifier, write_entry, err);
}

static void judge(struct verifier *verifier, enum rc rc, const struct err *why)
{
	struct verify_result *result = &verifier->verdict.result;
	verifier->verdict.state = rc == RC_OK ? CHECK_WHOLE : rc == RC_REFUSED ? CHECK_BROKEN : CHECK_FAILED;
	if (verifier->verdict.state == CHECK_FAILED)
		snprintf(result->reason, sizeof result->reason, "%.150s", why->what);
}

static enum rc check_one(struct verifier *verifier, struct err *err)
{
	struct err why = {0};
	struct verify_conf conf = {.progress = on_progress, .goes_on = on_goes_on, .arg = verifier};
	verifier->verdict = (struct check_verdict){.result = {.bad_seq = -1}};
	verifier->lost = false;
	verifier->worked_us = verifier->told_us = clock_steady_us();
	enum rc rc = verify_store(verifier->conf.office, verifier->log_id, &conf, &verifier->verdict.result, &why);
	if (rc == RC_LIMIT)
		return RC_OK; /* stopped, and let_go() lets go; or lost */
	judge(verifier, rc, &why);
	return write_verdict(verifier, err);
}

static int64_t piece(void *arg)
{
	struct verifier *verifier = arg;
	struct err err = {0};
	if (!anything_due(verifier))
		return LOOK_US;
	enum rc rc = errand(verifier, take, &err);
	if (rc == RC_CONFLICT)
		return LOOK_US;
	if (rc == RC_OK)
		rc = check_one(verifier, &err);
	if (rc != RC_OK && !verifier->failing)
		say(verifier, "pemeriksaan jurnal tidak dapat dijalankan", &err);
	verifier->failing = rc != RC_OK;
	return rc == RC_OK ? 0 : LOOK_US;
}

/* ---- the thread ---- */

static void let_go(void *arg)
{
	struct verifier *verifier = arg;
	struct err ignored = {0};
	if (errand(verifier, release, &ignored) != RC_OK)
		verifier->failing = true; /* its lease ends by itself */
}

enum rc verifier_start(const struct verifier_conf *conf, struct verifier **ret, struct err *err)
{
	struct verifier *verifier = calloc(1, sizeof *verifier); /* tidy: allow, lives with its thread */
	if (!verifier)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	verifier->conf = *conf;
	verifier->hand.node = conf->node;
	struct loop_work work = {let_go, piece, verifier};
	enum rc rc = loop_start(&verifier->loop, &work, "pemeriksa jurnal", err);
	if (rc == RC_OK)
		*ret = verifier;
	else
		free(verifier); /* tidy: allow */
	return rc;
}

void verifier_stop(struct verifier *verifier)
{
	if (!verifier)
		return;
	loop_stop(&verifier->loop);
	free(verifier); /* tidy: allow */
}
