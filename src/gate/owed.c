/* SPDX-License-Identifier: EUPL-1.2
 * gate/owed.c - see owed.h. */
#include "gate/owed.h"

#include "policy/policy.h"

struct gate_owed gate_owed(const struct standing *standing, struct debt_total total, int64_t now_us)
{
	struct gate_owed owed = {.n = total.n};
	const struct terms_debt *limit = standing->terms ? &standing->terms->debt : NULL;
	if (total.oldest_us)
		owed.days = day_of_us(now_us).n - day_of_us(total.oldest_us).n;
	if (!limit)
		return owed;
	owed.open_max = limit->open_max;
	owed.age_days_max = limit->age_days_max;
	owed.over = policy_debt_over(limit, (struct policy_debt){total.n, total.oldest_us}, now_us);
	owed.refuses = owed.over && limit->refuse;
	return owed;
}

enum rc gate_owed_own(struct visit *v, struct gate_owed *ret, struct err *err)
{
	struct debt_total total;
	*ret = (struct gate_owed){0};
	if (!v->standing.instansi_id)
		return RC_OK;
	TRY(debt_totals(v->tx, &v->standing.instansi_id, 1, &total, err));
	*ret = gate_owed(&v->standing, total, v->now_us);
	return RC_OK;
}
