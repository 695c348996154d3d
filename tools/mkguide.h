/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkguide.h - what the two halves of mkguide say to each other: mkguide.c writes the
 * pages, mkguide_schema.c knows what a schema says of its members. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#define FIELDS_MAX 96
#define FIELD_NAME_MAX 128

struct field {
	char name[FIELD_NAME_MAX]; /* "kejadian[].balikan.diminta" */
	json_t *schema;            /* as it stands there: a $ref, perhaps with words beside it */
	json_t *values;            /* constants of several alternatives, or NULL */
	int asked, told;           /* in how many alternatives it is required, and stands */
	json_t *alike;             /* names of members that are all of this kind, or NULL */
};
struct fields {
	json_t *doc;
	struct field at[FIELDS_MAX];
	size_t n;
	int alternatives; /* of the outermost schema */
	const char *mark; /* HTML beside a member that is required */
};

/* The schema behind a $ref, or itself. A reference to nowhere ends the tool. */
json_t *schema_of(json_t *doc, json_t *schema);
/* The words beside a reference, or behind it; NULL. */
const char *schema_words(json_t *doc, json_t *schema);
/* Every member of a body, from the outside in. */
void fields_of(struct fields *fields, json_t *schema);
/* What may stand in a member, as HTML: "teks, 1 sampai 120 huruf". */
void write_type(FILE *to, json_t *doc, const struct field *field);
/* A new value that the schema's examples make up. */
json_t *example_of(json_t *doc, json_t *schema);
/* JSON as people read it: what fits into a line stands in one. */
void write_json(FILE *to, json_t *value, int indent);
/* Text into HTML. */
void write_text(FILE *to, const char *text);
_Noreturn void die(const char *where, const char *why);
