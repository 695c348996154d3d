/* SPDX-License-Identifier: EUPL-1.2
 * sheet/worksheet.c - see worksheet.h.
 *
 * Rows and cells must come in order, as the standard has it: a file that says one cell
 * twice would be read one way here and another in the program of whoever sent it. Rows
 * and cells that do not say where they are follow the one before. */
#include "sheet/worksheet.h"

#include "sheet/escape.h"
#include "sheet/number.h"

#define LAST_ROW 1048576
#define LAST_COLUMN 16384

enum where { OUTSIDE, IN_DATA, IN_ROW, IN_CELL };
enum type { TYPE_NUMBER, TYPE_SHARED, TYPE_FORMULA_TEXT, TYPE_INLINE, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DATE };

static const struct {
	const char *z;
	enum type type;
} types[] = {
        {"n", TYPE_NUMBER},  {"s", TYPE_SHARED}, {"str", TYPE_FORMULA_TEXT}, {"inlineStr", TYPE_INLINE},
        {"b", TYPE_BOOLEAN}, {"e", TYPE_ERROR},  {"d", TYPE_DATE},
};

struct reading {
	const struct worksheet_room *room;
	struct grid *grid;
	struct sheet *sheet;
	enum where where;
	int row, column; /* the last ones, from 1 */
	bool row_hidden;
	enum type type;
	bool date, formula, value, hear, in_aid;
	struct raw raw;
};

static enum rc damaged(struct reading *r)
{
	return FAIL(r->grid->err, RC_INVALID, PACKAGE_DAMAGED);
}

/* "B7": column and row from 1; false when it is none. */
static bool place_of(struct str s, int *ret_column, int *ret_row)
{
	size_t letters = 0;
	int64_t row;
	int column = 0;
	while (letters < s.n && letters < 3 && s.at[letters] >= 'A' && s.at[letters] <= 'Z')
		column = column * 26 + (s.at[letters++] - 'A' + 1);
	if (letters == 0 || column > LAST_COLUMN || str_int(str_sub(s, letters, s.n), 1, LAST_ROW, &row) != RC_OK)
		return false;
	*ret_column = column;
	*ret_row = (int)row;
	return true;
}

static enum rc begin_row(struct reading *r, const struct xml_tag *tag)
{
	struct str number = xml_attribute(tag, "r");
	int64_t row = r->row + 1;
	if (number.at && str_int(number, row, LAST_ROW, &row) != RC_OK)
		return damaged(r);
	if (row > LAST_ROW)
		return damaged(r);
	r->row = (int)row;
	r->column = 0;
	r->row_hidden = xml_flag(tag, "hidden");
	r->where = IN_ROW;
	grid_row(r->grid, r->row);
	return RC_OK;
}

static enum rc begin_cell(struct reading *r, const struct xml_tag *tag)
{
	struct str place = xml_attribute(tag, "r"), type = xml_attribute(tag, "t");
	int column = r->column + 1, row = r->row;
	if (place.at && (!place_of(place, &column, &row) || row != r->row || column <= r->column))
		return damaged(r);
	if (column > LAST_COLUMN)
		return damaged(r);
	r->column = column;
	r->where = IN_CELL;
	r->date = style_is_date(&r->room->style, xml_attribute(tag, "s"));
	r->formula = r->value = r->hear = r->in_aid = false;
	raw_clear(&r->raw);
	r->type = TYPE_NUMBER;
	if (!type.at)
		return RC_OK;
	for (size_t i = 0; i < LEN(types); i++)
		if (str_eq(type, str_c(types[i].z))) {
			r->type = types[i].type;
			return RC_OK;
		}
	return damaged(r);
}

static void begin_in_cell(struct reading *r, const char *name)
{
	if (strcmp(name, "v") == 0)
		r->hear = r->value = r->type != TYPE_INLINE;
	else if (strcmp(name, "t") == 0)
		r->hear = r->type == TYPE_INLINE && !r->in_aid;
	else if (strcmp(name, "rPh") == 0)
		r->in_aid = true;
	else if (strcmp(name, "f") == 0)
		r->formula = true;
	r->value = r->value || r->hear;
}

