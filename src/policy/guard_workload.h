/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_workload.h - what people and attackers do at the entry form, by seed:
 * the material the guard is tuned on, measured with and tested against.
 *
 * A workload is behaviour (a list on paper, hands that slip, a script that counts), not
 * the guard's clues. Same name and seed: same rows, on every machine. */
#pragma once
#include "policy/guard_world.h"

struct workload_script;
struct workload_row {
	int64_t time_us;
	int instansi, user;   /* from 1 */
	int64_t typed;        /* what was typed, as a number; need not be a NIK */
	enum outcome outcome; /* if nobody stands in the way */
	bool hostile;         /* part of an attack; an attacker may do honest work beside */
};
struct workload {
	const char *name;
	bool hostile;
	int leak_median; /* goal: hits before the hold, in the median; 0 for honest work */
	int about;       /* the generator's own */
	void (*make)(struct workload_script *script, int about);
};
#define WORKLOAD_ROWS 4096
struct workload_script {
	struct world world;
	struct workload_row *rows; /* of WORKLOAD_ROWS */
	size_t n;
};

const struct workload *workload_at(size_t i); /* NULL past the end */
const struct workload *workload_find(struct str name);
/* Into rows[WORKLOAD_ROWS], ascending in time; how many. */
size_t workload_make(const struct workload *workload, uint64_t seed, struct workload_row *rows);

/* For the generators: somebody presses the key. */
void workload_ask(struct workload_script *script, struct workload_row row);
extern const struct workload workloads_honest[], workloads_hostile[];
extern const size_t workloads_honest_n, workloads_hostile_n;
