/* SPDX-License-Identifier: EUPL-1.2
 * gate/token.c - see token.h. */
#include "gate/token.h"

#include "gate/bearer.h"
#include "gate/stranger.h"
#include "identity/access.h"
#include "policy/policy.h"
#include "store/store.h"

bool token_is_wanted(const struct visit *v)
{
	if (v->route->flags & ROUTE_BEARER)
		return true;
	return (v->route->flags & ROUTE_BEARER_MAY) && bearer_sent(v).at;
}

int token_status(enum token_fault fault)
{
	switch (fault) {
	case TOKEN_GOOD: return 200;
	case TOKEN_MISSING:
	case TOKEN_UNKNOWN: return 401;
	case TOKEN_SCOPE:
	case TOKEN_SANDBOX:
	case TOKEN_GROUND: return 403;
	}
	return 403;
}

/* ---- those nobody knows ---- */

static enum rc refuse_stranger(struct visit *v, struct err *err)
{
	int64_t wait_s;
	v->fault = TOKEN_UNKNOWN;
	TRY(stranger_count(v, S("\naccess"), &wait_s, err));
	if (wait_s > 0)
		return RC_OK;
	const struct decide_row *row = decide_get(GROUND_CREDENTIAL_WRONG);
	struct entry entry = {.act = ACT_CREDENTIAL, .outcome = "refused", .ground = row->key, .clause = row->clause};
	return visit_journal(v, entry, NULL, err);
}

/* Of one user id and address only the first in a short time: a program with the wrong scope asks all day, and so does
 * one whose instansi is suspended. What stands against its owner is counted apart from what the token lacks. */
static enum rc refuse_known(struct visit *v, enum token_fault fault, const char *ground, const char *clause, struct err *err)
{
	int64_t wait_s;
	const char *word = fault == TOKEN_GROUND ? "ground" : "scope";
	struct str whose = arena_printf(v->arena, "\n%s %.*s", word, STR_ARG(principal_user_id(v->who)));
	bool scoped = v->route->flags & ROUTE_BEARER;
	v->fault = fault;
	TRY(stranger_count(v, whose, &wait_s, err));
	if (wait_s > 0)
		return RC_OK;
	struct str about = scoped ? arena_printf(v->arena, "scope %s", scope_at(v->route->scope)->key) : S("access");
	struct entry entry = {.act = ACT_CREDENTIAL,
	                      .outcome = "refused",
	                      .ground = ground,
	                      .clause = clause,
	                      .instansi_id = principal_instansi(v->who),
	                      .about = about};
	return visit_journal(v, entry, NULL, err);
}

static enum rc judge(struct visit *v, const struct principal *who, struct err *err)
{
	v->who = who;
	if (!who)
		return refuse_stranger(v, err);
	bool scoped = v->route->flags & ROUTE_BEARER;
	if (scoped && !(principal_scopes(who) & SCOPE_BIT(v->route->scope)))
		return refuse_known(v, TOKEN_SCOPE, "scope", NULL, err);
	if (principal_is_sandbox(who) && !v->route->inquiry && !(v->route->flags & ROUTE_SANDBOX))
		return refuse_known(v, TOKEN_SANDBOX, "sandbox", NULL, err);
	return RC_OK;
}

/* ---- all of a tray ---- */

enum rc token_enter(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct access_ask *tokens = ARENA_ARRAY(arena, n, struct access_ask);
	const struct principal **found = ARENA_ARRAY(arena, n, const struct principal *);
	struct call **whose = ARENA_ARRAY(arena, n, struct call *);
	size_t count = 0;
	if (n == 0)
		return RC_OK;
	if (!tokens || !found || !whose)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < n; i++) {
		struct visit *v = &calls[i]->v;
		struct str token = bearer_sent(v);
		v->who = NULL;
		v->fault = token.at ? TOKEN_UNKNOWN : TOKEN_MISSING;
		if (token.n == 0)
			continue;
		v->fault = TOKEN_GOOD;
		tokens[count] = (struct access_ask){token, http_certificate(v->rq)};
		whose[count++] = calls[i];
	}
	const struct gate_conf *conf = &calls[0]->v.gate->conf;
	TRY(access_principals(tx, secret_str(&conf->credential_key), tokens, count, conf->dormant_days, now_us, found, err));
	for (size_t i = 0; i < count; i++)
		TRY(judge(&whose[i]->v, found[i], err));
	return RC_OK;
}

enum rc token_page(struct visit *v, ground_set against, struct err *err)
{
	ground_set closing = GROUNDS_PEER | GROUNDS_USER;
	if (!(v->route->flags & (ROUTE_ENDED | ROUTE_DEBT | ROUTE_PUBLIC)))
		closing |= GROUNDS_INSTANSI;
	if (v->route->flags & ROUTE_DEBT)
		closing = bearer_grounds(&v->standing, v->now_us);
	struct ruling ruling = decide(against & closing);
	v->ground = ruling.ground;
	if (ruling.ground == GROUND_NONE)
		return RC_OK;
	const struct decide_row *row = decide_get(ruling.ground);
	return refuse_known(v, TOKEN_GROUND, row->key, row->clause, err);
}
