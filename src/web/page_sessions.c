/* SPDX-License-Identifier: EUPL-1.2
 * web/page_sessions.c - where one's user id is signed in, and ending it there. */
#include "identity/session.h"
#include "web/browser.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/sessions.page.h"
#include "web/when.h"

static struct page_sessions_session row_of(struct visit *v, const struct session_seen *seen)
{
	return (struct page_sessions_session){
		.id = seen->session,
		.device = browser_name(v->arena, seen->device),
		.peer = seen->peer,
		.begun = arena_str(v->arena, str_c(when_row(seen->begun_us).z)),
		.seen = arena_str(v->arena, str_c(when_row(seen->seen_us).z)),
		.this_one = seen->session == principal_session(v->who),
	};
}

enum rc page_sessions_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct session_seen *seen;
	size_t n;
	TRY(session_list(v->tx, principal_user(v->who), v->now_us, &seen, &n, err));
	struct page_sessions_session *rows = ARENA_ARRAY(v->arena, n + 1, struct page_sessions_session);
	if (!rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(v, &seen[i]);
	page_sessions_write(&body, &(struct page_sessions){
		.csrf = visit_csrf(v),
		.notice = http_query(v->rq, "diakhiri").n ? S("Sesi telah diakhiri.") : S(""),
		.sessions = rows,
		.sessions_n = n,
		.others = n > 1,
	});
	return frame_page(v, &(struct frame){.title = "Sesi"}, 200, &body, err);
}

/* "lain": all but this one; otherwise one by its number.
 * RC_ABSENT: not a live session of this user id. */
static enum rc end_which(struct visit *v, struct str which, struct err *err)
{
	int64_t user = principal_user(v->who), session;
	if (str_eq(which, S("lain")))
		return session_end_all(v->tx, user, principal_session(v->who), err);
	if (str_int(which, 1, INT64_MAX, &session) != RC_OK)
		return FAIL(err, RC_INVALID, "Sesi tidak disebutkan.");
	return session_end(v->tx, user, session, err);
}

enum rc page_sessions_post(struct visit *v, struct err *err)
{
	struct str which = http_form(v->rq, "sesi");
	enum rc rc = end_which(v, which, err);
	if (rc == RC_ABSENT) { /* over already: the list will show it */
		visit_redirect(v, S("/sesi"));
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	struct str about = str_eq(which, S("lain")) ? S("lain") : S("");
	TRY(visit_journal(v, (struct entry){.act = ACT_SESSION_END, .outcome = "ok", .about = about}, NULL, err));
	visit_redirect(v, S("/sesi?diakhiri=1"));
	return RC_OK;
}
