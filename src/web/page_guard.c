/* SPDX-License-Identifier: EUPL-1.2
 * web/page_guard.c - holds of the pattern guard (J.II.E1): the list, one hold, the head's
 * words, the provider's decision. gate/hold.c checks whose they are; what cannot be taken
 * (an empty text, a decision that somebody else has made meanwhile) draws the page again
 * with what was typed. */
#include "gate/hold.h"
#include "gate/strip.h"
#include "web/frame.h"
#include "web/guard.page.h"
#include "web/hold.page.h"
#include "web/pages.h"
#include "web/when.h"

#define PATH "/penjaga"
#define STEPS_MAX 4

static struct str row_time(struct visit *v, int64_t us)
{
	return arena_str(v->arena, str_c(when_row(us).z));
}

static struct url url_of(struct visit *v, int64_t hold_id)
{
	return url_path(v->arena, arena_printf(v->arena, PATH "/%lld", (long long)hold_id).at, NULL, 0);
}

/* ---- the list ---- */

static enum rc code_of(struct visit *v, int64_t instansi_id, struct str *ret, struct err *err)
{
	struct instansi_row row;
	TRY(instansi_get(v->tx, instansi_id, &row, err));
	*ret = row.code;
	return RC_OK;
}

static enum rc put_open(struct visit *v, const struct gate_holds *holds, struct page_guard *page, struct err *err)
{
	page->open = ARENA_ARRAY(v->arena, holds->open_n + 1, struct page_guard_hold);
	if (!page->open)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < holds->open_n; i++) {
		const struct hold *h = &holds->open[i];
		page->open[i] = (struct page_guard_hold){
			.url = url_of(v, h->hold_id),
			.number = h->hold_id,
			.user_id = h->user_id,
			.since = row_time(v, h->held_us),
			.reason = h->reason,
			.evidence = h->evidence,
			.pleaded = h->plea_us != 0,
			.agreed = h->first_us != 0,
		};
		TRY(code_of(v, h->instansi_id, &page->open[i].code, err));
	}
	page->open_n = holds->open_n;
	page->open_more = holds->open_all - (int64_t)holds->open_n;
	return RC_OK;
}

static enum rc put_past(struct visit *v, const struct gate_holds *holds, struct page_guard *page, struct err *err)
{
	page->past = ARENA_ARRAY(v->arena, holds->past_n + 1, struct page_guard_past);
	if (!page->past)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < holds->past_n; i++) {
		const struct hold *h = &holds->past[i];
		page->past[i] = (struct page_guard_past){
			.url = url_of(v, h->hold_id),
			.number = h->hold_id,
			.user_id = h->user_id,
			.since = row_time(v, h->held_us),
			.reason = h->reason,
			.released = h->state == HOLD_RELEASED,
			.decision = str_c(hold_state_at(h->state)->label),
			.by = h->decided_by,
		};
		TRY(code_of(v, h->instansi_id, &page->past[i].code, err));
	}
	page->past_n = holds->past_n;
	page->past_all = holds->past_all;
	return RC_OK;
}

enum rc page_guard_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct gate_holds holds;
	int64_t before = 0;
	struct str asked = http_query(v->rq, "sebelum");
	if (asked.n && str_int(asked, 1, INT64_MAX, &before) != RC_OK)
		return FAIL(err, RC_INVALID, "Halaman riwayat itu tidak ada.");
	TRY(gate_holds(v, before, &holds, err));
	bool own = principal_instansi(v->who) != 0;
	struct page_guard page = {.provider = !own, .own = own, .newest = before == 0};
	TRY(put_open(v, &holds, &page, err));
	TRY(put_past(v, &holds, &page, err));
	if (holds.next) {
		struct url_pair pair = {"sebelum", arena_printf(v->arena, "%lld", (long long)holds.next)};
		page.older = url_path(v->arena, PATH, &pair, 1);
	}
	page_guard_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Penjaga pola", .at = PATH}, 200, &body, err);
}

