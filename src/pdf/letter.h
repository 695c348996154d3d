/* SPDX-License-Identifier: EUPL-1.2
 * pdf/letter.h - the letters of the agreement: which there are, what each may name,
 * and one of them filled in as a PDF.
 *
 * A kind is a row of letter.def: its key, its name, the clause it serves, whose
 * letterhead it carries, its own fields and its list. Every kind also knows the
 * common fields. The default text of a kind is data/naskah/KEY.txt inside the
 * program; an edited one is checked with letter_check before it is kept. What no
 * field is given for stays a dotted line to fill in by hand.
 *
 * No letter ever holds a password; there is no field for one (P2.1c). */
#pragma once
#include "pdf/naskah.h"

enum letter {
#define LETTER(letter, ...) LETTER_##letter,
#include "pdf/letter.def"
#undef LETTER
	LETTER_COUNT
};

/* Whose letterhead; the caller has the lines. */
enum letter_side { LETTER_SIDE_NONE, LETTER_SIDE_INSTANSI, LETTER_SIDE_PENYEDIA };

struct letter_kind {
	enum letter letter;
	const char *key;    /* "sptjm", as in data/naskah/sptjm.txt */
	const char *name;   /* for people; the title in the foot */
	const char *clause; /* DOMAIN 1 */
	enum letter_side side;
	const char *fields; /* besides the common ones, a blank between */
	const char *lists;  /* what {{each}} and @grafik take, a blank between; NULL: none */
	const char *columns; /* LIST.name, those of one list beside each other, in the order of the lists */
};

/* Row by row; NULL past the end. */
const struct letter_kind *letter_at(size_t i);
MUST_USE enum rc letter_from_key(struct str key, enum letter *ret);
/* The default text. */
struct str letter_text(enum letter letter);

/* What a text of this kind may name, for the page that edits it; the columns of its
 * lists last. NULL past the end. */
#define LETTER_NAMES_MAX 192
struct letter_name {
	const char *name;
	const char *meaning; /* in Indonesian */
	const char *sample;  /* of a column: one for each sample row, | between */
};
const struct letter_name *letter_name_at(enum letter letter, size_t i);

struct letter_field {
	const char *name;
	struct str value;
};
struct letter_row {
	const struct letter_field *fields;
	size_t n;
};
struct letter_ask {
	enum letter letter;
	struct str text; /* absent: the default */
	const struct str *letterhead; /* pdf.h; none: no letterhead */
	size_t letterhead_n;
	const struct letter_field *fields; /* each once at most; those left out are empty */
	size_t fields_n;
	/* Of the lists: the first name of a row says which one, a row without any is of the first.
	 * A column LIST.no that is left out counts. */
	const struct letter_row *rows;
	size_t rows_n;
	struct str reference; /* in the foot and its QR code, SYMBOL_TEXT_MAX bytes; also {{acuan}} */
	int64_t created_us;   /* 0: the document says no date */
};

#define LETTER_PDF_MAX ((size_t)16 << 20)

/* May an edited text be kept? RC_INVALID: "baris N: ..."; RC_LIMIT: too long. */
MUST_USE enum rc letter_check(enum letter letter, struct str text, struct err *err);
/* The PDF at the end of *out. RC_INVALID: the text is wrong, a field is not one of this
 * kind or is no text; RC_LIMIT: too long; RC_BROKEN: no fonts, no memory. After a
 * refusal what stands in *out is of no use. */
MUST_USE enum rc letter_write(const struct letter_ask *ask, struct buf *out, struct err *err);
/* The same with the sample values and a sample letterhead: a preview of `text`, or of
 * the default text when it is absent. */
MUST_USE enum rc letter_sample(enum letter letter, struct str text, struct buf *out, struct err *err);
