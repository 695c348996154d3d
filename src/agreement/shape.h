/* SPDX-License-Identifier: EUPL-1.2
 * agreement/shape.h - what a JSON value must look like, as const tables, and two
 * things to do with such a table: check a value against it, and write a value in
 * the table's order, always the same way.
 *
 * Everything is bounded and nothing is ignored: a member the table does not name
 * is refused. Cross-rules between members are not expressed here. */
#pragma once
#include <jansson.h>

#include "base/base.h"

enum shape_kind { SHAPE_TEXT, SHAPE_INT, SHAPE_BOOL, SHAPE_LIST, SHAPE_OBJECT };

struct shape_member;
struct shape {
	enum shape_kind kind;
	int64_t min, max;                   /* bytes of a text, an integer's value, items of a list */
	bool (*is)(struct str text);        /* a text's further test; NULL: any one-line text */
	const char *is_not;                 /* Indonesian, after the text: "bukan alamat jaringan" */
	const struct shape *item;           /* of a list */
	bool distinct;                      /* no text twice in the list */
	const struct shape_member *members; /* of an object; the last has no name */
};
struct shape_member {
	const char *name;
	const struct shape *shape;
	bool optional;
};

/* Everything that is wrong, for forms: with such a list the checker goes on. */
#define SHAPE_COMPLAINTS_MAX 64
struct shape_complaints {
	struct shape_complaint {
		char path[160], words[120];
	} at[SHAPE_COMPLAINTS_MAX];
	size_t n; /* those past the ceiling are dropped */
};

/* Where in the file the checker stands, for messages. */
struct shape_place {
	struct str source; /* the whole text, for line numbers */
	char path[160];    /* "terms.allow[1]" */
	struct shape_complaints *all; /* NULL: stop at the first */
};
/* "baris 12: terms.allow[1]: " and the words; RC_INVALID. With a list of complaints:
 * one more in it; RC_OK. */
enum rc shape_fail(const struct shape_place *place, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The same at a path below the place: shape_fail_at(place, "end", ...). */
enum rc shape_fail_at(const struct shape_place *place, const char *below, struct err *err, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* RC_INVALID: err->what names line and member. */
MUST_USE enum rc shape_check(const json_t *value, const struct shape *shape, struct shape_place *place, struct err *err);
/* `value` has passed shape_check. `depth` is how far it is indented already. */
void shape_write(const json_t *value, const struct shape *shape, int depth, struct buf *out);
/* The text of a checked member of an object; "" when it is absent. */
struct str shape_text(const json_t *object, const char *member);
