/* SPDX-License-Identifier: EUPL-1.2
 * sheet/grid.c - see grid.h. Texts lie in blocks without padding; most cells of a list
 * are short, and an arena rounds every piece up. */
#include "sheet/grid.h"

#define TEXT_BLOCK ((size_t)32 << 10)
#define ROWS_FIRST 256

_Static_assert(RAW_MAX <= TEXT_BLOCK, "a text fits into a block");

/* Blanks and invisible marks that people paste along: before a number copied from a chat stands U+202A, after one from
 * a web page U+00A0. */
static const struct blank {
	char z[4];
	unsigned char from, to; /* the last byte */
} blanks[] = {
        {"\xc2", 0xa0, 0xa0},     /* no-break space */
        {"\xe2\x80", 0x80, 0x8f}, /* spaces of all widths, zero width, direction marks */
        {"\xe2\x80", 0xa8, 0xaf}, /* line and paragraph separator, embeddings, narrow no-break space */
        {"\xe2\x81", 0x9f, 0xa9}, /* mathematical space, word joiner, isolates */
        {"\xe3\x80", 0x80, 0x80}, /* ideographic space */
        {"\xef\xbb", 0xbf, 0xbf}, /* byte order mark */
};

static bool is_blank(struct str c)
{
	unsigned char last = (unsigned char)c.at[c.n - 1];
	if (c.n == 1)
		return last <= ' ' || last == 0x7f;
	for (size_t i = 0; i < LEN(blanks); i++)
		if (str_eq(str_sub(c, 0, c.n - 1), str_c(blanks[i].z)) && last >= blanks[i].from && last <= blanks[i].to)
			return true;
	return false;
}

static struct str first_char(struct str s)
{
	size_t n = str_utf8(s, 0);
	return str_sub(s, 0, n ? n : 1);
}

static struct str last_char(struct str s)
{
	size_t from = s.n - 1;
	while (from > 0 && ((unsigned char)s.at[from] & 0xc0) == 0x80)
		from--;
	return str_sub(s, from, s.n);
}

static struct str trim(struct str s)
{
	for (struct str c; s.n && is_blank(c = first_char(s));)
		s = str_sub(s, c.n, s.n);
	for (struct str c; s.n && is_blank(c = last_char(s));)
		s.n -= c.n;
	return s;
}

void grid_begin(struct grid *grid, struct arena *arena, struct err *err)
{
	*grid = (struct grid){.arena = arena, .err = err};
}

static enum rc no_memory(struct grid *grid)
{
	return FAIL(grid->err, RC_BROKEN, "memori habis");
}

static enum rc room_for(struct grid *grid, size_t n)
{
	if (n <= grid->free_n)
		return RC_OK;
	grid->free = arena_alloc(grid->arena, TEXT_BLOCK);
	grid->free_n = grid->free ? TEXT_BLOCK : 0;
	return grid->free ? RC_OK : no_memory(grid);
}

/* Line ends become one byte, other control characters a blank. */
static size_t clean(char *out, struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c == '\r' && i + 1 < s.n && s.at[i + 1] == '\n')
			continue;
		bool control = c < ' ' || c == 0x7f;
		out[n++] = c == '\n' || c == '\r' ? '\n' : control ? ' ' : (char)c;
	}
	return n;
}

enum rc grid_keep(struct grid *grid, const struct raw *raw, struct str *ret)
{
	struct str s = trim(raw_str(raw));
	*ret = (struct str){"", raw->too_long || s.n > SHEET_CELL_MAX ? SHEET_CELL_MAX + 1 : 0};
	if (ret->n || s.n == 0)
		return RC_OK;
	grid->text_n += s.n;
	if (grid->text_n > GRID_TEXT_MAX)
		return FAIL(grid->err, RC_LIMIT,
		            "Berkas memuat terlalu banyak teks. Bagi menjadi beberapa berkas yang lebih kecil.");
	TRY(room_for(grid, s.n));
	*ret = (struct str){grid->free, clean(grid->free, s)};
	grid->free += ret->n;
	grid->free_n -= ret->n;
	return RC_OK;
}

void grid_row(struct grid *grid, int number)
{
	grid->number = number;
	grid->line_n = 0;
}

enum rc grid_put(struct grid *grid, size_t column, const struct sheet_cell *cell)
{
	if (cell->text.n == 0 && cell->kind != CELL_FORMULA)
		return RC_OK;
	if (column >= SHEET_COLUMNS_MAX)
		return FAIL(grid->err, RC_LIMIT,
		            "Sel %s di luar batas: paling banyak %d kolom. Hapus kolom yang tidak diperlukan, lalu unggah lagi.",
		            sheet_place(column, grid->number).z, SHEET_COLUMNS_MAX);
	if (cell->text.n > SHEET_CELL_MAX)
		return FAIL(grid->err, RC_LIMIT,
		            "Isi sel %s terlalu panjang (paling banyak %d huruf). Persingkat, lalu unggah lagi.",
		            sheet_place(column, grid->number).z, SHEET_CELL_MAX);
	while (grid->line_n < column)
		grid->line[grid->line_n++] = (struct sheet_cell){.text = {"", 0}};
	grid->line[grid->line_n++] = *cell;
	return RC_OK;
}

static enum rc more_rows(struct grid *grid)
{
	size_t cap = grid->cap ? grid->cap * 2 : ROWS_FIRST;
	struct sheet_row *rows = ARENA_ARRAY(grid->arena, cap, struct sheet_row);
	if (!rows)
		return no_memory(grid);
	if (grid->n)
		memcpy(rows, grid->rows, grid->n * sizeof *rows);
	grid->rows = rows;
	grid->cap = cap;
	return RC_OK;
}

enum rc grid_row_end(struct grid *grid)
{
	if (grid->line_n == 0)
		return RC_OK;
	if (grid->n == SHEET_ROWS_MAX)
		return FAIL(grid->err, RC_LIMIT,
		            "Berkas berisi lebih dari 20.000 baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu.");
	if (grid->n == grid->cap)
		TRY(more_rows(grid));
	struct sheet_cell *cells = ARENA_ARRAY(grid->arena, grid->line_n, struct sheet_cell);
	if (!cells)
		return no_memory(grid);
	memcpy(cells, grid->line, grid->line_n * sizeof *cells);
	grid->rows[grid->n++] = (struct sheet_row){grid->number, cells, grid->line_n};
	grid->line_n = 0;
	return RC_OK;
}

enum rc grid_end(struct grid *grid, struct sheet *ret)
{
	if (grid->n == 0)
		return FAIL(grid->err, RC_INVALID,
		            "Berkas tidak berisi satu baris pun. Periksa apakah daftar ada di lembar pertama.");
	ret->rows = grid->rows;
	ret->n = grid->n;
	return RC_OK;
}
