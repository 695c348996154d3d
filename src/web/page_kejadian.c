/* SPDX-License-Identifier: EUPL-1.2
 * web/page_kejadian.c - the purpose an inquiry serves: choosing one for the session,
 * opening a new one, and what each open one still owes. Always those of the own instansi.
 * (Closing: page_kejadian_close.c; closed ones: page_kejadian_archive.c.) */
#include "agreement/kejadian.h"
#include "identity/session.h"
#include "web/blame.h"
#include "web/balance.h"
#include "web/frame.h"
#include "web/kejadian.page.h"
#include "web/pages.h"
#include "web/victims_look.h"
#include "web/words.h"

#define KINDS_MAX 40

/* What was typed for a new one, and why it was refused. */
struct attempt {
	struct kejadian kejadian;
	struct str village, district, day; /* as typed */
	struct blame blame;
};

static struct page_kejadian_event event_of(struct visit *v, const struct kejadian *k, const struct debt_figures *figures)
{
	struct url_pair pair = {"kejadian", arena_printf(v->arena, "%lld", (long long)k->kejadian_id)};
	return (struct page_kejadian_event){
		.id = k->kejadian_id,
		.title = k->name,
		.jenis = k->jenis,
		.note = k->note,
		.place = k->place,
		.day = arena_str(v->arena, str_c(day_short(k->on).z)),
		.chosen = k->kejadian_id == principal_kejadian(v->who),
		.people = url_path(v->arena, VICTIMS_PATH, &pair, 1),
		.close = url_path(v->arena, "/kejadian/tutup", &pair, 1),
		.owed = balance_words(v->arena, figures, v->now_us),
		.answered = figures->answered ? pager_count(v->arena, figures->answered) : S(""),
		.owes = figures->open > 0,
		.late = balance_late(v, figures->oldest_us),
	};
}

/* Open ones come first; at most KEJADIAN_OPEN_MAX are. */
static enum rc put_events(struct visit *v, struct page_kejadian *page, struct err *err)
{
	struct kejadian *list;
	size_t n, open = 0;
	int64_t ids[KEJADIAN_OPEN_MAX];
	struct debt_figures figures[KEJADIAN_OPEN_MAX];
	struct kejadian_archive closed;
	TRY(kejadian_list(v->tx, v->standing.instansi_id, &list, &n, err));
	for (; open < n && open < KEJADIAN_OPEN_MAX && list[open].open; open++)
		ids[open] = list[open].kejadian_id;
	TRY(debt_figures_each(v->tx, ids, open, figures, err));
	TRY(kejadian_archive(v->tx, v->standing.instansi_id, 0, 1, &closed, err));
	page->archived = closed.all;
	page->events = ARENA_ARRAY(v->arena, open + 1, struct page_kejadian_event);
	if (!page->events)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < open; i++)
		page->events[i] = event_of(v, &list[i], &figures[i]);
	page->events_n = open;
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
	const struct blame *blame = &attempt->blame;
	struct page_kejadian page = {
		.csrf = visit_csrf(v),
		.notice = words_notice(v),
		.kinds = kinds,
		.kinds_n = put_kinds(attempt->kejadian.jenis, kinds),
		.name = attempt->kejadian.name,
		.village = attempt->village,
		.district = attempt->district,
		.note_typed = attempt->kejadian.note,
		.day_typed = attempt->day,
		.today = arena_str(v->arena, str_c(day_iso(day_of_us(v->now_us)).z)),
		.p_form = blame_of(blame, ""),
		.p_kind = blame_of(blame, "jenis"),
		.p_name = blame_of(blame, "nama"),
		.p_place = blame_of(blame, "tempat"),
		.p_day = blame_of(blame, "tanggal"),
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

/* What can be seen here; kejadian_open() checks the rest. */
static void check(struct visit *v, struct attempt *attempt)
{
	struct blame *blame = &attempt->blame;
	struct err unknown = {0};
	if (attempt->kejadian.jenis.n == 0)
		blame_set(blame, "jenis", "Pilih jenis bencana.");
	else if (kejadian_check(&attempt->kejadian, KEJADIAN_JENIS, v->now_us, &unknown) != RC_OK)
		blame_err(blame, "jenis", &unknown, v->arena);
	if (attempt->kejadian.name.n == 0)
		blame_set(blame, "nama", "Nama kejadian harus diisi.");
	if (attempt->kejadian.place.n == 0)
		blame_set(blame, "tempat", "Isi desa atau kelurahan, kecamatan, atau keduanya.");
	if (day_from_str(attempt->day, &attempt->kejadian.on) != RC_OK)
		blame_set(blame, "tanggal",
		          "Tanggal kejadian tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.");
	else if (attempt->kejadian.on.n > day_of_us(v->now_us).n)
		blame_set(blame, "tanggal", "Tanggal kejadian belum tiba.");
}

/* "Desa Leksana, Kec. Karangkobar" */
static struct str place_of(struct arena *arena, struct str village, struct str district)
{
	if (!district.n)
		return village;
	bool said = district.n > 3 && str_ieq(str_sub(district, 0, 3), S("kec"));
	return arena_printf(arena, "%.*s%s%s%.*s", STR_ARG(village), village.n ? ", " : "", said ? "" : "Kec. ", STR_ARG(district));
}

static struct attempt attempt_of(struct visit *v)
{
	struct attempt attempt = {
		.village = str_trim(http_form(v->rq, "tempat")),
		.district = str_trim(http_form(v->rq, "kecamatan")),
		.day = str_trim(http_form(v->rq, "tanggal")),
		.kejadian = {.instansi_id = v->standing.instansi_id,
	                     .jenis = http_form(v->rq, "jenis"),
	                     .name = str_trim(http_form(v->rq, "nama")),
	                     .note = str_trim(http_form(v->rq, "catatan")),
	                     .open = true},
	};
	attempt.kejadian.place = place_of(v->arena, attempt.village, attempt.district);
	return attempt;
}

enum rc page_kejadian_new(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct attempt attempt = attempt_of(v);
	int64_t id;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	check(v, &attempt);
	enum rc rc = attempt.blame.field ? RC_INVALID : kejadian_open(v->tx, &attempt.kejadian, v->now_us, &id, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT) {
		blame_err(&attempt.blame, "", &reason, v->arena);
		return draw(v, &attempt, 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	struct entry entry = {.act = ACT_KEJADIAN, .outcome = "ok", .kejadian_id = id, .about = S("buka")};
	TRY(visit_journal(v, entry, NULL, err));
	TRY(choose(v, id, err));
	visit_redirect(v, S("/verifikasi"));
	return RC_OK;
}