/* ---- one hold ---- */

static const struct {
	const char *reason, *words;
} reasons[] = {
	{"berurutan", "nomor yang naik atau turun satu demi satu"},
	{"berpola", "langkah tetap, menyusuri tanggal atau wilayah, atau banyak yang tidak terdapat"},
	{"berdekatan", "lebih cepat daripada orang mengetik, atau dengan irama mesin"},
};

static struct str reason_words(struct str reason)
{
	for (size_t i = 0; i < LEN(reasons); i++)
		if (str_eq(reason, str_c(reasons[i].reason)))
			return str_c(reasons[i].words);
	return S("");
}

static struct str moment_by(struct visit *v, int64_t us, struct str by)
{
	return arena_printf(v->arena, "%s, %.*s", when_row(us).z, STR_ARG(by));
}

static struct str decision_title(enum hold_state state)
{
	switch (state) {
	case HOLD_OPEN: break;
	case HOLD_RELEASED: return S("Dilepaskan");
	case HOLD_CONFIRMED: return S("Penahanan ditetapkan");
	}
	return S("Keputusan Dinas Dukcapil");
}

/* What happened, what is now, who must act. */
static size_t put_steps(struct visit *v, const struct hold *h, struct page_hold_step steps[STEPS_MAX])
{
	size_t n = 0;
	bool open = h->state == HOLD_OPEN;
	steps[n++] = (struct page_hold_step){
		.done = true, .title = S("Ditahan oleh penjaga pola"), .detail = row_time(v, h->held_us)};
	if (h->plea_us || open)
		steps[n++] = (struct page_hold_step){
			.done = h->plea_us != 0,
			.now = open && !h->plea_us,
			.title = S("Penjelasan kepala instansi"),
			.detail = h->plea_us ? moment_by(v, h->plea_us, h->plea_by) : S("belum ada; boleh diputuskan tanpa itu"),
			.words = h->plea,
		};
	if (h->first_us)
		steps[n++] = (struct page_hold_step){.done = true,
		                                     .title = S("Pelepasan disetujui admin pertama"),
		                                     .detail = moment_by(v, h->first_us, h->first_by),
		                                     .words = h->first_note};
	steps[n++] = (struct page_hold_step){
		.done = !open,
		.now = open,
		.title = decision_title(h->state),
		.detail = open ? S("menunggu") : moment_by(v, h->decided_us, h->decided_by),
		.words = h->note,
	};
	return n;
}

/* What was sent and not taken, or what was just done. */
struct outcome_of_form {
	enum rc rc;
	int status;
	const char *problem, *notice;
	bool late;
	struct str text;
};

static void put_forms(struct visit *v, const struct hold *h, const struct outcome_of_form *form, struct page_hold *page)
{
	enum role role = principal_role(v->who);
	bool open = h->state == HOLD_OPEN;
	page->csrf = visit_csrf(v);
	page->most = HOLD_TEXT_MAX;
	page->problem = str_c(form->problem);
	page->late = form->late;
	page->notice = str_c(form->notice);
	page->may_plead = open && role == ROLE_KEPALA;
	page->plea = form->problem ? form->text : h->plea;
	page->may_decide = open && role == ROLE_ADMIN;
	page->two_persons = gate_needs_two(v);
	page->second = page->two_persons && h->first_us != 0;
	page->may_release = !page->second || h->first_user != principal_user(v->who);
	page->note = form->problem ? form->text : S("");
}

