/* SPDX-License-Identifier: EUPL-1.2
 * gate/new_user.c - see new_user.h. */
#include "gate/new_user.h"

#include "identity/handover.h"

enum rc new_user_make(struct visit *v, const struct user_new *user, struct new_user *ret, struct err *err)
{
	struct one_time fresh = one_time_take(v);
	struct user_new whole = *user;
	struct user made;
	whole.password_hash = fresh.hash;
	whole.must_change = true;
	TRY(user_add(v->tx, &whole, v->now_us, &ret->user, err));
	TRY(handover_given(v->tx, ret->user, principal_user_id(v->who), v->now_us, err));
	TRY(user_get(v->tx, ret->user, &made, err));
	struct entry entry = {.act = ACT_USER,
	                      .outcome = "ok",
	                      .instansi_id = made.instansi_id,
	                      .about = arena_printf(v->arena, "user add %.*s %s", STR_ARG(made.user_id), role_at(made.role)->key)};
	TRY(visit_journal(v, entry, NULL, err));
	ret->password = fresh.password;
	return RC_OK;
}
