/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_trial.c - the guard and a workload in one room, with a tally. */
#include <assert.h>

#include "policy/guard_trial.h"

struct floor {
	struct guard_state user[GUARD_TRIAL_USERS], instansi;
	bool attacked[GUARD_TRIAL_USERS];
	int32_t day[GUARD_TRIAL_USERS]; /* on which it worked last */
};

static void note_hold(struct guard_trial *trial, const struct guard_verdict *v)
{
	if (trial->reason != GUARD_REASON_NONE)
		return;
	trial->clue = v->clue;
	trial->reason = v->reason;
	memcpy(trial->evidence, v->evidence, sizeof trial->evidence);
}

static void tally(struct guard_trial *trial, const struct workload_row *row, const struct guard_verdict *v, bool hostile)
{
	if (v->stage == GUARD_HOLD)
		note_hold(trial, v);
	if (hostile) {
		trial->hostile += row->hostile;
		trial->leaked += row->hostile && v->stage != GUARD_HOLD;
		return;
	}
	trial->honest++;
	trial->warns += v->stage == GUARD_WARN;
	trial->holds += v->stage == GUARD_HOLD;
}

struct guard_trial guard_try(const struct workload_row *rows, size_t n, bool hostile, const struct guard_thresholds *terms)
{
	struct guard_trial trial = {0};
	struct floor floor = {0};
	for (size_t i = 0; i < n; i++) {
		const struct workload_row *row = &rows[i];
		assert(row->user > 0 && row->user <= GUARD_TRIAL_USERS);
		int u = row->user - 1;
		struct guard_ask ask = {{row->outcome == OUTCOME_FORMAT ? 0 : row->typed}, row->time_us};
		struct guard_verdict v = guard_look(&floor.user[u], &floor.instansi, &ask, terms);
		tally(&trial, row, &v, hostile);
		floor.attacked[u] |= row->hostile;
		trial.operator_days += floor.day[u] != day_of_us(row->time_us).n;
		floor.day[u] = day_of_us(row->time_us).n;
		if (v.stage != GUARD_HOLD)
			guard_learn(&floor.user[u], &floor.instansi, &ask, row->outcome, terms);
		else if (!hostile)
			guard_release(&floor.user[u]);
	}
	for (int u = 0; u < GUARD_TRIAL_USERS; u++) {
		trial.attackers += floor.attacked[u];
		trial.held += floor.attacked[u] && floor.user[u].held != GUARD_REASON_NONE;
	}
	return trial;
}
