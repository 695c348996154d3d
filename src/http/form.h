/* SPDX-License-Identifier: EUPL-1.2
 * http/form.h - a form as it was sent; application/x-www-form-urlencoded, read once
 * into views. (multipart/form-data: http/multipart.h.)
 *
 * Names and values are decoded into the arena. A field that is not text (broken
 * escape, not UTF-8, control characters) is left out and the form is not ok; so is
 * everything past the ceiling. */
#pragma once
#include "http/http.h"

#define FORM_FIELDS_MAX 640 /* an agreement is a long form */

struct form_field {
	struct str name, value;
};
struct form_file {
	struct str name;
	struct http_file file;
};
struct form {
	struct form_field *fields;
	size_t n;
	struct form_file *files; /* multipart only */
	size_t files_n;
	bool ok;
};

/* Never fails; `ok` tells. An empty body is a form without fields. */
void form_parse(struct str body, struct arena *arena, struct form *ret);
/* The first field of that name, or {NULL,0}. */
struct str form_find(const struct form *form, struct str name);
/* The first file of that name, or NULL. */
const struct http_file *form_file(const struct form *form, struct str name);
