/* SPDX-License-Identifier: EUPL-1.2
 * gate/own_password.c - see own_password.h. */
#include "gate/own_password.h"

#include "gate/call.h"
#include "identity/password.h"
#include "identity/session.h"
#include "identity/user.h"
#include "store/store.h"

static enum rc read_owner(struct visit *v, struct own_password *ret, struct err *err)
{
	struct patience patience = {.us = v->gate->patience.us};
	TX_AUTO *tx = NULL;
	struct call *call = call_of_visit(v);
	struct user user;
	if (!call->has_token)
		return RC_OK;
	TRY(tx_begin_within(v->gate->conf.office, TX_READ, &patience, &tx, err));
	enum rc rc = session_peek(tx, call->token, v->now_us, &ret->user, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	TRY(user_get(tx, ret->user, &user, err));
	ret->hash = arena_str(v->arena, user.password_hash);
	ret->user_id = arena_str(v->arena, user.user_id);
	return RC_OK;
}

enum rc own_password_slow(struct visit *v, struct str typed, struct own_password *ret, struct err *err)
{
	*ret = (struct own_password){0};
	TRY(read_owner(v, ret, err));
	if (!ret->user)
		return RC_OK;
	enum rc rc = password_verify(ret->hash, typed, err);
	ret->matches = rc == RC_OK;
	return rc == RC_REFUSED ? RC_OK : rc;
}

enum rc own_password_still(struct visit *v, const struct own_password *own, struct err *err)
{
	struct user user;
	TRY(user_get(v->tx, principal_user(v->who), &user, err));
	if (own->user != user.user || !str_eq(own->hash, user.password_hash))
		return FAIL(err, RC_CONFLICT, "Kata sandi baru saja diganti dari tempat lain. Silakan masuk kembali.");
	return RC_OK;
}
