/* SPDX-License-Identifier: EUPL-1.2
 * gate/one_time.c - see one_time.h. */
#include "gate/one_time.h"

#include <assert.h>

#include "identity/handover.h"
#include "identity/password.h"
#include "identity/user.h"

struct made {
	char password[PASSWORD_ONE_TIME_SIZE], hash[PASSWORD_HASH_MAX];
};

enum rc one_time_slow(struct visit *v, struct err *err)
{
	struct made *made = ARENA_NEW(v->arena, struct made);
	if (!made)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = made;
	password_one_time(made->password);
	return password_hash(str_c(made->password), made->hash, err);
}

struct one_time one_time_take(const struct visit *v)
{
	const struct made *made = v->own;
	assert(made);
	return (struct one_time){str_c(made->password), str_c(made->hash)};
}

enum rc one_time_finish(struct visit *v, int64_t id, struct str *ret_password, struct err *err)
{
	struct user user;
	struct one_time fresh = one_time_take(v);
	TRY(user_get(v->tx, id, &user, err));
	if (user.role == ROLE_SERVICE)
		return FAIL(err, RC_INVALID, "Layanan memakai kredensial, bukan kata sandi.");
	TRY(user_set_password(v->tx, id, fresh.hash, true, 0, err));
	TRY(handover_given(v->tx, id, v->who ? principal_user_id(v->who) : S(""), v->now_us, err));
	struct entry entry = {.act = ACT_USER,
	                      .outcome = "ok",
	                      .instansi_id = user.instansi_id,
	                      .about = arena_printf(v->arena, "user reset-password %.*s", STR_ARG(user.user_id))};
	TRY(visit_journal(v, entry, NULL, err));
	*ret_password = fresh.password;
	return RC_OK;
}
