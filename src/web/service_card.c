/* SPDX-License-Identifier: EUPL-1.2
 * web/service_card.c - see service_card.h. */
#include "web/service_card.h"

#include "agreement/paper.h"
#include "gate/strip.h"
#include "identity/handover.h"
#include "identity/scope.h"
#include "identity/user_roster.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/service.page.h"
#include "web/standing_tag.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/layanan"
#define FACTS_MAX 12
#define DAYS(n) ((n) * US_PER_DAY)

static const struct service_overlap overlaps[] = {
        {"7", "berakhir 7 hari lagi", DAYS(7), true}, {"1", "berakhir besok pada jam ini", DAYS(1), false},
        {"30", "berakhir 30 hari lagi", DAYS(30), false}, {"0", "berakhir seketika", 0, false},
        {"tetap", "tetap berlaku seperti sekarang", -1, false},
};

const struct service_overlap *service_overlap_at(size_t i)
{
	return i < LEN(overlaps) ? &overlaps[i] : NULL;
}

enum rc service_card_find(struct visit *v, struct user *ret, struct err *err)
{
	static const char none[] = "Layanan itu tidak ada.";
	bool post = http_method(v->rq) == HTTP_POST;
	enum rc rc = user_find(v->tx, str_trim(post ? http_form(v->rq, "user") : http_query(v->rq, "user")), ret, err);
	if (rc == RC_ABSENT || rc == RC_INVALID)
		return FAIL(err, RC_ABSENT, none);
	TRY(rc);
	if (ret->role != ROLE_SERVICE || !office_subject_seen(v, ret->instansi_id))
		return FAIL(err, RC_ABSENT, none);
	return RC_OK;
}

/* ---- what there is to tell ---- */

struct card {
	struct visit *v;
	const struct user *user;
	struct page_service *page;
	struct office_subject subject;
	struct paper_stand nda, bast;
	int64_t given_us; /* since when a BAST is due */
	struct credential_seen *credentials;
	size_t credentials_n, live;
	struct certificates bound;
	scope_set scopes;
};

static enum rc gather(struct card *c, struct err *err)
{
	struct visit *v = c->v;
	struct day today = day_of_us(v->now_us);
	struct err refused = {0};
	c->subject.own = principal_instansi(v->who) != 0;
	TRY(instansi_get(v->tx, c->user->instansi_id, &c->subject.row, err));
	TRY(handover_since(v->tx, c->user, &c->given_us, err));
	struct paper_stand_ask ask = {c->user->instansi_id, c->user->user_id, c->given_us};
	TRY(paper_stands(v->tx, &(struct paper_stand_list){PAPER_NDA, today, &ask, 1}, &c->nda, err));
	TRY(paper_stands(v->tx, &(struct paper_stand_list){PAPER_BAST, today, &ask, 1}, &c->bast, err));
	TRY(credential_list(v->tx, c->user->user, v->now_us, &c->credentials, &c->credentials_n, err));
	while (c->live < c->credentials_n && c->credentials[c->live].state == CREDENTIAL_LIVE)
		c->live++;
	TRY(scopes_get(v->tx, c->user->user, c->user->user_id, &c->scopes, err));
	enum rc rc = credential_bound(v->tx, c->user->user, &c->bound, &refused);
	if (rc != RC_OK)
		*err = refused;
	return rc;
}

static void fact(struct card *c, const char *label, struct str value, struct str more)
{
	if (c->page->facts_n < FACTS_MAX)
		c->page->facts[c->page->facts_n++] = (struct page_service_fact){str_c(label), value, more};
}

static struct str moment(struct card *c, int64_t us, struct str otherwise)
{
	return us ? arena_str(c->v->arena, str_c(when_row(us).z)) : otherwise;
}

/* The last day, of an end at midnight; otherwise the moment. */
static struct str until(struct card *c, int64_t us)
{
	if (!us)
		return S("tanpa batas");
	if (us != day_begin_us(day_of_us(us)))
		return moment(c, us, S(""));
	return arena_str(c->v->arena, str_c(day_short(day_of_us(us - 1)).z));
}

static struct str use_of(const struct user *user)
{
	struct str end = S("-balikan"), id = user->user_id;
	bool balikan = id.n >= end.n && str_eq(str_sub(id, id.n - end.n, end.n), end);
	if (user->sandbox)
		return S("latihan PoC: hanya data buatan");
	return balikan ? S("data balikan") : S("permintaan data dan kesesuaian");
}

