/* SPDX-License-Identifier: EUPL-1.2
 * gate/new_credential.c - see new_credential.h. */
#include "gate/new_credential.h"

#include "gate/call.h"
#include "identity/handover.h"
#include "identity/user.h"

enum rc new_credential_make(struct visit *v, const struct credential_new *credential, struct credential_made *ret, struct err *err)
{
	struct user user;
	struct credential_new whole = *credential;
	whole.by = principal_user_id(v->who);
	TRY(credential_issue(v->tx, secret_str(&v->gate->conf.credential_key), &whole, v->now_us, ret, err));
	TRY(user_get(v->tx, whole.user, &user, err));
	if (!user.sandbox) /* a rehearsal is no handover */
		TRY(handover_given(v->tx, user.user, whole.by, v->now_us, err));
	const char *what = whole.overlap_us < 0 ? "issue" : "rotate";
	struct entry entry = {.act = ACT_CREDENTIAL,
	                      .outcome = "ok",
	                      .instansi_id = user.instansi_id,
	                      .about = arena_printf(v->arena, "credential %s %.*s %s", what, STR_ARG(user.user_id), ret->number.z)};
	return visit_journal(v, entry, NULL, err);
}
