/* SPDX-License-Identifier: EUPL-1.2
 * web/victim_card.c - see victim_card.h. */
#include "web/victim_card.h"

#include "agreement/feedback_window.h"
#include "web/balance.h"
#include "web/frame.h"
#include "web/victim.page.h"
#include "web/victims_look.h"
#include "web/when.h"
#include "web/words.h"

#define FACTS_MAX 8

struct card {
	struct visit *v;
	const struct person *person;
	struct instansi_row agency;
	struct kejadian kejadian;
	struct page_victim page;
	struct page_victim_fact facts[FACTS_MAX];
	struct page_victim_word words[KETERANGAN_COUNT];
	struct page_victim_house houses[HOUSE_COUNT];
	struct page_victim_waiver waivers[WAIVER_COUNT];
};

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Orang itu tidak ada dalam daftar korban.");
}

enum rc victim_card_find(struct visit *v, struct person *ret, struct err *err)
{
	bool post = http_method(v->rq) == HTTP_POST;
	int64_t id;
	if (str_int(post ? http_form(v->rq, "id") : http_query(v->rq, "id"), 1, INT64_MAX, &id) != RC_OK)
		return absent(err);
	enum rc rc = person_get(visit_feedback(v), v->tx, id, ret, err);
	if (rc == RC_ABSENT || (rc == RC_OK && !office_subject_seen(v, ret->instansi_id)))
		return absent(err);
	return rc;
}

/* ---- how it stands ---- */

static struct str short_day(struct card *c, struct day day)
{
	return arena_str(c->v->arena, str_c(day_short(day).z));
}

static struct str moment(struct card *c, int64_t us, struct str by)
{
	return arena_printf(c->v->arena, "%s oleh %.*s", when_row(us).z, STR_ARG(by));
}

static void fact(struct card *c, const char *label, struct str value, struct str more)
{
	if (value.n && c->page.facts_n < FACTS_MAX)
		c->facts[c->page.facts_n++] = (struct page_victim_fact){str_c(label), value, more};
}

static void put_facts(struct card *c)
{
	const struct person *p = c->person;
	const struct kejadian *k = &c->kejadian;
	struct arena *arena = c->v->arena;
	bool open = p->state == DEBT_OPEN;
	fact(c, "Kejadian", k->name,
	     arena_printf(arena, "%.*s, %.*s, %s", STR_ARG(k->jenis), STR_ARG(k->place), day_short(k->on).z));
	fact(c, "Data diakses", p->asked_us ? moment(c, p->asked_us, p->asked_by) : S("Tidak, dilaporkan tanpa akses"), S(""));
	fact(c, "Menunggu", open ? arena_str(arena, str_c(when_age(p->asked_us, c->v->now_us).z)) : S(""),
	     open && balance_late(c->v, p->asked_us) ? S("melewati batas perjanjian") : S(""));
	fact(c, "Keterangan", p->victim ? str_c(keterangan_at(p->keterangan)->label) : S(""), S(""));
	fact(c, "Kerusakan rumah", str_c(house_at(p->house)->label), S(""));
	fact(c, "Sejak", p->told_us ? short_day(c, p->on) : S(""), S(""));
	fact(c, "Dilaporkan", p->told_us ? moment(c, p->told_us, p->told_by) : S(""), S(""));
	c->page.facts = c->facts;
}

/* ---- history ---- */

static const char *source_words(enum told_source source)
{
	static const char *const words[] = {
		[TOLD_FORM] = "formulir", [TOLD_LIST] = "unggahan", [TOLD_SERVICE] = "layanan web"};
	return words[source];
}

static struct str told_words(struct card *c, const struct told *told)
{
	if (told->kind == TOLD_WAIVER)
		return arena_printf(c->v->arena, "Bukan korban: %s", waiver_at(told->waiver)->label);
	const char *house = house_at(told->house)->label;
	return arena_printf(c->v->arena, "%s%s%s", keterangan_at(told->keterangan)->label, *house ? ", rumah: " : "", house);
}

static enum rc put_history(struct card *c, struct err *err)
{
	struct visit *v = c->v;
	const struct person *p = c->person;
	struct told_seen *told;
	size_t n;
	TRY(person_history(visit_feedback(v), v->tx, p->person_id, &told, &n, err));
	c->page.history = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_victim_told);
	if (!c->page.history)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		c->page.history[i] = (struct page_victim_told){
			.what = told_words(c, &told[i].told),
			.when = arena_printf(visit_page_arena(v), "%s oleh %.*s melalui %s", when_row(told[i].told_us).z,
		                             STR_ARG(told[i].told_by), source_words(told[i].source)),
			.since = short_day(c, told[i].told.on),
			.note = told[i].told.note,
		};
	c->page.history_n = n;
	c->page.asked = p->asked_us ? S("Data diakses; wajib dilaporkan") : S("Datanya tidak pernah diakses");
	c->page.asked_more = p->asked_us ? moment(c, p->asked_us, p->asked_by) : S("");
	return RC_OK;
}

