/* SPDX-License-Identifier: EUPL-1.2
 * policy/owed.c - see owed.h. */
#include "policy/owed.h"

#include "store/store.h"

bool policy_debt_over(const struct terms_debt *limit, struct policy_debt owed, int64_t now_us)
{
	bool late = owed.oldest_us && day_of_us(now_us).n - day_of_us(owed.oldest_us).n > limit->age_days_max;
	return owed.n > 0 && (owed.n >= limit->open_max || late);
}

static bool is_refusing(const struct fact *fact)
{
	return fact->home && fact->home->standing.terms && fact->home->standing.terms->debt.refuse;
}

/* The asks whose instansi refuses, by instansi. A rehearsal opens no debt. */
static size_t keys_of(const struct policy_tray *tray, const struct fact *facts, struct fact_key *keys)
{
	size_t n = 0;
	for (size_t i = 0; i < tray->n; i++)
		if (is_refusing(&facts[i]) && !(tray->asks[i].who && principal_is_sandbox(tray->asks[i].who)))
			keys[n++] = (struct fact_key){.a = facts[i].home->instansi_id, .at = i};
	fact_keys_sort(keys, n);
	return n;
}

enum rc owed_read(const struct policy_conf *conf, const struct policy_tray *tray, const struct fact *facts, bool *ret,
                  struct err *err)
{
	struct arena *arena = tx_arena(tray->tx);
	struct fact_key *keys = ARENA_ARRAY(arena, tray->n, struct fact_key);
	int64_t *ids = ARENA_ARRAY(arena, tray->n, int64_t);
	struct policy_debt *owed = ARENA_ARRAY(arena, tray->n, struct policy_debt);
	size_t ids_n = 0;
	if (!keys || !ids || !owed)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	size_t n = conf->debts ? keys_of(tray, facts, keys) : 0;
	for (size_t i = 0; i < n; i = fact_keys_run(keys, n, i))
		ids[ids_n++] = keys[i].a;
	if (ids_n == 0)
		return RC_OK;
	TRY(conf->debts(tray->tx, ids, ids_n, owed, err));
	for (size_t i = 0, at = 0; i < n; at++)
		for (size_t end = fact_keys_run(keys, n, i); i < end; i++, owed[at].n++)
			ret[keys[i].at] = policy_debt_over(&facts[keys[i].at].home->standing.terms->debt, owed[at], tray->now_us);
	return RC_OK;
}
