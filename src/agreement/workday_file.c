/* SPDX-License-Identifier: EUPL-1.2
 * agreement/workday_file.c - see workday_file.h. */
#include "agreement/workday_file.h"

#include <stdlib.h>

enum column { COLUMN_DAY, COLUMN_KIND, COLUMN_NAME, COLUMN_SOURCE, COLUMN_COUNT };
static const char *const headings[COLUMN_COUNT] = {"tanggal", "jenis", "nama", "sumber"};

struct reading {
	struct arena *arena;
	char separator;
	int line;
	struct err *err;
};
/* A row remembers its line until all are in order. */
struct numbered {
	struct workday_row row;
	int line;
};

#define BAD(r, ...) FAIL((r)->err, RC_INVALID, "baris %d: " __VA_ARGS__)
#define BAD_AT(r, text) BAD(r, "%s", (r)->line, (text))

/* ---- one line into fields ---- */

/* A field that begins with a quote: *rest stands after the closing one. Doubled
 * quotes are undone in a copy. */
static enum rc quoted(struct reading *r, struct str *rest, struct str *ret)
{
	char *out = arena_alloc(r->arena, rest->n + 1);
	size_t n = 0, i = 1;
	if (!out)
		return FAIL(r->err, RC_BROKEN, "memori tidak cukup");
	for (; i < rest->n; i++) {
		bool quote = rest->at[i] == '"';
		if (quote && !(i + 1 < rest->n && rest->at[i + 1] == '"'))
			break;
		i += quote;
		out[n++] = rest->at[i];
	}
	if (i >= rest->n)
		return BAD_AT(r, "tanda kutip tidak ditutup");
	*ret = str_from(out, n);
	*rest = str_sub(*rest, i + 1, rest->n);
	return RC_OK;
}

static enum rc next_field(struct reading *r, struct str *rest, struct str *ret)
{
	while (rest->n && (*rest->at == ' ' || *rest->at == '\t'))
		*rest = str_sub(*rest, 1, rest->n);
	if (rest->n == 0 || *rest->at != '"') {
		*ret = str_trim(str_split(rest, r->separator));
		return RC_OK;
	}
	TRY(quoted(r, rest, ret));
	struct str between = str_trim(str_split(rest, r->separator));
	*ret = str_trim(*ret);
	return between.n ? BAD_AT(r, "ada teks sesudah tanda kutip penutup") : RC_OK;
}

static enum rc split(struct reading *r, struct str line, struct str fields[COLUMN_COUNT])
{
	size_t n = 0;
	do {
		if (n == COLUMN_COUNT)
			return BAD_AT(r, "lebih dari empat kolom; teks yang memuat tanda pemisah harus diapit tanda kutip");
		TRY(next_field(r, &line, &fields[n++]));
	} while (line.at);
	return n == COLUMN_COUNT ? RC_OK : BAD_AT(r, "harus ada empat kolom: tanggal, jenis, nama, sumber");
}

/* ---- fields into a row ---- */

/* DD-MM-YYYY and DD/MM/YYYY, as spreadsheets here write a day. */
static enum rc day_of(struct str s, struct day *ret)
{
	char iso[10];
	if (s.n != sizeof iso)
		return RC_INVALID;
	if (s.at[4] == '-')
		return day_from_str(s, ret);
	if (s.at[2] != s.at[5] || (s.at[2] != '-' && s.at[2] != '/'))
		return RC_INVALID;
	memcpy(iso, s.at + 6, 4);
	memcpy(iso + 5, s.at + 3, 2);
	memcpy(iso + 8, s.at, 2);
	iso[4] = iso[7] = '-';
	return day_from_str(str_from(iso, sizeof iso), ret);
}

static enum rc check_text(struct reading *r, struct str s, const char *what, size_t max)
{
	if (s.n == 0)
		return BAD(r, "%s harus diisi", r->line, what);
	if (s.n > max)
		return BAD(r, "%s terlalu panjang: paling banyak %zu huruf", r->line, what, max);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ')
			return BAD(r, "%s harus berupa teks satu baris", r->line, what);
	return str_is_text(s) ? RC_OK : BAD(r, "%s bukan teks UTF-8", r->line, what);
}

