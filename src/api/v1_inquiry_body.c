/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_inquiry_body.c - see v1_inquiry_body.h. */
#include "api/v1_inquiry_body.h"

#include "api/v1_element.h"
#include "api/v1_key.h"

#define DOCUMENT_MAX 16
#define AT_ELEMENTS S("/elemen")

static const struct v1_field of_data[] = {
        {"nik", V1_TEXT, true, V1_NIK_MAX},
        {"kejadian", V1_INT, false, 0},
        {"dokumen", V1_TEXT, false, DOCUMENT_MAX},
        {"elemen", V1_LIST, false, ELEMENT_COUNT},
};
static const struct v1_field of_claim[] = {
        {"nik", V1_TEXT, true, V1_NIK_MAX},         {"kejadian", V1_INT, false, 0},
        {"dokumen", V1_TEXT, false, DOCUMENT_MAX},  {"ambang", V1_INT, false, 0},
        {"elemen", V1_OBJECT, true, ELEMENT_COUNT},
};

/* One body under way. */
struct reading {
	struct v1_body body;
	struct v1_inquiry_body *ret;
	struct arena *arena;
};

/* ---- members of both ---- */

static void read_nik(struct reading *r)
{
	struct str text = v1_text(r->body.root, "nik");
	r->ret->nik_bad = nik_from_str(text, &r->ret->nik, &r->ret->flaw) != RC_OK;
	if (r->ret->nik_bad)
		r->ret->nik = (struct nik){0};
}

static void read_kejadian(struct reading *r)
{
	r->ret->kejadian_id = v1_int(r->body.root, "kejadian", 0);
	if (json_is_integer(json_object_get(r->body.root, "kejadian")) && r->ret->kejadian_id < 1)
		v1_body_flaw(&r->body, S(""), "kejadian", "Harus nomor sebuah kejadian.");
}

static void read_document(struct reading *r)
{
	struct str text = v1_text(r->body.root, "dokumen");
	r->ret->document = DOCUMENT_NONE;
	if (text.at && document_from_key(text, &r->ret->document) != RC_OK)
		v1_body_flaw(&r->body, S(""), "dokumen", "Harus salah satu dari ktp-el, ikd, none.");
}

/* ---- which elements (verifikasi) ---- */

static const char *add_wanted(struct reading *r, const json_t *item)
{
	enum element e;
	if (!json_is_string(item))
		return "Harus berupa teks.";
	if (v1_element_from_key(str_from(json_string_value(item), json_string_length(item)), &e) != RC_OK)
		return "Elemen tidak dikenal.";
	r->ret->wanted |= ELEMENT_BIT(e);
	return NULL;
}

/* An empty list would read as "all": nobody who writes one means that. */
static void read_wanted(struct reading *r)
{
	const json_t *list = json_object_get(r->body.root, "elemen"), *item;
	size_t i;
	if (json_is_array(list) && json_array_size(list) == 0)
		v1_body_flaw(&r->body, AT_ELEMENTS, NULL, "Tidak boleh kosong.");
	json_array_foreach (list, i, item) {
		const char *why = add_wanted(r, item);
		struct str at = why ? arena_printf(r->arena, "/elemen/%zu", i) : S("");
		if (why)
			v1_body_flaw(&r->body, at, NULL, why);
	}
}

/* ---- what is said of them (kesesuaian) ---- */

static void check_said(struct reading *r, const json_t *said)
{
	struct v1_field fields[ELEMENT_COUNT];
	size_t n = 0;
	for (int e = 0; e < ELEMENT_COUNT; e++)
		if (CLAIM_ELEMENTS & ELEMENT_BIT(e))
			fields[n++] = (struct v1_field){v1_element_key((enum element)e), V1_TEXT, false, V1_SAID_MAX};
	v1_body_check(&r->body, said, AT_ELEMENTS, fields, n);
}

static void read_said(struct reading *r)
{
	const json_t *said = json_object_get(r->body.root, "elemen");
	if (!json_is_object(said))
		return;
	check_said(r, said);
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		const char *key = v1_element_key((enum element)e);
		struct str text = v1_text(said, key);
		if (!text.at || !(CLAIM_ELEMENTS & ELEMENT_BIT(e)))
			continue;
		if (str_trim(text).n == 0)
			v1_body_flaw(&r->body, AT_ELEMENTS, key, "Harus diisi.");
		r->ret->claim.said[e] = arena_str(r->arena, str_trim(text));
		r->ret->wanted |= ELEMENT_BIT(e);
	}
}

static void read_threshold(struct reading *r)
{
	int64_t n = v1_int(r->body.root, "ambang", V1_THRESHOLD);
	if (n < 0 || n > 100)
		v1_body_flaw(&r->body, S(""), "ambang", "Harus 0 sampai 100.");
	else
		r->ret->claim.threshold = (int)n;
}

/* ---- the whole ---- */

static enum rc read_key(struct reading *r, struct str header, struct err *err)
{
	if (!header.at)
		return RC_OK;
	enum rc rc = v1_key_read(header, r->arena, &r->ret->key);
	if (rc == RC_BROKEN)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (rc == RC_OK)
		return RC_OK;
	v1_body_flaw(&r->body, S(V1_KEY), NULL, V1_KEY_WHY);
	if (r->body.flaws_n <= PROBLEM_FLAWS_MAX)
		r->body.flaws[r->body.flaws_n - 1].parameter = true;
	return RC_OK;
}

static enum rc read_all(struct reading *r, const struct v1_inquiry_ask *ask, struct err *err)
{
	bool verify = ask->method == METHOD_VERIFY;
	TRY(read_key(r, ask->key, err));
	if (verify)
		v1_body_check(&r->body, r->body.root, S(""), of_claim, LEN(of_claim));
	else
		v1_body_check(&r->body, r->body.root, S(""), of_data, LEN(of_data));
	read_nik(r);
	read_kejadian(r);
	read_document(r);
	if (verify) {
		read_threshold(r);
		read_said(r);
	} else {
		read_wanted(r);
	}
	return RC_OK;
}

/* Of a request with a flaw nothing is left but its flaws. */
static void keep_flaws(struct reading *r)
{
	if (r->body.flaws_n)
		*r->ret = (struct v1_inquiry_body){.flaws_n = r->body.flaws_n};
	memcpy(r->ret->flaws, r->body.flaws, sizeof r->ret->flaws);
}

enum rc v1_inquiry_body_read(const struct v1_inquiry_ask *ask, struct arena *arena, struct v1_inquiry_body *ret, struct err *err)
{
	struct reading r = {.ret = ret, .arena = arena};
	*ret = (struct v1_inquiry_body){.unread = true};
	enum rc rc = v1_body_open(ask->json, arena, &r.body, err);
	if (rc == RC_INVALID)
		return RC_OK;
	TRY(rc);
	*ret = (struct v1_inquiry_body){.claim.threshold = V1_THRESHOLD};
	rc = read_all(&r, ask, err);
	keep_flaws(&r);
	v1_body_close(&r.body);
	TRY(rc);
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}
