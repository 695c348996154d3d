/* SPDX-License-Identifier: EUPL-1.2
 * gate/reason.c - see reason.h. */
#include "gate/reason.h"

#include "gate/call.h"
#include "policy/policy.h"

struct gate_reason gate_reason(enum ground ground)
{
	const struct decide_row *row = decide_get(ground);
	if (ground == GROUND_NONE)
		return (struct gate_reason){.text = "", .clause = ""};
	return (struct gate_reason){ground, row->outcome, row->reason, row->clause ? row->clause : ""};
}

struct gate_reason gate_reason_of(struct str key)
{
	enum ground ground = GROUND_NONE;
	while (ground < GROUND_COUNT && !str_eq(key, str_c(decide_get(ground)->key)))
		ground++;
	return gate_reason(ground < GROUND_COUNT ? ground : GROUND_NONE);
}

struct gate_reason gate_standing_reason(const struct standing *standing)
{
	return gate_reason(decide(policy_standing_grounds(standing)).ground);
}

enum rc gate_hurdle(struct visit *v, struct gate_reason *ret, struct err *err)
{
	ground_set against;
	struct standing standing;
	TRY(policy_grounds(v->gate->conf.policy, v->tx, v->who, http_peer(v->rq), v->now_us, &against, &standing, err));
	*ret = gate_reason(decide(against).ground);
	return RC_OK;
}
