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
#define NASKAH_ROWS_MAX 20000
#define NASKAH_FILLED_MAX ((size_t)4 << 20) /* bytes of all spans together */
#define NASKAH_NAME_MAX 40

/* What a text may name. The fields from `list_from` on belong to a row of `list`
 * and are known inside its {{each}} alone. */
struct naskah_names {
	const char *const *at;
	size_t n;
	const char *list; /* NULL: this letter has no rows */
	size_t list_from; /* n when there is no list */
};

struct naskah;

/* Parse all of it. The result lives in the arena and holds views into `text`.
 * RC_INVALID: err->what begins with "baris N:"; RC_LIMIT: longer than it may be;
 * RC_BROKEN: no memory. */
MUST_USE enum rc naskah_parse(struct str text, const struct naskah_names *names, struct arena *arena,
                              const struct naskah **ret, struct err *err);

struct naskah_values {
	const struct str *fields; /* list_from of them, in the order of the names */
	const struct str *cells;  /* rows_n times (n - list_from) */
	size_t rows_n;
};
struct naskah_filled {
	const struct pdf_block *blocks;
	size_t n;
};
/* RC_INVALID: a value is not text; RC_LIMIT: too long together; RC_BROKEN: no memory. */
MUST_USE enum rc naskah_fill(const struct naskah *naskah, const struct naskah_values *values, struct arena *arena,
                             struct naskah_filled *ret, struct err *err);