static void put_facts(struct card *c)
{
	const struct user *u = c->user;
	struct arena *arena = c->v->arena;
	fact(c, "Instansi", c->subject.row.name, S(""));
	fact(c, "Dipakai untuk", use_of(u), S(""));
	fact(c, "Penanggung jawab", u->holder.n ? u->holder : S("belum dicatat"), u->position);
	if (!u->sandbox) { /* a rehearsal is asked for neither (decision 0029) */
		fact(c, "NDA", standing_words(arena, &c->nda), S(""));
		fact(c, "BAST", str_c(standing_tag(c->bast.standing).word), S(""));
	}
	if (u->closed)
		fact(c, "Ditutup", moment(c, u->closed_us, S("")), str_c(user_closed_at(u->why)->label));
	fact(c, "Dibuat", moment(c, u->made_us, S("")), S(""));
	fact(c, "Terakhir masuk", moment(c, u->last_seen_us, S("belum pernah")), S(""));
	fact(c, "Berlaku sampai", u->expires_us ? until(c, u->expires_us) : S("tanpa batas sendiri"), S(""));
	fact(c, "Hanya dari alamat", u->narrowing.n ? u->narrowing : S("semua alamat instansi"), S(""));
}

static struct str by_whom(struct card *c, struct str by)
{
	return by.n ? arena_printf(c->v->arena, "oleh %.*s", STR_ARG(by)) : S("pada baris perintah");
}

static struct page_service_credential row_of(struct card *c, const struct credential_seen *seen, bool may_end)
{
	static const struct {
		const char *word, *colour;
	} states[] = {[CREDENTIAL_LIVE] = {"berlaku", "ok"},
	              [CREDENTIAL_EXPIRED] = {"habis", ""},
	              [CREDENTIAL_ENDED] = {"diakhiri", "no"}};
	bool live = seen->state == CREDENTIAL_LIVE, ended = seen->state == CREDENTIAL_ENDED;
	struct arena *arena = c->v->arena;
	return (struct page_service_credential){
	        .number = arena_str(arena, str_c(seen->number.z)),
	        .state = str_c(states[seen->state].word),
	        .colour = str_c(states[seen->state].colour),
	        .made = moment(c, seen->made_us, S("")),
	        .by = by_whom(c, seen->by),
	        .until = until(c, seen->expires_us),
	        .used = moment(c, seen->used_us, S("belum pernah")),
	        .ended = ended ? arena_printf(arena, "%s %.*s", when_row(seen->ended_us).z, STR_ARG(by_whom(c, seen->ended_by)))
	                       : S(""),
	        .live = live,
	        .ends = live && may_end,
	};
}

static enum rc put_credentials(struct card *c, struct err *err)
{
	struct page_service *page = c->page;
	bool may_end = link_open(c->v, HTTP_POST, "/layanan/akhiri");
	page->credentials = ARENA_ARRAY(c->v->arena, c->credentials_n + 1, struct page_service_credential);
	page->certificates = ARENA_ARRAY(c->v->arena, c->bound.n + 1, struct page_service_bound);
	if (!page->credentials || !page->certificates)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < c->credentials_n; i++)
		page->credentials[page->credentials_n++] = row_of(c, &c->credentials[i], may_end);
	for (size_t i = 0; i < c->bound.n; i++)
		page->certificates[page->certificates_n++] = (struct page_service_bound){
		        arena_str(c->v->arena, str_c(fingerprint_text(&c->bound.at[i]).z))};
	page->many = may_end && c->live > 1;
	return RC_OK;
}

static enum rc put_scopes(struct card *c, struct err *err)
{
	struct page_service *page = c->page;
	scope_set possible = scopes_possible(c->user->user_id);
	page->scopes = ARENA_ARRAY(c->v->arena, SCOPE_COUNT, struct page_service_scope);
	if (!page->scopes)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; scope_at(i); i++) {
		const struct scope_row *row = scope_at(i);
		bool on = c->scopes & SCOPE_BIT(row->scope);
		if (possible & SCOPE_BIT(row->scope))
			page->scopes[page->scopes_n++] = (struct page_service_scope){str_c(row->key), str_c(row->label), on};
	}
	return RC_OK;
}

/* ---- forms ---- */

