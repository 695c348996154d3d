/* SPDX-License-Identifier: EUPL-1.2
 * web/page_office.c - home of the provider's people: every instansi at a glance, fifty
 * at a time, and a new one. Only those on the page are asked how they stand. */
#include "agreement/roster.h"
#include "gate/hold.h"
#include "gate/strip.h"
#include "procedure/request.h"
#include "web/frame.h"
#include "web/instansi.page.h"
#include "web/office.page.h"
#include "web/owed.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/request_seen.h"
#include "web/stand.h"
#include "web/when.h"
#include "web/words.h"

static const struct sort_row {
	const char *key, *label;
	enum roster_sort sort;
} sorts[] = {
        {"nama", "Nama", ROSTER_BY_NAME},
        {"hari", "Hari terakhir", ROSTER_BY_LAST_DAY},
        {"keadaan", "Keadaan", ROSTER_BY_STATE},
};

/* ---- what is asked ---- */

struct asked {
	struct str text;
	const struct sort_row *sort;
	bool down;
	const struct roster_which_row *which;
};

static struct asked asked_of(struct visit *v)
{
	struct asked a = {.text = str_trim(http_query(v->rq, "cari")), .sort = &sorts[0]};
	struct str sort = http_query(v->rq, "urut");
	for (size_t i = 0; i < LEN(sorts); i++)
		if (str_eq(sort, str_c(sorts[i].key)))
			a.sort = &sorts[i];
	a.down = str_eq(http_query(v->rq, "arah"), S("turun"));
	a.which = roster_which_at(roster_which_of(http_query(v->rq, "keadaan")));
	return a;
}

static struct pager pager_of(struct visit *v, const struct asked *a)
{
	struct pager pager = {.path = "/", .page = pager_page(v)};
	pager_add(&pager, "cari", a->text);
	pager_add(&pager, "keadaan", str_c(a->which->key));
	return pager;
}

/* ---- the rows ---- */

static struct str use_text(struct visit *v, const struct gate_instansi *one)
{
	struct str used = pager_count(v->arena, one->used);
	if (one->limit < 0)
		return arena_printf(v->arena, "%.*s, tanpa batas", STR_ARG(used));
	return arena_printf(v->arena, "%.*s dari %.*s", STR_ARG(used), STR_ARG(pager_count(v->arena, one->limit)));
}

static struct str term_text(struct visit *v, const struct standing *s)
{
	if (!s->last_day.n)
		return S("belum ada versi");
	return arena_printf(v->arena, "%s %s", s->term_over ? "berakhir" : "sampai", day_short(s->last_day).z);
}

static void put_lacks(struct visit *v, const struct stand *stand, struct page_office_instansi *row)
{
	struct stand_lack lacks[STAND_LACKS_MAX];
	size_t n = stand_lacks(v, stand, false, lacks);
	row->lacks = ARENA_ARRAY(v->arena, n + 1, struct page_office_lack);
	for (size_t i = 0; row->lacks && i < n; i++)
		row->lacks[row->lacks_n++].tag = str_c(lacks[i].tag);
}

static struct page_office_instansi row_of(struct visit *v, const struct gate_instansi *one, const struct stand *stand)
{
	const struct standing *s = &one->standing;
	struct stand_words words = stand_words(s);
	struct url_pair pair = {"instansi", s->code};
	bool runs = s->terms && s->state == INSTANSI_ACTIVE;
	struct page_office_instansi row = {
	        .url = url_path(v->arena, "/perjanjian", &pair, 1),
	        .code = s->code,
	        .name = s->name,
	        .state = words.label,
	        .good = words.good,
	        .warned = words.warned,
	        .bad = words.bad,
	        .version = s->terms ? arena_printf(v->arena, "Versi %d", s->version_number) : S(""),
	        .term = term_text(v, s),
	        .left = runs ? arena_str(v->arena, str_c(when_left(stand->today, s->last_day).z)) : S(""),
	        .near = runs && s->last_day.n && term_warning(&stand->term, stand->today),
	        .use = use_text(v, one),
	};
	put_lacks(v, stand, &row);
	return row;
}

static enum rc stand_of(struct visit *v, const struct gate_instansi *one, struct roster_open open, struct stand *ret,
                        struct err *err)
{
	*ret = (struct stand){.s = one->standing, .open = open, .today = day_of_us(v->now_us)};
	if (!ret->s.last_day.n)
		return RC_OK;
	TRY(term_read(v->tx, ret->s.last_day, &ret->term, err));
	return request_renewal_of_term(v->tx, ret->s.instansi_id, ret->s.last_day, &ret->asked, err);
}

