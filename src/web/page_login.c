/* SPDX-License-Identifier: EUPL-1.2
 * web/page_login.c - the sign-in page. Every `Gagal Login` reads the same (DOMAIN 2);
 * only the right password of a stopped instansi or user id is told more. */
#include "gate/code.h"
#include "gate/login.h"
#include "web/frame.h"
#include "web/login.page.h"
#include "web/pages.h"
#include "web/whom.h"

#define ECHO_MAX 64 /* of a typed user id */

static struct login_form form_of(const struct visit *v)
{
	return (struct login_form){.user_id = str_trim(http_form(v->rq, "user_id")), .password = http_form(v->rq, "password")};
}

static enum rc draw(struct visit *v, struct page_login *page, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page->csrf = visit_csrf(v);
	page_login_write(&body, page);
	return frame_page(v, &(struct frame){.title = "Masuk"}, status, &body, err);
}

enum rc page_login_get(struct visit *v, struct err *err)
{
	struct page_login page = {
		.gone = http_query(v->rq, "keluar").n != 0,
		.ended = http_cookie(v->rq, "sesi").n != 0, /* a session it was, but lives no more */
	};
	if (v->who) {
		visit_redirect(v, S("/"));
		return RC_OK;
	}
	return draw(v, &page, 200, err);
}

enum rc page_login_slow(struct visit *v, struct err *err)
{
	struct login_form form = form_of(v);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	return login_slow(v, &form, err);
}

static enum rc draw_refusal(struct visit *v, const struct login_form *form, const struct login_result *result, struct err *err)
{
	BUF_AUTO whom = BUF(PAGE_MAX);
	struct page_login page = {.user_id = str_cut(form->user_id, ECHO_MAX)};
	if (result->outcome == OUTCOME_CREDENTIAL) {
		page.missing = S("Isi User ID dan kata sandi.");
		return draw(v, &page, 400, err);
	}
	page.refusal = str_c(outcome_get(result->outcome)->portal);
	page.failed = result->outcome != OUTCOME_INSTANSI && result->outcome != OUTCOME_USER;
	if (!page.failed)
		whom_write(&whom, &result->standing, WHOM_BOTH);
	page.whom = html_from_buf(&whom);
	return draw(v, &page, 403, err);
}

static struct str next_of(const struct login_result *result)
{
	struct str code = code_page(result->stage);
	if (code.n)
		return code;
	return result->must_change ? S(GATE_PASSWORD) : S("/");
}

enum rc page_login_post(struct visit *v, struct err *err)
{
	struct login_form form = form_of(v);
	struct login_result result;
	TRY(login_finish(v, &form, &result, err));
	if (result.outcome != OUTCOME_DATA)
		return draw_refusal(v, &form, &result, err);
	visit_redirect(v, next_of(&result));
	return RC_OK;
}
