/* SPDX-License-Identifier: EUPL-1.2
 * web/page_users.c - the list of user ids: a head sees those of the own agency, the
 * provider's people those of one, or all with their own. One user id: page_user.c. */
#include "agreement/paper.h"
#include "gate/strip.h"
#include "identity/user_roster.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/standing_tag.h"
#include "web/users.page.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/pengguna"
#define ROLES_SHOWN ROLE_SERVICE /* the first of them: programs are not people */

struct look {
	struct office_subject subject;
	struct user_roster_ask ask;
	struct pager pager;
};

static enum role role_asked(struct visit *v)
{
	enum role role;
	return role_from_key(http_query(v->rq, "peran"), &role) == RC_OK ? role : ROLE_COUNT;
}

static enum rc look_of(struct visit *v, struct look *ret, struct err *err)
{
	TRY(office_subject_or_all(v, &ret->subject, err));
	ret->ask = (struct user_roster_ask){
	        .instansi_id = ret->subject.row.instansi_id ? ret->subject.row.instansi_id : -1,
	        .role = role_asked(v),
	        .state = user_roster_state_of(http_query(v->rq, "keadaan")),
	        .text = str_cut(str_trim(http_query(v->rq, "cari")), USER_HOLDER_MAX),
	        .sort = user_roster_sort_of(http_query(v->rq, "urut")),
	        .down = str_eq(http_query(v->rq, "arah"), S("turun")),
	        .dormant_days = gate_dormant_days(v),
	        .now_us = v->now_us,
	        .skip = pager_skip(pager_page(v)),
	        .most = PAGER_MOST,
	};
	const struct user_roster_state_row *state = user_roster_state_at(ret->ask.state);
	ret->pager = (struct pager){.path = PATH, .page = pager_page(v)};
	pager_add(&ret->pager, "instansi", ret->subject.own ? S("") : ret->subject.row.code);
	pager_add(&ret->pager, "cari", ret->ask.text);
	pager_add(&ret->pager, "peran", ret->ask.role == ROLE_COUNT ? S("") : str_c(role_at(ret->ask.role)->key));
	pager_add(&ret->pager, "keadaan", str_c(state ? state->key : ""));
	return RC_OK;
}

/* ---- rows ---- */

struct papers {
	struct paper_stand *nda, *bast;
};

static enum rc papers_of(struct visit *v, const struct user_roster_row *rows, size_t n, struct papers *ret, struct err *err)
{
	struct paper_stand_ask *asks = ARENA_ARRAY(v->arena, n + 1, struct paper_stand_ask);
	*ret = (struct papers){ARENA_ARRAY(v->arena, n + 1, struct paper_stand), ARENA_ARRAY(v->arena, n + 1, struct paper_stand)};
	if (!asks || !ret->nda || !ret->bast)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		asks[i] = (struct paper_stand_ask){rows[i].instansi_id, rows[i].user_id, rows[i].given_us};
	struct day today = day_of_us(v->now_us);
	TRY(paper_stands(v->tx, &(struct paper_stand_list){PAPER_NDA, today, asks, n}, ret->nda, err));
	return paper_stands(v->tx, &(struct paper_stand_list){PAPER_BAST, today, asks, n}, ret->bast, err);
}

/* The code of the row's agency; rows of one agency often stand together. */
static enum rc agency_of(struct visit *v, const struct user_roster_row *row, struct instansi_row *last, struct str *ret,
                         struct err *err)
{
	if (row->instansi_id == 0) {
		*ret = S("Dukcapil");
		return RC_OK;
	}
	if (last->instansi_id != row->instansi_id)
		TRY(instansi_get(v->tx, row->instansi_id, last, err));
	*ret = last->code;
	return RC_OK;
}

static const char *colour_of(enum user_roster_state state)
{
	static const char *const colours[USER_ROSTER_STATE_COUNT] = {[USER_ROSTER_ACTIVE] = "ok",
	                                                             [USER_ROSTER_FRESH] = "warn",
	                                                             [USER_ROSTER_DORMANT] = "warn",
	                                                             [USER_ROSTER_EXPIRED] = "no",
	                                                             [USER_ROSTER_CLOSED] = ""};
	return colours[state];
}

static struct page_users_user row_of(struct visit *v, const struct user_roster_row *row)
{
	struct url_pair pair = {"user", row->user_id};
	int64_t seen = row->last_seen_us;
	return (struct page_users_user){
	        .url = url_path(v->arena, "/pengguna/rincian", &pair, 1),
	        .user_id = row->user_id,
	        .role = str_c(role_at(row->role)->label),
	        .holder = row->holder,
	        .position = row->position,
	        .seen = seen ? arena_str(v->arena, str_c(day_short(day_of_us(seen)).z)) : S("belum pernah"),
	        .time = seen ? arena_str(v->arena, str_c(when_minute(seen).z)) : S(""),
	        .state = str_c(user_roster_state_at(row->state)->label),
	        .colour = str_c(colour_of(row->state)),
	        .why = row->state == USER_ROSTER_CLOSED ? str_c(user_closed_at(row->why)->label) : S(""),
	};
}

