/* SPDX-License-Identifier: EUPL-1.2
 * web/page_duty.c - Kewajiban: every duty of one agency's agreement, data balikan among
 * them; for the provider also what is late or near of all agencies. */
#include "gate/strip.h"
#include "procedure/duty.h"
#include "procedure/reminder.h"
#include "web/clause.h"
#include "web/dues.page.h"
#include "web/duties.page.h"
#include "web/frame.h"
#include "web/owed.h"
#include "web/pages.h"
#include "web/subject.h"

#define PAGE_ROWS 50

static const char *const weekdays[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
static const char *const side_titles[] = {
        [DUTY_OF_INSTANSI] = "Kewajiban instansi", [DUTY_OF_PROVIDER] = "Kewajiban Dinas Dukcapil"};
static const char *const side_names[] = {[DUTY_OF_INSTANSI] = "Instansi", [DUTY_OF_PROVIDER] = "Dinas Dukcapil"};

static struct str short_day(struct visit *v, struct day day)
{
	return day.n ? arena_str(v->arena, str_c(day_short(day).z)) : S("");
}

/* ---- of one agency ---- */

static struct page_duties_duty row_of(struct visit *v, const struct duty_item *item)
{
	const struct duty_row *row = duty_at(item->duty);
	bool moved = item->due.n != item->due_plain.n;
	return (struct page_duties_duty){
	        .label = str_c(row->label),
	        .what = str_c(row->what),
	        .clause = clause_words(v->arena, str_c(row->clause)),
	        .subject = item->subject,
	        .state = str_c(duty_state_at(item->state)->label),
	        .late = item->state == DUTY_LATE,
	        .near = item->state == DUTY_NEAR,
	        .done = item->state == DUTY_DONE,
	        .due = short_day(v, item->due),
	        .moved = moved ? arena_printf(v->arena, "dari %s, %s", weekdays[day_weekday(item->due_plain)],
	                                      day_short(item->due_plain).z)
	                       : S(""),
	        .uncertain = item->due.n && !item->due_certain,
	        .evidence = item->evidence,
	        .remark = item->remark,
	};
}

static enum rc put_side(struct visit *v, enum duty_side side, const struct duty_item *items, size_t n, struct page_duties_side *ret,
                        struct err *err)
{
	*ret = (struct page_duties_side){.title = str_c(side_titles[side]),
	                                 .duties = ARENA_ARRAY(v->arena, n + 2, struct page_duties_duty)};
	if (!ret->duties)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		if (duty_at(items[i].duty)->side != side)
			continue;
		ret->duties[ret->duties_n++] = row_of(v, &items[i]);
		ret->open += items[i].state != DUTY_DONE;
	}
	return RC_OK;
}

/* P2.2b is no paper and has no day in the calendar: it follows from what is owed now. */
static enum rc add_balikan(struct visit *v, const struct office_subject *subject, struct page_duties_side *side, struct err *err)
{
	struct owed_account account;
	TRY(owed_account(v, subject->row.instansi_id, &account, err));
	struct gate_owed owed = account.owed;
	const struct debt_figures *sum = &account.of.sum;
	enum duty_state state = owed.over ? DUTY_LATE : owed.n ? DUTY_OPEN : DUTY_DONE;
	struct day due = {owed.n && owed.open_max ? day_of_us(account.oldest_us).n + owed.age_days_max : 0};
	int64_t covered = sum->closed + sum->waived;
	struct str told = arena_printf(v->arena, "%lld dari %lld NIK", (long long)covered, (long long)sum->answered);
	if (sum->answered == 0)
		told = S("belum ada akses");
	side->duties[side->duties_n++] = (struct page_duties_duty){
	        .label = S("Data balikan"),
	        .what = S("Melaporkan keadaan setiap orang yang datanya diakses, atau alasan ia bukan korban."),
	        .clause = clause_words(v->arena, S("P2.2b / P3.1b")),
	        .state = str_c(duty_state_at(state)->label),
	        .late = state == DUTY_LATE,
	        .done = state == DUTY_DONE,
	        .due = short_day(v, due),
	        .evidence = told,
	        .remark = owed_words(v, &owed),
	};
	side->open += state != DUTY_DONE;
	return RC_OK;
}

static enum rc duties_of(struct visit *v, int64_t instansi_id, struct duty_item **ret, size_t *ret_n, struct err *err)
{
	struct duty_ask ask = {.agreement = gate_agreement(v), .instansi_id = instansi_id};
	return duty_list(v->tx, &ask, v->now_us, ret, ret_n, err);
}

