/* SPDX-License-Identifier: EUPL-1.2
 * web/page_password.c - changing one's own password; forced on first use (P2.1c). */
#include "gate/password_change.h"
#include "identity/password.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/password.page.h"

static enum rc draw(struct visit *v, struct page_password *page, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page->csrf = visit_csrf(v);
	page->user_id = principal_user_id(v->who);
	page->shortest = PASSWORD_MIN;
	page->forced = !page->done && principal_must_change(v->who);
	page_password_write(&body, page);
	/* before the first change the other pages are closed, and their state no affair */
	struct frame frame = {.title = "Ganti kata sandi", .bare = page->forced};
	return frame_page(v, &frame, status, &body, err);
}

enum rc page_password_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct page_password){0}, 200, err);
}

enum rc page_password_slow(struct visit *v, struct err *err)
{
	struct password_form form = {http_form(v->rq, "lama"), http_form(v->rq, "baru"), http_form(v->rq, "ulang")};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	return password_change_slow(v, &form, err);
}

enum rc page_password_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	enum rc rc = password_change_finish(v, &reason);
	switch (rc) {
	case RC_OK: return draw(v, &(struct page_password){.done = true}, 200, err);
	case RC_REFUSED:
	case RC_INVALID:
	case RC_CONFLICT: /* what was journaled must stay, so the page itself succeeds */
		return draw(v, &(struct page_password){.problem = str_c(reason.what)}, rc == RC_INVALID ? 400 : 403, err);
	case RC_ABSENT:
	case RC_LIMIT:
	case RC_BROKEN: break;
	}
	if (err)
		*err = reason;
	return rc;
}
