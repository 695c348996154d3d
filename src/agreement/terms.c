/* SPDX-License-Identifier: EUPL-1.2
 * agreement/terms.c - see terms.h. The text was checked when it was applied, so
 * everything that does not fit here means a damaged store. */
#include "agreement/terms.h"

#include <jansson.h>

#include "agreement/shape.h"

static struct str copy(const json_t *object, const char *member, struct arena *arena)
{
	return arena_str(arena, shape_text(object, member));
}

static bool read_elements(const json_t *list, struct terms *ret)
{
	const json_t *value;
	size_t i;
	json_array_foreach (list, i, value) {
		enum element element;
		if (element_from_key(str_c(json_string_value(value)), &element) != RC_OK)
			return false;
		ret->elements |= ELEMENT_BIT(element);
	}
	return ret->elements != 0;
}

static bool read_methods(const json_t *object, struct terms *ret)
{
	for (size_t i = 0; method_at(i); i++) {
		const json_t *row = json_object_get(object, method_at(i)->key);
		if (!row)
			return false;
		ret->methods[i] = (struct terms_method){
		        .granted = json_is_true(json_object_get(row, "granted")),
		        .quota_before_poc = json_integer_value(json_object_get(row, "quota_before_poc")),
		        .quota_after_poc = json_integer_value(json_object_get(row, "quota_after_poc")),
		};
	}
	return true;
}

static bool read_allow(const json_t *list, struct terms *ret)
{
	const json_t *value;
	size_t i;
	if (json_array_size(list) > TERMS_ALLOW_MAX)
		return false;
	json_array_foreach (list, i, value)
		if (cidr_from_str(str_c(json_string_value(value)), &ret->allow[i]) != RC_OK)
			return false;
	ret->allow_n = json_array_size(list);
	return true;
}

static bool read_contacts(const json_t *list, struct arena *arena, struct terms *ret)
{
	const json_t *value;
	size_t i;
	if (json_array_size(list) > TERMS_CONTACTS_MAX)
		return false;
	json_array_foreach (list, i, value)
		ret->contacts[i] = (struct terms_contact){
		        .side = copy(value, "side", arena),
		        .name = copy(value, "name", arena),
		        .position = copy(value, "position", arena),
		        .phone = copy(value, "phone", arena),
		        .email = copy(value, "email", arena),
		};
	ret->contacts_n = json_array_size(list);
	return true;
}

const char *terms_guard_clue_at(size_t i)
{
	static const char *const clues[TERMS_GUARD_CLUES] = {"walk", "spread", "sweep", "share", "pace", "rhythm"};
	return i < LEN(clues) ? clues[i] : NULL;
}

/* What is absent is 0. */
static int32_t read_bound(const json_t *object, const char *member)
{
	return (int32_t)json_integer_value(json_object_get(object, member));
}

static struct terms_guard read_guard(const json_t *side)
{
	struct terms_guard guard = {.warn = read_bound(side, "warn_permille"), .note = read_bound(side, "note_permille")};
	const json_t *user = json_object_get(side, "user"), *instansi = json_object_get(side, "instansi");
	for (size_t i = 0; i < TERMS_GUARD_CLUES; i++) {
		guard.user[i] = read_bound(user, terms_guard_clue_at(i));
		guard.instansi[i] = read_bound(instansi, terms_guard_clue_at(i));
	}
	return guard;
}

static bool read_all(const json_t *root, struct arena *arena, struct terms *ret)
{
	ret->pks_number = copy(json_object_get(root, "pks"), "number", arena);
	ret->juknis_number = copy(json_object_get(root, "juknis"), "number", arena);
	ret->addendum_number = copy(json_object_get(root, "addendum"), "number", arena);
	ret->guard_portal = read_guard(json_object_get(json_object_get(root, "guard"), "portal"));
	ret->guard_service = read_guard(json_object_get(json_object_get(root, "guard"), "service"));
	ret->peer_must_match = json_is_true(json_object_get(root, "peer_must_match"));
	return day_from_str(shape_text(root, "begin"), &ret->begin) == RC_OK &&
	       day_from_str(shape_text(root, "end"), &ret->end) == RC_OK && read_elements(json_object_get(root, "elements"), ret) &&
	       read_methods(json_object_get(root, "methods"), ret) && read_allow(json_object_get(root, "allow"), ret) &&
	       read_contacts(json_object_get(root, "contacts"), arena, ret) && !arena->broken;
}

enum rc terms_read(struct str json, struct arena *arena, struct terms *ret, struct err *err)
{
	json_t *root = json_loadb(json.at ? json.at : "", json.n, 0, NULL);
	*ret = (struct terms){0};
	bool ok = root && read_all(root, arena, ret);
	json_decref(root);
	return ok ? RC_OK : FAIL(err, RC_BROKEN, "isi perjanjian di basis data tidak dapat dibaca");
}