static enum rc put_rows(struct visit *v, const struct user_roster_row *rows, size_t n, struct page_users *page, struct err *err)
{
	struct papers papers;
	struct instansi_row last = {0};
	TRY(papers_of(v, rows, n, &papers, err));
	page->users = ARENA_ARRAY(v->arena, n + 1, struct page_users_user);
	if (!page->users)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (page->users_n = 0; page->users_n < n; page->users_n++) {
		size_t i = page->users_n;
		struct page_users_user *user = &page->users[i];
		struct standing_tag nda = standing_tag(papers.nda[i].standing), bast = standing_tag(papers.bast[i].standing);
		*user = row_of(v, &rows[i]);
		if (page->all)
			TRY(agency_of(v, &rows[i], &last, &user->agency, err));
		if (rows[i].instansi_id == 0)
			continue; /* the provider's own people sign no NDA to themselves */
		user->nda = str_c(nda.word);
		user->nda_colour = str_c(nda.colour);
		user->bast = str_c(bast.word);
		user->bast_colour = str_c(bast.colour);
	}
	return RC_OK;
}

/* ---- around them ---- */

static void put_choices(struct visit *v, const struct look *look, struct page_users *page)
{
	bool agency = look->subject.row.instansi_id != 0;
	page->roles = ARENA_ARRAY(v->arena, ROLE_COUNT, struct page_users_role);
	page->states = ARENA_ARRAY(v->arena, USER_ROSTER_STATE_COUNT, struct page_users_state);
	for (size_t i = 0; page->roles && i < ROLES_SHOWN; i++) {
		if (agency && !(ROLES_INSTANSI & ROLE_BIT(i)))
			continue;
		page->roles[page->roles_n++] = (struct page_users_role){
		        .key = str_c(role_at(i)->key), .label = str_c(role_at(i)->label), .on = look->ask.role == (enum role)i};
	}
	for (size_t i = 0; page->states && i < USER_ROSTER_STATE_COUNT; i++)
		page->states[page->states_n++] = (struct page_users_state){.key = str_c(user_roster_state_at(i)->key),
		                                                           .label = str_c(user_roster_state_at(i)->label),
		                                                           .on = look->ask.state == (enum user_roster_state)i};
}

static void put_head_of(struct visit *v, const struct look *look, enum user_roster_sort sort, struct url *url, struct str *mark)
{
	struct pager_sort by = {user_roster_sort_key(sort), str_c(user_roster_sort_key(look->ask.sort)), look->ask.down};
	struct pager_head head = pager_head(v, &look->pager, by);
	*url = head.url;
	*mark = head.sorted;
}

static void put_sorting(struct visit *v, const struct look *look, struct page_users *page)
{
	page->sort = look->ask.sort == USER_ROSTER_BY_ID && !look->ask.down ? S("") : str_c(user_roster_sort_key(look->ask.sort));
	page->down = look->ask.down;
	put_head_of(v, look, USER_ROSTER_BY_ID, &page->by_id, &page->id_mark);
	put_head_of(v, look, USER_ROSTER_BY_HOLDER, &page->by_holder, &page->holder_mark);
	put_head_of(v, look, USER_ROSTER_BY_SEEN, &page->by_seen, &page->seen_mark);
}

static struct html pages_of(struct visit *v, struct look *look, int64_t all, size_t shown, struct buf *out)
{
	look->pager.all = all;
	look->pager.shown = shown;
	if (look->ask.sort != USER_ROSTER_BY_ID || look->ask.down) {
		pager_add(&look->pager, "urut", str_c(user_roster_sort_key(look->ask.sort)));
		pager_add(&look->pager, "arah", look->ask.down ? S("turun") : S(""));
	}
	pager_write(v, &look->pager, out);
	return html_from_buf(out);
}

static void put_head(struct visit *v, const struct look *look, struct page_users *page)
{
	const struct user_roster_ask *ask = &look->ask;
	page->all = look->subject.row.instansi_id == 0;
	page->title = page->all ? S("Pengguna semua instansi") : S("Pengguna");
	page->notice = words_notice(v);
	page->code = look->subject.own ? S("") : look->subject.row.code;
	page->text = ask->text;
	page->filtered = ask->text.n || ask->role != ROLE_COUNT || ask->state != USER_ROSTER_STATE_COUNT;
	page->clear = link_about(v, PATH, look->subject.row.code);
	page->services = page->all ? URL("/layanan") : link_about(v, "/layanan", look->subject.row.code);
	if (principal_role(v->who) == ROLE_ADMIN)
		page->fresh = page->all ? URL("/pengguna/baru") : link_about(v, "/pengguna/baru", look->subject.row.code);
}

enum rc page_users_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct look look = {0};
	struct page_users page = {0};
	struct user_roster_row *rows;
	size_t n;
	int64_t all;
	TRY(look_of(v, &look, err));
	put_head(v, &look, &page);
	TRY(user_roster_count(v->tx, &look.ask, &all, err));
	TRY(user_roster_page(v->tx, &look.ask, &rows, &n, err));
	TRY(put_rows(v, rows, n, &page, err));
	put_choices(v, &look, &page);
	put_sorting(v, &look, &page);
	page.pages = pages_of(v, &look, all, n, &pages);
	if (!page.all)
		page.beside = beside_write(&beside, v, &look.subject, PATH);
	page_users_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Pengguna", .at = PATH}, 200, &body, err);
}
