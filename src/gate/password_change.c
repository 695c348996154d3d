/* SPDX-License-Identifier: EUPL-1.2
 * gate/password_change.c - see password_change.h. */
#include "gate/password_change.h"

#include "gate/call.h"
#include "gate/throttle.h"
#include "identity/password.h"
#include "identity/session.h"
#include "identity/user.h"
#include "store/store.h"

struct change {
	int64_t user;           /* whose password was compared; 0 nobody's */
	struct str old_hash;
	bool old_matches;
	enum rc rules;          /* of the new one */
	struct err rules_err;
	char fresh_hash[PASSWORD_HASH_MAX];
};

static enum rc read_owner(struct visit *v, struct change *change, struct str *ret_user_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct call *call = call_of_visit(v);
	struct user user;
	if (!call->has_token)
		return RC_OK;
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	enum rc rc = session_peek(tx, call->token, v->now_us, &change->user, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	TRY(user_get(tx, change->user, &user, err));
	change->old_hash = arena_str(v->arena, user.password_hash);
	*ret_user_id = arena_str(v->arena, user.user_id);
	return RC_OK;
}

static enum rc check_fresh(const struct password_form *form, struct str user_id, struct err *err)
{
	TRY(password_check_rules(form->fresh, user_id, err));
	if (!str_eq(form->fresh, form->again))
		return FAIL(err, RC_INVALID, "Kata sandi baru tidak sama pada kedua isian.");
	if (str_eq(form->fresh, form->old))
		return FAIL(err, RC_INVALID, "Kata sandi baru harus berbeda dari yang lama.");
	return RC_OK;
}

enum rc password_change_slow(struct visit *v, const struct password_form *form, struct err *err)
{
	struct str user_id = {0};
	struct change *change = ARENA_NEW(v->arena, struct change);
	if (!change)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = change;
	TRY(read_owner(v, change, &user_id, err));
	if (!change->user)
		return RC_OK; /* no session: the entrance sends him to sign in */
	change->rules = check_fresh(form, user_id, &change->rules_err);
	enum rc rc = password_verify(change->old_hash, form->old, err);
	change->old_matches = rc == RC_OK;
	if (rc != RC_OK && rc != RC_REFUSED)
		return rc;
	return change->rules == RC_OK && change->old_matches ? password_hash(form->fresh, change->fresh_hash, err) : RC_OK;
}

static enum rc journal(struct visit *v, const char *outcome, const char *ground, struct err *err)
{
	return visit_journal(v, (struct entry){.act = ACT_PASSWORD, .outcome = outcome, .ground = ground}, NULL, err);
}

enum rc password_change_finish(struct visit *v, struct err *err)
{
	struct change *change = v->own;
	struct user user;
	int64_t wait_s;
	TRY(user_get(v->tx, principal_user(v->who), &user, err));
	if (change->user != user.user || !str_eq(change->old_hash, user.password_hash))
		return FAIL(err, RC_CONFLICT, "Kata sandi baru saja diganti dari tempat lain. Silakan masuk kembali.");
	struct throttle_bucket bucket = throttle_bucket(secret_str(&v->gate->conf.key), user.user_id, http_peer(v->rq), S("sandi"));
	TRY(throttle_wait(v->tx, &bucket, v->now_us, &wait_s, err));
	if (wait_s > 0)
		return FAIL(err, RC_REFUSED, "Terlalu banyak percobaan. Coba lagi dalam %lld detik.", (long long)wait_s);
	if (!change->old_matches) {
		TRY(throttle_failed(v->tx, &bucket, v->now_us, err));
		TRY(journal(v, "refused", "credential", err));
		return FAIL(err, RC_REFUSED, "Kata sandi lama tidak benar.");
	}
	if (change->rules != RC_OK) {
		*err = change->rules_err;
		return change->rules;
	}
	TRY(user_set_password(v->tx, user.user, str_c(change->fresh_hash), false, principal_session(v->who), err));
	TRY(throttle_passed(v->tx, &bucket, err));
	return journal(v, "ok", NULL, err);
}
