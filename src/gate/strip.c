/* SPDX-License-Identifier: EUPL-1.2
 * gate/strip.c - see strip.h. */
#include "gate/strip.h"

#include "gate/call.h"
#include "policy/policy.h"

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

enum rc gate_instansi_get(struct visit *v, int64_t instansi_id, struct gate_instansi *ret, struct err *err)
{
	struct quota_use use;
	TRY(agreement_standing(v->gate->conf.agreement, v->tx, instansi_id, v->now_us, &ret->standing, err));
	int64_t limit = policy_quota_limit(&ret->standing, METHOD_PORTAL);
	TRY(quota_read(v->tx, instansi_id, METHOD_PORTAL, limit, v->now_us, &use, err));
	ret->used = use.used;
	ret->limit = use.limit;
	return RC_OK;
}

int gate_clear_s(const struct visit *v)
{
	return v->gate->conf.clear_s > 0 ? v->gate->conf.clear_s : CLEAR_DEFAULT_S;
}

int gate_dormant_days(const struct visit *v)
{
	return v->gate->limits.dormant_days;
}
