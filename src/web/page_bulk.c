/* SPDX-License-Identifier: EUPL-1.2
 * web/page_bulk.c - a field list is uploaded: the form, and the file on its way from the
 * form into the office store.
 *
 * All of the work is done before the tray: who asks is found in a tray of its own, the file
 * is read and sealed without any, and one more writes it. The page then only leads to the
 * preview. What is wrong with the file is shown at the form. */
#include "web/bulk.h"

#include "agreement/feedback_window.h"
#include "agreement/kejadian.h"
#include "gate/early.h"
#include "web/bulk.page.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

/* ---- shared by the pages ---- */

enum rc bulk_allowed(const struct visit *v, struct err *err)
{
	const struct standing *s = &v->standing;
	bool runs = s->state == INSTANSI_ACTIVE && s->terms && s->sptjm;
	if (principal_role(v->who) == ROLE_OPERATOR && !runs)
		return FAIL(err, RC_REFUSED, "%s", outcome_get(OUTCOME_INSTANSI)->portal);
	struct feedback_window window = feedback_window(s, v->now_us);
	if (window.open)
		return RC_OK;
	if (!window.last.n)
		return FAIL(err, RC_REFUSED, "Perjanjian instansi Anda belum berlaku.");
	return FAIL(err, RC_REFUSED, "Data balikan diterima sampai %s, %d hari setelah perjanjian berakhir.",
	            day_long(window.last).z, FEEDBACK_WINDOW_DAYS);
}

enum rc bulk_list_named(struct visit *v, struct list_kept *ret, struct err *err)
{
	int64_t id;
	struct str text = http_method(v->rq) == HTTP_POST ? http_form(v->rq, "nomor") : http_query(v->rq, "nomor");
	if (str_int(text, 1, INT64_MAX, &id) != RC_OK)
		id = 0;
	return list_kept_get(v->tx, id, principal_user(v->who), v->now_us, ret, err);
}

struct url bulk_list_url(struct visit *v, int64_t list_id, const char *only)
{
	struct url_pair pairs[] = {{"nomor", arena_printf(v->arena, "%lld", (long long)list_id)}, {"tampil", str_c(only)}};
	return url_path(v->arena, BULK_LIST_PATH, pairs, LEN(pairs));
}

/* ---- before the tray ---- */

