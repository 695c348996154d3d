/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_reply.c - see relay_reply.h. */
#include "registry/relay_reply.h"

#include <jansson.h>
#include <stdio.h>

#include "registry/compare.h"
#include "registry/person.h"

struct reading {
	const struct relay_question *q;
	struct arena *arena;
	struct relay_reply *ret;
	bool flawed;
};

/* ---- bytes to JSON ---- */

/* Not a parser: it only must never find less depth than jansson would. */
static bool is_shallow(struct str json)
{
	int depth = 0;
	bool text = false;
	for (size_t i = 0; i < json.n && depth <= RELAY_DEPTH_MAX; i++) {
		char c = json.at[i];
		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (!text && (c == '[' || c == '{'))
			depth++;
		else if (!text && (c == ']' || c == '}'))
			depth--;
	}
	return depth <= RELAY_DEPTH_MAX;
}

/* Keys are spelled in either case. Twice the same, but for its case: flawed. */
static const json_t *value_of(struct reading *r, const json_t *object, const char *key)
{
	const char *each;
	json_t *value, *found = NULL;
	json_object_foreach ((json_t *)(uintptr_t)object, each, value) {
		if (!str_ieq(str_c(each), str_c(key)))
			continue;
		r->flawed |= found != NULL;
		found = value;
	}
	return found;
}

/* ---- texts ---- */

/* Copied, with a blank for each control character; too long or none at all is a flaw. */
static struct str text_of(struct reading *r, const json_t *value, size_t longest)
{
	if (!json_is_string(value) || json_string_length(value) > longest) {
		r->flawed = true;
		return (struct str){NULL, 0};
	}
	struct str raw = str_trim(str_from(json_string_value(value), json_string_length(value)));
	char *at = arena_alloc(r->arena, raw.n + 1);
	for (size_t i = 0; at && i < raw.n; i++)
		at[i] = (unsigned char)raw.at[i] < 0x20 || raw.at[i] == 0x7f ? ' ' : raw.at[i];
	return (struct str){at, at ? raw.n : 0};
}

/* An integer, or its digits. */
static struct str number_of(struct reading *r, const json_t *value, int width)
{
	int64_t n = -1, most = 1;
	for (int i = 0; i < width; i++)
		most *= 10;
	if (json_is_integer(value))
		n = json_integer_value(value);
	else if (json_is_string(value) &&
	         str_int(str_trim(str_from(json_string_value(value), json_string_length(value))), 0, INT64_MAX, &n) != RC_OK)
		n = -1;
	if (n < 0 || n >= most) {
		r->flawed = true;
		return (struct str){NULL, 0};
	}
	return arena_printf(r->arena, "%0*lld", width, (long long)n);
}

/* YYYY-MM-DD, also from DD-MM-YYYY. */
static struct str day_of(struct reading *r, const json_t *value)
{
	struct day day;
	struct str text = json_is_string(value) ? str_trim(str_from(json_string_value(value), json_string_length(value))) : S("");
	char turned[11] = "";
	if (text.n == 10 && text.at[2] == '-' && text.at[5] == '-')
		snprintf(turned, sizeof turned, "%.4s-%.2s-%.2s", text.at + 6, text.at + 3, text.at);
	r->flawed |= day_from_str(*turned ? str_c(turned) : text, &day) != RC_OK;
	return r->flawed ? (struct str){NULL, 0} : arena_str(r->arena, str_c(day_iso(day).z));
}

static struct str sex_of(struct reading *r, const json_t *value)
{
	struct str text = text_of(r, value, RESIDENT_NAME_MAX);
	for (enum resident_sex sex = SEX_MALE; sex <= SEX_FEMALE; sex++)
		if (str_ieq(text, resident_sex_text(sex)))
			return resident_sex_text(sex);
	r->flawed = true;
	return (struct str){NULL, 0};
}

/* ---- elements ---- */

/* Digits of a number; bytes of a text at most. */
static const struct shape {
	int width;
	size_t longest;
} shapes[ELEMENT_COUNT] = {
	[ELEMENT_NO_KK] = {.width = 16},
	[ELEMENT_NIK] = {.width = 16},
	[ELEMENT_NAMA_LGKP] = {.longest = RESIDENT_NAME_MAX},
	[ELEMENT_TMPT_LHR] = {.longest = WORD_MAX},
	[ELEMENT_JENIS_PKRJN] = {.longest = WORD_MAX},
	[ELEMENT_ALAMAT] = {.longest = RESIDENT_ADDRESS_MAX},
	[ELEMENT_NO_PROP] = {.width = 2},
	[ELEMENT_PROP_NAME] = {.longest = REGION_NAME_MAX},
	[ELEMENT_NO_KAB] = {.width = 2},
	[ELEMENT_KAB_NAME] = {.longest = REGION_NAME_MAX},
	[ELEMENT_NO_KEC] = {.width = 2},
	[ELEMENT_KEC_NAME] = {.longest = REGION_NAME_MAX},
	[ELEMENT_NO_KEL] = {.width = 4},
	[ELEMENT_KEL_NAME] = {.longest = REGION_NAME_MAX},
	[ELEMENT_NO_RT] = {.width = 3},
	[ELEMENT_NO_RW] = {.width = 3},
};