static struct str typed_or(struct str typed, struct str stands)
{
	return typed.at ? typed : stands;
}

/* One a line, as it is typed. */
static struct str lines_of(struct card *c)
{
	struct str text = certificates_text(&c->bound, c->v->arena);
	char *at = (char *)(uintptr_t)text.at;
	for (size_t i = 0; i < text.n; i++)
		if (at[i] == ',')
			at[i] = '\n';
	return text;
}

static struct str newest_of(const struct card *c)
{
	const struct credential_seen *newest = NULL;
	for (size_t i = 0; i < c->credentials_n; i++)
		if (!newest || c->credentials[i].credential_id > newest->credential_id)
			newest = &c->credentials[i];
	return newest ? arena_str(c->v->arena, str_c(newest->number.z)) : S("");
}

static void put_overlaps(struct card *c, struct str typed)
{
	struct page_service *page = c->page;
	page->overlaps = ARENA_ARRAY(c->v->arena, LEN(overlaps), struct page_service_overlap);
	for (size_t i = 0; page->overlaps && i < LEN(overlaps); i++)
		page->overlaps[page->overlaps_n++] = (struct page_service_overlap){
		        str_c(overlaps[i].key), str_c(overlaps[i].label),
		        typed.at ? str_eq(typed, str_c(overlaps[i].key)) : overlaps[i].usual};
}

static void put_forms(struct card *c, const struct service_typed *t)
{
	struct page_service *page = c->page;
	struct arena *arena = c->v->arena;
	page->makes = principal_role(c->v->who) == ROLE_ADMIN && !c->user->closed;
	put_overlaps(c, t->overlap);
	page->newest = newest_of(c);
	page->until = typed_or(t->until, S(""));
	page->narrowing = typed_or(t->narrowing, c->user->narrowing);
	page->fingerprints = typed_or(t->fingerprints, lines_of(c));
	page->bast_number = typed_or(t->bast_number, S(""));
	page->bast_day = typed_or(t->bast_day, arena_str(arena, str_c(day_iso(day_of_us(c->v->now_us)).z)));
	page->problem = blame_of(&t->blame, "");
	page->p_until = blame_of(&t->blame, "sampai");
	page->p_narrowing = blame_of(&t->blame, "alamat");
	page->p_fingerprints = blame_of(&t->blame, "sidik");
	page->p_bast = blame_of(&t->blame, "bast");
	if (!c->user->sandbox && c->bast.standing != PAPER_ON_FILE && c->live && !c->user->closed)
		page->bast_due = arena_printf(arena, "Kredensial diserahkan %s. %s", when_row(c->given_us).z,
		                              c->bast.standing == PAPER_WAITING
		                                      ? "BAST yang diajukan menunggu pemeriksaan."
		                                      : "Unduh BAST, tandatangani, lalu catat di Dokumen.");
}

static void put_head(struct card *c)
{
	static const char *const colours[USER_ROSTER_STATE_COUNT] = {[USER_ROSTER_ACTIVE] = "ok",
	                                                             [USER_ROSTER_DORMANT] = "warn",
	                                                             [USER_ROSTER_EXPIRED] = "no",
	                                                             [USER_ROSTER_CLOSED] = ""};
	struct page_service *page = c->page;
	enum user_roster_state state = user_roster_state(c->user, gate_dormant_days(c->v), c->v->now_us);
	page->csrf = visit_csrf(c->v);
	page->user_id = c->user->user_id;
	page->state = str_c(user_roster_state_at(state)->label);
	page->colour = str_c(colours[state] ? colours[state] : "");
	page->notice = words_notice(c->v);
	page->all = link_about(c->v, PATH, c->subject.row.code);
}

enum rc service_card_draw(struct visit *v, const struct user *user, const struct service_typed *typed, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct page_service page = {0};
	struct card c = {.v = v, .user = user, .page = &page};
	page.facts = ARENA_ARRAY(v->arena, FACTS_MAX, struct page_service_fact);
	if (!page.facts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(gather(&c, err));
	put_facts(&c);
	TRY(put_credentials(&c, err));
	TRY(put_scopes(&c, err));
	put_forms(&c, typed);
	put_head(&c);
	page.beside = beside_write(&beside, v, &c.subject, PATH);
	page_service_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Layanan", .at = "/pengguna"}, status, &body, err);
}
