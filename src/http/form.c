/* SPDX-License-Identifier: EUPL-1.2
 * http/form.c - see form.h. */
#include "http/form.h"

#include "http/percent.h"

static bool decode(struct str raw, struct arena *arena, struct str *ret)
{
	char *out = arena_alloc(arena, raw.n + 1);
	*ret = (struct str){out, 0};
	return out && percent_decode(raw, true, out, &ret->n) == RC_OK && str_is_text(*ret);
}

static bool read_field(struct str raw, struct arena *arena, struct form_field *ret)
{
	struct str value = raw;
	struct str name = str_split(&value, '=');
	return decode(name, arena, &ret->name) && decode(value, arena, &ret->value);
}

static size_t count_fields(struct str body)
{
	size_t n = 1;
	for (size_t i = 0; i < body.n && n < FORM_FIELDS_MAX; i++)
		n += body.at[i] == '&';
	return n;
}

void form_parse(struct str body, struct arena *arena, struct form *ret)
{
	*ret = (struct form){.ok = true};
	if (body.n == 0)
		return;
	size_t max = count_fields(body);
	ret->fields = ARENA_ARRAY(arena, max, struct form_field);
	ret->ok = ret->fields != NULL;
	for (struct str rest = body; ret->fields && rest.at;) {
		struct str raw = str_split(&rest, '&');
		if (raw.n == 0)
			continue;
		if (ret->n == max) {
			ret->ok = false;
			return;
		}
		if (read_field(raw, arena, &ret->fields[ret->n]))
			ret->n++;
		else
			ret->ok = false;
	}
}

struct str form_find(const struct form *form, struct str name)
{
	for (size_t i = 0; i < form->n; i++)
		if (str_eq(form->fields[i].name, name))
			return form->fields[i].value;
	return (struct str){NULL, 0};
}

const struct http_file *form_file(const struct form *form, struct str name)
{
	for (size_t i = 0; i < form->files_n; i++)
		if (str_eq(form->files[i].name, name))
			return &form->files[i].file;
	return NULL;
}
