/* SPDX-License-Identifier: EUPL-1.2
 * web/victims_sheet.c - see victims_sheet.h. */
#include "web/victims_sheet.h"

#include "web/balance.h"
#include "web/frame.h"
#include "web/victims_sheet.page.h"
#include "web/when.h"

#define FILTER_MAX 300

static struct page_victims_sheet_person row_of(struct arena *arena, const struct person *p, int64_t number)
{
	bool open = p->state == DEBT_OPEN;
	return (struct page_victims_sheet_person){
		.number = number,
		.nik = arena_str(arena, str_c(nik_grouped(p->nik).z)),
		.state = str_c(debt_state_at(p->state)->label),
		.keterangan = p->victim ? str_c(keterangan_at(p->keterangan)->label) : S(""),
		.house = str_c(house_at(p->house)->label),
		.day = arena_str(arena, str_c(day_short(open ? day_of_us(p->asked_us) : p->on).z)),
		.by = open ? p->asked_by : p->told_by,
	};
}

/* What the list was narrowed to, in words. */
static struct str filter_words(struct visit *v, const struct victims_look *look)
{
	enum debt_state state;
	enum keterangan word;
	bool has_state = debt_state_from_key(look->ask.state, &state) == RC_OK;
	bool has_word = keterangan_from_key(look->ask.keterangan, &word) == RC_OK;
	BUF_AUTO words = BUF(FILTER_MAX);
	if (has_state)
		buf_addz(&words, debt_state_at(state)->label);
	if (has_word)
		buf_addf(&words, "%s%s", words.n ? "; " : "", keterangan_at(word)->label);
	if (look->mine)
		buf_addf(&words, "%syang diperiksa %.*s", words.n ? "; " : "", STR_ARG(look->ask.asked_by));
	return arena_str(v->arena, buf_str(&words));
}

static void put_head(struct visit *v, const struct victims_look *look, struct page_victims_sheet *page)
{
	const struct kejadian *k = &look->kejadian;
	struct pager back = {.path = VICTIMS_PATH};
	victims_pairs(v, look, &back);
	page->back = url_path(v->arena, VICTIMS_PATH, back.pairs, back.pairs_n);
	page->agency = look->subject.row.name;
	page->title = k->name;
	page->jenis = k->jenis;
	page->place = k->place;
	page->on = arena_str(v->arena, str_c(day_long(k->on).z));
	page->filter = filter_words(v, look);
	page->by = principal_user_id(v->who);
	page->when = arena_str(v->arena, str_c(when_long(v->now_us).z));
	page->mark = arena_printf(v->arena, "%.*s · %s", STR_ARG(page->by), clock_short_wib(v->now_us).z);
}

static enum rc put_persons(struct visit *v, struct victims_look *look, struct page_victims_sheet *page, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	struct person *persons;
	size_t n;
	int64_t all;
	look->ask.skip = 0;
	look->ask.most = VICTIMS_SHEET_MAX;
	TRY(person_count(v->tx, &look->ask, &all, err));
	TRY(person_page(visit_feedback(v), v->tx, &look->ask, &persons, &n, err));
	page->persons = ARENA_ARRAY(arena, n + 1, struct page_victims_sheet_person);
	if (!page->persons)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		page->persons[i] = row_of(arena, &persons[i], (int64_t)i + 1);
	page->persons_n = n;
	page->shown = pager_count(v->arena, (int64_t)n);
	page->all = all > (int64_t)n ? pager_count(v->arena, all) : S("");
	return RC_OK;
}

enum rc victims_sheet(struct visit *v, struct victims_look *look, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO figures = BUF(PAGE_MAX);
	struct page_victims_sheet page = {.figures = balance_write(&figures, v, &look->figures)};
	put_head(v, look, &page);
	TRY(put_persons(v, look, &page, err));
	page_victims_sheet_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Daftar korban", .at = VICTIMS_PATH}, 200, &body, err);
}
