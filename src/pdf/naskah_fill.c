/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah_fill.c - a parsed text and values become blocks.
 *
 * Two walks over the nodes: the first counts the blocks, the second writes them.
 * Lists are numbered here, so that an item left out by {{if}} leaves no hole: the
 * first of a list keeps the number it was typed with, the others count on. */
#include "pdf/naskah_inside.h"

struct fill {
	const struct naskah *naskah;
	const struct naskah_values *values;
	struct arena *arena;
	struct err *err;
	struct pdf_block *out; /* NULL: counting */
	size_t n;
	size_t bytes;
	size_t row;      /* inside {{each}} */
	const struct naskah_list *each; /* NULL: inside none */
	const struct naskah_rows *rows; /* its rows */
	int counts[3];   /* last number of the open list at each level; 0: not open */
	int item_indent; /* of the last item, for pairs right under it; -1: none */
};

/* ---- values ---- */

static struct str value_of(const struct fill *fill, size_t field)
{
	const struct naskah_names *names = fill->naskah->names;
	if (field < naskah_plain(names))
		return fill->values->fields[field];
	if (!fill->each)
		return S("");
	return fill->rows->cells[fill->row * (fill->each->to - fill->each->from) + field - fill->each->from];
}

static bool holds(const struct fill *fill, const struct node *node)
{
	bool full = field_is_list(node->field) ? fill->values->lists[field_list(node->field)].n > 0
	                                       : str_trim(value_of(fill, node->field)).n > 0;
	return full != node->negated;
}

/* Characters that turn the order of what follows (U+200E, U+200F, U+202A-202E,
 * U+2066-2069) or begin a line of their own (U+2028, U+2029): bytes to leave out. */
static size_t invisible(struct str s, size_t at)
{
	const unsigned char *c = (const unsigned char *)s.at + at;
	if (s.n - at < 3 || c[0] != 0xe2)
		return 0;
	bool first = c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae));
	bool second = c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9;
	return first || second ? 3 : 0;
}

static bool needs_cleaning(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ' || (unsigned char)s.at[i] == 0xe2)
			return true;
	return false;
}

/* One line of text that says what it shows. */
static struct str clean(struct fill *fill, struct str s)
{
	s = str_trim(s);
	if (!needs_cleaning(s))
		return s;
	char *to = arena_alloc(fill->arena, s.n);
	size_t n = 0;
	if (!to)
		return S("");
	for (size_t i = 0, skip; i < s.n; i += skip ? skip : 1) {
		skip = invisible(s, i);
		if (!skip)
			to[n++] = (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i];
	}
	return str_from(to, n);
}

/* ---- cells ---- */

static void fill_span(struct fill *fill, const struct run *run, struct pdf_span *ret)
{
	*ret = (struct pdf_span){.text = run->text, .bold = run->bold};
	if (run->field == FIELD_NONE)
		return;
	ret->text = clean(fill, value_of(fill, run->field));
	ret->blank = !ret->text.n && !run->optional;
}

static enum rc fill_cell(struct fill *fill, const struct node_cell *cell, struct pdf_cell *ret)
{
	struct pdf_span *spans = ARENA_ARRAY(fill->arena, cell->runs_n, struct pdf_span);
	if (!spans && cell->runs_n)
		return FAIL(fill->err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < cell->runs_n; i++) {
		fill_span(fill, &fill->naskah->runs[cell->run + i], &spans[i]);
		fill->bytes += spans[i].text.n;
	}
	if (fill->bytes > NASKAH_FILLED_MAX)
		return FAIL(fill->err, RC_LIMIT, "surat terlalu panjang setelah diisi");
	*ret = (struct pdf_cell){.spans = spans, .n = cell->runs_n, .side = cell->side, .width = cell->width};
	return RC_OK;
}

static enum rc fill_cells(struct fill *fill, const struct node *node, struct pdf_block *ret)
{
	struct pdf_cell *cells = ARENA_ARRAY(fill->arena, node->cells_n, struct pdf_cell);
	if (!cells && node->cells_n)
		return FAIL(fill->err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < node->cells_n; i++)
		TRY(fill_cell(fill, &fill->naskah->cells[node->cell + i], &cells[i]));
	ret->cells = cells;
	ret->n = node->cells_n;
	return RC_OK;
}

/* ---- lists ---- */

static void close_lists(struct fill *fill)
{
	memset(fill->counts, 0, sizeof fill->counts);
	fill->item_indent = -1;
}

