/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list.c - see list.h.
 *
 * A row is read cell by cell, and its first flaw is the one that is told. Two things only
 * the whole list shows: a NIK that stands there more than once, and texts that lost their
 * last digit. A NIK ends in 0 once in ten; when four of five do, a spreadsheet rounded them
 * before they became text. */
#include "feedback/list.h"

#include <stdlib.h>

#include "base/base.h"
#include "feedback/list_column.h"
#include "feedback/list_nik.h"
#include "store/store.h"

#define ROUNDED_LEAST 3 /* rows, from which on a list shows it */
#define YEAR_DIGITS 4

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- one cell ---- */

static struct sheet_cell cell_at(const struct sheet_row *row, const struct list_columns *columns, enum list_column column)
{
	int at = columns->at[column];
	return at < 0 ? (struct sheet_cell){.kind = CELL_EMPTY, .text = S("")} : sheet_cell(row, (size_t)at);
}

static size_t digits_at(struct str s, size_t from)
{
	size_t n = 0;
	while (from + n < s.n && s.at[from + n] >= '0' && s.at[from + n] <= '9')
		n++;
	return n;
}

/* 23-11-2026, 3/1/2026, 23.11.2026, 2026-11-23: the day before the month, as people here
 * write it. The year has four digits. */
static bool day_of_text(struct str s, struct day *ret)
{
	int64_t part[3];
	size_t from = 0, size[3];
	char sign = 0;
	for (int i = 0; i < 3; i++) {
		size[i] = digits_at(s, from);
		if (str_int(str_sub(s, from, size[i]), 0, 9999, &part[i]) != RC_OK)
			return false;
		from += size[i];
		if (i == 2)
			break;
		if (from == s.n || !strchr("-/.", s.at[from]) || (sign && s.at[from] != sign))
			return false;
		sign = s.at[from++];
	}
	bool year_first = size[0] == YEAR_DIGITS;
	int year = (int)part[year_first ? 0 : 2], month = (int)part[1], mday = (int)part[year_first ? 2 : 0];
	if (from != s.n || size[year_first ? 0 : 2] != YEAR_DIGITS || !ymd_is_valid(year, month, mday))
		return false;
	*ret = day_from_ymd(year, month, mday);
	return true;
}

static enum list_flaw read_day(const struct sheet *sheet, const struct sheet_cell *cell, int64_t now_us, struct day *ret)
{
	if (cell->text.n == 0)
		return LIST_FINE;
	if (!sheet_date(sheet, cell, ret) && !(cell->kind == CELL_TEXT && day_of_text(cell->text, ret)))
		return LIST_DAY_UNREADABLE;
	if (ret->n > day_of_us(now_us).n)
		return LIST_DAY_AHEAD;
	return ret->n < day_from_ymd(1945, 8, 17).n ? LIST_DAY_PAST : LIST_FINE;
}

static enum list_flaw read_note(struct str text, int64_t now_us, struct told *told)
{
	if (text.n > TOLD_NOTE_MAX)
		return LIST_NOTE_LONG;
	if (str_index(text, '\n') < text.n || str_index(text, '\r') < text.n)
		return LIST_NOTE_LINES;
	told->note = text;
	return told_check(told, now_us, NULL) == RC_OK ? LIST_FINE : LIST_NOTE_NUMBER;
}

static enum list_flaw read_keterangan(struct str text, enum keterangan *ret)
{
	if (text.n == 0)
		return LIST_KETERANGAN_EMPTY;
	return keterangan_from_text(text, ret) == RC_OK ? LIST_FINE : LIST_KETERANGAN_UNKNOWN;
}

/* ---- one row ---- */

struct reading {
	const struct sheet *sheet;
	const struct list_columns *columns;
	struct arena *arena;
	int64_t now_us;
};

static struct str typed(const struct reading *r, const struct sheet_cell *cell)
{
	struct day day;
	if (cell->kind == CELL_NUMBER && sheet_date(r->sheet, cell, &day))
		return arena_str(r->arena, str_c(day_short(day).z));
	return str_cut(cell->text, LIST_TYPED_MAX);
}

