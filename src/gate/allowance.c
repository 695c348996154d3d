/* SPDX-License-Identifier: EUPL-1.2
 * gate/allowance.c - see allowance.h. */
#include "gate/allowance.h"

#include "policy/policy.h"
#include "policy/quota.h"

static struct gate_allowance allowance_of(const struct standing *standing, const struct quota_line *line)
{
	enum method method = line->method;
	const struct terms *terms = standing->terms;
	return (struct gate_allowance){.method = method,
	                               .open = terms && terms->methods[method].granted,
	                               .poc_passed = standing->poc_passed[method],
	                               .limit = line->use.limit,
	                               .used = line->use.used,
	                               .left = quota_left(&line->use),
	                               .resets_us = line->use.resets_us};
}

enum rc gate_allowances(struct visit *v, struct gate_allowance ret[METHOD_COUNT], struct err *err)
{
	struct quota_line lines[METHOD_COUNT];
	const struct standing *standing = &v->standing;
	for (enum method m = 0; m < METHOD_COUNT; m++)
		lines[m] = (struct quota_line){
		        .instansi_id = standing->instansi_id, .method = m, .use.limit = policy_quota_limit(standing, m)};
	TRY(quota_look(v->tx, lines, METHOD_COUNT, v->now_us, err));
	for (enum method m = 0; m < METHOD_COUNT; m++)
		ret[m] = allowance_of(standing, &lines[m]);
	return RC_OK;
}
