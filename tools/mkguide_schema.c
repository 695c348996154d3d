/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkguide_schema.c - see mkguide.h. */
#include <stdlib.h>
#include <string.h>

#include "mkguide.h"

#define LINE_MAX_CHARS 76
#define DEPTH_MAX 4
#define ALIKE_MIN 6 /* so many members of one kind are told in one row */

json_t *schema_of(json_t *doc, json_t *schema)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref"));
	if (!ref)
		return schema;
	json_t *at = strncmp(ref, "#/", 2) == 0 ? doc : NULL;
	for (const char *p = ref + 2; at && *p;) {
		char step[128];
		size_t n = strcspn(p, "/");
		if (n >= sizeof step)
			die(ref, "a reference too long");
		memcpy(step, p, n);
		step[n] = '\0';
		at = json_object_get(at, step);
		p += n + (p[n] == '/');
	}
	if (!at)
		die(ref, "a reference to nowhere");
	return schema_of(doc, at);
}

const char *schema_words(json_t *doc, json_t *schema)
{
	json_t *here = json_object_get(schema, "description");
	return json_string_value(here ? here : json_object_get(schema_of(doc, schema), "description"));
}

/* ---- members ---- */

static struct field *field_named(struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (strcmp(fields->at[i].name, name) == 0)
			return &fields->at[i];
	if (fields->n == FIELDS_MAX)
		die(name, "too many members for one table");
	struct field *field = &fields->at[fields->n++];
	*field = (struct field){0};
	if (strlen(name) >= sizeof field->name)
		die(name, "a name too long");
	memcpy(field->name, name, strlen(name) + 1);
	return field;
}

static bool names(json_t *list, const char *name)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		if (strcmp(json_string_value(one), name) == 0)
			return true;
	}
	return false;
}

/* All members are the same reference: told in one row. */
static bool all_alike(json_t *properties)
{
	const char *key, *first = NULL;
	json_t *value;
	json_object_foreach(properties, key, value) {
		const char *ref = json_string_value(json_object_get(value, "$ref"));
		if (!ref || (first && strcmp(first, ref) != 0))
			return false;
		first = ref;
	}
	return json_object_size(properties) >= ALIKE_MIN;
}

static void members(struct fields *fields, json_t *schema, const char *prefix, int depth);

static void member(struct fields *fields, json_t *schema, const char *name, bool asked, int depth)
{
	struct field *field = field_named(fields, name);
	json_t *real = schema_of(fields->doc, schema), *constant = json_object_get(real, "const");
	if (!field->schema)
		field->schema = schema;
	field->told++;
	field->asked += asked;
	if (constant) {
		if (!field->values)
			field->values = json_array();
		json_array_append(field->values, constant);
	}
	json_t *items = json_object_get(real, "items");
	char below[FIELD_NAME_MAX];
	if ((size_t)snprintf(below, sizeof below, "%s%s.", name, items ? "[]" : "") >= sizeof below)
		die(name, "a name too long");
	members(fields, items ? items : real, below, depth + 1);
}

static void members(struct fields *fields, json_t *schema, const char *prefix, int depth)
{
	const char *key;
	json_t *real = schema_of(fields->doc, schema), *properties = json_object_get(real, "properties"), *value, *one;
	size_t i;
	if (depth > DEPTH_MAX)
		die(prefix, "nested too deep for a table");
	json_array_foreach(json_object_get(real, "oneOf"), i, one) {
		members(fields, one, prefix, depth);
	}
	if (properties && depth == 0)
		fields->alternatives++;
	if (all_alike(properties)) {
		char name[FIELD_NAME_MAX];
		snprintf(name, sizeof name, "%s*", prefix);
		struct field *field = field_named(fields, name);
		field->alike = properties;
		field->schema = json_object_iter_value(json_object_iter(properties));
		members(fields, field->schema, strlen(name) + 1 < sizeof name ? strcat(name, ".") : name, depth + 1);
		return;
	}
	json_object_foreach(properties, key, value) {
		char name[FIELD_NAME_MAX];
		if ((size_t)snprintf(name, sizeof name, "%s%s", prefix, key) >= sizeof name)
			die(key, "a name too long");
		member(fields, value, name, names(json_object_get(real, "required"), key), depth);
	}
}

void fields_of(struct fields *fields, json_t *schema)
{
	fields->n = 0;
	fields->alternatives = 0;
	members(fields, schema, "", 0);
}

/* ---- what a member may be ---- */

static const struct {
	const char *type, *format, *words;
} types[] = {
	{"string", "date", "tanggal"},
	{"string", "date-time", "waktu"},
	{"string", NULL, "teks"},
	{"integer", NULL, "bilangan bulat"},
	{"boolean", NULL, "<code>true</code> atau <code>false</code>"},
	{"array", NULL, "daftar"},
	{"object", NULL, "objek"},
};

static const char *type_words(const char *type, const char *format)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].type, type) == 0 && (!types[i].format || (format && strcmp(types[i].format, format) == 0)))
			return types[i].words;
	die(type, "a type without words");
}