static enum rc row_of(struct reading *r, const struct str fields[COLUMN_COUNT], struct workday_row *ret)
{
	int year, month, mday;
	struct str day = str_cut(fields[COLUMN_DAY], 20), kind = str_cut(fields[COLUMN_KIND], 20);
	if (!str_is_text(day) || day_of(fields[COLUMN_DAY], &ret->day) != RC_OK)
		return BAD(r, "tanggal '%.*s' tidak ada; tulis misalnya 2026-08-17", r->line, str_is_text(day) ? (int)day.n : 0,
		           day.at ? day.at : "");
	day_to_ymd(ret->day, &year, &month, &mday);
	if (year < WORKDAY_YEAR_MIN || year > WORKDAY_YEAR_MAX)
		return BAD(r, "tahun harus antara %d dan %d", r->line, WORKDAY_YEAR_MIN, WORKDAY_YEAR_MAX);
	if (workday_kind_from_str(fields[COLUMN_KIND], &ret->kind) != RC_OK)
		return BAD(r, "jenis '%.*s' tidak dikenal; pilih libur atau cuti-bersama", r->line,
		           str_is_text(kind) ? (int)kind.n : 0, kind.at ? kind.at : "");
	TRY(check_text(r, fields[COLUMN_NAME], "nama", WORKDAY_NAME_MAX));
	TRY(check_text(r, fields[COLUMN_SOURCE], "sumber", WORKDAY_SOURCE_MAX));
	ret->name = fields[COLUMN_NAME];
	ret->source = fields[COLUMN_SOURCE];
	return RC_OK;
}

static bool is_heading(const struct str fields[COLUMN_COUNT])
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!str_ieq(fields[i], str_c(headings[i])))
			return false;
	return true;
}

/* ---- the text ---- */

static int by_day_and_line(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	if (x->row.day.n != y->row.day.n)
		return x->row.day.n < y->row.day.n ? -1 : 1;
	return x->line < y->line ? -1 : 1;
}

static struct str next_line(struct reading *r, struct str *rest)
{
	struct str line = str_trim(str_split(rest, '\n'));
	r->line++;
	return line;
}

static enum rc read_heading(struct reading *r, struct str *rest)
{
	struct str fields[COLUMN_COUNT], line = {0};
	while (line.n == 0 && rest->n)
		line = next_line(r, rest);
	if (line.n == 0)
		return FAIL(r->err, RC_INVALID, "tidak ada isi");
	r->separator = str_index(line, ';') < line.n ? ';' : ',';
	enum rc rc = split(r, line, fields);
	if (rc == RC_INVALID || (rc == RC_OK && !is_heading(fields)))
		return BAD_AT(r, "judul kolom harus tanggal,jenis,nama,sumber");
	return rc;
}

static enum rc read_rows(struct reading *r, struct str rest, struct numbered *rows, size_t *ret_n)
{
	size_t n = 0;
	while (rest.n) {
		struct str fields[COLUMN_COUNT], line = next_line(r, &rest);
		if (line.n == 0)
			continue;
		if (n == WORKDAY_ROWS_MAX)
			return FAIL(r->err, RC_LIMIT, "lebih dari %d baris; muat tahun demi tahun", WORKDAY_ROWS_MAX);
		TRY(split(r, line, fields));
		TRY(row_of(r, fields, &rows[n].row));
		rows[n++].line = r->line;
	}
	*ret_n = n;
	return n ? RC_OK : FAIL(r->err, RC_INVALID, "tidak ada baris selain judul kolom");
}

static enum rc put_in_order(struct reading *r, struct numbered *rows, size_t n, struct workday_row *ret)
{
	qsort(rows, n, sizeof *rows, by_day_and_line);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && rows[i].row.day.n == rows[i - 1].row.day.n)
			return BAD(r, "tanggal %s sudah ada pada baris %d", rows[i].line, day_iso(rows[i].row.day).z,
			           rows[i - 1].line);
		ret[i] = rows[i].row;
	}
	return RC_OK;
}

enum rc workday_file_read(struct str text, struct arena *arena, struct workday_row **ret, size_t *ret_n, struct err *err)
{
	struct reading r = {.arena = arena, .err = err};
	struct numbered *rows = ARENA_ARRAY(arena, WORKDAY_ROWS_MAX, struct numbered);
	struct workday_row *out = ARENA_ARRAY(arena, WORKDAY_ROWS_MAX, struct workday_row);
	if (!rows || !out)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (text.n > WORKDAY_TEXT_MAX)
		return FAIL(err, RC_LIMIT, "lebih dari %zu KB; sebuah kalender jauh lebih kecil", WORKDAY_TEXT_MAX >> 10);
	if (str_starts(text, S("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	TRY(read_heading(&r, &text));
	TRY(read_rows(&r, text, rows, ret_n));
	TRY(put_in_order(&r, rows, *ret_n, out));
	*ret = out;
	return RC_OK;
}
