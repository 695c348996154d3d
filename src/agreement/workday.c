/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday.c - see workday.h. The compiled-in calendar is read by the same
 * parser as an imported one; a test reads it, so it cannot be wrong here. */
#include "agreement/workday.h"

#include <assert.h>

#include "agreement/workday.sql.h"
#include "agreement/workday_file.h"
#include "base/embed.h"

EMBED(workday, "data/workday.csv");

/* ---- asking ---- */

static int year_of(struct day day, int *ret_day_of_year)
{
	int year, month, mday;
	day_to_ymd(day, &year, &month, &mday);
	*ret_day_of_year = day.n - day_from_ymd(year, 1, 1).n;
	return year;
}

static bool is_held(const struct workdays *cal, int year)
{
	return year >= cal->first && year < cal->first + cal->n;
}

bool workday_is(const struct workdays *cal, struct day day)
{
	int n, year = year_of(day, &n);
	if (day_weekday(day) >= 5)
		return false;
	return !is_held(cal, year) || !(cal->off[year - cal->first][n / 64] >> n % 64 & 1);
}

struct day workday_after(const struct workdays *cal, struct day day, int n)
{
	assert(n >= 1);
	while (n > 0) {
		day.n++;
		n -= workday_is(cal, day);
	}
	return day;
}

struct day workday_or_before(const struct workdays *cal, struct day day)
{
	while (!workday_is(cal, day))
		day.n--;
	return day;
}

bool workday_year_known(const struct workdays *cal, int year)
{
	return is_held(cal, year) && cal->known >> (year - cal->first) & 1;
}

/* ---- loading ---- */

static enum rc begin_span(int first, int last, struct workdays *ret, struct err *err)
{
	if (last < first)
		return FAIL(err, RC_INVALID, "tahun terakhir mendahului tahun pertama");
	first = first <= WORKDAY_YEAR_MIN ? WORKDAY_YEAR_MIN : first - 1;
	last = last >= WORKDAY_YEAR_MAX ? WORKDAY_YEAR_MAX : last + 1;
	if (last - first >= WORKDAY_SPAN_MAX)
		return FAIL(err, RC_LIMIT, "paling banyak %d tahun kalender sekaligus", WORKDAY_SPAN_MAX - 2);
	*ret = (struct workdays){.first = first, .n = last < first ? 0 : last - first + 1};
	return RC_OK;
}

/* Only in a year that is held; `except`: bits of years that are somebody else's. */
static void set_off(struct workdays *cal, struct day day, uint32_t except)
{
	int n, year = year_of(day, &n);
	if (!is_held(cal, year) || except >> (year - cal->first) & 1)
		return;
	cal->off[year - cal->first][n / 64] |= UINT64_C(1) << n % 64;
	cal->known |= UINT32_C(1) << (year - cal->first);
}

static enum rc add_builtin(struct workdays *cal, struct arena *arena, struct err *err)
{
	struct workday_row *rows;
	size_t n;
	uint32_t office = cal->known;
	TRY(workday_file_read(EMBEDDED(workday), arena, &rows, &n, err));
	for (size_t i = 0; i < n; i++)
		set_off(cal, rows[i].day, office);
	return RC_OK;
}

static enum rc add_office(struct tx *tx, struct workdays *cal, struct err *err)
{
	struct sql_workday_years_rows years;
	struct sql_workday_off_between_rows days;
	int last = cal->first + cal->n - 1;
	TRY(sql_workday_years(tx, (struct sql_workday_years_in){.first = cal->first, .last = last}, &years, err));
	TRY(sql_workday_off_between(tx, (struct sql_workday_off_between_in){.first = cal->first, .last = last}, &days, err));
	for (size_t i = 0; i < years.n; i++)
		cal->known |= UINT32_C(1) << (years.at[i].year - cal->first);
	for (size_t i = 0; i < days.n; i++)
		set_off(cal, (struct day){(int32_t)days.at[i].day}, 0);
	return RC_OK;
}

enum rc workdays_load(struct tx *tx, int first, int last, struct workdays *ret, struct err *err)
{
	TRY(begin_span(first, last, ret, err));
	TRY(add_office(tx, ret, err));
	return add_builtin(ret, tx_arena(tx), err);
}

enum rc workdays_builtin(int first, int last, struct workdays *ret, struct err *err)
{
	struct arena arena;
	arena_init(&arena, (size_t)256 << 10);
	enum rc rc = begin_span(first, last, ret, err);
	if (rc == RC_OK)
		rc = add_builtin(ret, &arena, err);
	arena_free(&arena);
	return rc;
}