/* Whole sentences stand in lines of their own. */
static const char *between_values(json_t *values)
{
	size_t i;
	json_t *one;
	json_array_foreach(values, i, one) {
		if (json_is_string(one) && strpbrk(json_string_value(one), ", "))
			return "<br><code>";
	}
	return ", <code>";
}

static void write_values(FILE *to, json_t *values)
{
	size_t i;
	json_t *one;
	json_array_foreach(values, i, one) {
		fputs(i ? between_values(values) : "<code>", to);
		if (json_is_string(one)) {
			write_text(to, json_string_value(one));
		} else {
			char *text = json_dumps(one, JSON_ENCODE_ANY);
			write_text(to, text);
			free(text);
		}
		fputs("</code>", to);
	}
}

static void write_range(FILE *to, json_t *schema)
{
	json_t *low = json_object_get(schema, "minimum"), *high = json_object_get(schema, "maximum");
	long long from = json_integer_value(low), until = json_integer_value(high);
	if (high && until < (1LL << 53) - 1) /* beyond it is no limit that anybody meets */
		fprintf(to, ", %lld sampai %lld", low ? from : 0LL, until);
}

static void write_kind(FILE *to, json_t *schema)
{
	json_t *type = json_object_get(schema, "type");
	const char *format = json_string_value(json_object_get(schema, "format"));
	json_t *first = json_is_array(type) ? json_array_get(type, 0) : type;
	if (first)
		fputs(type_words(json_string_value(first), format), to);
	write_range(to, schema);
	if (json_object_get(schema, "maxLength") && !json_object_get(schema, "pattern"))
		fprintf(to, ", paling banyak %lld huruf", json_integer_value(json_object_get(schema, "maxLength")));
	if (json_object_get(schema, "maxItems"))
		fprintf(to, ", paling banyak %lld", json_integer_value(json_object_get(schema, "maxItems")));
	if (json_is_array(type))
		fputs(", atau <code>null</code>", to);
}

void write_type(FILE *to, json_t *doc, const struct field *field)
{
	json_t *schema = schema_of(doc, field->schema), *values = field->values;
	values = values ? values : json_object_get(schema, "enum");
	json_t *items = json_object_get(schema, "items"), *fallback = json_object_get(schema, "default");
	json_t *of_items = items ? json_object_get(schema_of(doc, items), "enum") : NULL;
	if (values)
		write_values(to, values);
	else
		write_kind(to, schema);
	if (of_items) {
		fputs(": ", to);
		write_values(to, of_items);
	}
	if (fallback) {
		json_t *one = json_pack("[O]", fallback);
		fputs("; tanpa ini ", to);
		write_values(to, one);
		json_decref(one);
	}
}

/* ---- examples ---- */

static json_t *example_object(json_t *doc, json_t *properties)
{
	const char *key;
	json_t *value, *made = json_object();
	json_object_foreach(properties, key, value) {
		json_object_set_new(made, key, example_of(doc, value));
	}
	return made;
}

json_t *example_of(json_t *doc, json_t *schema)
{
	json_t *real = schema_of(doc, schema), *given = json_array_get(json_object_get(schema, "examples"), 0);
	given = given ? given : json_array_get(json_object_get(real, "examples"), 0);
	given = given ? given : json_object_get(real, "const");
	given = given ? given : json_array_get(json_object_get(real, "enum"), 0);
	if (given)
		return json_incref(given);
	json_t *properties = json_object_get(real, "properties"), *items = json_object_get(real, "items");
	json_t *one = json_array_get(json_object_get(real, "oneOf"), 0);
	const char *type = json_string_value(json_object_get(real, "type"));
	if (one)
		return example_of(doc, one);
	if (properties)
		return example_object(doc, properties);
	if (items)
		return json_pack("[o]", example_of(doc, items));
	if (type && strcmp(type, "boolean") == 0)
		return json_true();
	if (type && strcmp(type, "integer") == 0)
		return json_integer(json_integer_value(json_object_get(real, "minimum")));
	return type && strcmp(type, "object") == 0 ? json_object() : json_string("...");
}

static void write_broken(FILE *to, json_t *value, int indent)
{
	const char *key, *between = "";
	json_t *one;
	size_t i;
	fputc(json_is_object(value) ? '{' : '[', to);
	json_object_foreach(value, key, one) {
		fprintf(to, "%s\n%*s\"", between, indent + 2, "");
		write_text(to, key);
		fputs("\": ", to);
		write_json(to, one, indent + 2);
		between = ",";
	}
	json_array_foreach(value, i, one) {
		fprintf(to, "%s\n%*s", between, indent + 2, "");
		write_json(to, one, indent + 2);
		between = ",";
	}
	fprintf(to, "\n%*s%c", indent, "", json_is_object(value) ? '}' : ']');
}

void write_json(FILE *to, json_t *value, int indent)
{
	char *flat = json_dumps(value, JSON_ENCODE_ANY);
	bool parts = json_is_object(value) || json_is_array(value);
	if (!flat)
		die("json", "cannot be written");
	if (!parts || (int)strlen(flat) + indent <= LINE_MAX_CHARS)
		write_text(to, flat);
	else
		write_broken(to, value, indent);
	free(flat);
}
