/* SPDX-License-Identifier: EUPL-1.2
 * jobs/job.h - what one node of an office does for all of them, by itself: a table of
 * jobs, and a lease a job so that two nodes never do one at the same time.
 *
 * A job runs in bites, each in a transaction of the tray with the row of its lease
 * locked: what it wrote and that it ran become durable together. Between two bites
 * the lease keeps the other nodes away; a node that died loses it after
 * JOB_LEASE_US. A clock that stepped back delays a job by one lease at most: what
 * lies further ahead than that cannot be true. A bite that fails is undone, and that
 * it failed is written down on its own.
 *
 * This is not for what each process does for itself (its WAL, its checkpoint, its
 * disk): those are the duties of cli/duty.c. */
#pragma once
#include "base/base.h"

struct tx;
struct agreement;
struct journal;

#define JOB_LEASE_US (60 * US_PER_S)
#define JOBS_MAX 16

/* What a job may use. */
struct job_office {
	int64_t node; /* journal.node */
	struct agreement *agreement;
	struct journal *journal;
	int dormant_days; /* 0: never */
	bool mail_on;     /* false: nobody would send what is put into the outbox */
};

struct job {
	const char *key; /* stored for ever: [a-z_] */
	const char *label;
	int every_s;
	/* One bite, in the caller's transaction: some hundred rows, a few milliseconds.
	 * *ret_more (false before): there is more to do at once. What it did must be safe to
	 * do again. */
	enum rc (*run)(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err);
};
/* NULL past the end. */
const struct job *job_at(size_t i);

enum job_bite {
	JOB_NOT_DUE,   /* or another node has it */
	JOB_HAS_MORE,  /* ours; call again soon */
	JOB_DONE
};
/* One bite of `job`, if it is due and free. Anything but RC_OK: roll back, then job_failed()
 * in a transaction of its own. */
MUST_USE enum rc job_bite(const struct job_office *office, const struct job *job, struct tx *tx, int64_t now_us, enum job_bite *ret,
                          struct err *err);
/* It is tried again after its interval, or a lease if that is less. */
MUST_USE enum rc job_failed(const struct job_office *office, const struct job *job, struct tx *tx, int64_t now_us, struct err *err);

/* How the jobs of the table fare; run_us and ok_us are 0 before the first time. */
struct job_state {
	const struct job *job;
	int64_t node, until_us, run_us, ok_us, fails; /* fails: in a row */
};
/* JOBS_MAX at most, in the order of the table. */
MUST_USE enum rc job_states(struct tx *tx, struct job_state ret[JOBS_MAX], size_t *ret_n, struct err *err);
/* Not gone well for three intervals (a day at least), or for a minute at least failing. */
bool job_is_late(const struct job_state *state, int64_t now_us);

/* ---- the runner ---- */

/* How a transaction is had: the gate's tray, through cli; a plain one in tests. `run`
 * may be called on any thread; its failure undoes what it wrote. */
struct job_tray {
	enum rc (*errand)(void *arg, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *run_arg,
	                  struct err *err);
	void *arg;
};
struct jobs {
	struct job_office office;
	struct job_tray tray;
	int64_t next_us[JOBS_MAX]; /* steady: when the row is looked at again */
};
void jobs_begin(struct jobs *jobs, const struct job_office *office, const struct job_tray *tray);
/* Every job that is due by `steady_us`, JOB_BITES_MAX bites each at most; the rest the
 * next time. All are tried; what comes back is the first failure, its job named. */
#define JOB_BITES_MAX 50
MUST_USE enum rc jobs_round(struct jobs *jobs, int64_t steady_us, struct err *err);