static int level_of(const struct fill *fill, char mark)
{
	if (mark == '1')
		return 0;
	bool numbered = fill->counts[0] > 0;
	if (mark == 'a')
		return numbered ? 1 : 0;
	return fill->counts[1] > 0 ? 2 : numbered ? 1 : 0;
}

/* Lists of letters count apart from those of numbers, on the level below. */
static void number_item(struct fill *fill, const struct node *node, struct pdf_block *ret)
{
	int slot = node->mark == '1' ? 0 : node->mark == 'a' ? 1 : 2;
	ret->mark = node->mark;
	ret->indent = level_of(fill, node->mark);
	ret->number = fill->counts[slot] ? fill->counts[slot] + 1 : node->number ? node->number : 1;
	fill->counts[slot] = ret->number;
	for (int below = slot + 1; below < 3; below++)
		fill->counts[below] = 0;
	fill->item_indent = ret->indent;
}

static void place_block(struct fill *fill, const struct node *node, struct pdf_block *ret)
{
	if (node->mark) {
		number_item(fill, node, ret);
	} else if (node->block == PDF_PAIR && fill->item_indent >= 0 && !node->loose) {
		ret->indent = fill->item_indent + 1;
	} else {
		close_lists(fill);
	}
}

/* ---- blocks ---- */

static enum rc add(struct fill *fill, const struct node *node)
{
	if (fill->out) {
		struct pdf_block *to = &fill->out[fill->n];
		*to = (struct pdf_block){.kind = node->block, .number = node->number, .loose = node->loose};
		place_block(fill, node, to);
		TRY(fill_cells(fill, node, to));
	}
	fill->n++;
	return RC_OK;
}

/* A paragraph that is one field: its lines are paragraphs of their own. */
static bool is_whole_field(const struct fill *fill, const struct node *node)
{
	const struct run *run = &fill->naskah->runs[fill->naskah->cells[node->cell].run];
	return node->block == PDF_TEXT && fill->naskah->cells[node->cell].runs_n == 1 && run->field != FIELD_NONE &&
	       memchr(value_of(fill, run->field).at ? value_of(fill, run->field).at : "", '\n', value_of(fill, run->field).n);
}

static enum rc add_paragraph(struct fill *fill, const struct node *node, struct str text)
{
	TRY(add(fill, node));
	if (!fill->out)
		return RC_OK;
	struct pdf_block *block = &fill->out[fill->n - 1];
	struct pdf_span *span = ARENA_NEW(fill->arena, struct pdf_span);
	struct pdf_cell *cell = ARENA_NEW(fill->arena, struct pdf_cell);
	if (!span || !cell)
		return FAIL(fill->err, RC_BROKEN, "memori tidak cukup");
	*span = (struct pdf_span){.text = clean(fill, text)};
	*cell = (struct pdf_cell){.spans = span, .n = 1};
	block->cells = cell;
	block->loose = true;
	return RC_OK;
}

static enum rc add_paragraphs(struct fill *fill, const struct node *node)
{
	const struct naskah *naskah = fill->naskah;
	struct str rest = str_trim(value_of(fill, naskah->runs[naskah->cells[node->cell].run].field));
	while (rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n)
			TRY(add_paragraph(fill, node, line));
	}
	return RC_OK;
}

static bool says_nothing(const struct fill *fill, const struct node *node)
{
	const struct naskah *naskah = fill->naskah;
	if (node->block != PDF_TEXT && node->block != PDF_ITEM && node->block != PDF_RIGHT && node->block != PDF_LINE)
		return false;
	const struct node_cell *cell = &naskah->cells[node->cell];
	for (size_t i = 0; i < cell->runs_n; i++) {
		const struct run *run = &naskah->runs[cell->run + i];
		bool empty = run->field == FIELD_NONE ? !str_trim(run->text).n
		                                      : run->optional && !str_trim(value_of(fill, run->field)).n;
		if (!empty)
			return false;
	}
	return true;
}

static enum rc walk(struct fill *fill, size_t from, size_t to);

static enum rc walk_each(struct fill *fill, size_t at)
{
	const struct node *node = &fill->naskah->nodes[at];
	size_t list = field_list(node->field);
	fill->each = &fill->naskah->names->lists[list];
	fill->rows = &fill->values->lists[list];
	for (fill->row = 0; fill->row < fill->rows->n; fill->row++)
		TRY(walk(fill, at + 1, node->other));
	fill->each = NULL;
	return RC_OK;
}

