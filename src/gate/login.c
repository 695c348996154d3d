/* SPDX-License-Identifier: EUPL-1.2
 * gate/login.c - signing in; see login.h.
 *
 * The slow part runs on a worker without a transaction: it reads the user and spends
 * exactly one Argon2, whatever was typed and wherever from. The finish runs in the
 * tray and believes nothing but "these bytes match that hash": if the hash on record
 * is another one by then, the sign-in fails. */
#include "gate/login.h"

#include <assert.h>

#include "gate/call.h"
#include "gate/device.h"
#include "gate/throttle.h"
#include "identity/password.h"
#include "identity/session.h"
#include "identity/user.h"
#include "policy/policy.h"
#include "store/store.h"

struct login_slow {
	bool known, matched;
	struct str hash; /* the one that was compared */
};

/* The user's hash as it is now, or absent. */
static enum rc read_hash(struct visit *v, struct str user_id, struct login_slow *slow, struct err *err)
{
	struct patience patience = {.us = v->gate->patience.us};
	TX_AUTO *tx = NULL;
	struct user user;
	TRY(tx_begin_within(v->gate->conf.office, TX_READ, &patience, &tx, err));
	enum rc rc = user_find(tx, user_id, &user, err);
	if (rc == RC_OK) {
		slow->known = true;
		slow->hash = arena_str(v->arena, user.password_hash);
	}
	return rc == RC_ABSENT || rc == RC_INVALID ? RC_OK : rc;
}

enum rc login_slow(struct visit *v, const struct login_form *form, struct err *err)
{
	struct login_slow *slow = ARENA_NEW(v->arena, struct login_slow);
	if (!slow)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = slow;
	if (form->user_id.n == 0 || form->password.n == 0)
		return RC_OK; /* outcome 09 is decided by the finish; nothing to compare */
	TRY(read_hash(v, form->user_id, slow, err));
	enum rc rc = password_verify(slow->hash, form->password, err);
	slow->matched = rc == RC_OK;
	return rc == RC_REFUSED ? RC_OK : rc;
}

/* ---- the finish, step by step ---- */

/* One attempt under way inside the tray. */
struct attempt {
	struct visit *v;
	const struct login_form *form;
	const struct login_slow *slow;
	struct user user;
	bool known;
	struct throttle_bucket bucket;
	int64_t wait_s;
	ground_set against;
};

static enum rc attempt_user(struct attempt *a, struct err *err)
{
	enum rc rc = user_find(a->v->tx, a->form->user_id, &a->user, err);
	a->known = rc == RC_OK;
	return rc == RC_ABSENT || rc == RC_INVALID ? RC_OK : rc;
}

static enum rc attempt_peer(struct attempt *a, struct err *err)
{
	struct visit *v = a->v;
	const struct addr *peer = http_peer(v->rq);
	bool allowed = true;
	if (a->known && a->user.instansi_id)
		TRY(agreement_allows(v->gate->conf.agreement, v->tx, a->user.instansi_id, peer, v->now_us, &allowed, err));
	else if (!a->known)
		TRY(agreement_knows_peer(v->gate->conf.agreement, v->tx, peer, v->now_us, &allowed, err));
	if (!allowed)
		a->against |= GROUND_BIT(GROUND_PEER_UNKNOWN);
	return RC_OK;
}

/* Inside an allow-list by user id and browser; a stranger by his address, whomever
 * he claims to be (DESIGN 9). */
static enum rc attempt_throttle(struct attempt *a, struct err *err)
{
	struct visit *v = a->v;
	struct str key = secret_str(&v->gate->conf.key), device = http_cookie(v->rq, COOKIE_DEVICE);
	bool stranger = a->against & GROUND_BIT(GROUND_PEER_UNKNOWN);
	if (stranger || !a->known || !device_is_of(key, a->user.user, device))
		device = (struct str){NULL, 0};
	a->bucket = throttle_bucket(key, stranger ? S("") : a->form->user_id, http_peer(v->rq), device);
	TRY(throttle_wait(v->tx, &a->bucket, v->now_us, &a->wait_s, err));
	if (a->wait_s > 0)
		a->against |= GROUND_BIT(GROUND_THROTTLED);
	return RC_OK;
}

static void attempt_password(struct attempt *a)
{
	bool same = a->known && a->slow->known && str_eq(a->user.password_hash, a->slow->hash);
	if (!a->slow->matched || !same || a->user.role == ROLE_SERVICE)
		a->against |= GROUND_BIT(GROUND_CREDENTIAL_WRONG);
}

static bool narrowed_out(struct str narrowing, const struct addr *peer)
{
	bool inside = narrowing.n == 0;
	while (narrowing.n) {
		struct cidr cidr;
		struct str one = str_trim(str_split(&narrowing, ','));
		inside = inside || (cidr_from_str(one, &cidr) == RC_OK && cidr_has(&cidr, peer));
	}
	return !inside;
}

/* Steps 5 and 6 as far as they close the door to signing in: the head of a stopped
 * instansi still comes in, and an operator without an NDA may read, not look up. */
