/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_trial.h - play a workload against the guard and count: for the bench,
 * the tests and nothing else. */
#pragma once
#include "policy/guard.h"
#include "policy/guard_workload.h"

struct guard_trial {
	int hostile, leaked;      /* inquiries of the attack; those that were let through */
	int attackers, held;      /* user ids that attacked; those that were held at the end */
	int honest, warns, holds; /* inquiries of honest workloads; false alarms */
	int operator_days;
	enum guard_clue clue; /* of the first hold, when there was one */
	enum guard_reason reason;
	char evidence[160];
};

/* Rows of one instansi, user ids 1 to GUARD_TRIAL_USERS. A false hold is counted and
 * released, as the provider would. */
#define GUARD_TRIAL_USERS 8
struct guard_trial guard_try(const struct workload_row *rows, size_t n, bool hostile, const struct guard_thresholds *terms);
