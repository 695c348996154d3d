/* SPDX-License-Identifier: EUPL-1.2
 * web/page_victims.c - the worksheet: the persons of a kejadian with their debts, those
 * still owed first, each with a quick entry. People of the agency write, the provider's
 * people read (P2.2b, P3.1b). On paper: victims_sheet.c; one person: page_victim.c. */
#include "agreement/feedback_window.h"
#include "web/bulk.h"
#include "web/balance.h"
#include "web/frame.h"
#include "web/glance.h"
#include "web/link.h"
#include "web/pages.h"
#include "web/victims.page.h"
#include "web/victims_look.h"
#include "web/victims_sheet.h"
#include "web/when.h"
#include "web/words.h"

#define EVENTS_MAX 60 /* kejadian to choose from: the open ones and the latest of the others */
#define STATES_MAX 4
#define NIK_TYPED 40

/* ---- the choices ---- */

static enum rc put_events(struct visit *v, const struct victims_look *look, struct page_victims *page, struct err *err)
{
	struct kejadian *list;
	size_t n;
	bool listed = false;
	TRY(kejadian_list(v->tx, look->subject.row.instansi_id, &list, &n, err));
	page->events = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_victims_event);
	if (!page->events)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n && (list[i].open || i < EVENTS_MAX); i++) {
		bool on = list[i].kejadian_id == look->kejadian.kejadian_id;
		listed = listed || on;
		page->events[page->events_n++] = (struct page_victims_event){list[i].kejadian_id, list[i].name, on};
	}
	if (!listed) /* one from far down the archive */
		page->events[page->events_n++] =
		        (struct page_victims_event){look->kejadian.kejadian_id, look->kejadian.name, true};
	return RC_OK;
}

static void put_filter(struct visit *v, const struct victims_look *look, struct page_victims *page)
{
	page->states = ARENA_ARRAY(v->arena, STATES_MAX, struct page_victims_state);
	page->words = ARENA_ARRAY(v->arena, KETERANGAN_COUNT, struct page_victims_word);
	for (size_t i = 0; page->states && i < STATES_MAX && debt_state_at(i); i++) {
		struct str key = str_c(debt_state_at(i)->key);
		page->states[page->states_n++] =
		        (struct page_victims_state){key, str_c(debt_state_at(i)->label), str_eq(key, look->ask.state)};
	}
	for (size_t i = 0; page->words && i < KETERANGAN_COUNT; i++) {
		struct str key = str_c(keterangan_at(i)->key);
		page->words[page->words_n++] =
		        (struct page_victims_word){key, str_c(keterangan_at(i)->label), str_eq(key, look->ask.keterangan)};
	}
	page->mine = look->mine;
	page->filtered = look->ask.state.n || look->ask.keterangan.n || look->mine;
}

/* ---- rows ---- */

static struct page_victims_choice *choices(struct visit *v)
{
	struct page_victims_choice *list = ARENA_ARRAY(v->arena, KETERANGAN_COUNT, struct page_victims_choice);
	for (size_t i = 0; list && i < KETERANGAN_COUNT; i++)
		list[i] = (struct page_victims_choice){str_c(keterangan_at(i)->key), str_c(keterangan_at(i)->label)};
	return list;
}

/* `quick` is shared by all rows. */
static struct page_victims_person row_of(struct visit *v, const struct person *p, struct page_victims_choice *quick)
{
	struct arena *arena = visit_page_arena(v);
	struct url_pair pair = {"id", arena_printf(arena, "%lld", (long long)p->person_id)};
	bool open = p->state == DEBT_OPEN;
	struct day day = open ? day_of_us(p->asked_us) : p->on;
	return (struct page_victims_person){
		.id = p->person_id,
		.url = url_path(arena, VICTIM_PATH, &pair, 1),
		.nik = arena_str(arena, str_c(nik_grouped(p->nik).z)),
		.state = str_c(debt_state_at(p->state)->label),
		.colour = balance_colour(p->state),
		.age = open ? arena_str(arena, str_c(when_age(p->asked_us, v->now_us).z)) : p->asked_us ? S("") : S("tanpa akses"),
		.late = open && balance_late(v, p->asked_us),
		.choices = quick,
		.choices_n = open && quick ? KETERANGAN_COUNT : 0,
		.keterangan = p->victim ? str_c(keterangan_at(p->keterangan)->label) : S(""),
		.house = str_c(house_at(p->house)->label),
		.day = arena_str(arena, str_c(day_short(day).z)),
		.by = open ? p->asked_by : p->told_by,
	};
}

