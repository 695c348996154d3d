/* SPDX-License-Identifier: EUPL-1.2
 * web/page_calendar.c - the working-day calendar, a year at a time: everybody reads
 * it, since deadlines of both sides hang on it; the admin replaces years of it. The
 * form holds the year as it stands, so that one changed row is one changed line. */
#include "agreement/workday.h"
#include "web/calendar.page.h"
#include "web/frame.h"
#include "web/pages.h"

#define MONTHS 12

static const char *const months[MONTHS] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                           "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
static const char *const weekdays[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
static const char *const standings[] = {
	[WORKDAY_NOWHERE] = "",
	[WORKDAY_BUILTIN] = "Bawaan program; belum diganti oleh kantor ini.",
	[WORKDAY_OFFICE] = "Dimuat oleh Dinas Dukcapil.",
};

/* What was sent, and why it was refused. */
struct attempt {
	int year;
	struct str typed;
	const char *problem;
};

static int this_year(const struct visit *v)
{
	int year, month, mday;
	day_to_ymd(day_of_us(v->now_us), &year, &month, &mday);
	return year;
}

static int year_asked(struct visit *v, struct str text)
{
	int64_t year;
	if (!text.n || str_int(text, WORKDAY_YEAR_MIN, WORKDAY_YEAR_MAX, &year) != RC_OK)
		return this_year(v);
	return (int)year;
}

/* ---- drawing ---- */

static bool one_source(const struct workday_list *list)
{
	for (size_t i = 1; i < list->n; i++)
		if (!str_eq(list->at[i].source, list->at[0].source))
			return false;
	return list->n > 0;
}

static struct page_calendar_off off_of(struct visit *v, const struct workday_row *row, int mday)
{
	int weekday = day_weekday(row->day);
	return (struct page_calendar_off){.day = arena_printf(v->arena, "%d", mday),
	                                  .weekday = str_c(weekdays[weekday]),
	                                  .weekend = weekday >= 5,
	                                  .name = row->name,
	                                  .cuti = row->kind == WORKDAY_CUTI_BERSAMA,
	                                  .source = row->source};
}

static void count(struct page_calendar *page, const struct page_calendar_off *off)
{
	page->libur += !off->cuti;
	page->cuti += off->cuti;
	page->workdays -= !off->weekend;
}

static void put_month(struct page_calendar *page, int month, struct page_calendar_off *off)
{
	struct page_calendar_month *last = page->months_n ? &page->months[page->months_n - 1] : NULL;
	if (!last || !str_eq(last->title, str_c(months[month - 1]))) {
		last = &page->months[page->months_n++];
		*last = (struct page_calendar_month){.title = str_c(months[month - 1]), .days = off};
	}
	last->days_n++;
}

static enum rc put_rows(struct visit *v, const struct workday_list *list, struct page_calendar *page, struct err *err)
{
	int year, month, mday;
	struct page_calendar_off *offs = ARENA_ARRAY(v->arena, list->n + 1, struct page_calendar_off);
	page->months = ARENA_ARRAY(v->arena, MONTHS, struct page_calendar_month);
	if (!offs || !page->months)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (one_source(list))
		page->source = list->at[0].source;
	for (size_t i = 0; i < list->n; i++) {
		day_to_ymd(list->at[i].day, &year, &month, &mday);
		offs[i] = off_of(v, &list->at[i], mday);
		count(page, &offs[i]);
		if (page->source.n)
			offs[i].source = S("");
		put_month(page, month, &offs[i]);
	}
	return RC_OK;
}

static int weekdays_of(int year)
{
	int n = 0;
	for (struct day d = day_from_ymd(year, 1, 1); d.n < day_from_ymd(year + 1, 1, 1).n; d.n++)
		n += day_weekday(d) < 5;
	return n;
}

static struct url year_url(struct visit *v, int year)
{
	if (year < WORKDAY_YEAR_MIN || year > WORKDAY_YEAR_MAX)
		return (struct url){0};
	struct url_pair pair = {"tahun", arena_printf(v->arena, "%d", year)};
	return url_path(v->arena, "/kalender", &pair, 1);
}

static void put_neighbours(struct visit *v, int year, struct page_calendar *page)
{
	page->before = year_url(v, year - 1);
	page->after = year_url(v, year + 1);
	page->before_year = year - 1;
	page->after_year = year + 1;
}

static void put_quoted(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++)
		buf_addz(out, s.at[i] == '"' ? "\"\"" : (char[]){s.at[i], '\0'});
	buf_addc(out, '"');
}

static void put_field(struct buf *out, struct str s)
{
	if (str_index(s, ',') < s.n || str_index(s, '"') < s.n)
		put_quoted(out, s);
	else
		buf_add(out, s);
}

static void put_text(struct buf *out, const struct workday_list *list)
{
	buf_addz(out, "tanggal,jenis,nama,sumber\n");
	for (size_t i = 0; i < list->n; i++) {
		buf_addf(out, "%s,%s,", day_iso(list->at[i].day).z, workday_kind_at(list->at[i].kind)->key);
		put_field(out, list->at[i].name);
		buf_addc(out, ',');
		put_field(out, list->at[i].source);
		buf_addc(out, '\n');
	}
}

static enum rc draw(struct visit *v, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO text = BUF(PAGE_MAX);
	struct workday_list list;
	struct page_calendar page = {.year = attempt->year, .workdays = weekdays_of(attempt->year),
	                             .problem = str_c(attempt->problem), .typed = attempt->typed,
	                             .may_import = principal_role(v->who) == ROLE_ADMIN, .csrf = visit_csrf(v)};
	TRY(workday_list(v->tx, attempt->year, &list, err));
	TRY(put_rows(v, &list, &page, err));
	put_neighbours(v, attempt->year, &page);
	page.standing = str_c(standings[list.origin]);
	if (http_query(v->rq, "dimuat").n)
		page.notice = S("Kalender telah dimuat. Tenggat dihitung menurut kalender yang baru.");
	if (page.may_import && !attempt->problem) {
		put_text(&text, &list);
		page.typed = buf_str(&text);
	}
	page_calendar_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Kalender", .at = "/kalender"}, status, &body, err);
}

enum rc page_calendar_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct attempt){.year = year_asked(v, http_query(v->rq, "tahun"))}, 200, err);
}

/* ---- importing ---- */

static enum rc journal_filed(struct visit *v, const struct workday_filed *filed, struct err *err)
{
	struct str about = arena_printf(v->arena, "calendar import %d..%d, %zu", filed->first, filed->last, filed->rows);
	return visit_journal(v, (struct entry){.act = ACT_CALENDAR, .outcome = "ok", .about = about}, NULL, err);
}

/* A file that was chosen stands before what the form held. */
static struct str text_sent(const struct visit *v)
{
	const struct http_file *file = http_file(v->rq, "berkas");
	return file && file->bytes.n ? file->bytes : http_form(v->rq, "csv");
}

enum rc page_calendar_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct workday_filed filed;
	struct attempt attempt = {.year = year_asked(v, http_form(v->rq, "tahun")), .typed = text_sent(v)};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	enum rc rc = workday_import(v->tx, attempt.typed, v->now_us, &filed, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT) {
		attempt.problem = reason.what;
		attempt.typed = str_is_text(attempt.typed) ? attempt.typed : S("");
		return draw(v, &attempt, 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal_filed(v, &filed, err));
	visit_redirect(v, arena_printf(v->arena, "/kalender?tahun=%d&dimuat=1", filed.first));
	return RC_OK;
}
