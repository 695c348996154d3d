/* SPDX-License-Identifier: EUPL-1.2
 * api/get_json_body.c - see get_json_body.h. */
#include "api/get_json_body.h"

#include <jansson.h>

#include "api/json_shape.h"

/* What a body may say. Elements follow behind, by their own keys. */
enum field {
	FIELD_USER_ID,
	FIELD_PASSWORD,
	FIELD_IP_USER,
	FIELD_NIK,
	FIELD_TRESHOLD,
	FIELD_TRANSACTION,
	FIELD_KEJADIAN,
	FIELD_ELEMENT /* and the element's number */
};
#define FIELDS (FIELD_ELEMENT + ELEMENT_COUNT)

static const struct {
	const char *key;
	enum field field;
} keys[] = {
	{"user_id", FIELD_USER_ID},     {"password", FIELD_PASSWORD},      {"IP_USER", FIELD_IP_USER},
	{"ip_users", FIELD_IP_USER},    {"ip_address", FIELD_IP_USER},     {"NIK", FIELD_NIK},
	{"TRESHOLD", FIELD_TRESHOLD},   {"THRESHOLD", FIELD_TRESHOLD},     {"transactionId", FIELD_TRANSACTION},
	{"KEJADIAN", FIELD_KEJADIAN},
};

/* One body under way. */
struct reading {
	struct get_json_body *body;
	struct arena *arena;
	const json_t *at[FIELDS]; /* NULL: absent */
};

/* ---- keys ---- */

/* FIELDS: nobody asks for it. */
static int field_of(struct str key)
{
	for (size_t i = 0; i < LEN(keys); i++)
		if (str_ieq(key, str_c(keys[i].key)))
			return (int)keys[i].field;
	for (int e = 0; e < ELEMENT_COUNT; e++)
		if (str_ieq(key, str_c(element_at((size_t)e)->key)))
			return FIELD_ELEMENT + e;
	return FIELDS;
}

static void sort_out(struct reading *r, json_t *root)
{
	const char *key;
	json_t *value;
	json_object_foreach (root, key, value) {
		int field = field_of(str_c(key));
		if (field == FIELDS)
			continue;
		if (r->at[field])
			r->body->malformed = true;
		r->at[field] = value;
	}
}

/* ---- values ---- */

/* As text, copied; a blank one is {NULL,0}. *ok false: neither text nor integer. */
static struct str scalar(const struct reading *r, int field, bool *ok)
{
	const json_t *value = r->at[field];
	*ok = true;
	if (!value || json_is_null(value))
		return (struct str){NULL, 0};
	if (json_is_integer(value))
		return arena_printf(r->arena, "%lld", (long long)json_integer_value(value));
	*ok = json_is_string(value);
	struct str text = str_from(json_string_value(value), json_string_length(value));
	return *ok && str_trim(text).n ? arena_str(r->arena, text) : (struct str){NULL, 0};
}

static struct str required_kind(const struct reading *r, int field)
{
	bool ok;
	struct str text = scalar(r, field, &ok);
	r->body->malformed |= !ok;
	return text;
}

/* Strict: sixteen digits, as text or as a number. A fraction or an exponent has lost
 * some of them already, and is no number of a person. */
static void read_nik(struct reading *r)
{
	struct get_json_body *body = r->body;
	struct str text = required_kind(r, FIELD_NIK);
	if (text.n == 0) {
		body->malformed = true;
		return;
	}
	body->nik_bad = nik_from_str(text, &body->nik, &body->flaw) != RC_OK;
	if (body->nik_bad)
		body->nik = (struct nik){0};
}

static void read_kejadian(struct reading *r)
{
	struct str text = str_trim(required_kind(r, FIELD_KEJADIAN));
	if (text.n && str_int(text, 1, INT64_MAX, &r->body->kejadian_id) != RC_OK)
		r->body->malformed = true;
}

static void read_threshold(struct reading *r)
{
	bool ok;
	int64_t n = GET_JSON_THRESHOLD;
	struct str text = str_trim(scalar(r, FIELD_TRESHOLD, &ok));
	if (!ok || (text.n && str_int(text, 0, 100, &n) != RC_OK))
		r->body->flawed = true;
	r->body->claim.threshold = (int)n;
}

static void read_elements(struct reading *r)
{
	struct get_json_body *body = r->body;
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		bool ok;
		if (!(CLAIM_ELEMENTS & ELEMENT_BIT(e)))
			continue;
		body->claim.said[e] = str_trim(scalar(r, FIELD_ELEMENT + e, &ok));
		body->said |= body->claim.said[e].n ? ELEMENT_BIT(e) : 0;
		body->flawed |= !ok;
	}
}

static void read_all(struct reading *r)
{
	struct get_json_body *body = r->body;
	body->user_id = str_trim(required_kind(r, FIELD_USER_ID));
	body->password = required_kind(r, FIELD_PASSWORD);
	body->ip_user = str_trim(required_kind(r, FIELD_IP_USER));
	body->transaction = required_kind(r, FIELD_TRANSACTION);
	read_nik(r);
	read_kejadian(r);
	read_threshold(r);
	read_elements(r);
}

enum rc get_json_body_read(struct str json, struct arena *arena, struct get_json_body *ret, struct err *err)
{
	struct reading r = {.body = ret, .arena = arena};
	*ret = (struct get_json_body){.unread = true, .malformed = true, .claim.threshold = GET_JSON_THRESHOLD};
	if (json.n == 0 || json.n > GET_JSON_BODY_MAX || !json_shape_fits(json, GET_JSON_DEPTH_MAX, GET_JSON_BODY_MAX))
		return RC_OK;
	json_t *root = json_loadb(json.at, json.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(root)) {
		ret->unread = ret->malformed = false;
		sort_out(&r, root);
		read_all(&r);
	}
	json_decref(root);
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}
