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

static bool read_contacts(const json_t *list, struct arena *arena, struct terms_contact *ret, size_t *ret_n)
{
	const json_t *value;
	size_t i;
	if (json_array_size(list) > TERMS_CONTACTS_MAX)
		return false;
	json_array_foreach (list, i, value)
		ret[i] = (struct terms_contact){
		        .side = copy(value, "side", arena),
		        .name = copy(value, "name", arena),
		        .position = copy(value, "position", arena),
		        .phone = copy(value, "phone", arena),
		        .email = copy(value, "email", arena),
		};
	*ret_n = json_array_size(list);
	return true;
}

static bool read_applications(const json_t *list, struct arena *arena, struct terms *ret)
{
	const json_t *value;
	size_t i;
	if (json_array_size(list) > TERMS_APPLICATIONS_MAX)
		return false;
	json_array_foreach (list, i, value) {
		struct terms_application *one = &ret->applications[i];
		one->code = copy(value, "code", arena);
		one->name = copy(value, "name", arena);
		if (method_from_key(shape_text(value, "method"), &one->method) != RC_OK)
			return false;
	}
	ret->applications_n = json_array_size(list);
	return true;
}

static struct day day_of(const json_t *object, const char *member)
{
	struct day on;
	return day_from_str(shape_text(object, member), &on) == RC_OK ? on : (struct day){0};
}

/* Letters and offices: texts that decide nothing but stand on pages and papers. */
static void read_letters(const json_t *root, struct arena *arena, struct terms *ret)
{
	const json_t *addendum = json_object_get(root, "addendum"), *parties = json_object_get(root, "parties");
	const json_t *provider = json_object_get(parties, "provider"), *instansi = json_object_get(parties, "instansi");
	ret->pks_number = copy(json_object_get(root, "pks"), "number", arena);
	ret->pks_signed = day_of(json_object_get(root, "pks"), "signed_on");
	ret->juknis_number = copy(json_object_get(root, "juknis"), "number", arena);
	ret->juknis_signed = day_of(json_object_get(root, "juknis"), "signed_on");
	ret->addendum_number = copy(addendum, "number", arena);
	ret->addendum_signed = day_of(addendum, "signed_on");
	ret->addendum_ground = copy(addendum, "ground", arena);
	ret->addendum_subject = copy(addendum, "subject", arena);
	ret->ministry_number = copy(root, "ministry_approval", arena);
	ret->network_letter = copy(json_object_get(json_object_get(root, "network"), "letter"), "number", arena);
	ret->provider_office = copy(provider, "office", arena);
	ret->provider_address = copy(provider, "address", arena);
	ret->provider_position = copy(provider, "signer_position", arena);
	ret->instansi_office = copy(instansi, "office", arena);
	ret->instansi_address = copy(instansi, "address", arena);
	ret->instansi_position = copy(instansi, "signer_position", arena);
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

static void read_balikan(const json_t *balikan, const json_t *debt, struct arena *arena, struct terms *ret)
{
	ret->balikan = json_is_true(json_object_get(balikan, "granted"));
	ret->lembaga_id = copy(balikan, "id_lembaga", arena);
	ret->lembaga = copy(balikan, "nama_lembaga", arena);
	for (size_t i = 0; param_key_name(i); i++)
		ret->param_keys.alias[i] = copy(json_object_get(balikan, "param_keys"), param_key_name(i), arena);
	ret->debt = (struct terms_debt){
	        .refuse = str_eq(shape_text(debt, "mode"), S("refuse")),
	        .open_max = json_integer_value(json_object_get(debt, "open_max")),
	        .age_days_max = (int)json_integer_value(json_object_get(debt, "age_days_max")),
	};
}

static bool read_all(const json_t *root, struct arena *arena, struct terms *ret)
{
	read_letters(root, arena, ret);
	read_balikan(json_object_get(root, "data_balikan"), json_object_get(root, "debt"), arena, ret);
	ret->guard_portal = read_guard(json_object_get(json_object_get(root, "guard"), "portal"));
	ret->guard_service = read_guard(json_object_get(json_object_get(root, "guard"), "service"));
	ret->peer_must_match = json_is_true(json_object_get(root, "peer_must_match"));
	return day_from_str(shape_text(root, "begin"), &ret->begin) == RC_OK &&
	       day_from_str(shape_text(root, "end"), &ret->end) == RC_OK && read_elements(json_object_get(root, "elements"), ret) &&
	       read_methods(json_object_get(root, "methods"), ret) && read_allow(json_object_get(root, "allow"), ret) &&
	       read_contacts(json_object_get(root, "contacts"), arena, ret->contacts, &ret->contacts_n) &&
	       read_applications(json_object_get(root, "applications"), arena, ret) && !arena->broken;
}

enum rc terms_read(struct str json, struct arena *arena, struct terms *ret, struct err *err)
{
	json_t *root = json_loadb(json.at ? json.at : "", json.n, 0, NULL);
	*ret = (struct terms){0};
	bool ok = root && read_all(root, arena, ret);
	json_decref(root);
	return ok ? RC_OK : FAIL(err, RC_BROKEN, "isi perjanjian di basis data tidak dapat dibaca");
}

enum rc terms_read_contacts(struct str json, struct arena *arena, struct terms_contact *ret, size_t *ret_n, struct err *err)
{
	json_t *list = json_loadb(json.at ? json.at : "", json.n, 0, NULL);
	bool ok = list && read_contacts(list, arena, ret, ret_n) && !arena->broken;
	json_decref(list);
	return ok ? RC_OK : FAIL(err, RC_BROKEN, "daftar narahubung di basis data tidak dapat dibaca");
}
