/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah.h - the text of a letter as people edit it, checked and filled in.
 *
 * One line is one thing; the whole language is on one page (doc/pdf.md):
 *
 *     # TITLE            ## under it          ### heading
 *     a paragraph, over several lines; a blank line ends it; a \ at the end of a
 *     line begins a new one; **bold**; \* \{ \| \\ are the characters themselves
 *     1. numbered        a. lettered          - dash
 *     Label :: value     1. Label :: value    aligned at the colon
 *     >> in the right half
 *     |! 10 50 40>       widths of columns, > right-aligned, ^ centred
 *     |= head | row      | row | of a table
 *     @halaman           @ruang 10            @kotak ... @akhir
 *     @grafik kolom list.label list.value list.limit      a chart of a list's rows
 *     @tanda-tangan, then @kolom with lines, @paraf or @meterai; @akhir
 *     {{field}}          {{field?}}: nothing instead of a dotted line when empty
 *     {{if field}} {{if not field}} {{else}} {{each list}} {{end}}, alone on a line
 *     // a remark
 *
 * A text is parsed as a whole before it is used: what it may name and how it nests
 * is known then, and filling it in cannot fail for a reason that lies in the text.
 * A value goes into a span, behind the parser: it can never become markup. */
#pragma once
#include "pdf/block.h"

#define NASKAH_TEXT_MAX ((size_t)64 << 10)
#define NASKAH_LINE_MAX 4000
#define NASKAH_LINES_MAX 2000
#define NASKAH_DEPTH_MAX 8
#define NASKAH_SIGN_LINES_MAX 14 /* in one column */
#define NASKAH_VALUE_MAX ((size_t)16 << 10)
#define NASKAH_ROWS_MAX 20000 /* of all lists together */
#define NASKAH_FILLED_MAX ((size_t)4 << 20) /* bytes of all spans together */
#define NASKAH_NAME_MAX 40

/* What a text may name. The lists come last and one after the other: names->at[from] up
 * to names->at[to] are the fields of a row, known inside the {{each}} of their list and in
 * a chart alone. */
#define NASKAH_LISTS_MAX 24
struct naskah_list {
	const char *name;
	size_t from, to;
};
struct naskah_names {
	const char *const *at;
	size_t n;
	const struct naskah_list *lists;
	size_t lists_n;
};
/* How many of the names are no field of a row. */
static inline size_t naskah_plain(const struct naskah_names *names)
{
	return names->lists_n ? names->lists[0].from : names->n;
}

struct naskah;

/* Parse all of it. The result lives in the arena and holds views into `text`.
 * RC_INVALID: err->what begins with "baris N:"; RC_LIMIT: longer than it may be;
 * RC_BROKEN: no memory. */
MUST_USE enum rc naskah_parse(struct str text, const struct naskah_names *names, struct arena *arena,
                              const struct naskah **ret, struct err *err);

struct naskah_rows {
	const struct str *cells; /* n times as many as the list has fields */
	size_t n;
};
struct naskah_values {
	const struct str *fields; /* naskah_plain() of them, in the order of the names */
	const struct naskah_rows *lists;
};
struct naskah_filled {
	const struct pdf_block *blocks;
	size_t n;
};
/* RC_INVALID: a value is not text; RC_LIMIT: too long together; RC_BROKEN: no memory. */
MUST_USE enum rc naskah_fill(const struct naskah *naskah, const struct naskah_values *values, struct arena *arena,
                             struct naskah_filled *ret, struct err *err);
