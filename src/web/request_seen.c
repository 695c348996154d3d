/* SPDX-License-Identifier: EUPL-1.2
 * web/request_seen.c - see request_seen.h. */
#include "web/request_seen.h"

#include "gate/strip.h"
#include "web/subject.h"

#define NO_SUCH_REQUEST "Permohonan itu tidak ada."

enum rc request_seen_number(struct str typed, int64_t *ret, struct err *err)
{
	if (str_int(typed, 1, INT64_MAX, ret) != RC_OK)
		return FAIL(err, RC_ABSENT, NO_SUCH_REQUEST);
	return RC_OK;
}

enum rc request_seen_find(struct visit *v, int64_t request_id, struct request_seen *ret, struct err *err)
{
	TRY(request_get(v->tx, request_id, &ret->request, err));
	if (!office_subject_seen(v, ret->request.instansi_id))
		return FAIL(err, RC_ABSENT, NO_SUCH_REQUEST);
	TRY(request_steps(v->tx, &ret->request, &ret->steps, &ret->steps_n, err));
	return agreement_standing(gate_agreement(v), v->tx, ret->request.instansi_id, v->now_us, &ret->standing, err);
}

bool request_seen_reveals(const struct visit *v, const struct request_seen *seen)
{
	enum role role = principal_role(v->who);
	return role == ROLE_KEPALA || (role == ROLE_ADMIN && seen->request.state->turn != TURN_NOBODY);
}

enum rc request_seen_waiting(struct visit *v, int64_t *ret, struct err *err)
{
	enum role role = principal_role(v->who);
	enum turn side = role == ROLE_ADMIN ? TURN_PROVIDER : TURN_INSTANSI;
	*ret = 0;
	if (role != ROLE_KEPALA && role != ROLE_ADMIN)
		return RC_OK;
	return request_waiting(v->tx, principal_instansi(v->who), side, day_of_us(v->now_us), ret, err);
}