static enum rc put_rows(struct visit *v, const struct roster *roster, struct page_office *page, struct err *err)
{
	size_t n = roster->n;
	int64_t *ids = ARENA_ARRAY(v->arena, n + 1, int64_t);
	struct gate_instansi *all = ARENA_ARRAY(v->arena, n + 1, struct gate_instansi);
	struct roster_open *open = ARENA_ARRAY(v->arena, n + 1, struct roster_open);
	page->rows = ARENA_ARRAY(v->arena, n + 1, struct page_office_instansi);
	if (!ids || !all || !open || !page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		ids[i] = roster->at[i].instansi_id;
	TRY(gate_instansi_list(v, ids, n, all, err));
	TRY(roster_open(v->tx, ids, n, open, err));
	for (size_t i = 0; i < n; i++) {
		struct stand stand;
		TRY(stand_of(v, &all[i], open[i], &stand, err));
		page->rows[page->rows_n++] = row_of(v, &all[i], &stand);
	}
	return RC_OK;
}

/* ---- the page ---- */

static size_t put_filter(const struct asked *a, struct page_office_which *whiches, struct page_office_sort *out)
{
	size_t n = 0;
	for (; n < ROSTER_WHICH_COUNT && roster_which_at(n); n++) {
		const struct roster_which_row *row = roster_which_at(n);
		whiches[n] = (struct page_office_which){str_c(row->key), str_c(row->label), row == a->which};
	}
	for (size_t i = 0; i < LEN(sorts); i++)
		out[i] = (struct page_office_sort){str_c(sorts[i].key), str_c(sorts[i].label), &sorts[i] == a->sort};
	return n;
}

static void put_heads(struct visit *v, const struct pager *pager, const struct asked *a, struct page_office *page)
{
	struct str now = str_c(a->sort->key);
	struct pager_head name = pager_head(v, pager, (struct pager_sort){"nama", now, a->down});
	struct pager_head day = pager_head(v, pager, (struct pager_sort){"hari", now, a->down});
	struct pager_head state = pager_head(v, pager, (struct pager_sort){"keadaan", now, a->down});
	page->name_url = name.url, page->name_sort = name.sorted;
	page->day_url = day.url, page->day_sort = day.sorted;
	page->state_url = state.url, page->state_sort = state.sorted;
}

static void put_pages(struct visit *v, struct pager *pager, const struct asked *a, struct buf *out)
{
	if (a->sort != &sorts[0])
		pager_add(pager, "urut", str_c(a->sort->key));
	pager_add(pager, "arah", a->down ? S("turun") : S(""));
	pager_write(v, pager, out);
}

enum rc page_office_home(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	BUF_AUTO owed = BUF(PAGE_MAX);
	struct page_office_which whiches[ROSTER_WHICH_COUNT];
	struct page_office_sort options[LEN(sorts)];
	struct roster roster;
	struct asked a = asked_of(v);
	struct pager pager = pager_of(v, &a);
	const struct roster_ask ask = {.text = a.text,
	                               .which = a.which->which,
	                               .sort = a.sort->sort,
	                               .down = a.down,
	                               .today = day_of_us(v->now_us),
	                               .skip = pager_skip(pager.page),
	                               .most = PAGER_MOST};
	struct page_office page = {.text = a.text,
	                           .down = a.down,
	                           .filtered = pager.pairs_n > 0,
	                           .whiches = whiches,
	                           .sorts = options,
	                           .sorts_n = LEN(sorts),
	                           .may_add = principal_role(v->who) == ROLE_ADMIN};
	TRY(roster_page(v->tx, &ask, &roster, err));
	TRY(put_rows(v, &roster, &page, err));
	page.whiches_n = put_filter(&a, whiches, options);
	put_heads(v, &pager, &a, &page);
	pager.all = roster.all;
	pager.shown = roster.n;
	put_pages(v, &pager, &a, &pages);
	page.pages = html_from_buf(&pages);
	TRY(request_seen_waiting(v, &page.waiting, err));
	TRY(gate_holds_open(v, &page.holds, err));
	TRY(owed_most_write(v, &owed, err));
	page.owed = html_from_buf(&owed);
	page_office_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Beranda", .at = "/"}, 200, &body, err);
}

/* ---- a new instansi ---- */

static enum rc draw_new(struct visit *v, struct page_instansi page, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page.csrf = visit_csrf(v);
	page_instansi_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Instansi baru", .at = "/"}, status, &body, err);
}

enum rc page_instansi_get(struct visit *v, struct err *err)
{
	return draw_new(v, (struct page_instansi){0}, 200, err);
}

/* The room names the one that is wrong first; the name is looked at only with a code. */
static void put_problem(struct page_instansi *page, enum rc rc, const struct err *reason, struct visit *v)
{
	struct str words = words_sentence(v->arena, reason->what);
	bool of_name = rc == RC_INVALID && str_starts(str_c(reason->what), S("nama"));
	*(of_name ? &page->name_problem : &page->code_problem) = words;
}

enum rc page_instansi_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	int64_t id;
	struct page_instansi page = {.code = str_trim(http_form(v->rq, "kode")), .name = str_trim(http_form(v->rq, "nama"))};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	enum rc rc = instansi_add(v->tx, page.code, page.name, v->now_us, &id, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		put_problem(&page, rc, &reason, v);
		return draw_new(v, page, rc == RC_CONFLICT ? 409 : 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	struct str about = arena_printf(v->arena, "instansi add %.*s", STR_ARG(page.code));
	TRY(visit_journal(v, (struct entry){.act = ACT_INSTANSI, .outcome = "ok", .instansi_id = id, .about = about}, NULL, err));
	struct url_pair pairs[] = {{"instansi", page.code}, {"catatan", S("instansi-baru")}};
	visit_redirect(v, url_path(v->arena, "/perjanjian", pairs, LEN(pairs)).s);
	return RC_OK;
}
