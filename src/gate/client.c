/* SPDX-License-Identifier: EUPL-1.2
 * gate/client.c - see client.h. */
#include "gate/client.h"

#include "gate/call.h"
#include "gate/sandbox.h"
#include "gate/stranger.h"
#include "identity/credential.h"
#include "policy/policy.h"

static enum rc journal(struct visit *v, enum ground ground, struct err *err)
{
	const struct decide_row *row = decide_get(ground);
	struct entry entry = {
	        .act = ACT_CREDENTIAL, .outcome = "refused", .ground = row->key, .clause = row->clause, .about = S("access")};
	return visit_journal(v, entry, NULL, err);
}

/* Counted by address alone: a count of its own for each user id would tell which there are. */
static enum rc refuse(struct visit *v, enum ground ground, struct client *ret, struct err *err)
{
	int64_t wait_s;
	ret->fault = CLIENT_UNKNOWN;
	TRY(stranger_count(v, S("\nclient"), &wait_s, err));
	if (wait_s > 0) {
		ret->fault = CLIENT_WAIT;
		ret->wait_s = (int)wait_s;
		v->who = NULL;
		return RC_OK;
	}
	TRY(journal(v, ground, err));
	v->who = NULL;
	return RC_OK;
}

enum rc client_enter(struct visit *v, struct str user_id, struct str secret, struct client *ret, struct err *err)
{
	const struct gate_conf *conf = &v->gate->conf;
	const struct credential_ask ask = {user_id, secret, http_certificate(v->rq)};
	ground_set against;
	*ret = (struct client){.fault = CLIENT_GOOD};
	v->standing = (struct standing){0};
	TRY(credential_principals(v->tx, secret_str(&conf->credential_key), &ask, 1, conf->dormant_days, v->now_us, &v->who, err));
	if (!v->who)
		return refuse(v, GROUND_CREDENTIAL_WRONG, ret, err);
	TRY(policy_grounds(conf->policy, v->tx, v->who, http_peer(v->rq), v->now_us, &against, &v->standing, err));
	struct ruling ruling = decide(against & (GROUNDS_PEER | GROUNDS_USER));
	if (against & GROUNDS_PEER)
		return refuse(v, ruling.ground, ret, err);
	sandbox_mark(call_of_visit(v), v->who); /* not before: nobody outside hears that the secret is right */
	if (ruling.ground == GROUND_NONE)
		return RC_OK;
	ret->fault = CLIENT_STOPPED;
	return journal(v, ruling.ground, err);
}

enum rc client_token(struct visit *v, scope_set scopes, char out[ACCESS_TEXT_SIZE], struct err *err)
{
	const struct gate_conf *conf = &v->gate->conf;
	TRY(access_issue(v->tx, secret_str(&conf->credential_key), v->who, scopes, v->now_us, out, err));
	struct entry entry = {.act = ACT_CREDENTIAL, .outcome = "ok", .about = S("access issue")};
	return visit_journal(v, entry, NULL, err);
}

enum rc client_revoke(struct visit *v, struct str token, struct err *err)
{
	TRY(access_end(v->tx, secret_str(&v->gate->conf.credential_key), v->who, token, err));
	struct entry entry = {.act = ACT_CREDENTIAL, .outcome = "ok", .about = S("access end")};
	return visit_journal(v, entry, NULL, err);
}