static enum rc draw(struct visit *v, int64_t hold_id, const struct outcome_of_form *form, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct hold hold;
	struct page_hold_step steps[STEPS_MAX];
	TRY(gate_hold_get(v, hold_id, &hold, err));
	struct page_hold page = {
		.number = hold.hold_id,
		.user_id = hold.user_id,
		.open = hold.state == HOLD_OPEN,
		.released = hold.state == HOLD_RELEASED,
		.reason = hold.reason,
		.reason_words = reason_words(hold.reason),
		.evidence = hold.evidence,
		.across = hold.across,
		.since = arena_str(v->arena, str_c(when_long(hold.held_us).z)),
		.ref = arena_str(v->arena, str_c(gate_hold_ref(v, &hold).z)),
		.steps = steps,
		.steps_n = put_steps(v, &hold, steps),
	};
	TRY(code_of(v, hold.instansi_id, &page.code, err));
	put_forms(v, &hold, form, &page);
	page_hold_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Penahanan", .at = PATH}, form->status, &body, err);
}

enum rc page_guard_one(struct visit *v, struct err *err)
{
	struct str path = http_path(v->rq);
	int64_t id;
	if (str_int(str_sub(path, strlen(PATH) + 1, path.n), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_ABSENT, "Penahanan itu tidak ada.");
	return draw(v, id, &(struct outcome_of_form){.status = 200}, err);
}

static enum rc number_of(const struct visit *v, int64_t *ret, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	if (str_int(http_form(v->rq, "nomor"), 1, INT64_MAX, ret) != RC_OK)
		return FAIL(err, RC_INVALID, "Penahanan tidak disebutkan.");
	return RC_OK;
}

/* Browsers send a line end as two bytes; one is what people count. */
static struct str text_of(struct visit *v, const char *field)
{
	struct str typed = str_trim(http_form(v->rq, field));
	char *out = arena_alloc(v->arena, typed.n + 1);
	size_t n = 0;
	for (size_t i = 0; out && i < typed.n; i++)
		if (typed.at[i] != '\r')
			out[n++] = typed.at[i];
	return str_from(out, n);
}

/* The page once more, or the refusal as it is. */
static enum rc settle(struct visit *v, int64_t id, struct outcome_of_form form, const struct err *why, struct err *err)
{
	enum rc rc = form.rc;
	if (rc != RC_OK && rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED) {
		*err = *why;
		return rc;
	}
	form.status = rc == RC_OK ? 200 : rc == RC_INVALID ? 400 : 409;
	form.late = rc == RC_CONFLICT;
	if (rc != RC_OK)
		form.problem = why->what;
	return draw(v, id, &form, err);
}

enum rc page_guard_plead(struct visit *v, struct err *err)
{
	struct err why = {0};
	struct outcome_of_form form = {.text = text_of(v, "penjelasan"), .notice = NULL};
	int64_t id;
	TRY(number_of(v, &id, err));
	form.rc = gate_hold_plead(v, id, form.text, &why);
	if (form.rc == RC_OK)
		form.notice = "Penjelasan tersimpan. Dinas Dukcapil dapat membacanya sekarang.";
	return settle(v, id, form, &why, err);
}

static const char *notice_of(enum hold_state asked, enum hold_state now)
{
	if (now == HOLD_OPEN)
		return "Persetujuan pertama tercatat. Satu admin lain harus menyetujui pelepasan ini.";
	return asked == HOLD_RELEASED ? "User ID dilepaskan. Permintaan berikutnya sudah berjalan."
	                              : "Penahanan ditetapkan. Tutuplah User ID ini.";
}

enum rc page_guard_decide(struct visit *v, struct err *err)
{
	struct err why = {0};
	struct outcome_of_form form = {.text = text_of(v, "catatan"), .notice = NULL};
	struct str word = http_form(v->rq, "keputusan");
	enum hold_state asked = str_eq(word, S("lepas")) ? HOLD_RELEASED : HOLD_CONFIRMED, now;
	int64_t id;
	TRY(number_of(v, &id, err));
	if (asked == HOLD_CONFIRMED && !str_eq(word, S("tetap")))
		return FAIL(err, RC_INVALID, "Keputusan tidak disebutkan.");
	form.rc = gate_hold_decide(v, id, asked, form.text, &now, &why);
	if (form.rc == RC_OK)
		form.notice = notice_of(asked, now);
	return settle(v, id, form, &why, err);
}
