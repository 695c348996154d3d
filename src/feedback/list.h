/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list.h - a field list: NIK, keterangan and what else a post wrote down, a row a
 * victim, as people upload it (DOMAIN 6, bulk entry).
 *
 * list_read() turns the rows of a file into tellings, or says of a row what is wrong with
 * it; it asks nobody. list_look() says what would become of them, from feedback's own
 * tables alone: residents are never looked up for a list (J.II.E1). Columns that are not
 * data balikan are not read: they do not get past this door.
 *
 * Spreadsheet programs destroy NIKs (DOMAIN 3). What of them can still be seen is a flaw of
 * its own: an exponent, a last digit rounded to 0. */
#pragma once
#include "feedback/record.h"
#include "sheet/sheet.h"

#define LIST_ROWS_MAX TOLD_AT_ONCE_MAX
#define LIST_TITLES_MAX 10 /* rows that may stand above the headings */
#define LIST_TYPED_MAX 240 /* bytes of a cell that are kept to be shown: a note that is too long is cut */

enum list_column { LIST_NIK, LIST_KETERANGAN, LIST_DAY, LIST_HOUSE, LIST_NOTE, LIST_COLUMNS };
struct list_column_row {
	enum list_column column;
	const char *heading; /* as we write it */
	bool needed;
	const char *about; /* what stands in it, in words for people */
};
const struct list_column_row *list_column_at(size_t i); /* NULL past the end */

enum list_flaw {
	LIST_FINE,
	LIST_FORMULA, /* in a column that is read */
	LIST_ERROR_CELL,
	LIST_NIK_EMPTY,
	LIST_NIK_EXPONENT, /* 3,30406E+15 */
	LIST_NIK_ROUNDED,  /* went through a program that keeps 15 digits */
	LIST_NIK_SHORT,
	LIST_NIK_LONG,
	LIST_NIK_LETTER,
	LIST_NIK_FORMAT,
	LIST_KETERANGAN_EMPTY,
	LIST_KETERANGAN_UNKNOWN,
	LIST_HOUSE_UNKNOWN,
	LIST_DAY_UNREADABLE,
	LIST_DAY_AHEAD,
	LIST_DAY_PAST,
	LIST_NOTE_LONG,
	LIST_NOTE_LINES,
	LIST_NOTE_NUMBER,
	LIST_AT_ODDS, /* with another row about the same NIK: row->other */
	LIST_UNASKED, /* found by list_look() */
	LIST_FLAWS
};
/* What is done with a row. */
enum list_fate {
	LIST_READY,
	LIST_SAME, /* told before, or the same as row->other: nothing is written */
	LIST_WRONG /* has a flaw */
};

struct list_row {
	int number; /* in the file, from 1 */
	enum list_fate fate;
	enum list_flaw flaw;            /* LIST_FINE unless LIST_WRONG */
	int other;                      /* number of the row it says the same as, or contradicts; 0: none */
	struct nik nik;                 /* n == 0: none could be read */
	struct told told;               /* what could be read; whole unless LIST_WRONG (LIST_UNASKED: whole) */
	enum debt_state before;         /* of LIST_READY after list_look(): what it changes */
	struct str typed[LIST_COLUMNS]; /* as it stands in the file, for people; days as DD-MM-YYYY */
};
struct list {
	enum sheet_kind kind;
	struct str worksheet; /* its name; absent for CSV */
	int worksheets;       /* how many the file shows; one was read */
	int hidden;           /* rows the file does not show; they were read */
	bool has[LIST_COLUMNS];
	struct list_row *rows;
	size_t n;
};
/* Texts may be views of what `sheet` holds. About 5 ms for 10,000 rows.
 * RC_INVALID: no headings, one of them twice, merged cells, no row at all; RC_LIMIT: more
 * than LIST_ROWS_MAX rows; err says it for the person who uploaded the file. RC_BROKEN: no
 * memory. */
MUST_USE enum rc list_read(const struct sheet *sheet, int64_t now_us, struct arena *arena, struct list *ret, struct err *err);

/* What would become of the rows now: those that are fine become LIST_READY, LIST_SAME or
 * LIST_UNASKED. Holds nothing. */
MUST_USE enum rc list_look(const struct feedback *feedback, struct tx *tx, int64_t instansi_id, int64_t kejadian_id,
                           struct list *list, struct err *err);

struct list_count {
	size_t ready, same, wrong;
};
struct list_count list_count(const struct list *list);
/* A sentence for a row that is LIST_WRONG, or LIST_SAME as another row: what is wrong, and
 * how to put it right. "" for any other. */
struct str list_reason(const struct list_row *row, struct arena *arena);
/* As it would be typed anew: of a row that can be read what was understood, otherwise what
 * stands in the file. */
struct str list_cell(const struct list_row *row, enum list_column column, struct arena *arena);

/* ---- how a list is put into bytes, to be sealed (list_kept.h) ---- */

#define LIST_PACKED_MAX ((size_t)16 << 20)
void list_pack(const struct list *list, struct buf *out);
/* RC_BROKEN: bytes that list_pack() did not write, or no memory. Texts are views of `packed`. */
MUST_USE enum rc list_unpack(struct str packed, struct arena *arena, struct list *ret, struct err *err);
