/* SPDX-License-Identifier: EUPL-1.2
 * web/page_users.c - the list of user ids: a head sees those of the own agency, the
 * provider's people those of one, or all with their own. One user id: page_user.c. */
#include "agreement/paper.h"
#include "gate/strip.h"
#include "identity/roster.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/leaf.h"
#include "web/pages.h"
#include "web/remark.h"
#include "web/standing_tag.h"
#include "web/users.page.h"
#include "web/when.h"

#define PATH "/pengguna"
#define ROLES_SHOWN ROLE_SERVICE /* the first of them: programs are not people */

static const struct remark remarks[] = {
	{"ditutup", "User ID telah ditutup; semua sesinya berakhir."},
	{NULL, NULL},
};

struct look {
	struct office_subject subject;
	struct roster_ask ask;
	struct url_pair pairs[5];
};

static enum role role_asked(struct visit *v)
{
	enum role role;
	return role_from_key(http_query(v->rq, "peran"), &role) == RC_OK ? role : ROLE_COUNT;
}

static enum rc look_of(struct visit *v, struct look *ret, struct err *err)
{
	TRY(office_subject_or_all(v, &ret->subject, err));
	ret->ask = (struct roster_ask){
		.instansi_id = ret->subject.row.instansi_id ? ret->subject.row.instansi_id : -1,
		.role = role_asked(v),
		.state = roster_state_of(http_query(v->rq, "keadaan")),
		.text = str_cut(str_trim(http_query(v->rq, "cari")), USER_HOLDER_MAX),
		.sort = roster_sort_of(http_query(v->rq, "urut")),
		.dormant_days = gate_dormant_days(v),
		.now_us = v->now_us,
		.skip = leaf_skip(v),
		.most = LEAF_ROWS,
	};
	const struct roster_state_row *state = roster_state_at(ret->ask.state);
	ret->pairs[0] = (struct url_pair){"instansi", ret->subject.own ? (struct str){0} : ret->subject.row.code};
	ret->pairs[1] = (struct url_pair){"cari", ret->ask.text};
	ret->pairs[2] = (struct url_pair){"peran", ret->ask.role == ROLE_COUNT ? S("") : str_c(role_at(ret->ask.role)->key)};
	ret->pairs[3] = (struct url_pair){"keadaan", str_c(state ? state->key : "")};
	ret->pairs[4] = (struct url_pair){"urut", str_c(roster_sort_key(ret->ask.sort))};
	return RC_OK;
}

/* ---- rows ---- */

struct papers {
	struct paper_stand *nda, *bast;
};

static enum rc papers_of(struct visit *v, const struct roster_row *rows, size_t n, struct papers *ret, struct err *err)
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
static enum rc agency_of(struct visit *v, const struct roster_row *row, struct instansi_row *last, struct str *ret, struct err *err)
{
	if (row->instansi_id == 0) {
		*ret = S("Dinas Dukcapil");
		return RC_OK;
	}
	if (last->instansi_id != row->instansi_id)
		TRY(instansi_get(v->tx, row->instansi_id, last, err));
	*ret = last->code;
	return RC_OK;
}

static const char *colour_of(enum roster_state state)
{
	static const char *const colours[ROSTER_STATE_COUNT] = {
		[ROSTER_ACTIVE] = "ok", [ROSTER_FRESH] = "warn", [ROSTER_DORMANT] = "warn", [ROSTER_EXPIRED] = "no", [ROSTER_CLOSED] = ""};
	return colours[state];
}

static struct page_users_user row_of(struct visit *v, const struct roster_row *row)
{
	struct url_pair pair = {"user", row->user_id};
	return (struct page_users_user){
		.url = url_path(v->arena, "/pengguna/rincian", &pair, 1),
		.user_id = row->user_id,
		.role = str_c(role_at(row->role)->label),
		.holder = row->holder,
		.position = row->position,
		.seen = row->last_seen_us ? arena_str(v->arena, str_c(when_row(row->last_seen_us).z)) : S("belum pernah"),
		.state = str_c(roster_state_at(row->state)->label),
		.colour = str_c(colour_of(row->state)),
		.why = row->state == ROSTER_CLOSED ? str_c(user_closed_at(row->why)->label) : S(""),
	};
}