static enum rc attempt_state(struct attempt *a, struct standing *ret, struct err *err)
{
	struct visit *v = a->v;
	if (narrowed_out(a->user.narrowing, http_peer(v->rq)))
		a->against |= GROUND_BIT(GROUND_PEER_NARROWED);
	switch (user_flaw(&a->user, v->gate->limits.dormant_days, v->now_us)) {
	case USER_FLAW_NONE: break;
	case USER_FLAW_CLOSED: a->against |= GROUND_BIT(GROUND_USER_CLOSED); break;
	case USER_FLAW_DORMANT: a->against |= GROUND_BIT(GROUND_USER_DORMANT); break;
	case USER_FLAW_EXPIRED: a->against |= GROUND_BIT(GROUND_USER_EXPIRED); break;
	}
	if (a->user.instansi_id == 0)
		return RC_OK;
	TRY(agreement_standing(v->gate->conf.agreement, v->tx, a->user.instansi_id, v->now_us, ret, err));
	if (a->user.role != ROLE_KEPALA)
		a->against |= policy_standing_grounds(ret);
	return RC_OK;
}

static enum rc attempt_judge(struct attempt *a, struct login_result *ret, struct err *err)
{
	if (a->form->user_id.n == 0 || a->form->password.n == 0)
		a->against |= GROUND_BIT(GROUND_CREDENTIAL_EMPTY);
	TRY(attempt_user(a, err));
	TRY(attempt_peer(a, err));
	TRY(attempt_throttle(a, err));
	attempt_password(a);
	if (a->known)
		TRY(attempt_state(a, &ret->standing, err));
	struct ruling ruling = decide(a->against);
	ret->ground = ruling.ground;
	ret->wait_s = a->wait_s;
	ret->outcome = ruling.ground == GROUND_NONE ? OUTCOME_DATA : ruling.outcome;
	return RC_OK;
}

/* A wrong password counts, and a stranger's every try; what came during the wait was
 * refused unread and does not. */
static enum rc attempt_count(struct attempt *a, const struct login_result *result, struct err *err)
{
	if (a->wait_s > 0)
		return RC_OK;
	if (result->ground == GROUND_CREDENTIAL_WRONG || result->ground == GROUND_PEER_UNKNOWN)
		return throttle_failed(a->v->tx, &a->bucket, a->v->now_us, err);
	return a->slow->matched ? throttle_passed(a->v->tx, &a->bucket, err) : RC_OK;
}

/* The failures that made the wait are in the journal; what came during it would only
 * let anyone who reaches the port fill the disk (doc/decision/0003). */
static enum rc attempt_journal(struct attempt *a, const struct login_result *result, int64_t session, struct err *err)
{
	if (a->wait_s > 0)
		return RC_OK;
	const struct decide_row *row = decide_get(result->ground);
	bool refused = result->ground != GROUND_NONE;
	struct entry entry = {.act = ACT_LOGIN,
	                      .outcome = refused ? outcome_get(result->outcome)->code : "ok",
	                      .ground = refused ? row->key : NULL,
	                      .clause = refused ? row->clause : NULL,
	                      .session = session,
	                      .about = result->stage == STAGE_OPEN ? S("") : S("code asked")};
	if (a->known) {
		entry.instansi_id = a->user.instansi_id;
		entry.version_id = result->standing.version_id;
		entry.user = a->user.user;
		entry.user_id = a->user.user_id;
	}
	return visit_journal(a->v, entry, NULL, err);
}

static enum rc attempt_begin(struct attempt *a, enum stage stage, int64_t *ret_session, struct err *err)
{
	struct visit *v = a->v;
	unsigned char token[SESSION_TOKEN_SIZE];
	struct session_new session = {.user = a->user.user, .peer = *http_peer(v->rq), .device = http_header(v->rq, "User-Agent")};
	TRY(session_begin(v->tx, &session, &v->gate->limits, v->now_us, token, ret_session, err));
	visit_set_session(v, token, sizeof token);
	secret_wipe(token, sizeof token);
	if (stage != STAGE_OPEN)
		return RC_OK; /* he is seen, and his browser known, when the code was right (gate/code.c) */
	TRY(user_seen(v->tx, a->user.user, v->now_us, err));
	device_remember(v, a->user.user);
	return RC_OK;
}

enum rc login_finish(struct visit *v, const struct login_form *form, struct login_result *ret, struct err *err)
{
	struct attempt a = {.v = v, .form = form, .slow = v->own};
	int64_t session = 0;
	*ret = (struct login_result){0};
	TRY(attempt_judge(&a, ret, err));
	TRY(attempt_count(&a, ret, err));
	if (ret->outcome == OUTCOME_DATA) {
		ret->must_change = a.user.must_change;
		ret->user = a.user.user;
		ret->role = a.user.role;
		ret->stage = user_stage(a.user.role, a.user.code_since_us, v->gate->limits.code_roles);
		TRY(attempt_begin(&a, ret->stage, &session, err));
	}
	bool tells = ret->outcome == OUTCOME_DATA || ret->outcome == OUTCOME_INSTANSI || ret->outcome == OUTCOME_USER;
	TRY(attempt_journal(&a, ret, session, err));
	if (!tells)
		ret->standing = (struct standing){0};
	return RC_OK;
}
