/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_body.h - the JSON body of a request of /api/v1, held against a table of what it may
 * say. Strict: what no row names is a flaw, as are two members of one name; every flaw is
 * told with the place where it stands, and none repeats what was sent. */
#pragma once
#include <jansson.h>

#include "api/problem.h"

#define V1_DEPTH_MAX 8
#define V1_MEMBERS_MAX 20000

enum v1_kind { V1_TEXT, V1_INT, V1_OBJECT, V1_LIST };
struct v1_field {
	const char *name;
	enum v1_kind kind;
	bool required;
	size_t max; /* bytes of a text; items of a list, or members of an object */
};
struct v1_body {
	json_t *root; /* an object; NULL: none was read */
	struct arena *arena;
	struct problem_flaw flaws[PROBLEM_FLAWS_MAX];
	size_t flaws_n; /* all of them */
};
/* An object in *ret, to be closed; an empty body is an empty object. RC_INVALID: no JSON
 * object, or too deep. RC_BROKEN: no memory. */
MUST_USE enum rc v1_body_open(struct str json, struct arena *arena, struct v1_body *ret, struct err *err);
void v1_body_close(struct v1_body *body);
#define V1_BODY_AUTO __attribute__((cleanup(v1_body_close))) struct v1_body
/* `object` stands at the pointer `at` ("" the root). */
void v1_body_check(struct v1_body *body, const json_t *object, struct str at, const struct v1_field *fields, size_t n);
/* One flaw more at `at`/`name`; name NULL: at `at` itself. */
void v1_body_flaw(struct v1_body *body, struct str at, const char *name, const char *why);
/* The same about a parameter of the query or a header. */
void v1_body_parameter(struct v1_body *body, const char *name, const char *why);
/* As checked: {NULL,0} absent or of another kind. The view lives as long as the body. */
struct str v1_text(const json_t *object, const char *name);
int64_t v1_int(const json_t *object, const char *name, int64_t absent);

/* For pages: the body of this visit, checked. *ret_over: a problem was answered, as it is no
 * JSON at all; flaws are left for v1_refuse_flaws(). */
MUST_USE enum rc v1_read(struct visit *v, const struct v1_field *fields, size_t n, struct v1_body *ret, bool *ret_over,
                         struct err *err);
/* true: there are flaws, and they were answered. */
bool v1_refuse_flaws(struct visit *v, const struct v1_body *body);
