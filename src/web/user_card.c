/* SPDX-License-Identifier: EUPL-1.2
 * web/user_card.c - see user_card.h. */
#include "web/user_card.h"

#include "agreement/paper.h"
#include "gate/strip.h"
#include "identity/user_roster.h"
#include "identity/session.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/standing_tag.h"
#include "web/user.page.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/pengguna"
#define FACTS_MAX 14
#define PAPERS_SHOWN 50
#define EVENTS_MAX (2 * PAPERS_SHOWN + 32)

enum rc user_card_find(struct visit *v, struct user *ret, struct err *err)
{
	static const char none[] = "User ID itu tidak ada.";
	bool post = http_method(v->rq) == HTTP_POST;
	enum rc rc = user_find(v->tx, str_trim(post ? http_form(v->rq, "user") : http_query(v->rq, "user")), ret, err);
	if (rc == RC_ABSENT || rc == RC_INVALID)
		return FAIL(err, RC_ABSENT, none);
	TRY(rc);
	if (ret->role == ROLE_SERVICE || !office_subject_seen(v, ret->instansi_id))
		return FAIL(err, RC_ABSENT, none);
	return RC_OK;
}

/* ---- what there is to tell ---- */

struct card {
	struct visit *v;
	const struct user *user;
	struct page_user *page;
	struct paper_stand nda, bast;
	int64_t given_us; /* since when a BAST is due */
	struct handover *given;
	size_t given_n;
	struct handover_material material;
	struct paper *papers;
	size_t papers_n;
	struct office_subject subject; /* row.instansi_id 0: of the provider */
	struct {
		int64_t at_us;
		struct page_user_event event;
	} events[EVENTS_MAX];
	size_t events_n;
};

static enum rc stands(struct card *c, struct err *err)
{
	struct paper_stand_ask ask = {c->user->instansi_id, c->user->user_id, c->given_us};
	struct day today = day_of_us(c->v->now_us);
	TRY(paper_stands(c->v->tx, &(struct paper_stand_list){PAPER_NDA, today, &ask, 1}, &c->nda, err));
	return paper_stands(c->v->tx, &(struct paper_stand_list){PAPER_BAST, today, &ask, 1}, &c->bast, err);
}

static enum rc add_papers(struct card *c, enum paper_kind kind, struct err *err)
{
	struct paper *papers;
	size_t n;
	int64_t all;
	struct paper_page ask = {
	        .instansi_id = c->user->instansi_id, .kind = kind, .subject = c->user->user_id, .most = PAPERS_SHOWN / 2};
	TRY(paper_page(c->v->tx, &ask, &papers, &n, &all, err));
	for (size_t i = 0; i < n; i++)
		c->papers[c->papers_n++] = papers[i];
	return RC_OK;
}