/* ---- the forms ---- */

static void put_choices(struct card *c, struct str word, struct str house, struct str waiver)
{
	for (size_t i = 0; i < KETERANGAN_COUNT; i++) {
		const struct keterangan_row *row = keterangan_at(i);
		c->words[i] = (struct page_victim_word){str_c(row->key), str_c(row->label), str_eq(word, str_c(row->key))};
	}
	for (size_t i = 0; i + 1 < HOUSE_COUNT; i++) { /* the first is none at all */
		const struct house_row *row = house_at(i + 1);
		c->houses[i] = (struct page_victim_house){str_c(row->key), str_c(row->label), str_eq(house, str_c(row->key))};
	}
	for (size_t i = 0; i < WAIVER_COUNT; i++) {
		const struct waiver_row *row = waiver_at(i);
		c->waivers[i] = (struct page_victim_waiver){str_c(row->key), str_c(row->label), str_eq(waiver, str_c(row->key))};
	}
	c->page.words = c->words;
	c->page.words_n = KETERANGAN_COUNT;
	c->page.houses = c->houses;
	c->page.houses_n = HOUSE_COUNT - 1;
	c->page.waivers = c->waivers;
	c->page.waivers_n = WAIVER_COUNT;
}

static void put_typed(struct card *c, const struct victim_typed *typed)
{
	struct page_victim *page = &c->page;
	if (typed->waiver) {
		page->reason = typed->note;
		page->p_waiver = typed->blame.what;
		return;
	}
	page->day = typed->day;
	page->note = typed->note;
	page->p_victim = blame_of(&typed->blame, "keterangan");
	page->p_day = blame_of(&typed->blame, "tanggal");
	page->p_note = blame_of(&typed->blame, "catatan");
}

/* What was typed; else what was told last, so that a change is one press. */
static void put_forms(struct card *c, const struct victim_typed *typed)
{
	const struct person *p = c->person;
	bool fresh = typed->sent && !typed->waiver;
	struct str word = p->victim ? str_c(keterangan_at(p->keterangan)->key) : S("");
	struct str house = str_c(house_at(p->house)->key);
	put_choices(c, fresh ? typed->word : word, fresh ? typed->house : house, typed->waiver ? typed->word : S(""));
	c->page.may = true;
	c->page.first = !p->told_us;
	c->page.csrf = visit_csrf(c->v);
	c->page.today = arena_str(c->v->arena, str_c(day_iso(day_of_us(c->v->now_us)).z));
	if (typed->sent)
		put_typed(c, typed);
}

/* ---- the page ---- */

static void put_head(struct card *c)
{
	struct visit *v = c->v;
	const struct person *p = c->person;
	bool own = principal_instansi(v->who) == p->instansi_id;
	struct url_pair all[] = {{"instansi", own ? (struct str){NULL, 0} : c->agency.code},
	                         {"kejadian", arena_printf(v->arena, "%lld", (long long)p->kejadian_id)}};
	struct feedback_window window = feedback_window(&v->standing, v->now_us);
	c->page.id = arena_printf(v->arena, "%lld", (long long)p->person_id);
	c->page.nik = arena_str(v->arena, str_c(nik_grouped(p->nik).z));
	c->page.state = str_c(debt_state_at(p->state)->label);
	c->page.colour = balance_colour(p->state);
	c->page.name = own ? S("") : c->agency.name;
	c->page.notice = words_notice(v);
	c->page.all = url_path(v->arena, VICTIMS_PATH, all, LEN(all));
	if (own && !window.open)
		c->page.shut = arena_str(v->arena, str_c(day_long(window.last).z));
}

enum rc victim_card_draw(struct visit *v, const struct person *person, const struct victim_typed *typed, int status,
                         struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct card c = {.v = v, .person = person};
	TRY(kejadian_get(v->tx, person->instansi_id, person->kejadian_id, &c.kejadian, err));
	TRY(instansi_get(v->tx, person->instansi_id, &c.agency, err));
	put_head(&c);
	put_facts(&c);
	TRY(put_history(&c, err));
	if (victims_may_tell(v, person->instansi_id))
		put_forms(&c, typed);
	page_victim_write(&body, &c.page);
	return frame_page(v, &(struct frame){.title = "Korban", .at = VICTIMS_PATH}, status, &body, err);
}