struct taking {
	int64_t user, instansi_id, kejadian_id;
	bool barred;     /* the page finds it again, and says why */
	struct str flaw; /* in words for beside the field; "" once the list is kept */
	struct list_sealed *sealed;
	int64_t list_id;
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* Who asks, and for which kejadian of his instansi. */
static enum rc note_asker(struct visit *v, void *arg, struct err *err)
{
	struct taking *t = arg;
	struct kejadian kejadian;
	struct err ignored;
	t->barred = bulk_allowed(v, &ignored) != RC_OK;
	if (t->barred)
		return RC_OK;
	t->user = principal_user(v->who);
	t->instansi_id = v->standing.instansi_id;
	if (str_int(http_form(v->rq, "kejadian"), 1, INT64_MAX, &t->kejadian_id) != RC_OK)
		t->kejadian_id = 0;
	enum rc rc = kejadian_get(v->tx, t->instansi_id, t->kejadian_id, &kejadian, err);
	if (rc == RC_ABSENT) {
		t->flaw = S("Pilih kejadiannya.");
		return RC_OK;
	}
	return rc;
}

static enum rc keep(struct visit *v, void *arg, struct err *err)
{
	struct taking *t = arg;
	return list_kept_put(v->tx, t->sealed, v->now_us, &t->list_id, err);
}

/* What is wrong with the file goes to the page, what is wrong with us does not. */
static enum rc as_flaw(struct visit *v, enum rc rc, const struct err *reason, struct taking *t, struct err *err)
{
	if (rc != RC_INVALID && rc != RC_LIMIT) {
		*err = *reason;
		return rc;
	}
	t->flaw = arena_str(v->arena, str_c(reason->what));
	return t->flaw.at ? RC_OK : no_memory(err);
}

static enum rc seal_and_keep(struct visit *v, struct taking *t, const struct list *list, struct err *err)
{
	struct list_sealed sealed = {.who = {.user = t->user, .instansi_id = t->instansi_id, .kejadian_id = t->kejadian_id}};
	struct err reason = {0};
	bool entered = false;
	enum rc rc = list_kept_seal(visit_office_key(v), list, &sealed, &reason);
	t->sealed = &sealed;
	if (rc == RC_OK)
		rc = visit_early(v, keep, t, &entered, &reason);
	t->sealed = NULL;
	buf_free(&sealed.bytes);
	return rc == RC_OK ? RC_OK : as_flaw(v, rc, &reason, t, err);
}

static enum rc read_file(struct visit *v, struct taking *t, struct str bytes, struct arena *arena, struct err *err)
{
	struct err reason = {0};
	struct sheet sheet;
	struct list list;
	enum rc rc = sheet_read(bytes, arena, &sheet, &reason);
	if (rc == RC_OK)
		rc = list_read(&sheet, v->now_us, arena, &list, &reason);
	return rc == RC_OK ? seal_and_keep(v, t, &list, err) : as_flaw(v, rc, &reason, t, err);
}

enum rc page_bulk_slow(struct visit *v, struct err *err)
{
	struct taking *t = ARENA_NEW(v->arena, struct taking);
	const struct http_file *file = http_file(v->rq, "berkas");
	struct arena arena;
	bool entered;
	if (!t)
		return no_memory(err);
	v->own = t;
	t->flaw = S("");
	TRY(visit_early(v, note_asker, t, &entered, err));
	if (!entered || t->barred || t->flaw.n)
		return RC_OK; /* the page will say so */
	if (!file || file->bytes.n == 0) {
		t->flaw = S("Pilih dahulu berkasnya.");
		return RC_OK;
	}
	arena_init(&arena, SHEET_ARENA_MAX + ((size_t)16 << 20));
	enum rc rc = read_file(v, t, file->bytes, &arena, err);
	arena_free(&arena); /* wiped */
	return rc;
}

/* ---- the form ---- */

static enum rc put_events(struct visit *v, int64_t chosen, struct page_bulk *page, struct err *err)
{
	struct kejadian *list;
	TRY(kejadian_list(v->tx, v->standing.instansi_id, &list, &page->events_n, err));
	page->events = ARENA_ARRAY(visit_page_arena(v), page->events_n + 1, struct page_bulk_event);
	if (!page->events)
		return no_memory(err);
	for (size_t i = 0; i < page->events_n; i++)
		page->events[i] = (struct page_bulk_event){.id = list[i].kejadian_id,
		                                           .title = list[i].name,
		                                           .on = list[i].kejadian_id == chosen,
		                                           .closed = !list[i].open};
	return RC_OK;
}

static struct page_bulk_kept kept_of(struct visit *v, const struct list_kept *kept, const struct page_bulk *page)
{
	struct page_bulk_kept row = {
	        .url = bulk_list_url(v, kept->list_id, NULL),
	        .at = arena_str(v->arena, str_c(when_row(kept->made_us).z)),
	        .rows = pager_count(v->arena, kept->rows),
	        .saved = kept->saved_us ? pager_count(v->arena, kept->saved) : S(""),
	        .title = S("Kejadian"),
	};
	for (size_t i = 0; i < page->events_n; i++)
		if (page->events[i].id == kept->kejadian_id)
			row.title = page->events[i].title;
	return row;
}

static enum rc put_kept(struct visit *v, struct page_bulk *page, struct err *err)
{
	struct list_kept kept[LISTS_KEPT_OWN];
	TRY(list_kept_of(v->tx, v->standing.instansi_id, principal_user(v->who), v->now_us, kept, &page->kepts_n, err));
	page->kepts = ARENA_ARRAY(v->arena, LISTS_KEPT_OWN, struct page_bulk_kept);
	if (!page->kepts)
		return no_memory(err);
	for (size_t i = 0; i < page->kepts_n; i++)
		page->kepts[i] = kept_of(v, &kept[i], page);
	return RC_OK;
}

static void put_columns(struct page_bulk_column columns[LIST_COLUMNS])
{
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		const struct list_column_row *row = list_column_at(i);
		columns[i] = (struct page_bulk_column){str_c(row->heading), str_c(row->about), row->needed};
	}
}

static enum rc draw(struct visit *v, int64_t chosen, struct str problem, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_bulk_column columns[LIST_COLUMNS];
	struct page_bulk page = {
	        .csrf = visit_csrf(v),
	        .problem = problem,
	        .columns = columns,
	        .columns_n = LIST_COLUMNS,
	        .notice = http_query(v->rq, "dibuang").n ? S("Daftar telah dibuang. Tidak ada yang disimpan.") : S(""),
	        .back = link_open(v, HTTP_GET, "/korban") ? URL("/korban") : (struct url){.s.at = NULL},
	};
	put_columns(columns);
	TRY(put_events(v, chosen, &page, err));
	TRY(put_kept(v, &page, err));
	page_bulk_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Unggah daftar korban", .at = "/korban"}, status, &body, err);
}

enum rc page_bulk_get(struct visit *v, struct err *err)
{
	int64_t chosen;
	TRY(bulk_allowed(v, err));
	if (str_int(http_query(v->rq, "kejadian"), 1, INT64_MAX, &chosen) != RC_OK)
		chosen = principal_kejadian(v->who);
	return draw(v, chosen, S(""), 200, err);
}

enum rc page_bulk_post(struct visit *v, struct err *err)
{
	const struct taking *t = v->own;
	TRY(bulk_allowed(v, err));
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	if (t->list_id) {
		visit_redirect(v, bulk_list_url(v, t->list_id, NULL).s);
		return RC_OK;
	}
	return draw(v, t->kejadian_id, t->flaw.n ? t->flaw : S("Berkas belum diterima. Kirim sekali lagi."), 400, err);
}