static enum rc put_rows(struct visit *v, const struct roster_row *rows, size_t n, struct page_users *page, struct err *err)
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
	page->states = ARENA_ARRAY(v->arena, ROSTER_STATE_COUNT, struct page_users_state);
	for (size_t i = 0; page->roles && i < ROLES_SHOWN; i++) {
		if (agency && !(ROLES_INSTANSI & ROLE_BIT(i)))
			continue;
		page->roles[page->roles_n++] = (struct page_users_role){.key = str_c(role_at(i)->key), .label = str_c(role_at(i)->label),
		                                                        .on = look->ask.role == (enum role)i};
	}
	for (size_t i = 0; page->states && i < ROSTER_STATE_COUNT; i++)
		page->states[page->states_n++] = (struct page_users_state){.key = str_c(roster_state_at(i)->key),
		                                                           .label = str_c(roster_state_at(i)->label),
		                                                           .on = look->ask.state == (enum roster_state)i};
}

static struct url sorted(struct visit *v, const struct look *look, enum roster_sort sort)
{
	struct url_pair pairs[5];
	memcpy(pairs, look->pairs, sizeof pairs);
	pairs[4].value = str_c(roster_sort_key(sort));
	for (size_t i = 0; i < LEN(pairs); i++)
		if (pairs[i].value.n == 0)
			pairs[i].value = (struct str){0};
	return url_path(v->arena, PATH, pairs, LEN(pairs));
}

static void put_sorting(struct visit *v, const struct look *look, struct page_users *page)
{
	enum roster_sort sort = look->ask.sort;
	page->sort = str_c(roster_sort_key(sort));
	page->by_id = sorted(v, look, ROSTER_BY_ID);
	page->by_holder = sorted(v, look, ROSTER_BY_HOLDER);
	page->by_seen = sorted(v, look, sort == ROSTER_LATEST ? ROSTER_LONGEST : ROSTER_LATEST);
	page->sorted_id = sort == ROSTER_BY_ID;
	page->sorted_holder = sort == ROSTER_BY_HOLDER;
	page->seen_mark = sort == ROSTER_LATEST ? S("descending") : sort == ROSTER_LONGEST ? S("ascending") : S("");
}

static void put_leaf(struct visit *v, const struct look *look, int64_t all, struct page_users *page)
{
	struct leaf leaf = leaf_links(v->arena, &(struct leaf_ask){.path = PATH,
	                                                           .pairs = look->pairs,
	                                                           .pairs_n = LEN(look->pairs),
	                                                           .skip = look->ask.skip,
	                                                           .shown = (int64_t)page->users_n,
	                                                           .all = all});
	page->before = leaf.before;
	page->after = leaf.after;
	page->words = leaf.words;
}

static void put_head(struct visit *v, const struct look *look, struct page_users *page)
{
	const struct roster_ask *ask = &look->ask;
	page->all = look->subject.row.instansi_id == 0;
	page->title = page->all ? S("Pengguna semua instansi") : S("Pengguna");
	page->notice = remark_of(v, remarks);
	page->code = look->pairs[0].value;
	page->text = ask->text;
	page->filtered = ask->text.n || ask->role != ROLE_COUNT || ask->state != ROSTER_STATE_COUNT;
	page->clear = beside_url(v->arena, &look->subject, PATH);
	if (page->all && principal_role(v->who) == ROLE_ADMIN)
		page->fresh = URL("/pengguna/baru");
}

enum rc page_users_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct look look = {0};
	struct page_users page = {0};
	struct roster_row *rows;
	size_t n;
	int64_t all;
	TRY(look_of(v, &look, err));
	put_head(v, &look, &page);
	TRY(roster_count(v->tx, &look.ask, &all, err));
	TRY(roster_page(v->tx, &look.ask, &rows, &n, err));
	TRY(put_rows(v, rows, n, &page, err));
	put_choices(v, &look, &page);
	put_sorting(v, &look, &page);
	put_leaf(v, &look, all, &page);
	if (!page.all)
		page.beside = beside_write(&beside, v, &look.subject, PATH);
	page_users_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Pengguna", .at = PATH}, 200, &body, err);
}
