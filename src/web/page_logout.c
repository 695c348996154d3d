/* SPDX-License-Identifier: EUPL-1.2
 * web/page_logout.c - signing out, here or everywhere. */
#include "identity/session.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/signout.page.h"

/* Half a sign-in does not end the others: it may be a stranger's, who knows the password. */
static bool may_end_all(const struct visit *v)
{
	return principal_stage(v->who) == STAGE_OPEN;
}

enum rc page_logout_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page_signout_write(&body, &(struct page_signout){.csrf = visit_csrf(v), .everywhere = may_end_all(v)});
	return frame_page(v, &(struct frame){.title = "Keluar"}, 200, &body, err);
}

enum rc page_logout_post(struct visit *v, struct err *err)
{
	bool everywhere = http_form(v->rq, "semua").n != 0 && may_end_all(v);
	int64_t user = principal_user(v->who), session = principal_session(v->who);
	struct entry entry = {.act = ACT_LOGOUT, .outcome = "ok", .about = everywhere ? S("semua") : S("")};
	TRY(visit_journal(v, entry, NULL, err));
	enum rc rc = everywhere ? session_end_all(v->tx, user, 0, err) : session_end(v->tx, user, session, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	visit_clear_session(v);
	visit_redirect(v, S("/masuk?keluar=1"));
	return RC_OK;
}