static enum rc draw_one(struct visit *v, const struct office_subject *subject, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_duties_side sides[2];
	struct duty_item *items;
	size_t n;
	struct url_pair instansi = {"instansi", subject->own ? (struct str){NULL, 0} : subject->row.code};
	TRY(duties_of(v, subject->row.instansi_id, &items, &n, err));
	struct page_duties page = {.code = subject->row.code,
	                           .name = subject->row.name,
	                           .own = subject->own,
	                           .sides = sides,
	                           .sides_n = n ? LEN(sides) : 0,
	                           .any = n > 0,
	                           .papers = url_path(v->arena, "/dokumen", &instansi, 1)};
	for (size_t i = 0; i < page.sides_n; i++)
		TRY(put_side(v, (enum duty_side)i, items, n, &sides[i], err));
	if (n)
		TRY(add_balikan(v, subject, &sides[DUTY_OF_INSTANSI], err));
	page_duties_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Kewajiban", .at = "/kewajiban"}, 200, &body, err);
}

/* ---- of all ---- */

static struct url dues_url(struct visit *v, enum duty_state state, int64_t page)
{
	struct url_pair pairs[] = {
	        {"keadaan", str_c(duty_state_at(state)->key)},
	        {"halaman", page > 1 ? arena_printf(v->arena, "%lld", (long long)page) : (struct str){NULL, 0}},
	};
	return url_path(v->arena, "/kewajiban", pairs, LEN(pairs));
}

static enum rc put_tabs(struct visit *v, enum duty_state now, struct page_dues_tab tabs[2], int64_t *ret_n, struct err *err)
{
	static const enum duty_state states[] = {DUTY_LATE, DUTY_NEAR};
	for (size_t i = 0; i < LEN(states); i++) {
		tabs[i] = (struct page_dues_tab){
		        .url = dues_url(v, states[i], 1), .label = str_c(duty_state_at(states[i])->label), .now = states[i] == now};
		TRY(reminder_count(v->tx, states[i], &tabs[i].n, err));
		if (tabs[i].now)
			*ret_n = tabs[i].n;
	}
	return RC_OK;
}

static struct page_dues_due due_of(struct visit *v, const struct reminder_due *due)
{
	const struct duty_row *row = duty_at(due->duty);
	struct url_pair instansi = {"instansi", due->code};
	return (struct page_dues_due){
	        .url = url_path(v->arena, "/kewajiban", &instansi, 1),
	        .code = due->code,
	        .name = due->name,
	        .label = str_c(row->label),
	        .subject = due->subject,
	        .clause = clause_words(v->arena, str_c(row->clause)),
	        .side = str_c(side_names[row->side]),
	        .due = short_day(v, due->due),
	};
}

static enum rc draw_all(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	enum duty_state state = str_eq(http_query(v->rq, "keadaan"), S("near")) ? DUTY_NEAR : DUTY_LATE;
	struct page_dues_tab tabs[2];
	struct reminder_due *dues;
	int64_t at, all = 0;
	if (str_int(http_query(v->rq, "halaman"), 1, 1000000, &at) != RC_OK)
		at = 1;
	struct page_dues page = {.tabs = tabs, .tabs_n = LEN(tabs), .late = state == DUTY_LATE};
	TRY(put_tabs(v, state, tabs, &all, err));
	TRY(reminder_page(v->tx, state, (at - 1) * PAGE_ROWS, PAGE_ROWS, &dues, &page.dues_n, err));
	page.dues = ARENA_ARRAY(v->arena, page.dues_n + 1, struct page_dues_due);
	if (!page.dues)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page.dues_n; i++)
		page.dues[i] = due_of(v, &dues[i]);
	int64_t from = (at - 1) * PAGE_ROWS + 1, to = from + (int64_t)page.dues_n - 1;
	page.range = arena_printf(v->arena, "%lld–%lld dari %lld", (long long)from, (long long)to, (long long)all);
	if (at > 1)
		page.before = dues_url(v, state, at - 1);
	if (to < all)
		page.after = dues_url(v, state, at + 1);
	page_dues_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Kewajiban", .at = "/kewajiban"}, 200, &body, err);
}

enum rc page_duty_get(struct visit *v, struct err *err)
{
	struct office_subject subject;
	TRY(office_subject_or_all(v, &subject, err));
	return subject.row.instansi_id ? draw_one(v, &subject, err) : draw_all(v, err);
}
