/* SPDX-License-Identifier: EUPL-1.2
 * gate/new_user.c - see new_user.h. */
#include "gate/new_user.h"

#include "gate/call.h"
#include "gate/new_credential.h"
#include "identity/handover.h"

static enum rc journal(struct visit *v, const struct user *made, struct err *err)
{
	struct str about = arena_printf(v->arena, "user add %s%.*s %s", made->sandbox ? "sandbox " : "", STR_ARG(made->user_id),
	                                role_at(made->role)->key);
	struct entry entry = {.act = ACT_USER, .outcome = "ok", .instansi_id = made->instansi_id, .about = about};
	return visit_journal(v, entry, NULL, err);
}

static enum rc give_secret(struct visit *v, const struct user *made, struct new_user *ret, struct err *err)
{
	struct credential_made credential;
	struct credential_new want = {.user = made->user, .overlap_us = -1};
	TRY(new_credential_make(v, &want, &credential, err));
	ret->password = arena_str(v->arena, str_c(credential.secret));
	secret_wipe(&credential, sizeof credential);
	return RC_OK;
}

enum rc new_user_make(struct visit *v, const struct user_new *user, struct new_user *ret, struct err *err)
{
	struct one_time fresh = one_time_take(v);
	struct user_new whole = *user;
	struct user made;
	bool program = user->role == ROLE_SERVICE;
	whole.password_hash = program ? (struct str){NULL, 0} : fresh.hash;
	whole.must_change = !program;
	TRY(user_add(v->tx, &whole, v->now_us, &ret->user, err));
	if (!whole.sandbox)
		TRY(handover_given(v->tx, ret->user, principal_user_id(v->who), v->now_us, err));
	TRY(user_get(v->tx, ret->user, &made, err));
	TRY(journal(v, &made, err));
	ret->password = fresh.password;
	return program ? give_secret(v, &made, ret, err) : RC_OK;
}
