/* SPDX-License-Identifier: EUPL-1.2
 * web/victims_look.c - see victims_look.h. */
#include "web/victims_look.h"

#include "agreement/feedback_window.h"
#include "feedback/reconcile.h"

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Kejadian itu tidak ada.");
}

static enum rc named(struct visit *v, int64_t instansi_id, struct str text, struct kejadian *ret, struct err *err)
{
	int64_t id;
	if (str_int(text, 1, INT64_MAX, &id) != RC_OK)
		return absent(err);
	enum rc rc = kejadian_get(v->tx, instansi_id, id, ret, err);
	return rc == RC_ABSENT ? absent(err) : rc;
}

/* The session's, else the latest. */
static enum rc usual(struct visit *v, int64_t instansi_id, struct kejadian *ret, struct err *err)
{
	struct kejadian *list;
	size_t n;
	int64_t chosen = principal_kejadian(v->who);
	enum rc rc = chosen ? kejadian_get(v->tx, instansi_id, chosen, ret, err) : RC_ABSENT;
	if (rc != RC_ABSENT)
		return rc;
	TRY(kejadian_list(v->tx, instansi_id, &list, &n, err));
	*ret = n ? list[0] : (struct kejadian){.kejadian_id = 0};
	return RC_OK;
}

/* Who comes for what is owed, from the strip or from a refusal, sees a kejadian in which
 * something is: the usual one, else the latest such. */
static enum rc unnamed(struct visit *v, int64_t instansi_id, struct kejadian *ret, struct err *err)
{
	struct debt_figures figures;
	struct reconcile *owing;
	size_t n;
	TRY(usual(v, instansi_id, ret, err));
	if (!str_eq(http_query(v->rq, "status"), S("open")))
		return RC_OK;
	TRY(debt_figures(v->tx, ret->kejadian_id, &figures, err));
	if (figures.open)
		return RC_OK;
	TRY(reconcile_owing(v->tx, instansi_id, 1, &owing, &n, err));
	return n ? kejadian_get(v->tx, instansi_id, owing[0].sum.kejadian_id, ret, err) : RC_OK;
}

static struct person_ask filter_of(struct visit *v, bool mine)
{
	enum debt_state state;
	enum keterangan keterangan;
	struct person_ask ask = {.state = http_query(v->rq, "status"), .keterangan = http_query(v->rq, "keterangan")};
	if (debt_state_from_key(ask.state, &state) != RC_OK)
		ask.state = S("");
	if (keterangan_from_key(ask.keterangan, &keterangan) != RC_OK)
		ask.keterangan = S("");
	ask.asked_by = mine ? principal_user_id(v->who) : S("");
	return ask;
}

enum rc victims_look(struct visit *v, struct victims_look *ret, struct err *err)
{
	*ret = (struct victims_look){.mine = false};
	TRY(office_subject_or_all(v, &ret->subject, err));
	int64_t instansi = ret->subject.row.instansi_id;
	if (!instansi)
		return RC_OK;
	struct str text = http_query(v->rq, "kejadian");
	TRY(text.n ? named(v, instansi, text, &ret->kejadian, err) : unnamed(v, instansi, &ret->kejadian, err));
	ret->mine = ret->subject.own && str_eq(http_query(v->rq, "saya"), S("1"));
	ret->ask = filter_of(v, ret->mine);
	ret->ask.kejadian_id = ret->kejadian.kejadian_id;
	return debt_figures(v->tx, ret->kejadian.kejadian_id, &ret->figures, err);
}

void victims_pairs(struct visit *v, const struct victims_look *look, struct pager *pager)
{
	int64_t id = look->kejadian.kejadian_id;
	pager_add(pager, "instansi", look->subject.own ? S("") : look->subject.row.code);
	pager_add(pager, "kejadian", id ? arena_printf(v->arena, "%lld", (long long)id) : S(""));
	pager_add(pager, "status", look->ask.state);
	pager_add(pager, "keterangan", look->ask.keterangan);
	pager_add(pager, "saya", look->mine ? S("1") : S(""));
}

bool victims_may_tell(const struct visit *v, int64_t instansi_id)
{
	unsigned role = ROLE_BIT(principal_role(v->who));
	bool own = principal_instansi(v->who) == instansi_id && (role & (ROLE_BIT(ROLE_KEPALA) | ROLE_BIT(ROLE_OPERATOR)));
	return own && feedback_window(&v->standing, v->now_us).open;
}