static enum list_flaw check_kinds(const struct sheet_cell cells[LIST_COLUMNS])
{
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		if (cells[i].kind == CELL_FORMULA)
			return LIST_FORMULA;
		if (cells[i].kind == CELL_ERROR)
			return LIST_ERROR_CELL;
	}
	return LIST_FINE;
}

/* The NIK is read whatever else is wrong: what has one is compared with the other rows. */
static enum list_flaw read_cells(const struct reading *r, const struct sheet_cell cells[LIST_COLUMNS], struct list_row *row)
{
	struct told *told = &row->told;
	enum list_flaw nik = list_nik(&cells[LIST_NIK], &row->nik), flaw = check_kinds(cells);
	if (flaw || nik)
		return flaw ? flaw : nik;
	if ((flaw = read_keterangan(cells[LIST_KETERANGAN].text, &told->keterangan)))
		return flaw;
	if (house_from_text(cells[LIST_HOUSE].text, &told->house) != RC_OK)
		return LIST_HOUSE_UNKNOWN;
	if ((flaw = read_day(r->sheet, &cells[LIST_DAY], r->now_us, &told->on)))
		return flaw;
	return read_note(cells[LIST_NOTE].text, r->now_us, told);
}

/* false: nothing of ours stands in it (a foot, a row that has only its number). */
static bool read_row(const struct reading *r, const struct sheet_row *from, struct list_row *row)
{
	struct sheet_cell cells[LIST_COLUMNS];
	bool any = false;
	*row = (struct list_row){.number = from->number, .told = {.kind = TOLD_VICTIM, .note = S("")}};
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		cells[i] = cell_at(from, r->columns, (enum list_column)i);
		row->typed[i] = typed(r, &cells[i]);
		any = any || cells[i].kind != CELL_EMPTY;
	}
	if (!any)
		return false;
	row->flaw = read_cells(r, cells, row);
	row->fate = row->flaw ? LIST_WRONG : LIST_READY;
	return true;
}

static enum rc read_rows(const struct reading *r, struct list *list, struct err *err)
{
	size_t from = r->columns->heading + 1;
	list->rows = ARENA_ARRAY(r->arena, r->sheet->n - r->columns->heading, struct list_row);
	if (!list->rows)
		return no_memory(err);
	for (size_t i = from; i < r->sheet->n; i++) {
		if (!read_row(r, &r->sheet->rows[i], &list->rows[list->n]))
			continue;
		if (++list->n > LIST_ROWS_MAX)
			return FAIL(err, RC_LIMIT,
			            "Daftar ini lebih dari 10.000 baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu.");
	}
	if (list->n == 0)
		return FAIL(err, RC_INVALID, "Di bawah baris judul (baris %d) tidak ada satu baris pun yang berisi.",
		            r->sheet->rows[r->columns->heading].number);
	return r->arena->broken ? no_memory(err) : RC_OK;
}

/* ---- what only the whole list shows ---- */

/* Are the texts of this list rounded? */
static void find_rounded(struct list *list)
{
	size_t niks = 0, zeros = 0;
	for (size_t i = 0; i < list->n; i++) {
		niks += list->rows[i].nik.n != 0;
		zeros += list->rows[i].nik.n != 0 && list->rows[i].nik.n % 10 == 0;
	}
	if (niks < ROUNDED_LEAST || zeros * 5 < niks * 4)
		return;
	for (size_t i = 0; i < list->n; i++) {
		struct list_row *row = &list->rows[i];
		if (row->nik.n == 0 || row->nik.n % 10)
			continue;
		row->nik.n = 0;
		row->flaw = LIST_NIK_ROUNDED;
		row->fate = LIST_WRONG;
	}
}

