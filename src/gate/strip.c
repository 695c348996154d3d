/* SPDX-License-Identifier: EUPL-1.2
 * gate/strip.c - see strip.h. */
#include "gate/strip.h"

#include "gate/call.h"
#include "policy/policy.h"
#include "store/store.h"

#define CLEAR_DEFAULT_S 60

enum rc gate_quota(struct visit *v, int64_t *ret_left, int64_t *ret_limit, struct err *err)
{
	struct quota_use use;
	const struct standing *standing = &v->standing;
	if (!standing->terms || !standing->terms->methods[METHOD_PORTAL].granted)
		return RC_ABSENT;
	int64_t limit = policy_quota_limit(standing, METHOD_PORTAL);
	TRY(quota_read(v->tx, standing->instansi_id, METHOD_PORTAL, limit, v->now_us, &use, err));
	*ret_left = quota_left(&use);
	*ret_limit = use.limit;
	return RC_OK;
}

enum rc gate_instansi_list(struct visit *v, const int64_t *ids, size_t n, struct gate_instansi *ret, struct err *err)
{
	struct standing *standings = ARENA_ARRAY(tx_arena(v->tx), n + 1, struct standing);
	struct quota_line *lines = ARENA_ARRAY(tx_arena(v->tx), n + 1, struct quota_line);
	if (!standings || !lines)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(agreement_standings(v->gate->conf.agreement, v->tx, ids, n, v->now_us, standings, err));
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct quota_line){.instansi_id = ids[i], .method = METHOD_PORTAL};
	TRY(quota_look(v->tx, lines, n, v->now_us, err));
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct gate_instansi){standings[i], lines[i].use.used, policy_quota_limit(&standings[i], METHOD_PORTAL)};
	return RC_OK;
}

enum rc gate_instansi_get(struct visit *v, int64_t instansi_id, struct gate_instansi *ret, struct err *err)
{
	return gate_instansi_list(v, &instansi_id, 1, ret, err);
}

struct agreement *gate_agreement(const struct visit *v)
{
	return v->gate->conf.agreement;
}

int gate_clear_s(const struct visit *v)
{
	return v->gate->conf.clear_s > 0 ? v->gate->conf.clear_s : CLEAR_DEFAULT_S;
}

int gate_dormant_days(const struct visit *v)
{
	return v->gate->limits.dormant_days;
}
