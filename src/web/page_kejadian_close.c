/* SPDX-License-Identifier: EUPL-1.2
 * web/page_kejadian_close.c - closing a kejadian: what it still owes is shown first, and
 * must be owned to. Closing ends the look-ups for it, not the debts (P2.2b). */
#include "agreement/kejadian.h"
#include "web/balance.h"
#include "web/frame.h"
#include "web/kejadian_close.page.h"
#include "web/pages.h"
#include "web/victims_look.h"

/* RC_ABSENT also when it is closed already. */
static enum rc find(struct visit *v, struct kejadian *ret, struct err *err)
{
	bool post = http_method(v->rq) == HTTP_POST;
	int64_t id;
	if (str_int(post ? http_form(v->rq, "kejadian") : http_query(v->rq, "kejadian"), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_INVALID, "Kejadian tidak disebutkan.");
	enum rc rc = kejadian_get(v->tx, v->standing.instansi_id, id, ret, err);
	if (rc == RC_ABSENT || (rc == RC_OK && !ret->open))
		return FAIL(err, RC_ABSENT, "Kejadian itu tidak ada atau sudah ditutup.");
	return rc;
}

static enum rc draw(struct visit *v, const struct kejadian *k, const struct debt_figures *figures, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO sum = BUF(PAGE_MAX);
	struct url_pair pair = {"kejadian", arena_printf(v->arena, "%lld", (long long)k->kejadian_id)};
	page_kejadian_close_write(&body, &(struct page_kejadian_close){
	                                         .csrf = visit_csrf(v),
	                                         .id = k->kejadian_id,
	                                         .title = k->name,
	                                         .jenis = k->jenis,
	                                         .place = k->place,
	                                         .day = arena_str(v->arena, str_c(day_long(k->on).z)),
	                                         .opened = arena_str(v->arena, str_c(day_long(day_of_us(k->opened_us)).z)),
	                                         .figures = balance_write(&sum, v, figures),
	                                         .open = figures->open ? pager_count(v->arena, figures->open) : S(""),
	                                         .people = url_path(v->arena, VICTIMS_PATH, &pair, 1),
	                                         .unsure = status != 200,
	                                 });
	return frame_page(v, &(struct frame){.title = "Tutup kejadian", .at = "/kejadian"}, status, &body, err);
}

enum rc page_kejadian_close_get(struct visit *v, struct err *err)
{
	struct kejadian kejadian;
	struct debt_figures figures;
	TRY(find(v, &kejadian, err));
	TRY(debt_figures(v->tx, kejadian.kejadian_id, &figures, err));
	return draw(v, &kejadian, &figures, 200, err);
}

enum rc page_kejadian_close_post(struct visit *v, struct err *err)
{
	struct kejadian kejadian;
	struct debt_figures figures;
	TRY(find(v, &kejadian, err));
	TRY(debt_figures(v->tx, kejadian.kejadian_id, &figures, err));
	if (figures.open && !str_eq(http_form(v->rq, "yakin"), S("1")))
		return draw(v, &kejadian, &figures, 400, err);
	TRY(kejadian_close(v->tx, v->standing.instansi_id, kejadian.kejadian_id, v->now_us, err));
	struct entry entry = {.act = ACT_KEJADIAN, .outcome = "ok", .kejadian_id = kejadian.kejadian_id, .about = S("tutup")};
	TRY(visit_journal(v, entry, NULL, err));
	visit_redirect(v, S("/kejadian?catatan=kejadian-tutup"));
	return RC_OK;
}
