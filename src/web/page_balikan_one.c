/* SPDX-License-Identifier: EUPL-1.2
 * web/page_balikan_one.c - one agency's data balikan as the provider sees it: its accesses
 * kejadian by kejadian beside what was told (P3.1b), and the tellings as they come in.
 *
 * Those carry NIK: whoever opens the page leaves an entry in the journal. */
#include "agreement/kejadian.h"
#include "feedback/reconcile.h"
#include "web/balikan_one.page.h"
#include "web/beside.h"
#include "web/cover.h"
#include "web/frame.h"
#include "web/glance.h"
#include "web/link.h"
#include "web/owed.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/when.h"

#define PATH "/balikan/instansi"
#define TELLINGS 50
#define BEFORE "sebelum"

static const char *const sources[] = {
        [TOLD_FORM] = "diketik di portal", [TOLD_LIST] = "daftar yang diunggah", [TOLD_SERVICE] = "web service"};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct str number(struct visit *v, int64_t n)
{
	return arena_printf(v->arena, "%lld", (long long)n);
}

/* The kejadian of n rows, by the agency they all belong to. */
static enum rc names_of(struct visit *v, int64_t instansi_id, const int64_t *ids, size_t n, struct kejadian **ret, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	struct kejadian_key *keys = ARENA_ARRAY(arena, n + 1, struct kejadian_key);
	bool *found = ARENA_ARRAY(arena, n + 1, bool);
	*ret = ARENA_ARRAY(arena, n + 1, struct kejadian);
	if (!keys || !found || !*ret)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		keys[i] = (struct kejadian_key){instansi_id, ids[i]};
	return kejadian_find(v->tx, keys, n, *ret, found, err);
}

/* ---- figures ---- */

static struct page_balikan_one_kejadian row_of(struct visit *v, const struct office_subject *subject, const struct debt_figures *f,
                                               const struct kejadian *kejadian)
{
	struct arena *arena = visit_page_arena(v);
	struct url_pair pairs[] = {{"instansi", subject->row.code}, {"kejadian", number(v, f->kejadian_id)}};
	int days = f->oldest_us ? day_of_us(v->now_us).n - day_of_us(f->oldest_us).n : 0;
	return (struct page_balikan_one_kejadian){
	        .url = link_open(v, HTTP_GET, "/korban") ? url_path(arena, "/korban", pairs, LEN(pairs)) : (struct url){{NULL, 0}},
	        .name = kejadian->name,
	        .note = arena_printf(arena, "%.*s, %.*s", STR_ARG(kejadian->jenis), STR_ARG(kejadian->place)),
	        .day = arena_str(arena, str_c(day_short(kejadian->on).z)),
	        .answered = pager_count(arena, f->answered),
	        .closed = pager_count(arena, f->closed),
	        .waived = pager_count(arena, f->waived),
	        .open = pager_count(arena, f->open),
	        .unasked = pager_count(arena, f->unasked),
	        .cover = cover_words(v, f),
	        .whole = f->answered > 0 && f->open == 0,
	        .age = f->oldest_us ? owed_age(v, days) : S(""),
	};
}

static enum rc put_kejadian(struct visit *v, const struct office_subject *subject, struct pager *pager,
                            struct page_balikan_one *page, struct err *err)
{
	struct reconcile *list;
	struct kejadian *names;
	size_t n;
	struct reconcile_kejadian_ask ask = {
	        .instansi_id = subject->row.instansi_id, .before = INT64_MAX, .skip = pager_skip(pager->page), .most = PAGER_MOST};
	TRY(reconcile_kejadian_count(v->tx, ask.instansi_id, &pager->all, err));
	TRY(reconcile_kejadian(v->tx, &ask, &list, &n, err));
	int64_t *ids = ARENA_ARRAY(visit_page_arena(v), n + 1, int64_t);
	page->rows = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_balikan_one_kejadian);
	if (!ids || !page->rows)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].sum.kejadian_id;
	TRY(names_of(v, ask.instansi_id, ids, n, &names, err));
	for (size_t i = 0; i < n; i++)
		page->rows[page->rows_n++] = row_of(v, subject, &list[i].sum, &names[i]);
	pager->shown = n;
	return RC_OK;
}

static enum rc put_sums(struct visit *v, const struct office_subject *subject, struct page_balikan_one *page, struct err *err)
{
	struct owed_account account;
	TRY(owed_account(v, subject->row.instansi_id, &account, err));
	struct gate_owed owed = account.owed;
	const struct debt_figures *sum = &account.of.sum;
	page->answered = pager_count(v->arena, sum->answered);
	page->closed = pager_count(v->arena, sum->closed);
	page->waived = pager_count(v->arena, sum->waived);
	page->open = pager_count(v->arena, sum->open);
	page->unasked = pager_count(v->arena, sum->unasked);
	page->cover = cover_words(v, sum);
	page->age = owed.n ? owed_age(v, owed.days) : S("");
	page->words = owed.over ? owed_words(v, &owed) : S("");
	page->limit = owed_limit(v, &owed);
	page->refuses = owed.refuses;
	return RC_OK;
}

