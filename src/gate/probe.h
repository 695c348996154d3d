/* SPDX-License-Identifier: EUPL-1.2
 * gate/probe.h - how a serving Padan is, for the people and machines that watch it.
 * Figures only: nothing here names a person, an instansi or an address. */
#pragma once
#include "gate/gate.h"

#define PROBE_JOBS_MAX 16
struct probe_job {
	const char *key; /* NULL ends the list */
	int64_t ok_us;   /* when it last went well, on whatever node; 0 not yet */
};
/* The system above, where there is one instead of a registry (registry/relay.h). */
struct probe_relay {
	bool there, open; /* open: it failed too often, and is left alone for now */
	int64_t in_flight, waiting, asked, answered, failed, retried, users_paused, unknown;
};
struct probe {
	bool ready;             /* everything is open, the last duty round went well, not stopping */
	int node;               /* whose log it writes (journal/lease.h) */
	int64_t fence;
	int64_t started_us, now_us;
	struct gate_stat gate;
	struct http_stat http;
	int64_t journal_size, checkpoint_us; /* entries at the last checkpoint, and when it was signed */
	struct day registry_as_of;           /* n == 0: unknown */
	int64_t disk_free;      /* bytes beside the office store; -1 unknown */
	bool clock_synchronised;
	int64_t memory_peak;    /* bytes, the most that was ever resident */
	struct probe_job jobs[PROBE_JOBS_MAX + 1];
	int64_t mail_waiting, mail_failed;
	int64_t runs_waiting, runs_failing;       /* figures of reports being counted */
	int64_t balikan_waiting, balikan_refused; /* on their way to the system above */
	struct probe_relay relay;
	int64_t balikan_oldest_us;                /* when the first that waits was put; 0: none */
};
/* Where a probe comes from; `read` may be called from any thread. */
struct probe_source {
	void (*read)(const struct probe_source *source, struct probe *ret);
};
