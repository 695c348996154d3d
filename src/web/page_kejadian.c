/* SPDX-License-Identifier: EUPL-1.2
 * web/page_kejadian.c - the purpose an inquiry serves: choosing one for the session,
 * opening a new one, closing one (the head). Always those of the own instansi. */
#include "agreement/kejadian.h"
#include "identity/session.h"
#include "web/frame.h"
#include "web/kejadian.page.h"
#include "web/pages.h"

#define KINDS_MAX 40

/* What was typed for a new one, and why it was refused. */
struct attempt {
	struct kejadian kejadian;
	struct str day; /* as typed */
	const char *problem;
};

static struct page_kejadian_event event_of(struct visit *v, const struct kejadian *k)
{
	return (struct page_kejadian_event){
		.id = k->kejadian_id,
		.title = k->name,
		.jenis = k->jenis,
		.place = k->place,
		.day = arena_str(v->arena, str_c(day_short(k->on).z)),
		.open = k->open,
		.chosen = k->open && k->kejadian_id == principal_kejadian(v->who),
		.may_close = principal_role(v->who) == ROLE_KEPALA,
	};
}

static enum rc put_events(struct visit *v, struct page_kejadian *page, struct err *err)
{
	struct kejadian *list;
	TRY(kejadian_list(v->tx, v->standing.instansi_id, &list, &page->events_n, err));
	page->events = ARENA_ARRAY(v->arena, page->events_n + 1, struct page_kejadian_event);
	if (!page->events)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page->events_n; i++)
		page->events[i] = event_of(v, &list[i]);
	return RC_OK;
}

static size_t put_kinds(struct str chosen, struct page_kejadian_kind kinds[KINDS_MAX])
{
	size_t n = 0;
	for (const char *z; n < KINDS_MAX && (z = kejadian_jenis_at(n)); n++)
		kinds[n] = (struct page_kejadian_kind){.label = str_c(z), .on = str_eq(chosen, str_c(z))};
	return n;
}

static enum rc draw(struct visit *v, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_kejadian_kind kinds[KINDS_MAX];
	struct page_kejadian page = {
		.csrf = visit_csrf(v),
		.kinds = kinds,
		.kinds_n = put_kinds(attempt->kejadian.jenis, kinds),
		.name = attempt->kejadian.name,
		.place = attempt->kejadian.place,
		.day = attempt->day,
		.today = arena_str(v->arena, str_c(day_iso(day_of_us(v->now_us)).z)),
		.problem = str_c(attempt->problem),
		.fresh = attempt->problem != NULL,
	};
	TRY(put_events(v, &page, err));
	page_kejadian_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Kejadian", .at = "/kejadian"}, status, &body, err);
}

enum rc page_kejadian_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct attempt){0}, 200, err);
}

static enum rc id_of(const struct visit *v, int64_t *ret, struct err *err)
{
	if (str_int(http_form(v->rq, "kejadian"), 1, INT64_MAX, ret) != RC_OK)
		return FAIL(err, RC_INVALID, "Kejadian tidak disebutkan.");
	return RC_OK;
}

static enum rc choose(struct visit *v, int64_t id, struct err *err)
{
	TRY(session_choose(v->tx, principal_session(v->who), id, principal_document(v->who), err));
	return visit_journal(v, (struct entry){.act = ACT_CHOOSE, .outcome = "ok", .kejadian_id = id}, NULL, err);
}

enum rc page_kejadian_choose(struct visit *v, struct err *err)
{
	struct kejadian kejadian;
	int64_t id;
	TRY(id_of(v, &id, err));
	enum rc rc = kejadian_get(v->tx, v->standing.instansi_id, id, &kejadian, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Kejadian itu tidak ada pada instansi Anda.");
	if (rc != RC_OK)
		return rc;
	if (!kejadian.open)
		return FAIL(err, RC_CONFLICT, "Kejadian itu telah ditutup.");
	TRY(choose(v, id, err));
	visit_redirect(v, S("/verifikasi"));
	return RC_OK;
}

static enum rc journal(struct visit *v, int64_t id, struct str about, struct err *err)
{
	return visit_journal(v, (struct entry){.act = ACT_KEJADIAN, .outcome = "ok", .kejadian_id = id, .about = about}, NULL, err);
}

/* NULL: nothing wrong that can be seen here; kejadian_open() checks the rest. */
static const char *problem_of(struct visit *v, struct attempt *attempt)
{
	if (attempt->kejadian.name.n == 0)
		return "Nama kejadian harus diisi.";
	if (attempt->kejadian.place.n == 0)
		return "Tempat harus diisi.";
	if (day_from_str(attempt->day, &attempt->kejadian.on) != RC_OK)
		return "Tanggal kejadian tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.";
	if (attempt->kejadian.on.n > day_of_us(v->now_us).n)
		return "Tanggal kejadian belum tiba.";
	return NULL;
}

static struct attempt attempt_of(struct visit *v)
{
	return (struct attempt){
		.day = str_trim(http_form(v->rq, "tanggal")),
		.kejadian = {.instansi_id = v->standing.instansi_id,
	                     .jenis = http_form(v->rq, "jenis"),
	                     .name = str_trim(http_form(v->rq, "nama")),
	                     .place = str_trim(http_form(v->rq, "tempat")),
	                     .open = true},
	};
}

enum rc page_kejadian_new(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct attempt attempt = attempt_of(v);
	int64_t id;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	attempt.problem = problem_of(v, &attempt);
	enum rc rc = attempt.problem ? RC_INVALID : kejadian_open(v->tx, &attempt.kejadian, v->now_us, &id, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT) {
		attempt.problem = attempt.problem ? attempt.problem : reason.what;
		return draw(v, &attempt, 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal(v, id, S("buka"), err));
	TRY(choose(v, id, err));
	visit_redirect(v, S("/verifikasi"));
	return RC_OK;
}

enum rc page_kejadian_close(struct visit *v, struct err *err)
{
	int64_t id;
	TRY(id_of(v, &id, err));
	TRY(kejadian_close(v->tx, v->standing.instansi_id, id, v->now_us, err));
	TRY(journal(v, id, S("tutup"), err));
	visit_redirect(v, S("/kejadian"));
	return RC_OK;
}
