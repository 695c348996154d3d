/* SPDX-License-Identifier: EUPL-1.2
 * web/frame.c - see frame.h. */
#include "web/frame.h"

#include "agreement/paper.h"
#include "gate/hold.h"
#include "http/asset.h"
#include "web/alarm_band.h"
#include "web/assets.h"
#include "web/frame.page.h"
#include "web/incident_band.h"
#include "web/outage_band.h"
#include "web/report_seen.h"
#include "web/request_seen.h"
#include "web/strip.h"
#include "web/when.h"

#define MENU_MAX 24

struct menu_row {
	const char *path, *label;
	unsigned roles;
	int group; /* daily work; the agreement; watching over it; what helps. A line stands between two */
};
#define HEAD ROLE_BIT(ROLE_KEPALA)
#define INSTANSI (HEAD | ROLE_BIT(ROLE_OPERATOR))
#define PROVIDER (ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_AUDITOR))
static const struct menu_row menu[] = {
	{"/", "Beranda", INSTANSI | PROVIDER, 0},
	{"/verifikasi", "Verifikasi", INSTANSI, 0},
	{"/kejadian", "Kejadian", INSTANSI, 0},
	{"/korban", "Korban", INSTANSI, 0},
	{"/permohonan", "Permohonan", HEAD | PROVIDER, 0},
	{"/balikan", "Data balikan", PROVIDER, 0},
	{"/penjaga", "Penjaga pola", HEAD | PROVIDER, 0},
	{"/perjanjian", "Perjanjian", HEAD, 1},
	{"/kewajiban", "Kewajiban", HEAD | PROVIDER, 1},
	{"/pengguna", "Pengguna", HEAD | PROVIDER, 1},
	{"/dokumen", "Dokumen", HEAD | PROVIDER, 1},
	{"/dasbor", "Dasbor", HEAD | PROVIDER, 2},
	{"/laporan", "Laporan", HEAD | PROVIDER, 2},
	{"/evaluasi", "Evaluasi", HEAD | PROVIDER, 2},
	{"/riwayat", "Riwayat NIK", PROVIDER, 2},
	{"/insiden", "Insiden", HEAD | PROVIDER, 2},
	{"/telusur", "Telusur", PROVIDER, 2},
	{"/jurnal", "Jurnal", PROVIDER, 2},
	{"/jurnal/tanda-tangan", "Saksi jurnal", HEAD, 2},
	{"/slip", "Periksa slip", HEAD | PROVIDER, 3},
	{"/naskah", "Naskah surat", PROVIDER, 3},
	{"/kalender", "Kalender", HEAD | PROVIDER, 3},
	{"/pemeliharaan", "Pemeliharaan", PROVIDER, 3},
	{"/panduan", "Panduan", INSTANSI | PROVIDER, 3},
};
_Static_assert(LEN(menu) <= MENU_MAX, "the menu has room");

static size_t menu_of(enum role role, const char *at, struct page_frame_item items[MENU_MAX])
{
	size_t n = 0;
	int group = 0;
	for (size_t i = 0; i < LEN(menu); i++) {
		if (!(menu[i].roles & ROLE_BIT(role)))
			continue;
		items[n++] = (struct page_frame_item){
			.url = {str_c(menu[i].path)},
			.label = str_c(menu[i].label),
			.now = at && strcmp(at, menu[i].path) == 0,
			.apart = menu[i].group != group,
		};
		group = menu[i].group;
	}
	return n;
}

/* What waits for the visitor, in the menu: a count by an index each. */
static enum rc put_counts(struct visit *v, const struct gate_owed *owed, struct page_frame *page, struct err *err)
{
	int64_t requests, held, reports, papers = 0;
	TRY(request_seen_waiting(v, &requests, err));
	TRY(gate_holds_open(v, &held, err));
	TRY(report_seen_waiting(v, &reports, err));
	if (principal_instansi(v->who) == 0)
		TRY(paper_waiting(v->tx, 0, &papers, err)); /* the provider decides on them */
	for (size_t i = 0; i < page->menu_n; i++) {
		if (str_eq(page->menu[i].url.s, S("/permohonan")))
			page->menu[i].count = requests;
		if (str_eq(page->menu[i].url.s, S("/laporan")))
			page->menu[i].count = reports;
		if (str_eq(page->menu[i].url.s, S("/penjaga")))
			page->menu[i].count = held;
		if (str_eq(page->menu[i].url.s, S("/dokumen")))
			page->menu[i].count = papers;
		if (str_eq(page->menu[i].url.s, S("/korban")))
			page->menu[i].count = owed->n;
	}
	return RC_OK;
}

static void put_assets(struct page_frame *page)
{
	page->css = asset_url(assets, assets_n, "padan.css");
	page->js = asset_url(assets, assets_n, "padan.js");
	page->icon = asset_url(assets, assets_n, "logo.svg");
}

static void put_visitor(struct visit *v, struct page_frame *page)
{
	const struct role_row *role = role_at(principal_role(v->who));
	const char *label = role ? role->label : "";
	page->inside = true;
	page->user_id = principal_user_id(v->who);
	page->belongs = v->standing.code.n ? arena_printf(v->arena, "%.*s · %s", STR_ARG(v->standing.code), label) : str_c(label);
	page->idle = arena_str(v->arena, str_c(when_minute(principal_idle_expires_us(v->who)).z));
	page->csrf = visit_csrf(v);
}

enum rc frame_page(struct visit *v, const struct frame *frame, int status, const struct buf *body, struct err *err)
{
	struct page_frame_item items[MENU_MAX];
	struct page_frame page = {.title = str_c(frame->title), .body = html_from_buf(body), .menu = items};
	BUF_AUTO strip = BUF(PAGE_MAX);
	BUF_AUTO out = BUF(PAGE_MAX);
	bool inside = v->who && principal_stage(v->who) == STAGE_OPEN; /* who is half in sees no menu and no state */
	put_assets(&page);
	if (inside) {
		put_visitor(v, &page);
		page.menu_n = menu_of(principal_role(v->who), frame->at, items);
	}
	if (inside && !frame->bare) {
		struct gate_owed owed;
		TRY(gate_owed_own(v, &owed, err));
		TRY(put_counts(v, &owed, &page, err));
		TRY(alarm_band_write(v, &strip, err));
		TRY(outage_band_write(v, &strip, err));
		TRY(incident_band_write(v, &strip, err));
		TRY(strip_write(v, &owed, &strip, err));
	}
	page.strip = html_from_buf(&strip);
	page_frame_write(&out, &page);
	if (!buf_ok(body) || !buf_ok(&out))
		return FAIL(err, RC_BROKEN, "memori halaman tidak cukup");
	visit_html(v, status, &out);
	v->out.compress = true;
	return RC_OK;
}

enum rc frame_fragment(struct visit *v, int status, struct buf *body, struct err *err)
{
	if (!buf_ok(body))
		return FAIL(err, RC_BROKEN, "memori halaman tidak cukup");
	visit_html(v, status, body);
	v->out.compress = true;
	v->out.bare = true;
	return RC_OK;
}

void frame_alone(struct buf *out, const char *title, const struct buf *body)
{
	struct page_frame page = {.title = str_c(title), .body = html_from_buf(body)};
	put_assets(&page);
	page_frame_write(out, &page);
}
