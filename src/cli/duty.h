/* SPDX-License-Identifier: EUPL-1.2
 * cli/duty.h - what a serving Padan does by itself: a table of duties with their
 * intervals, done one after another on one quiet thread.
 *
 * What writes goes through the gate's tray as an errand, so that the store keeps
 * one writer; the WAL is checkpointed beside it. One of the duties is to do the jobs
 * that are the office's and not this process's own (jobs/job.h). */
#pragma once
#include <stdatomic.h>

#include "cli/app.h"
#include "gate/gate.h"
#include "jobs/job.h"

struct duty_clock {
	int64_t next_us; /* steady */
	bool failing;    /* said so already */
};
#define DUTIES_MAX 9
struct duties {
	struct app *app;
	struct gate *gate;
	struct duty_clock clocks[DUTIES_MAX];
	bool warned_clock, warned_disk;
	struct jobs jobs;
	/* read by the ops door, from other threads */
	_Atomic int64_t relay_unknown; /* hits whose outcome will never be known */
	atomic_bool well;              /* no vital duty failed the last time it was due */
	atomic_bool clock_synchronised;
	_Atomic int64_t disk_free;     /* -1 unknown */
	_Atomic int64_t journal_size, checkpoint_us;
	_Atomic int32_t registry_as_of; /* day.n; 0 unknown */
	_Atomic int64_t job_ok_us[JOBS_MAX]; /* in the order of the table of jobs; 0 not yet */
	_Atomic int64_t mail_waiting, mail_failed;
	_Atomic int64_t runs_waiting, runs_failing; /* figures of reports */
	_Atomic int64_t balikan_waiting, balikan_refused, balikan_oldest_us;
};
/* The gate's tray, as jobs and the mailer want it. */
struct job_tray duty_tray(struct gate *gate);
/* Nothing is due yet but the watch over disk and clock, which is done at once. */
void duties_begin(struct duties *duties, struct app *app, struct gate *gate);
/* Do what is due by `steady_us`; to be called every second, and every DUTY_RETRY_US while not all is well. */
#define DUTY_RETRY_US (US_PER_S / 5)
void duties_round(struct duties *duties, int64_t steady_us);
/* Sign what the log holds now; at the end of a run too. */
MUST_USE enum rc duty_sign(struct duties *duties, struct err *err);

/* Is the machine's clock kept right by somebody (NTP, chrony)? */
bool duty_clock_is_synchronised(void);
#define DUTY_DISK_LOW ((int64_t)512 << 20)
