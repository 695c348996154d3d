/* SPDX-License-Identifier: EUPL-1.2
 * web/page_code.c - one-time codes: the second half of signing in, enrolling, and the
 * page of one's own account where they are turned off. Everything works without script;
 * the QR code is a drawing in the page. What is shown once is shown in the answer to the
 * form itself: a reload asks the form again, and that is refused. */
#include "gate/code.h"
#include "identity/user.h"
#include "web/code.page.h"
#include "web/codes.page.h"
#include "web/enrol.page.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/qr.h"
#include "web/recovery.page.h"

#define GATE_CODES "/kode/atur"
#define RECOVERY_FEW 3

static bool half_open(const struct visit *v)
{
	return principal_stage(v->who) != STAGE_OPEN;
}

/* What the page can say beside the form; all else is a failure of the page. */
static bool is_for_the_form(enum rc rc)
{
	return rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_ABSENT;
}

/* ---- the second half of signing in ---- */

static enum rc draw_code(struct visit *v, bool recovery, struct str problem, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page_code_write(&body, &(struct page_code){
		.csrf = visit_csrf(v),
		.problem = problem,
		.recovery = recovery,
		.of_instansi = principal_instansi(v->who) != 0,
	});
	return frame_page(v, &(struct frame){.title = "Kode sekali pakai", .bare = true}, problem.n ? 403 : 200, &body, err);
}

/* Nobody at another stage has anything to do here. */
static bool is_elsewhere(struct visit *v)
{
	enum stage stage = principal_stage(v->who);
	if (stage == STAGE_CODE)
		return false;
	visit_redirect(v, stage == STAGE_OPEN ? S(GATE_CODES) : code_page(stage));
	return true;
}

enum rc page_code_get(struct visit *v, struct err *err)
{
	if (is_elsewhere(v))
		return RC_OK;
	return draw_code(v, http_query(v->rq, "pemulihan").n != 0, S(""), err);
}

enum rc page_code_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct str code = http_form(v->rq, "kode"), recovery = http_form(v->rq, "pemulihan");
	if (is_elsewhere(v))
		return RC_OK;
	bool recovering = recovery.at != NULL;
	enum rc rc = recovering ? code_sign_in_recovery(v, recovery, &reason) : code_sign_in(v, code, &reason);
	if (rc == RC_OK) {
		visit_redirect(v, principal_must_change(v->who) ? S(GATE_PASSWORD) : S("/"));
		return RC_OK;
	}
	if (is_for_the_form(rc))
		return draw_code(v, recovering, str_c(reason.what), err);
	if (err)
		*err = reason;
	return rc;
}

/* ---- enrolling ---- */

/* "ABCD EFGH ..." */
static struct str grouped(struct visit *v, struct str base32)
{
	BUF_AUTO out = BUF(64);
	for (size_t i = 0; i < base32.n; i++) {
		if (i && i % 4 == 0)
			buf_addc(&out, ' ');
		buf_addc(&out, base32.at[i]);
	}
	return arena_str(v->arena, buf_str(&out));
}

static enum rc draw_enrol(struct visit *v, struct str problem, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO qr = BUF(QR_SVG_MAX);
	struct str base32;
	char uri[TOTP_URI_SIZE];
	TRY(code_offer(v, &base32, err));
	totp_uri(principal_user_id(v->who), base32.at, uri);
	enum rc rc = qr_svg_write(str_c(uri), &qr, err);
	secret_wipe(uri, sizeof uri);
	TRY(rc);
	page_enrol_write(&body, &(struct page_enrol){
		.csrf = visit_csrf(v),
		.user_id = principal_user_id(v->who),
		.key = grouped(v, base32),
		.qr = html_from_buf(&qr),
		.problem = problem,
		.forced = half_open(v),
	});
	struct frame frame = {.title = "Pasang kode sekali pakai", .bare = half_open(v)};
	return frame_page(v, &frame, problem.n ? 403 : 200, &body, err);
}