static int compare(const void *left, const void *right)
{
	const struct list_row *l = *(struct list_row *const *)left, *r = *(struct list_row *const *)right;
	if (l->nik.n != r->nik.n)
		return l->nik.n < r->nik.n ? -1 : 1;
	return (l > r) - (l < r);
}

static bool same_told(const struct told *a, const struct told *b)
{
	return a->keterangan == b->keterangan && a->house == b->house && a->on.n == b->on.n && str_eq(a->note, b->note);
}

/* Rows of one NIK, in their order: the first counts when all say the same, none when not. */
static void judge_group(struct list_row **group, size_t n)
{
	bool same = true;
	for (size_t i = 1; i < n; i++)
		same = same && same_told(&group[0]->told, &group[i]->told);
	for (size_t i = same; i < n; i++) {
		group[i]->other = group[i == 0 ? 1 : 0]->number;
		group[i]->fate = same ? LIST_SAME : LIST_WRONG;
		group[i]->flaw = same ? LIST_FINE : LIST_AT_ODDS;
	}
}

static enum rc find_repeats(struct list *list, struct arena *arena, struct err *err)
{
	struct list_row **fine = ARENA_ARRAY(arena, list->n, struct list_row *);
	size_t n = 0;
	if (!fine)
		return no_memory(err);
	for (size_t i = 0; i < list->n; i++)
		if (list->rows[i].fate == LIST_READY)
			fine[n++] = &list->rows[i];
	qsort(fine, n, sizeof *fine, compare);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && fine[to]->nik.n == fine[from]->nik.n; to++)
			;
		if (to - from > 1)
			judge_group(fine + from, to - from);
	}
	return RC_OK;
}

enum rc list_read(const struct sheet *sheet, int64_t now_us, struct arena *arena, struct list *ret, struct err *err)
{
	struct list_columns columns;
	struct reading r = {sheet, &columns, arena, now_us};
	TRY(list_columns_find(sheet, &columns, err));
	*ret = (struct list){
	        .kind = sheet->kind, .worksheet = sheet->name, .worksheets = sheet->worksheets, .hidden = sheet->rows_hidden};
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		ret->has[i] = columns.at[i] >= 0;
	TRY(read_rows(&r, ret, err));
	find_rounded(ret);
	return find_repeats(ret, arena, err);
}

/* ---- what would become of it ---- */

static void see(struct list_row *row, const struct record_look *look)
{
	row->before = look->state;
	row->fate = look->fate == RECORD_SAVED ? LIST_READY : look->fate == RECORD_SAME ? LIST_SAME : LIST_WRONG;
	row->flaw = row->fate == LIST_WRONG ? LIST_UNASKED : LIST_FINE;
}

enum rc list_look(const struct feedback *feedback, struct tx *tx, int64_t instansi_id, int64_t kejadian_id, struct list *list,
                  struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct record *records = ARENA_ARRAY(arena, list->n, struct record);
	struct record_look *looks = ARENA_ARRAY(arena, list->n, struct record_look);
	struct list_row **rows = ARENA_ARRAY(arena, list->n, struct list_row *);
	size_t n = 0;
	if (!records || !looks || !rows)
		return no_memory(err);
	for (size_t i = 0; i < list->n; i++)
		if (list->rows[i].fate == LIST_READY) {
			rows[n] = &list->rows[i];
			records[n++] = (struct record){.instansi_id = instansi_id,
			                               .kejadian_id = kejadian_id,
			                               .nik = list->rows[i].nik,
			                               .told = list->rows[i].told};
		}
	TRY(record_look(feedback, tx, records, n, looks, err));
	for (size_t i = 0; i < n; i++)
		see(rows[i], &looks[i]);
	return RC_OK;
}

struct list_count list_count(const struct list *list)
{
	struct list_count count = {0};
	for (size_t i = 0; i < list->n; i++) {
		count.ready += list->rows[i].fate == LIST_READY;
		count.same += list->rows[i].fate == LIST_SAME;
		count.wrong += list->rows[i].fate == LIST_WRONG;
	}
	return count;
}