/* What can be downloaded by itself. */
static enum rc put_choices(struct visit *v, int64_t instansi_id, int64_t all, struct page_balikan_one *page, struct err *err)
{
	struct reconcile *list;
	struct kejadian *names;
	size_t n;
	struct reconcile_kejadian_ask ask = {.instansi_id = instansi_id, .before = INT64_MAX, .most = RECONCILE_KEJADIAN_MAX};
	TRY(reconcile_kejadian(v->tx, &ask, &list, &n, err));
	int64_t *ids = ARENA_ARRAY(visit_page_arena(v), n + 1, int64_t);
	page->choices = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_balikan_one_choice);
	if (!ids || !page->choices)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].sum.kejadian_id;
	TRY(names_of(v, instansi_id, ids, n, &names, err));
	for (size_t i = 0; i < n; i++)
		page->choices[page->choices_n++] = (struct page_balikan_one_choice){
		        arena_printf(visit_page_arena(v), "%lld", (long long)ids[i]), names[i].name};
	page->more = all > (int64_t)n;
	return RC_OK;
}

/* ---- tellings ---- */

static struct page_balikan_one_telling telling_of(struct visit *v, const struct incoming *in, const struct kejadian *kejadian)
{
	struct arena *arena = visit_page_arena(v);
	const struct told *told = &in->seen.told;
	struct url_pair pair = {"id", number(v, in->person_id)};
	bool waiver = told->kind == TOLD_WAIVER;
	return (struct page_balikan_one_telling){
	        .url = link_open(v, HTTP_GET, "/korban/orang") ? url_path(arena, "/korban/orang", &pair, 1)
	                                                       : (struct url){{NULL, 0}},
	        .time = arena_str(arena, str_c(when_row(in->seen.told_us).z)),
	        .nik = arena_str(arena, str_c(nik_grouped(in->nik).z)),
	        .what = str_c(waiver ? waiver_at(told->waiver)->label : keterangan_at(told->keterangan)->label),
	        .house = str_c(waiver ? "" : house_at(told->house)->label),
	        .since = arena_str(arena, str_c(day_short(told->on).z)),
	        .kejadian = kejadian->name,
	        .jenis = kejadian->jenis,
	        .by = in->seen.told_by,
	        .source = str_c(sources[in->seen.source]),
	        .waiver = waiver,
	        .unasked = !in->asked,
	};
}

/* "1764000000000000-17": the moment and the number of the telling above. */
static void place_of(struct str text, struct incoming_ask *ask)
{
	size_t dash = str_index(text, '-');
	if (dash == text.n || str_int(str_sub(text, 0, dash), 1, INT64_MAX, &ask->before_us) != RC_OK ||
	    str_int(str_sub(text, dash + 1, text.n), 0, INT64_MAX, &ask->before_entry) != RC_OK)
		ask->before_us = ask->before_entry = INT64_MAX;
}

static enum rc put_tellings(struct visit *v, const struct office_subject *subject, struct page_balikan_one *page, struct err *err)
{
	struct incoming *list;
	struct kejadian *names;
	size_t n;
	struct incoming_ask ask = {.instansi_id = subject->row.instansi_id, .most = TELLINGS + 1};
	place_of(http_query(v->rq, BEFORE), &ask);
	TRY(person_incoming(visit_feedback(v), v->tx, &ask, &list, &n, err));
	bool more = n > TELLINGS;
	n = more ? TELLINGS : n;
	int64_t *ids = ARENA_ARRAY(visit_page_arena(v), n + 1, int64_t);
	page->tellings = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_balikan_one_telling);
	if (!ids || !page->tellings)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].kejadian_id;
	TRY(names_of(v, ask.instansi_id, ids, n, &names, err));
	for (size_t i = 0; i < n; i++)
		page->tellings[page->tellings_n++] = telling_of(v, &list[i], &names[i]);
	struct url_pair pairs[] = {{"instansi", subject->row.code}, {BEFORE, {NULL, 0}}};
	if (ask.before_us != INT64_MAX)
		page->newest = url_path(v->arena, PATH, pairs, 1);
	if (more) {
		pairs[1].value = arena_printf(v->arena, "%lld-%lld", (long long)list[n - 1].seen.told_us,
		                              (long long)list[n - 1].seen.entry_id);
		page->older = url_path(v->arena, PATH, pairs, 2);
	}
	struct glance glance = {.instansi_id = ask.instansi_id, .what = "data balikan yang masuk"};
	return n ? glance_journal(v, &glance, err) : RC_OK;
}

/* ---- the page ---- */

enum rc page_balikan_one_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_balikan_one_state states[RECONCILE_STATE_COUNT];
	struct office_subject subject;
	struct pager pager = {.path = PATH, .page = pager_page(v)};
	struct page_balikan_one page = {.states = states, .states_n = LEN(states)};
	TRY(office_subject(v, &subject, err));
	pager_add(&pager, "instansi", subject.row.code);
	page.code = subject.row.code;
	page.name = subject.row.name;
	TRY(put_sums(v, &subject, &page, err));
	TRY(put_kejadian(v, &subject, &pager, &page, err));
	TRY(put_choices(v, subject.row.instansi_id, pager.all, &page, err));
	TRY(put_tellings(v, &subject, &page, err));
	for (size_t i = 0; i < LEN(states); i++)
		states[i] =
		        (struct page_balikan_one_state){str_c(reconcile_state_at(i)->label), str_c(reconcile_state_at(i)->means)};
	pager_write(v, &pager, &pages);
	page.pages = html_from_buf(&pages);
	page.beside = beside_write(&beside, v, &subject, PATH);
	page_balikan_one_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Data balikan", .at = "/balikan"}, 200, &body, err);
}
