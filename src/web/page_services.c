/* SPDX-License-Identifier: EUPL-1.2
 * web/page_services.c - the list of programs: a head sees those of the own agency, the
 * provider's people those of one, or all. One of them: page_service.c. */
#include "gate/strip.h"
#include "identity/credential.h"
#include "web/beside.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/services.page.h"
#include "web/subject.h"
#include "web/when.h"

#define PATH "/layanan"
#define NEAR_US (30 * US_PER_DAY)

static struct str bound_text(struct visit *v, const struct service_row *row)
{
	struct str where = row->narrowing.n ? S("alamat tertentu") : S("alamat instansi");
	if (!row->certificates)
		return where;
	return arena_printf(v->arena, "%.*s dan %zu sertifikat", STR_ARG(where), row->certificates);
}

static void put_live(struct visit *v, const struct service_row *row, struct page_services_service *ret)
{
	bool near = row->last_us && row->last_us - v->now_us < NEAR_US;
	ret->live = row->live ? arena_printf(v->arena, "%lld berlaku", (long long)row->live) : S("tidak ada");
	ret->colour = row->live == 0 ? S("no") : near ? S("warn") : S("ok");
	if (row->live && row->last_us)
		ret->until = arena_printf(v->arena, "terakhir sampai %s", day_short(day_of_us(row->last_us - 1)).z);
}

static struct page_services_service row_of(struct visit *v, const struct service_row *row)
{
	static const struct {
		const char *word, *colour;
	} states[] = {[USER_FLAW_NONE] = {"aktif", "ok"},
	              [USER_FLAW_CLOSED] = {"ditutup", ""},
	              [USER_FLAW_DORMANT] = {"lama tidak dipakai", "warn"},
	              [USER_FLAW_EXPIRED] = {"berakhir", "no"}};
	struct url_pair pair = {"user", row->user_id};
	struct str balikan = S("-balikan"), id = row->user_id;
	bool tells = id.n >= balikan.n && str_eq(str_sub(id, id.n - balikan.n, balikan.n), balikan);
	struct page_services_service page = {
	        .url = url_path(v->arena, "/layanan/rincian", &pair, 1),
	        .user_id = row->user_id,
	        .use = tells ? S("data balikan") : S("data dan kesesuaian"),
	        .used = row->used_us ? arena_str(v->arena, str_c(day_short(day_of_us(row->used_us)).z)) : S("belum pernah"),
	        .time = row->used_us ? arena_str(v->arena, str_c(when_minute(row->used_us).z)) : S(""),
	        .bound = bound_text(v, row),
	        .state = str_c(states[row->flaw].word),
	        .state_colour = str_c(states[row->flaw].colour),
	};
	put_live(v, row, &page);
	return page;
}

/* Neighbours in the list mostly share theirs. */
static enum rc agency_of(struct visit *v, int64_t instansi_id, struct instansi_row *last, struct str *ret, struct err *err)
{
	if (last->instansi_id != instansi_id)
		TRY(instansi_get(v->tx, instansi_id, last, err));
	*ret = last->code;
	return RC_OK;
}

static enum rc put_rows(struct visit *v, const struct service_row *rows, size_t n, struct page_services *page, struct err *err)
{
	struct instansi_row last = {0};
	page->services = ARENA_ARRAY(v->arena, n + 1, struct page_services_service);
	if (!page->services)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		page->services[i] = row_of(v, &rows[i]);
		if (page->all)
			TRY(agency_of(v, rows[i].instansi_id, &last, &page->services[i].agency, err));
	}
	page->services_n = n;
	return RC_OK;
}

enum rc page_services_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct office_subject subject;
	struct service_row *rows;
	struct pager pager = {.path = PATH, .page = pager_page(v)};
	TRY(office_subject_or_all(v, &subject, err));
	bool all = subject.row.instansi_id == 0;
	struct service_ask ask = {.instansi_id = all ? -1 : subject.row.instansi_id,
	                          .dormant_days = gate_dormant_days(v),
	                          .now_us = v->now_us,
	                          .skip = pager_skip(pager.page),
	                          .most = PAGER_MOST};
	struct page_services page = {.all = all, .title = all ? S("Layanan semua instansi") : S("Layanan")};
	page.people = all ? URL("/pengguna") : link_about(v, "/pengguna", subject.row.code);
	TRY(service_count(v->tx, ask.instansi_id, &pager.all, err));
	TRY(service_page(v->tx, &ask, &rows, &pager.shown, err));
	TRY(put_rows(v, rows, pager.shown, &page, err));
	pager_add(&pager, "instansi", subject.own ? S("") : subject.row.code);
	pager_write(v, &pager, &pages);
	page.pages = html_from_buf(&pages);
	if (!all)
		page.beside = beside_write(&beside, v, &subject, PATH);
	page_services_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Layanan", .at = "/pengguna"}, 200, &body, err);
}