/* {{if}} at `at`: the branch that holds. Depth is bounded by the parser. */
static enum rc walk_if(struct fill *fill, size_t at)
{
	const struct node *nodes = fill->naskah->nodes;
	size_t other = nodes[at].other;
	if (holds(fill, &nodes[at]))
		return walk(fill, at + 1, other);
	return nodes[other].kind == NODE_ELSE ? walk(fill, other + 1, nodes[other].other) : RC_OK;
}

static size_t end_of(const struct node *nodes, size_t at)
{
	size_t other = nodes[at].other;
	return nodes[other].kind == NODE_ELSE ? nodes[other].other : other;
}

static enum rc walk_chart(struct fill *fill, const struct node *node)
{
	const struct pdf_chart *chart = NULL;
	if (!fill->values->lists[node->chart.list].n)
		return RC_OK;
	TRY(add(fill, node));
	if (!fill->out)
		return RC_OK;
	if (naskah_chart_fill(node, fill->naskah->names, fill->values, fill->arena, &chart) != RC_OK)
		return FAIL(fill->err, RC_BROKEN, "memori tidak cukup");
	fill->out[fill->n - 1].chart = chart;
	return RC_OK;
}

static enum rc walk_block(struct fill *fill, const struct node *node)
{
	if (node->block == PDF_CHART)
		return walk_chart(fill, node);
	if (says_nothing(fill, node))
		return RC_OK;
	if (node->cells_n && is_whole_field(fill, node))
		return add_paragraphs(fill, node);
	return add(fill, node);
}

static enum rc walk(struct fill *fill, size_t from, size_t to)
{
	const struct node *nodes = fill->naskah->nodes;
	for (size_t i = from; i < to; i++) {
		if (nodes[i].kind == NODE_BLOCK) {
			TRY(walk_block(fill, &nodes[i]));
		} else if (nodes[i].kind == NODE_IF) {
			TRY(walk_if(fill, i));
			i = end_of(nodes, i);
		} else if (nodes[i].kind == NODE_EACH) {
			TRY(walk_each(fill, i));
			i = nodes[i].other;
		}
	}
	return RC_OK;
}

/* ---- all of it ---- */

static bool value_is_good(struct str s)
{
	return s.n <= NASKAH_VALUE_MAX && str_is_text(s);
}

static enum rc check_rows(const struct fill *fill, const struct naskah_list *list, const struct naskah_rows *rows)
{
	size_t width = list->to - list->from;
	for (size_t i = 0; i < rows->n * width; i++)
		if (!value_is_good(rows->cells[i]))
			return FAIL(fill->err, RC_INVALID, "isian %s terlalu panjang atau bukan teks",
			            fill->naskah->names->at[list->from + i % width]);
	return RC_OK;
}

static enum rc check_values(const struct fill *fill)
{
	const struct naskah_names *names = fill->naskah->names;
	size_t rows = 0;
	for (size_t i = 0; i < names->lists_n; i++)
		rows += fill->values->lists[i].n;
	if (rows > NASKAH_ROWS_MAX)
		return FAIL(fill->err, RC_LIMIT, "lebih dari %d baris tabel", NASKAH_ROWS_MAX);
	for (size_t i = 0; i < naskah_plain(names); i++)
		if (!value_is_good(fill->values->fields[i]))
			return FAIL(fill->err, RC_INVALID, "isian %s terlalu panjang atau bukan teks", names->at[i]);
	for (size_t i = 0; i < names->lists_n; i++)
		TRY(check_rows(fill, &names->lists[i], &fill->values->lists[i]));
	return RC_OK;
}

enum rc naskah_fill(const struct naskah *naskah, const struct naskah_values *values, struct arena *arena,
                    struct naskah_filled *ret, struct err *err)
{
	struct fill fill = {.naskah = naskah, .values = values, .arena = arena, .err = err, .item_indent = -1};
	TRY(check_values(&fill));
	TRY(walk(&fill, 0, naskah->nodes_n));
	fill.out = ARENA_ARRAY(arena, fill.n + 1, struct pdf_block);
	if (!fill.out)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	fill.n = 0;
	close_lists(&fill);
	TRY(walk(&fill, 0, naskah->nodes_n));
	if (arena->broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*ret = (struct naskah_filled){fill.out, fill.n};
	return RC_OK;
}
