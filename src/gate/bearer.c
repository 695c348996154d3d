/* SPDX-License-Identifier: EUPL-1.2
 * gate/bearer.c - see bearer.h. */
#include "gate/bearer.h"

#include "agreement/feedback_window.h"
#include "gate/call.h"
#include "gate/stranger.h"
#include "identity/credential.h"
#include "policy/policy.h"

#define SCHEME "Bearer"
#define CLAUSE "J.III"
#define MISSING "Token tidak disertakan. Kirim header Authorization: Bearer <token>."
#define UNKNOWN "Token tidak dikenal atau sudah tidak berlaku."
#define TOO_FAST "Latihan PoC ini terlalu cepat; coba lagi sebentar."
#define TOO_MANY "Terlalu banyak percobaan dengan token yang tidak dikenal."

#define GROUNDS_OVER (GROUND_BIT(GROUND_ENDED) | GROUND_BIT(GROUND_REVOKED))

/* ---- the header (RFC 6750 2.1) ---- */

static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && c != '-' && c != '_')
			return false;
	}
	return s.n > 0 && s.n < CREDENTIAL_TEXT_SIZE;
}

struct str bearer_sent(const struct visit *v)
{
	struct str header = http_header(v->rq, "Authorization");
	struct str scheme = str_sub(header, 0, sizeof SCHEME - 1);
	if (!header.at || !str_ieq(scheme, S(SCHEME)) || header.n == scheme.n || header.at[scheme.n] != ' ')
		return (struct str){NULL, 0};
	struct str token = str_trim(str_sub(header, scheme.n, header.n));
	return is_token(token) ? token : S("");
}

static void refuse(struct bearer *b, int status, const char *what)
{
	b->status = status;
	b->what = what;
}

/* ---- strangers ---- */

/* Counted by address alone; what comes during the wait leaves no trace. */
static enum rc refuse_stranger(struct visit *v, struct bearer *ret, struct err *err)
{
	int64_t wait_s;
	TRY(stranger_count(v, S("\ntoken"), &wait_s, err));
	if (wait_s > 0) {
		refuse(ret, 429, TOO_MANY);
		ret->wait_s = (int)wait_s;
		return RC_OK;
	}
	refuse(ret, 401, UNKNOWN);
	const struct decide_row *row = decide_get(GROUND_CREDENTIAL_WRONG);
	struct entry entry = {.act = ACT_FEEDBACK, .outcome = "refused", .ground = row->key, .clause = row->clause};
	return visit_journal(v, entry, NULL, err);
}

/* ---- those we know ---- */

static enum rc journal_refusal(struct visit *v, const char *ground, const char *clause, struct err *err)
{
	int64_t wait_s;
	struct str whose = arena_printf(v->arena, "\nbalikan %.*s", STR_ARG(principal_user_id(v->who)));
	TRY(stranger_count(v, whose, &wait_s, err));
	if (wait_s > 0)
		return RC_OK;
	struct entry entry = {.act = ACT_FEEDBACK, .outcome = "refused", .ground = ground, .clause = clause};
	return visit_journal(v, entry, NULL, err);
}

enum rc bearer_refused(struct visit *v, const char *ground, struct err *err)
{
	return journal_refusal(v, ground, CLAUSE, err);
}

ground_set bearer_grounds(const struct standing *standing, int64_t now_us)
{
	ground_set closing = GROUNDS_PEER | GROUNDS_USER | GROUND_BIT(GROUND_NOT_STARTED);
	if (!feedback_window(standing, now_us).open)
		closing |= GROUNDS_OVER;
	return closing;
}

static enum rc refuse_known(struct visit *v, enum ground ground, struct bearer *ret, struct err *err)
{
	const struct decide_row *row = decide_get(ground);
	refuse(ret, row->outcome == OUTCOME_USER ? 401 : 403, outcome_get(row->outcome)->wire);
	return journal_refusal(v, row->key, row->clause, err);
}

/* In force, or the last that were; NULL: none, or data balikan is not among them. The
 * rehearsal tells nobody anything, so to it nothing need be granted yet. */
static enum rc last_terms(struct visit *v, const struct terms **ret, struct err *err)
{
	TRY(agreement_last_terms(v->gate->conf.agreement, v->tx, principal_instansi(v->who), v->now_us, ret, err));
	if (*ret && !(*ret)->balikan && !principal_is_sandbox(v->who))
		*ret = NULL;
	return RC_OK;
}

int bearer_pace(const struct visit *v)
{
	return policy_rehearse(v->gate->conf.policy, v->who, v->now_us);
}

static enum rc rehearse(const struct visit *v, struct bearer *ret)
{
	ret->wait_s = bearer_pace(v);
	if (ret->wait_s)
		refuse(ret, 429, TOO_FAST);
	return RC_OK;
}

enum rc bearer_enter(struct visit *v, struct bearer *ret, struct err *err)
{
	const struct gate_conf *conf = &v->gate->conf;
	ground_set against;
	struct str token = bearer_sent(v);
	*ret = (struct bearer){0};
	v->who = NULL;
	v->standing = (struct standing){0};
	if (token.n == 0) {
		refuse(ret, 401, token.at ? UNKNOWN : MISSING);
		return RC_OK;
	}
	const struct credential_ask ask = {.secret = token, .certificate = http_certificate(v->rq)};
	TRY(credential_bearer(v->tx, secret_str(&conf->credential_key), &ask, conf->dormant_days, v->now_us, &v->who, err));
	if (v->who && !principal_is_balikan(v->who)) /* the secret of a program that asks for data is no token */
		v->who = NULL;
	if (!v->who)
		return refuse_stranger(v, ret, err);
	TRY(policy_grounds(conf->policy, v->tx, v->who, http_peer(v->rq), v->now_us, &against, &v->standing, err));
	struct ruling ruling = decide(against & bearer_grounds(&v->standing, v->now_us));
	if (ruling.ground != GROUND_NONE)
		return refuse_known(v, ruling.ground, ret, err);
	TRY(last_terms(v, &ret->terms, err));
	if (!ret->terms)
		return refuse_known(v, GROUND_METHOD, ret, err);
	return principal_is_sandbox(v->who) ? rehearse(v, ret) : RC_OK;
}

enum rc bearer_may_tell(struct visit *v, bool *ret, struct err *err)
{
	const struct terms *terms;
	const struct decide_row *row = decide_get(GROUND_METHOD);
	TRY(last_terms(v, &terms, err));
	*ret = terms != NULL;
	return *ret ? RC_OK : journal_refusal(v, row->key, row->clause, err);
}