static struct str element_of(struct reading *r, enum element e, const json_t *value)
{
	if (json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0))
		return S("");
	if (e == ELEMENT_TGL_LHR)
		return day_of(r, value);
	if (e == ELEMENT_JENIS_KLMIN)
		return sex_of(r, value);
	return shapes[e].width ? number_of(r, value, shapes[e].width) : text_of(r, value, shapes[e].longest);
}

/* Granted ones alone; that it is the person asked for is seen even where the NIK is not granted. */
static void read_data(struct reading *r, const json_t *content)
{
	const json_t *nik = value_of(r, content, element_at(ELEMENT_NIK)->key);
	struct str digits = nik ? number_of(r, nik, 16) : (struct str){NULL, 0};
	r->flawed |= !str_eq(digits, str_c(nik_digits(r->q->nik).z));
	for (int e = 0; e < ELEMENT_COUNT && !r->flawed; e++) {
		const json_t *value = value_of(r, content, element_at((size_t)e)->key);
		if (value && (r->q->elements & ELEMENT_BIT(e)))
			r->ret->element[e] = element_of(r, (enum element)e, value);
	}
}

/* ---- accords ---- */

/* "Sesuai", "Tidak Sesuai (59)" */
static struct accord accord_of(struct reading *r, const json_t *value)
{
	struct accord accord = {.asked = true};
	struct str text = json_is_string(value) ? str_trim(str_from(json_string_value(value), json_string_length(value))) : S("");
	size_t open = str_index(text, '(');
	struct str word = str_trim(str_sub(text, 0, open));
	struct str score = str_sub(text, open + 1, text.n);
	int64_t n = 0;
	accord.same = str_ieq(word, S("Sesuai"));
	r->flawed |= !accord.same && !str_ieq(word, S("Tidak Sesuai"));
	accord.scored = open < text.n;
	if (accord.scored) {
		bool closed = score.n && score.at[score.n - 1] == ')';
		r->flawed |= !closed || str_int(str_trim(str_sub(score, 0, score.n - 1)), 0, 100, &n) != RC_OK;
	}
	accord.score = (int)n;
	return accord;
}

/* What it says nothing of is not granted to us there, and is left out. */
static void read_accords(struct reading *r, const json_t *content)
{
	element_set asked = r->q->elements & compare_asked(r->q->claim);
	bool any = false;
	for (int e = 0; e < ELEMENT_COUNT && !r->flawed; e++) {
		const json_t *value = asked & ELEMENT_BIT(e) ? value_of(r, content, element_at((size_t)e)->key) : NULL;
		if (!value)
			continue;
		r->ret->accords[e] = accord_of(r, value);
		any = true;
	}
	r->flawed |= !any;
}

/* ---- the content ---- */

static enum relay_trouble read_code(struct reading *r, const json_t *code)
{
	struct str text = json_is_string(code) ? str_from(json_string_value(code), json_string_length(code)) : S("");
	enum outcome outcome;
	if (r->flawed || outcome_from_code(text, &outcome) != RC_OK || outcome == OUTCOME_DATA)
		return RELAY_REPLY;
	r->ret->outcome = outcome;
	if (outcome_get(outcome)->kind == OUTCOME_KIND_EMPTY_ANSWER)
		return RELAY_WELL;
	if (outcome == OUTCOME_PARAMETER)
		return RELAY_QUESTION;
	return outcome == OUTCOME_QUOTA ? RELAY_QUOTA : RELAY_REFUSED;
}

static enum relay_trouble read_content(struct reading *r, const json_t *content)
{
	const json_t *code = value_of(r, content, "RESPONSE_CODE");
	if (code)
		return read_code(r, code);
	if (value_of(r, content, "RESPON") || value_of(r, content, "RESPONSE"))
		return RELAY_REPLY;
	r->ret->outcome = OUTCOME_DATA;
	if (r->q->method == METHOD_VERIFY)
		read_accords(r, content);
	else
		read_data(r, content);
	return r->flawed || r->arena->broken ? RELAY_REPLY : RELAY_WELL;
}

static enum relay_trouble read_status(int status)
{
	if (status >= 300 && status < 400)
		return RELAY_REDIRECT;
	return status == 429 || status >= 500 ? RELAY_BUSY : RELAY_REPLY;
}

enum relay_trouble relay_reply_read(int status, struct str body, const struct relay_question *q, struct arena *arena,
                                    struct relay_reply *ret)
{
	struct reading r = {.q = q, .arena = arena, .ret = ret};
	*ret = (struct relay_reply){.outcome = 0};
	if (status != 200)
		return read_status(status);
	if (body.n == 0 || body.n > RELAY_REPLY_MAX || !is_shallow(body))
		return RELAY_REPLY;
	json_t *root = json_loadb(body.at, body.n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *list = json_is_object(root) ? value_of(&r, root, "content") : NULL;
	const json_t *content = json_is_array(list) && json_array_size(list) == 1 ? json_array_get(list, 0) : NULL;
	enum relay_trouble trouble = json_is_object(content) && !r.flawed ? read_content(&r, content) : RELAY_REPLY;
	json_decref(root);
	if (trouble == RELAY_REPLY)
		*ret = (struct relay_reply){.outcome = 0};
	return trouble;
}