/* A merge counts when it reaches a row that was read; a worksheet has them after its rows. */
static enum rc merge(struct reading *r, const struct xml_tag *tag)
{
	struct str to = xml_attribute(tag, "ref"), from = str_split(&to, ':');
	int column, first, last;
	if (!place_of(from, &column, &first) || !place_of(to.at ? to : from, &column, &last) || last < first)
		return damaged(r);
	const struct grid *grid = r->grid;
	struct sheet *sheet = r->sheet;
	if (grid->n == 0 || first > grid->rows[grid->n - 1].number || last < grid->rows[0].number)
		return RC_OK;
	sheet->merged_first = !sheet->merged || first < sheet->merged_first ? first : sheet->merged_first;
	sheet->merged_last = last > sheet->merged_last ? last : sheet->merged_last;
	sheet->merged = true;
	return RC_OK;
}

static enum rc begin(void *arg, const struct xml_tag *tag)
{
	struct reading *r = arg;
	if (r->where == IN_CELL)
		begin_in_cell(r, tag->name);
	else if (r->where == IN_ROW && strcmp(tag->name, "c") == 0)
		return begin_cell(r, tag);
	else if (r->where == IN_DATA && strcmp(tag->name, "row") == 0)
		return begin_row(r, tag);
	else if (r->where == OUTSIDE && strcmp(tag->name, "sheetData") == 0)
		r->where = IN_DATA;
	else if (r->where == OUTSIDE && strcmp(tag->name, "mergeCell") == 0)
		return merge(r, tag);
	return RC_OK;
}

static enum rc text_of(struct reading *r, struct str *ret)
{
	if (r->type != TYPE_SHARED) {
		escape_off(&r->raw);
		return grid_keep(r->grid, &r->raw, ret);
	}
	if (r->value && (r->raw.too_long || shared_get(&r->room->shared, raw_str(&r->raw), ret) != RC_OK))
		return damaged(r);
	return RC_OK;
}

static void name_boolean(struct str *text)
{
	if (str_eq(*text, S("1")) || str_eq(*text, S("0")))
		*text = text->at[0] == '1' ? S("TRUE") : S("FALSE");
}

/* =IF(A2="";"";...), filled down far below the list: computed, and the empty text. One that was never computed says
 * no type, and is a formula to whoever reads. */
static bool says_nothing(const struct reading *r, struct str text)
{
	return text.n == 0 && r->value && r->type == TYPE_FORMULA_TEXT;
}

static enum rc end_cell(struct reading *r)
{
	struct sheet_cell cell = {.kind = CELL_TEXT, .text = {"", 0}};
	TRY(text_of(r, &cell.text));
	switch (r->type) {
	case TYPE_NUMBER: /* where other programs than Excel wrote a text instead, it is one */
		cell.kind = number_is(cell.text) ? CELL_NUMBER : CELL_TEXT;
		cell.date = r->date && cell.kind == CELL_NUMBER;
		break;
	case TYPE_DATE: cell.date = true; break;
	case TYPE_BOOLEAN: name_boolean(&cell.text); break;
	case TYPE_ERROR: cell.kind = CELL_ERROR; break;
	case TYPE_SHARED:
	case TYPE_FORMULA_TEXT:
	case TYPE_INLINE: break;
	}
	if (r->formula && cell.kind != CELL_ERROR && !says_nothing(r, cell.text))
		cell.kind = CELL_FORMULA;
	return grid_put(r->grid, (size_t)r->column - 1, &cell);
}

static enum rc end_row(struct reading *r)
{
	size_t before = r->grid->n;
	TRY(grid_row_end(r->grid));
	r->sheet->rows_hidden += r->row_hidden && r->grid->n > before;
	return RC_OK;
}

static enum rc end(void *arg, const char *name)
{
	struct reading *r = arg;
	r->hear = false;
	if (r->where == IN_CELL && strcmp(name, "rPh") == 0) {
		r->in_aid = false;
	} else if (r->where == IN_CELL && strcmp(name, "c") == 0) {
		r->where = IN_ROW;
		return end_cell(r);
	} else if (r->where == IN_ROW && strcmp(name, "row") == 0) {
		r->where = IN_DATA;
		return end_row(r);
	} else if (r->where == IN_DATA && strcmp(name, "sheetData") == 0) {
		r->where = OUTSIDE;
	}
	return RC_OK;
}

static enum rc text(void *arg, struct str piece)
{
	struct reading *r = arg;
	if (r->hear)
		raw_add(&r->raw, piece);
	return RC_OK;
}

enum rc worksheet_read(struct package *package, struct str part, const struct worksheet_room *room, struct grid *grid,
                       struct sheet *ret)
{
	static const struct xml_ear ear = {begin, end, text};
	struct reading reading = {.room = room, .grid = grid, .sheet = ret};
	return xml_read(package, part, PACKAGE_LARGE_MAX, &ear, &reading);
}
