/* SPDX-License-Identifier: EUPL-1.2
 * gate/hold.c - see hold.h. */
#include "gate/hold.h"

#include "gate/call.h"

/* Below 0: all of them. */
static int64_t whose(const struct visit *v)
{
	int64_t own = principal_instansi(v->who);
	return own ? own : -1;
}

static bool may_see(const struct visit *v)
{
	return principal_role(v->who) != ROLE_OPERATOR && principal_role(v->who) != ROLE_SERVICE;
}

static struct hold_actor actor(const struct visit *v)
{
	return (struct hold_actor){principal_user(v->who), principal_user_id(v->who)};
}

enum rc gate_holds_open(struct visit *v, int64_t *ret, struct err *err)
{
	*ret = 0;
	return may_see(v) ? hold_count_open(v->tx, whose(v), ret, err) : RC_OK;
}

enum rc gate_holds(struct visit *v, int64_t before, struct gate_holds *ret, struct err *err)
{
	*ret = (struct gate_holds){.open_n = 0};
	if (!may_see(v))
		return FAIL(err, RC_REFUSED, "Halaman ini bukan untuk peran Anda.");
	TRY(hold_count_open(v->tx, whose(v), &ret->open_all, err));
	TRY(hold_count_past(v->tx, whose(v), &ret->past_all, err));
	TRY(hold_list_open(v->tx, whose(v), &ret->open, &ret->open_n, err));
	TRY(hold_list_past(v->tx, whose(v), before, GATE_HOLDS_PAGE + 1, &ret->past, &ret->past_n, err));
	if (ret->past_n <= GATE_HOLDS_PAGE)
		return RC_OK;
	ret->past_n = GATE_HOLDS_PAGE;
	ret->next = ret->past[GATE_HOLDS_PAGE - 1].hold_id;
	return RC_OK;
}

enum rc gate_hold_get(struct visit *v, int64_t hold_id, struct hold *ret, struct err *err)
{
	if (!may_see(v))
		return FAIL(err, RC_REFUSED, "Halaman ini bukan untuk peran Anda.");
	return hold_get(v->tx, hold_id, whose(v), ret, err);
}

static enum rc journal_act(struct visit *v, const struct hold *hold, const char *what, struct err *err)
{
	struct str about = arena_printf(v->arena, "%s %lld %.*s %.*s", what, (long long)hold->hold_id, STR_ARG(hold->reason),
	                                STR_ARG(hold->clue));
	struct entry entry = {
		.act = ACT_GUARD, .outcome = "ok", .clause = "J.II.E1", .instansi_id = hold->instansi_id, .about = about};
	return visit_journal(v, entry, NULL, err);
}

enum rc gate_hold_plead(struct visit *v, int64_t hold_id, struct str text, struct err *err)
{
	struct hold hold;
	if (principal_role(v->who) != ROLE_KEPALA)
		return FAIL(err, RC_REFUSED, "Penjelasan ditulis oleh kepala instansi.");
	TRY(gate_hold_get(v, hold_id, &hold, err));
	TRY(hold_plead(v->tx, hold_id, whose(v), actor(v), text, v->now_us, err));
	return journal_act(v, &hold, "justify", err);
}

enum rc gate_hold_decide(struct visit *v, int64_t hold_id, enum hold_state state, struct str note, enum hold_state *ret,
                         struct err *err)
{
	struct hold hold;
	const struct hold_decision decision = {state, actor(v), note, v->gate->conf.hold_two_persons};
	if (principal_role(v->who) != ROLE_ADMIN)
		return FAIL(err, RC_REFUSED, "Keputusan diambil oleh Admin Dinas Dukcapil.");
	TRY(gate_hold_get(v, hold_id, &hold, err));
	TRY(hold_decide(v->tx, hold_id, &decision, v->now_us, ret, err));
	return journal_act(v, &hold, *ret == HOLD_OPEN ? "agree" : state == HOLD_RELEASED ? "release" : "confirm", err);
}

bool gate_needs_two(const struct visit *v)
{
	return v->gate->conf.hold_two_persons;
}

struct ref_text gate_hold_ref(struct visit *v, const struct hold *hold)
{
	return journal_ref(v->gate->conf.journal, hold->seq);
}