/* ---- the rows ---- */

static const struct workday_kind_row kinds[] = {
	{WORKDAY_LIBUR, "libur", "Libur nasional"},
	{WORKDAY_CUTI_BERSAMA, "cuti-bersama", "Cuti bersama"},
};
static_assert(LEN(kinds) == WORKDAY_KIND_COUNT, "every kind has its row");

const struct workday_kind_row *workday_kind_at(size_t i)
{
	return i < LEN(kinds) ? &kinds[i] : NULL;
}

enum rc workday_kind_from_str(struct str s, enum workday_kind *ret)
{
	bool cuti = str_ieq(s, S("cuti")) || str_ieq(s, S("cuti bersama"));
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (!str_ieq(s, str_c(kinds[i].key)) && !(cuti && kinds[i].kind == WORKDAY_CUTI_BERSAMA))
			continue;
		*ret = kinds[i].kind;
		return RC_OK;
	}
	return RC_INVALID;
}

static enum rc list_office(struct tx *tx, int year, struct workday_list *ret, struct err *err)
{
	struct sql_workday_off_of_year_rows rows;
	TRY(sql_workday_off_of_year(tx, (struct sql_workday_off_of_year_in){.year = year}, &rows, err));
	*ret = (struct workday_list){.at = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct workday_row), .origin = WORKDAY_OFFICE};
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_workday_off_of_year *row = &rows.at[i];
		struct workday_row *out = &ret->at[ret->n++];
		*out = (struct workday_row){.day = {(int32_t)row->day}, .name = row->name, .source = row->source};
		if (workday_kind_from_str(row->kind, &out->kind) != RC_OK)
			return FAIL(err, RC_BROKEN, "kalender memuat jenis yang tidak dikenal");
	}
	return RC_OK;
}

static enum rc list_builtin(struct tx *tx, int year, struct workday_list *ret, struct err *err)
{
	size_t n;
	*ret = (struct workday_list){0};
	TRY(workday_file_read(EMBEDDED(workday), tx_arena(tx), &ret->at, &n, err));
	for (size_t i = 0; i < n; i++)
		if (year_of(ret->at[i].day, &(int){0}) == year)
			ret->at[ret->n++] = ret->at[i];
	ret->origin = ret->n ? WORKDAY_BUILTIN : WORKDAY_NOWHERE;
	return RC_OK;
}

enum rc workday_list(struct tx *tx, int year, struct workday_list *ret, struct err *err)
{
	struct sql_workday_years_rows years;
	TRY(sql_workday_years(tx, (struct sql_workday_years_in){.first = year, .last = year}, &years, err));
	return years.n ? list_office(tx, year, ret, err) : list_builtin(tx, year, ret, err);
}

/* ---- importing ---- */

/* The row of the year is written first: whoever imports the same year at the same
 * time waits there, and then deletes what is committed here. */
static enum rc clear_year(struct tx *tx, int year, int64_t now_us, struct err *err)
{
	TRY(sql_workday_year_file(tx, (struct sql_workday_year_file_in){.year = year, .now_us = now_us}, NULL, err));
	return sql_workday_off_clear(tx, (struct sql_workday_off_clear_in){.year = year}, NULL, err);
}

static enum rc file_rows(struct tx *tx, const struct workday_row *rows, size_t n, int64_t now_us, struct workday_filed *ret,
                         struct err *err)
{
	struct sql_workday_off_insert_in *in = ARENA_ARRAY(tx_arena(tx), n + 1, struct sql_workday_off_insert_in);
	int before = 0, ignored;
	*ret = (struct workday_filed){.rows = n};
	if (!in)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		int year = year_of(rows[i].day, &ignored);
		if (year != before)
			TRY(clear_year(tx, year, now_us, err));
		ret->years += year != before;
		ret->first = ret->first ? ret->first : year;
		ret->last = before = year;
		in[i] = (struct sql_workday_off_insert_in){.day = rows[i].day.n, .year = year,
		                                           .kind = str_c(kinds[rows[i].kind].key),
		                                           .name = rows[i].name, .source = rows[i].source};
	}
	return sql_workday_off_insert(tx, in, n, err);
}

enum rc workday_import(struct tx *tx, struct str text, int64_t now_us, struct workday_filed *ret, struct err *err)
{
	struct workday_row *rows;
	size_t n;
	TRY(workday_file_read(text, tx_arena(tx), &rows, &n, err));
	return file_rows(tx, rows, n, now_us, ret, err);
}
