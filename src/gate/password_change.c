/* SPDX-License-Identifier: EUPL-1.2
 * gate/password_change.c - see password_change.h. */
#include "gate/password_change.h"

#include "gate/call.h"
#include "gate/own_password.h"
#include "gate/throttle.h"
#include "identity/password.h"
#include "identity/user.h"

struct change {
	struct own_password own;
	enum rc rules; /* of the new one */
	struct err rules_err;
	char fresh_hash[PASSWORD_HASH_MAX];
};

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
	struct change *change = ARENA_NEW(v->arena, struct change);
	if (!change)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = change;
	TRY(own_password_slow(v, form->old, &change->own, err));
	if (!change->own.user)
		return RC_OK; /* no session: the entrance sends him to sign in */
	change->rules = check_fresh(form, change->own.user_id, &change->rules_err);
	return change->rules == RC_OK && change->own.matches ? password_hash(form->fresh, change->fresh_hash, err) : RC_OK;
}

static enum rc journal(struct visit *v, const char *outcome, const char *ground, struct err *err)
{
	return visit_journal(v, (struct entry){.act = ACT_PASSWORD, .outcome = outcome, .ground = ground}, NULL, err);
}

enum rc password_change_finish(struct visit *v, struct err *err)
{
	struct change *change = v->own;
	int64_t wait_s;
	struct str user_id = principal_user_id(v->who);
	TRY(own_password_still(v, &change->own, err));
	struct throttle_bucket bucket = throttle_bucket(secret_str(&v->gate->conf.key), user_id, http_peer(v->rq), S("sandi"));
	TRY(throttle_wait(v->tx, &bucket, v->now_us, &wait_s, err));
	if (wait_s > 0)
		return FAIL(err, RC_REFUSED, "Terlalu banyak percobaan. Coba lagi dalam %lld detik.", (long long)wait_s);
	if (!change->own.matches) {
		TRY(throttle_failed(v->tx, &bucket, v->now_us, err));
		TRY(journal(v, "refused", "credential", err));
		return FAIL(err, RC_REFUSED, "Kata sandi lama tidak benar.");
	}
	if (change->rules != RC_OK) {
		*err = change->rules_err;
		return change->rules;
	}
	TRY(user_set_password(v->tx, principal_user(v->who), str_c(change->fresh_hash), false, principal_session(v->who), err));
	TRY(throttle_passed(v->tx, &bucket, err));
	return journal(v, "ok", NULL, err);
}
