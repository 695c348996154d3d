/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_body.c - see v1_body.h. */
#include "api/v1_body.h"

#include "api/content.h"
#include "api/json_shape.h"

static const char *const wrong_kind[] = {"Harus berupa teks.", "Harus berupa bilangan bulat.", "Harus berupa objek.",
                                         "Harus berupa larik."};

enum rc v1_body_open(struct str json, struct arena *arena, struct v1_body *ret, struct err *err)
{
	*ret = (struct v1_body){.arena = arena};
	if (json.n == 0)
		json = S("{}");
	if (json_shape_fits(json, V1_DEPTH_MAX, V1_MEMBERS_MAX))
		ret->root = json_loadb(json.at, json.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(ret->root))
		return RC_OK;
	v1_body_close(ret);
	return FAIL(err, RC_INVALID, "Isi permintaan bukan objek JSON yang dapat dibaca");
}

void v1_body_close(struct v1_body *body)
{
	json_decref(body->root);
	body->root = NULL;
}

/* ---- flaws ---- */

void v1_body_flaw(struct v1_body *body, struct str at, const char *name, const char *why)
{
	if (body->flaws_n < PROBLEM_FLAWS_MAX) {
		struct str place = name ? arena_printf(body->arena, "%.*s/%s", STR_ARG(at), name) : at;
		body->flaws[body->flaws_n] = (struct problem_flaw){.at = place, .why = why};
	}
	body->flaws_n++;
}

void v1_body_parameter(struct v1_body *body, const char *name, const char *why)
{
	if (body->flaws_n < PROBLEM_FLAWS_MAX)
		body->flaws[body->flaws_n] = (struct problem_flaw){.at = str_c(name), .parameter = true, .why = why};
	body->flaws_n++;
}

static bool is_kind(const json_t *value, enum v1_kind kind)
{
	switch (kind) {
	case V1_TEXT: return json_is_string(value);
	case V1_INT: return json_is_integer(value);
	case V1_OBJECT: return json_is_object(value);
	case V1_LIST: return json_is_array(value);
	}
	return false;
}

/* One line of text: what is written into a record or a page later. */
static bool is_line(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f)
			return false;
	return str_is_text(text);
}

static const char *flaw_of_text(struct str text, const struct v1_field *field)
{
	if (text.n > field->max)
		return "Terlalu panjang.";
	if (!is_line(text))
		return "Memuat karakter yang tidak diperbolehkan.";
	return field->required && str_trim(text).n == 0 ? "Harus diisi." : NULL;
}

static const char *flaw_of(const json_t *value, const struct v1_field *field)
{
	if (!value)
		return field->required ? "Harus diisi." : NULL;
	if (!is_kind(value, field->kind))
		return wrong_kind[field->kind];
	if (field->kind == V1_TEXT)
		return flaw_of_text(str_from(json_string_value(value), json_string_length(value)), field);
	if (field->kind == V1_LIST && json_array_size(value) > field->max)
		return "Terlalu banyak isi.";
	if (field->kind == V1_OBJECT && json_object_size(value) > field->max)
		return "Terlalu banyak isi.";
	bool empty = (field->kind == V1_LIST && json_array_size(value) == 0) ||
	             (field->kind == V1_OBJECT && json_object_size(value) == 0);
	return field->required && empty ? "Tidak boleh kosong." : NULL;
}

static bool is_known(const char *key, const struct v1_field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_c(key), str_c(fields[i].name)))
			return true;
	return false;
}

void v1_body_check(struct v1_body *body, const json_t *object, struct str at, const struct v1_field *fields, size_t n)
{
	const char *key;
	json_t *value;
	for (size_t i = 0; i < n; i++) {
		const char *why = flaw_of(json_object_get(object, fields[i].name), &fields[i]);
		if (why)
			v1_body_flaw(body, at, fields[i].name, why);
	}
	json_object_foreach ((json_t *)(uintptr_t)object, key, value) {
		if (!is_known(key, fields, n)) { /* its name is the client's own word: only the place is told */
			v1_body_flaw(body, at, NULL, "Memuat anggota yang tidak dikenal.");
			return;
		}
	}
}

struct str v1_text(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_string(value))
		return (struct str){NULL, 0};
	return str_from(json_string_value(value), json_string_length(value));
}

int64_t v1_int(const json_t *object, const char *name, int64_t absent)
{
	const json_t *value = json_object_get(object, name);
	return json_is_integer(value) ? json_integer_value(value) : absent;
}

/* ---- for pages ---- */

enum rc v1_read(struct visit *v, const struct v1_field *fields, size_t n, struct v1_body *ret, bool *ret_over, struct err *err)
{
	struct str json = http_body(v->rq);
	struct err unread = {0};
	*ret = (struct v1_body){.arena = v->arena};
	*ret_over = true;
	if (json.n && content_of(v) != CONTENT_JSON) {
		problem_reply_plain(v, PROBLEM_CONTENT_TYPE);
		return RC_OK;
	}
	enum rc rc = v1_body_open(json, v->arena, ret, &unread);
	if (rc == RC_INVALID) {
		problem_reply_plain(v, PROBLEM_UNREAD);
		return RC_OK;
	}
	if (rc != RC_OK) {
		*err = unread;
		return rc;
	}
	*ret_over = false;
	v1_body_check(ret, ret->root, S(""), fields, n);
	return RC_OK;
}

bool v1_refuse_flaws(struct visit *v, const struct v1_body *body)
{
	if (body->flaws_n == 0)
		return false;
	problem_reply(v, &(struct problem_told){.problem = PROBLEM_PARAMETER, .flaws = body->flaws, .flaws_n = body->flaws_n});
	return true;
}