static enum rc put_persons(struct visit *v, struct victims_look *look, struct page_victims *page, struct buf *pages,
                           struct err *err)
{
	struct pager pager = {.path = VICTIMS_PATH, .page = pager_page(v)};
	struct person *persons;
	struct page_victims_choice *quick = victims_may_tell(v, look->subject.row.instansi_id) ? choices(v) : NULL;
	TRY(person_count(v->tx, &look->ask, &pager.all, err));
	if (pager_skip(pager.page) >= pager.all) /* what was told has left the list since */
		pager.page = pager.all ? (pager.all - 1) / PAGER_MOST + 1 : 1;
	look->ask.skip = pager_skip(pager.page);
	look->ask.most = PAGER_MOST;
	TRY(person_page(visit_feedback(v), v->tx, &look->ask, &persons, &pager.shown, err));
	page->persons = ARENA_ARRAY(visit_page_arena(v), pager.shown + 1, struct page_victims_person);
	if (!page->persons)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < pager.shown; i++)
		page->persons[i] = row_of(v, &persons[i], quick);
	page->persons_n = pager.shown;
	victims_pairs(v, look, &pager);
	pager_write(v, &pager, pages);
	struct pager here = pager;
	if (pager.page > 1)
		pager_add(&here, "hal", arena_printf(v->arena, "%lld", (long long)pager.page));
	page->back = url_path(v->arena, VICTIMS_PATH, here.pairs, here.pairs_n).s;
	pager_add(&pager, "cetak", S("1"));
	page->print = url_path(v->arena, VICTIMS_PATH, pager.pairs, pager.pairs_n);
	return RC_OK;
}

/* ---- what was just saved ---- */

static enum rc put_saved(struct visit *v, const struct victims_look *look, struct page_victims *page, struct err *err)
{
	struct person p;
	int64_t id;
	if (str_int(http_query(v->rq, "tersimpan"), 1, INT64_MAX, &id) != RC_OK)
		return RC_OK;
	enum rc rc = person_get(visit_feedback(v), v->tx, id, &p, err);
	if (rc == RC_ABSENT || (rc == RC_OK && p.kejadian_id != look->kejadian.kejadian_id))
		return RC_OK;
	TRY(rc);
	struct url_pair pair = {"id", arena_printf(v->arena, "%lld", (long long)id)};
	page->saved = arena_printf(v->arena, "%s: %s", nik_grouped(p.nik).z,
	                           p.victim ? keterangan_at(p.keterangan)->label : debt_state_at(p.state)->label);
	page->saved_url = url_path(v->arena, VICTIM_PATH, &pair, 1);
	return RC_OK;
}

/* ---- the page ---- */

/* What else there is to do with the list, as far as the visitor may. */
static void put_links(struct visit *v, const struct victims_look *look, struct page_victims *page)
{
	const char *file = look->subject.own ? "/korban/unduh" : "/balikan/unduh";
	struct url_pair pairs[] = {{"instansi", look->subject.own ? (struct str){NULL, 0} : look->subject.row.code},
	                           {"kejadian", arena_printf(v->arena, "%lld", (long long)look->kejadian.kejadian_id)}};
	if (link_open(v, HTTP_GET, file))
		page->file = url_path(v->arena, file, pairs, LEN(pairs));
	if (victims_may_tell(v, look->subject.row.instansi_id) && link_open(v, HTTP_GET, BULK_PATH))
		page->upload = url_path(v->arena, BULK_PATH, &pairs[1], 1);
	page->clear = url_path(v->arena, VICTIMS_PATH, pairs, LEN(pairs));
}

