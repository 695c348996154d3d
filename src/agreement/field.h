/* SPDX-License-Identifier: EUPL-1.2
 * agreement/field.h - the terms of a version as the fields of a form: one table says
 * where each stands in the agreement file, what people call it, and how it is typed.
 *
 * The form, the page of a version and the list of what an addendum changes are all
 * drawn from it. Members it does not name (the guard's thresholds) keep what they hold.
 * Whether the terms are in order is for agreement/file.h to say; a text that does not
 * fit its field is put into the JSON as text, so that the complaint names it. */
#pragma once
#include <jansson.h>

#include "base/base.h"

enum field_kind {
	FIELD_TEXT,   /* one line */
	FIELD_DAY,    /* YYYY-MM-DD */
	FIELD_INT,
	FIELD_HITS,   /* an int; empty: -1, without limit */
	FIELD_FLAG,   /* "1" or "" */
	FIELD_CHOICE, /* one of the choices */
	FIELD_SET,    /* any of the choices: PATH.KEY is "1" */
	FIELD_LINES,  /* a list of texts, one a line */
	FIELD_ROWS    /* a list of objects: PATH.N.COLUMN; a row without any text is left out */
};
struct field_choice {
	const char *key, *label;
};
struct field {
	const char *path;    /* in `terms`, and the name in the form */
	const char *section; /* heading over this field and those after it with the same */
	const char *label, *hint; /* Indonesian; hint may be NULL */
	enum field_kind kind;
	int max;             /* bytes of a text, rows of a list */
	const struct field_choice *choices; /* CHOICE, SET; ends with a NULL key */
	const struct field *columns;        /* ROWS; ends with a NULL path */
	bool optional;       /* an empty text leaves the member out */
	int since;           /* from this version number on; 0: always */
};
/* In order of the form; NULL past the end. */
const struct field *field_at(size_t i);
/* The i-th choice of CHOICE or SET; key NULL past the end. */
struct field_choice field_choice_at(const struct field *field, size_t i);

/* The terms of a first version before anything was typed: the base agreement (P2.1a,
 * J.II.B) without names, numbers and dates. NULL: out of memory. */
json_t *field_skeleton(void);

/* What stands in the form. */
void field_raw(const json_t *terms, const struct field *field, struct buf *out);
bool field_has(const json_t *terms, const struct field *field, const char *key); /* SET */
size_t field_rows(const json_t *terms, const struct field *field);               /* ROWS */
void field_cell(const json_t *terms, const struct field *field, size_t row, const struct field *column, struct buf *out);
/* The same in words for people: "tanpa batas", "20 Mei 2025", rows one a line. */
void field_words(const json_t *terms, const struct field *field, struct buf *out);

/* Where the typed texts come from; {NULL,0}: not in the form. */
struct field_source {
	struct str (*get)(void *arg, const char *name);
	void *arg;
};
/* Every field of a version of that number, from the form into `terms`. RC_BROKEN: no
 * memory. */
MUST_USE enum rc field_take_all(json_t *terms, int number, const struct field_source *source, struct err *err);
/* Which field a complaint of agreement/file.h is about ("terms.allow[1]"), and its name
 * in the form ("contacts.1.phone") into `name`. NULL: none of them. */
const struct field *field_of_path(const char *path, char name[80]);
