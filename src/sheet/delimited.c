/* SPDX-License-Identifier: EUPL-1.2
 * sheet/delimited.c - see delimited.h. One reader walks over the bytes; which
 * delimiter it uses is found by letting it walk over the first rows with each. */
#include "sheet/delimited.h"

#include "sheet/mark.h"
#include "sheet/unicode.h"

#define SNIFF_ROWS 20

struct walk {
	struct str s;
	size_t at;
	char delimiter;
	int number;    /* of the row under way */
	bool line_end; /* the last field ended its row */
	struct raw field;
	bool quoted;
};

static bool ends_field(const struct walk *w, size_t at)
{
	char c = at < w->s.n ? w->s.at[at] : '\n';
	return c == w->delimiter || c == '\n' || c == '\r';
}

/* Past the delimiter or the line end at w->at. */
static void step_over(struct walk *w)
{
	w->line_end = w->at >= w->s.n || w->s.at[w->at] != w->delimiter;
	if (str_starts(str_sub(w->s, w->at, 2), S("\r\n")))
		w->at++;
	if (w->at < w->s.n)
		w->at++;
}

static void skip_blanks(struct walk *w)
{
	while (w->at < w->s.n && (w->s.at[w->at] == ' ' || w->s.at[w->at] == '\t') && w->s.at[w->at] != w->delimiter)
		w->at++;
}

static enum rc quoted_field(struct walk *w, struct err *err)
{
	w->quoted = true;
	for (w->at++;; w->at++) {
		struct str rest = str_sub(w->s, w->at, w->s.n);
		size_t n = str_index(rest, '"');
		if (n == rest.n)
			return FAIL(err, RC_INVALID,
			            "Tanda kutip (\") pada baris %d dibuka tetapi tidak pernah ditutup. Hapus atau tutup "
			            "tanda kutip itu, lalu unggah lagi.",
			            w->number);
		raw_add(&w->field, str_sub(rest, 0, n));
		w->at += n + 1;
		if (w->at >= w->s.n || w->s.at[w->at] != '"')
			break;
		raw_add(&w->field, S("\""));
	}
	skip_blanks(w);
	if (!ends_field(w, w->at))
		return FAIL(err, RC_INVALID,
		            "Tanda kutip (\") pada baris %d tidak pada tempatnya. Hapus tanda kutip itu, lalu unggah lagi.",
		            w->number);
	return RC_OK;
}

static enum rc next_field(struct walk *w, struct err *err)
{
	size_t from = w->at;
	w->quoted = false;
	raw_clear(&w->field);
	skip_blanks(w);
	if (w->at < w->s.n && w->s.at[w->at] == '"') {
		TRY(quoted_field(w, err));
	} else {
		while (!ends_field(w, w->at))
			w->at++;
		raw_add(&w->field, str_sub(w->s, from, w->at - from));
	}
	step_over(w);
	return RC_OK;
}

/* How many fields the next row has; 0 when it cannot be read so. */
static int row_fields(struct walk *w)
{
	for (int n = 1;; n++) {
		if (next_field(w, NULL) != RC_OK)
			return 0;
		if (w->line_end)
			return n;
	}
}

/* How many of the first rows a delimiter divides into equally many fields, two at least. */
static int fit_of(struct walk *w, struct str s, char delimiter)
{
	int seen[SNIFF_ROWS], n = 0, best = 0;
	*w = (struct walk){.s = s, .delimiter = delimiter};
	while (n < SNIFF_ROWS && w->at < s.n && (seen[n] = row_fields(w)) > 0)
		n++;
	for (int i = 0; i < n; i++) {
		int rows = 0;
		for (int k = 0; k < n; k++)
			rows += seen[k] == seen[i] && seen[k] > 1;
		best = rows > best ? rows : best;
	}
	return best;
}

static char sniff(struct walk *w, struct str s)
{
	static const char delimiters[] = {';', '\t', ','}; /* the first of those that fit equally: 1,5;2,5 */
	char found = ',';
	int best = 0;
	for (size_t i = 0; i < LEN(delimiters); i++) {
		int fit = fit_of(w, s, delimiters[i]);
		if (fit <= best)
			continue;
		best = fit;
		found = delimiters[i];
	}
	return found;
}

/* Excel's own first line, which is no row of the table: sep=; */
static char told(struct str *s)
{
	size_t n = 0;
	while (n < s->n && s->at[n] != '\n' && s->at[n] != '\r')
		n++;
	struct str line = str_sub(*s, 0, n);
	if (line.n > 2 && line.at[0] == '"' && line.at[line.n - 1] == '"')
		line = str_sub(line, 1, line.n - 2);
	if (line.n != 5 || !str_ieq(str_sub(line, 0, 4), S("sep=")) || !strchr(";,\t|", line.at[4]))
		return '\0';
	*s = str_sub(*s, n, s->n);
	*s = str_sub(*s, str_starts(*s, S("\r\n")) ? 2 : 1, s->n);
	return line.at[4];
}

static void take_mark_off(struct raw *raw)
{
	struct str text = mark_off(str_trim(raw_str(raw)));
	if (text.n)
		memmove(raw->at, text.at, text.n);
	raw->n = text.n;
}

static enum rc put_field(struct walk *w, struct grid *grid, size_t column)
{
	struct sheet_cell cell = {.kind = CELL_TEXT};
	if (w->field.too_long && w->quoted)
		return FAIL(grid->err, RC_LIMIT,
		            "Isi sel %s terlalu panjang (paling banyak %d huruf). Mungkin tanda kutip (\") pada baris itu "
		            "tidak ditutup.",
		            sheet_place(column, w->number).z, SHEET_CELL_MAX);
	take_mark_off(&w->field);
	TRY(grid_keep(grid, &w->field, &cell.text));
	if (cell.text.n == 0)
		cell.kind = CELL_EMPTY;
	return grid_put(grid, column, &cell);
}

static enum rc read_row(struct walk *w, struct grid *grid)
{
	grid_row(grid, w->number);
	for (size_t column = 0;; column++) {
		TRY(next_field(w, grid->err));
		TRY(put_field(w, grid, column));
		if (w->line_end)
			return grid_row_end(grid);
	}
}

enum rc delimited_read(struct str file, struct grid *grid)
{
	struct str s;
	struct walk *w = ARENA_NEW(grid->arena, struct walk);
	if (!w)
		return FAIL(grid->err, RC_BROKEN, "memori habis");
	TRY(unicode_read(file, grid->arena, &s, grid->err));
	char delimiter = told(&s);
	if (!delimiter)
		delimiter = sniff(w, s);
	*w = (struct walk){.s = s, .delimiter = delimiter};
	for (w->number = 1; w->at < s.n; w->number++)
		TRY(read_row(w, grid));
	return RC_OK;
}