static void put_window(struct visit *v, struct page_victims *page)
{
	if (!page->of_instansi)
		return;
	struct feedback_window window = feedback_window(&v->standing, v->now_us);
	struct str last = window.last.n ? arena_str(v->arena, str_c(day_long(window.last).z)) : S("");
	*(window.open ? &page->until : &page->shut) = last;
}

static enum rc put_kejadian(struct visit *v, struct victims_look *look, struct page_victims *page, struct err *err)
{
	const struct kejadian *k = &look->kejadian;
	page->title = k->name;
	page->place = arena_printf(v->arena, "%.*s, %.*s, %s", STR_ARG(k->jenis), STR_ARG(k->place), day_short(k->on).z);
	page->over = !k->open;
	put_links(v, look, page);
	put_filter(v, look, page);
	TRY(put_events(v, look, page, err));
	return put_saved(v, look, page, err);
}

static enum rc draw(struct visit *v, struct victims_look *look, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO figures = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct page_victims page = {
		.csrf = visit_csrf(v),
		.of_instansi = look->subject.own,
		.name = look->subject.own ? S("") : look->subject.row.name,
		.code = look->subject.own ? S("") : look->subject.row.code,
		.nobody = !look->subject.row.instansi_id,
		.none = !look->kejadian.kejadian_id,
		.here = look->kejadian.kejadian_id,
		.missed = words_notice(v),
	};
	if (page.nobody && link_open(v, HTTP_GET, "/balikan"))
		page.overview = URL("/balikan");
	put_window(v, &page);
	if (look->kejadian.kejadian_id) {
		TRY(put_kejadian(v, look, &page, err));
		TRY(put_persons(v, look, &page, &pages, err));
		page.figures = balance_write(&figures, v, &look->figures);
		page.pages = html_from_buf(&pages);
	}
	page_victims_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Daftar korban", .at = VICTIMS_PATH}, 200, &body, err);
}

enum rc page_victims_get(struct visit *v, struct err *err)
{
	struct victims_look look;
	TRY(victims_look(v, &look, err));
	if (look.figures.answered + look.figures.unasked > 0) {
		struct glance glance = {.instansi_id = look.subject.row.instansi_id,
		                        .kejadian_id = look.kejadian.kejadian_id,
		                        .what = "daftar korban"};
		TRY(glance_journal(v, &glance, err));
	}
	if (look.kejadian.kejadian_id && str_eq(http_query(v->rq, "cetak"), S("1")))
		return victims_sheet(v, &look, err);
	return draw(v, &look, err);
}

/* ---- one NIK ---- */

static enum rc miss(struct visit *v, int64_t kejadian, const char *why)
{
	visit_redirect(v, arena_printf(v->arena, VICTIMS_PATH "?kejadian=%lld&catatan=%s", (long long)kejadian, why));
	return RC_OK;
}

/* Sent as a form, and answered with the number of the row: no address names the NIK. */
enum rc page_victims_find(struct visit *v, struct err *err)
{
	char digits[NIK_TYPED];
	struct str typed = {digits, nik_strip(http_form(v->rq, "nik"), digits, sizeof digits)};
	struct kejadian kejadian;
	struct person person;
	struct nik nik;
	int64_t id, own = v->standing.instansi_id;
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "kejadian"), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_INVALID, "Kejadian tidak disebutkan.");
	enum rc rc = kejadian_get(v->tx, own, id, &kejadian, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Kejadian itu tidak ada pada instansi Anda.");
	TRY(rc);
	if (nik_from_str(typed, &nik, NULL) != RC_OK)
		return miss(v, id, "korban-nik");
	rc = person_find(visit_feedback(v), v->tx, own, id, nik, &person, err);
	if (rc == RC_ABSENT)
		return miss(v, id, "korban-tiada");
	TRY(rc);
	visit_redirect(v, arena_printf(v->arena, VICTIM_PATH "?id=%lld", (long long)person.person_id));
	return RC_OK;
}