static enum rc gather(struct card *c, struct err *err)
{
	struct visit *v = c->v;
	c->papers = ARENA_ARRAY(v->arena, PAPERS_SHOWN, struct paper);
	if (!c->papers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(handover_list(v->tx, c->user->user, &c->given, &c->given_n, err));
	c->given_us = c->given_n ? c->given[0].given_us : c->user->made_us;
	enum rc rc = handover_material_get(v->tx, c->user, &c->material, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	c->subject.own = principal_instansi(v->who) != 0;
	if (!c->user->instansi_id)
		return RC_OK;
	TRY(instansi_get(v->tx, c->user->instansi_id, &c->subject.row, err));
	TRY(add_papers(c, PAPER_NDA, err));
	TRY(add_papers(c, PAPER_BAST, err));
	return stands(c, err);
}

/* ---- facts ---- */

static void fact(struct card *c, const char *label, struct str value, struct str more)
{
	if (c->page->facts_n < FACTS_MAX)
		c->page->facts[c->page->facts_n++] = (struct page_user_fact){str_c(label), value, more};
}

static struct str moment(struct card *c, int64_t us)
{
	return arena_str(c->v->arena, str_c(when_row(us).z));
}

static struct str or_not(struct str text)
{
	return text.n ? text : S("belum dicatat");
}

static struct str last_day(struct card *c)
{
	if (!c->user->expires_us)
		return S("tanpa batas sendiri");
	return arena_str(c->v->arena, str_c(day_long(day_of_us(c->user->expires_us - 1)).z));
}

static enum rc put_facts(struct card *c, struct err *err)
{
	const struct user *u = c->user;
	struct session_seen *seen;
	size_t sessions;
	struct arena *arena = c->v->arena;
	TRY(session_list(c->v->tx, u->user, c->v->now_us, &seen, &sessions, err));
	fact(c, "Pemegang", or_not(u->holder), S(""));
	fact(c, "Jabatan", or_not(u->position), S(""));
	fact(c, "Peran", str_c(role_at(u->role)->label), S(""));
	fact(c, "Instansi", u->instansi_id ? c->subject.row.name : S("Dinas Dukcapil"), S(""));
	if (u->closed)
		fact(c, "Ditutup", moment(c, u->closed_us), str_c(user_closed_at(u->why)->label));
	if (u->instansi_id) {
		fact(c, "NDA", standing_words(arena, &c->nda), S(""));
		fact(c, "BAST", str_c(standing_tag(c->bast.standing).word), S(""));
	}
	fact(c, "Dibuat", moment(c, u->made_us), S(""));
	fact(c, "Terakhir masuk", u->last_seen_us ? moment(c, u->last_seen_us) : S("belum pernah"), S(""));
	fact(c, "Sesi yang terbuka", arena_printf(arena, "%zu", sessions), S(""));
	fact(c, "Kode sekali pakai",
	     u->code_since_us ? arena_printf(arena, "diminta sejak %s", day_short(day_of_us(u->code_since_us)).z)
	                      : S("tidak terdaftar"),
	     S(""));
	fact(c, "Hanya dari alamat",
	     u->narrowing.n   ? u->narrowing
	     : u->instansi_id ? S("semua alamat instansi")
	                      : S("tidak dibatasi"),
	     S(""));
	fact(c, "Berlaku sampai", last_day(c), S(""));
	return RC_OK;
}

/* ---- papers and events ---- */

static struct url paper_url(struct card *c, const struct paper *p)
{
	struct url_pair pairs[] = {{"nomor", arena_printf(c->v->arena, "%lld", (long long)p->paper_id)},
	                           {"instansi", c->subject.own ? (struct str){0} : c->subject.row.code}};
	return url_path(c->v->arena, "/dokumen/rincian", pairs, LEN(pairs));
}

static const char *paper_colour(enum paper_state state)
{
	return state == PAPER_ACCEPTED ? "ok" : state == PAPER_FILED ? "warn" : "no";
}

static void event(struct card *c, int64_t at_us, struct str what, struct str more)
{
	if (c->events_n >= EVENTS_MAX || !at_us)
		return;
	c->events[c->events_n].at_us = at_us;
	c->events[c->events_n++].event = (struct page_user_event){moment(c, at_us), what, more};
}

static void put_papers(struct card *c)
{
	struct arena *arena = c->v->arena;
	struct page_user *page = c->page;
	page->papers = ARENA_ARRAY(arena, c->papers_n + 1, struct page_user_paper);
	for (size_t i = 0; page->papers && i < c->papers_n; i++) {
		const struct paper *p = &c->papers[i];
		struct str kind = p->kind == PAPER_NDA ? S("NDA") : S("BAST");
		struct str state = str_c(paper_state_at(p->state)->label);
		page->papers[page->papers_n++] =
		        (struct page_user_paper){paper_url(c, p), kind,
		                                 p->number,       arena_str(arena, str_c(day_short(p->signed_on).z)),
		                                 state,           str_c(paper_colour(p->state))};
		event(c, p->filed_us, arena_printf(arena, "%.*s dicatat", STR_ARG(kind)),
		      arena_printf(arena, "Nomor %.*s. %.*s.", STR_ARG(p->number), STR_ARG(state)));
	}
}

static void put_events(struct card *c)
{
	const struct user *u = c->user;
	struct arena *arena = c->v->arena;
	struct page_user *page = c->page;
	event(c, u->made_us, S("User ID dibuat"), S(""));
	for (size_t i = 0; i < c->given_n; i++)
		event(c, c->given[i].given_us, S("Kata sandi sekali pakai diserahkan"),
		      arena_printf(arena, "Oleh %.*s.", STR_ARG(c->given[i].by)));
	event(c, u->reopened_us, S("Dibuka kembali"), S(""));
	event(c, u->last_seen_us, S("Terakhir masuk"), S(""));
	event(c, u->closed ? u->closed_us : 0, S("User ID ditutup"), u->closed ? str_c(user_closed_at(u->why)->label) : S(""));
	event(c, c->material.at_us, S("Pengembalian bahan dicatat"), arena_printf(arena, "Oleh %.*s.", STR_ARG(c->material.by)));
	page->events = ARENA_ARRAY(arena, c->events_n + 1, struct page_user_event);
	for (size_t done = 0; page->events && done < c->events_n; done++) { /* latest first; they are few */
		size_t best = done;
		for (size_t i = done + 1; i < c->events_n; i++)
			best = c->events[i].at_us > c->events[best].at_us ? i : best;
		page->events[page->events_n++] = c->events[best].event;
		c->events[best] = c->events[done];
	}
}

/* ---- what is due, and the forms ---- */

static void put_due(struct card *c)
{
	struct arena *arena = c->v->arena;
	const struct handover_material *m = &c->material;
	if (c->user->instansi_id && c->bast.standing != PAPER_ON_FILE && !c->user->closed)
		c->page->bast_due =
		        arena_printf(arena, "Kata sandi diserahkan %s. %s", when_row(c->given_us).z,
		                     c->bast.standing == PAPER_WAITING ? "BAST yang diajukan menunggu pemeriksaan."
		                                                       : "Unduh BAST, tandatangani, lalu catat di Dokumen.");
	if (c->user->closed && c->user->instansi_id && !handover_all_back(m))
		c->page->back_due = arena_printf(arena, "Menunggu:%s%s%s.", m->written.n ? "" : " bahan tertulis",
		                                 m->graphic.n   ? ""
		                                 : m->written.n ? " bahan grafis"
		                                                : ", bahan grafis",
		                                 m->physical.n                  ? ""
		                                 : m->written.n && m->graphic.n ? " bahan fisik"
		                                                                : ", bahan fisik");
}

static struct str day_text(struct card *c, struct day day)
{
	return day.n ? arena_str(c->v->arena, str_c(day_iso(day).z)) : S("");
}

static struct str typed_or(struct str typed, struct str stands)
{
	return typed.at ? typed : stands;
}

static void put_forms(struct card *c, const struct user_typed *t)
{
	struct page_user *page = c->page;
	const struct user *u = c->user;
	page->holder = typed_or(t->holder, u->holder);
	page->position = typed_or(t->position, u->position);
	page->narrowing = typed_or(t->narrowing, u->narrowing);
	page->until = typed_or(t->until, u->expires_us ? day_text(c, day_of_us(u->expires_us - 1)) : S(""));
	page->written = typed_or(t->written, day_text(c, c->material.written));
	page->graphic = typed_or(t->graphic, day_text(c, c->material.graphic));
	page->physical = typed_or(t->physical, day_text(c, c->material.physical));
	page->bast_number = typed_or(t->bast_number, S(""));
	page->bast_day = typed_or(t->bast_day, day_text(c, day_of_us(c->v->now_us)));
	page->problem = blame_of(&t->blame, "");
	page->p_holder = blame_of(&t->blame, "pemegang");
	page->p_position = blame_of(&t->blame, "jabatan");
	page->p_narrowing = blame_of(&t->blame, "alamat");
	page->p_until = blame_of(&t->blame, "sampai");
	page->p_back = blame_of(&t->blame, "bahan");
	page->p_bast = blame_of(&t->blame, "bast");
}

static void put_rights(struct card *c)
{
	struct visit *v = c->v;
	struct page_user *page = c->page;
	bool admin = principal_role(v->who) == ROLE_ADMIN;
	page->self = admin && principal_user(v->who) == c->user->user;
	page->may = admin;
	page->keeps = page->self;
	page->closed = c->user->closed;
	page->has_code = c->user->code_since_us != 0;
	page->bast = admin && c->user->instansi_id && !c->user->closed;
	if (c->user->instansi_id && principal_role(v->who) != ROLE_AUDITOR) {
		struct url_pair pairs[] = {{"jenis", S("nda")},
		                           {"user", c->user->user_id},
		                           {"instansi", c->subject.own ? (struct str){0} : c->subject.row.code}};
		page->print_nda = url_path(v->arena, "/dokumen/cetak", pairs, LEN(pairs));
		pairs[0].value = S("formulir-user-id");
		page->print_form = url_path(v->arena, "/dokumen/cetak", pairs, LEN(pairs));
	}
}

static void put_head(struct card *c)
{
	static const char *const colours[USER_ROSTER_STATE_COUNT] = {[USER_ROSTER_ACTIVE] = "ok",
	                                                             [USER_ROSTER_FRESH] = "warn",
	                                                             [USER_ROSTER_DORMANT] = "warn",
	                                                             [USER_ROSTER_EXPIRED] = "no",
	                                                             [USER_ROSTER_CLOSED] = ""};
	enum user_roster_state state = user_roster_state(c->user, gate_dormant_days(c->v), c->v->now_us);
	struct page_user *page = c->page;
	page->csrf = visit_csrf(c->v);
	page->user_id = c->user->user_id;
	page->state = str_c(user_roster_state_at(state)->label);
	page->colour = str_c(colours[state]);
	page->notice = words_notice(c->v);
	page->lead = c->user->instansi_id
	                     ? S("Pimpinan instansi bertanggung jawab atas semua user ID; pemegangnya wajib menandatangani NDA.")
	                     : S("User ID milik Dinas Dukcapil.");
}

enum rc user_card_draw(struct visit *v, const struct user *user, const struct user_typed *typed, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct page_user page = {0};
	struct card *c = ARENA_NEW(v->arena, struct card);
	page.facts = ARENA_ARRAY(v->arena, FACTS_MAX, struct page_user_fact);
	if (!c || !page.facts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*c = (struct card){.v = v, .user = user, .page = &page};
	TRY(gather(c, err));
	TRY(put_facts(c, err));
	put_papers(c);
	put_events(c);
	put_due(c);
	put_forms(c, typed);
	put_rights(c);
	put_head(c);
	if (user->instansi_id)
		page.beside = beside_write(&beside, v, &c->subject, PATH);
	page_user_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Rincian user ID", .at = PATH}, status, &body, err);
}