/* Enrolled already: the page of the account says so; half in, the code page asks. */
static enum rc offer_or_leave(struct visit *v, struct str problem, struct err *err)
{
	enum rc rc = draw_enrol(v, problem, err);
	if (rc != RC_CONFLICT)
		return rc;
	visit_redirect(v, S(GATE_CODES));
	return RC_OK;
}

static enum rc draw_recovery(struct visit *v, const struct totp_recovery *codes, bool enrolled, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_recovery_code rows[TOTP_RECOVERY_N];
	for (size_t i = 0; i < TOTP_RECOVERY_N; i++)
		rows[i].words = str_c(codes->at[i]);
	page_recovery_write(&body, &(struct page_recovery){
		.enrolled = enrolled,
		.user_id = principal_user_id(v->who),
		.day = arena_str(v->arena, str_c(day_long(day_of_us(v->now_us)).z)),
		.codes = rows,
		.codes_n = TOTP_RECOVERY_N,
	});
	return frame_page(v, &(struct frame){.title = "Kode pemulihan", .bare = true}, 200, &body, err);
}

enum rc page_enrol_get(struct visit *v, struct err *err)
{
	if (principal_stage(v->who) == STAGE_CODE) {
		visit_redirect(v, S(GATE_CODE));
		return RC_OK;
	}
	return offer_or_leave(v, S(""), err);
}

enum rc page_enrol_slow(struct visit *v, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	return code_slow(v, http_form(v->rq, "sandi"), err);
}

enum rc page_enrol_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct totp_recovery codes;
	if (principal_stage(v->who) == STAGE_CODE) {
		visit_redirect(v, S(GATE_CODE));
		return RC_OK;
	}
	enum rc rc = code_enrol(v, http_form(v->rq, "kode"), &codes, &reason);
	if (rc == RC_OK)
		rc = draw_recovery(v, &codes, true, &reason);
	else if (is_for_the_form(rc))
		return offer_or_leave(v, str_c(reason.what), err);
	secret_wipe(&codes, sizeof codes);
	if (err)
		*err = reason;
	return rc;
}

/* ---- the page of the account ---- */

static enum rc draw_codes(struct visit *v, struct str problem, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct user user;
	int64_t left;
	TRY(user_get(v->tx, principal_user(v->who), &user, err));
	TRY(totp_recovery_left(v->tx, user.user, &left, err));
	page_codes_write(&body, &(struct page_codes){
		.csrf = visit_csrf(v),
		.user_id = user.user_id,
		.on = user.code_since_us != 0,
		.since = arena_str(v->arena, str_c(day_long(day_of_us(user.code_since_us)).z)),
		.left = left,
		.few = left <= RECOVERY_FEW,
		.required = code_is_required(v),
		.off = http_query(v->rq, "mati").n != 0,
		.problem = problem,
	});
	return frame_page(v, &(struct frame){.title = "Kode sekali pakai"}, problem.n ? 403 : 200, &body, err);
}

enum rc page_codes_get(struct visit *v, struct err *err)
{
	return draw_codes(v, S(""), err);
}

static enum rc turn_off(struct visit *v, struct str code, struct err *err)
{
	TRY(code_off(v, code, err));
	visit_redirect(v, S(GATE_CODES "?mati=1"));
	return RC_OK;
}

static enum rc renew(struct visit *v, struct str code, struct err *err)
{
	struct totp_recovery codes;
	TRY(code_renew(v, code, &codes, err));
	enum rc rc = draw_recovery(v, &codes, false, err);
	secret_wipe(&codes, sizeof codes);
	return rc;
}

enum rc page_codes_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct str code = http_form(v->rq, "kode"), action = http_form(v->rq, "aksi");
	enum rc rc = str_eq(action, S("matikan")) ? turn_off(v, code, &reason) : renew(v, code, &reason);
	if (is_for_the_form(rc))
		return draw_codes(v, str_c(reason.what), err);
	if (err)
		*err = reason;
	return rc;
}
