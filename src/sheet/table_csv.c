/* SPDX-License-Identifier: EUPL-1.2
 * sheet/table_csv.c - see table.h: RFC 4180, with CRLF as Excel writes it. */
#include "sheet/table.h"

#include "sheet/mark.h"
#include "sheet/number.h"

void table_csv_begin(struct buf *out)
{
	buf_add(out, S("\xef\xbb\xbf"));
}

static bool needs_quotes(struct str text, char delimiter)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.at[i] == delimiter || strchr("\"\r\n", text.at[i]))
			return true;
	return text.n && (text.at[0] == ' ' || text.at[text.n - 1] == ' ');
}

static void put(struct buf *out, char delimiter, const struct sheet_cell *cell)
{
	bool number = cell->kind == CELL_NUMBER && number_is(cell->text);
	bool mark = !number && mark_needed(cell->text);
	bool quotes = needs_quotes(cell->text, delimiter);
	if (quotes)
		buf_addc(out, '"');
	if (mark)
		buf_addc(out, '\'');
	struct str rest = cell->text;
	while (rest.at) {
		struct str part = str_split(&rest, '"');
		buf_add(out, part);
		if (rest.at)
			buf_add(out, S("\"\""));
	}
	if (quotes)
		buf_addc(out, '"');
}

void table_csv_row(struct buf *out, char delimiter, const struct sheet_cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, delimiter);
		put(out, delimiter, &cells[i]);
	}
	buf_add(out, S("\r\n"));
}
