/* SPDX-License-Identifier: EUPL-1.2
 * procedure/emergency.c - see emergency.h. The terms go through agreement_apply like
 * any file, so that no rule of the agreement is written twice. */
#include "procedure/emergency.h"

#include <jansson.h>
#include <stdlib.h>

#include "agreement/file.h"

static bool holds(const struct version *v, struct day day)
{
	return v->begin.n <= day.n && day.n <= v->end.n;
}

static enum rc find_base(const struct desk *desk, const struct emergency *e, struct version *ret, int *ret_last, struct err *err)
{
	struct version *versions;
	size_t n;
	TRY(agreement_versions(desk->agreement, desk->tx, e->instansi_id, &versions, &n, err));
	*ret_last = n ? versions[0].number : 0;
	for (size_t i = 0; i < n; i++) { /* latest first: the highest that holds the day is in force */
		if (!holds(&versions[i], e->begin))
			continue;
		*ret = versions[i];
		return RC_OK;
	}
	return FAIL(err, RC_ABSENT, "tidak ada versi perjanjian yang berlaku pada %s", day_short(e->begin).z);
}

enum rc emergency_base(const struct desk *desk, const struct emergency *emergency, struct version *ret, struct err *err)
{
	int last;
	return find_base(desk, emergency, ret, &last, err);
}

static int set(json_t *object, const char *member, json_t *value)
{
	return json_object_set_new(object, member, value);
}

static json_t *text(struct str s)
{
	return json_stringn(s.at ? s.at : "", s.n);
}

/* false: no memory, or terms of another shape. */
static bool change_terms(json_t *terms, const struct emergency *e)
{
	json_t *method = json_object_get(json_object_get(terms, "methods"), method_at(e->method)->key);
	int64_t after = json_integer_value(json_object_get(method, "quota_after_poc"));
	json_t *addendum = json_object();
	int bad = set(addendum, "number", text(e->number));
	bad |= set(addendum, "signed_on", json_string(day_iso(e->signed_on).z));
	bad |= set(addendum, "ground", json_string("P6"));
	bad |= set(addendum, "subject", text(e->subject));
	bad |= set(terms, "addendum", addendum);
	bad |= set(terms, "begin", json_string(day_iso(e->begin).z));
	bad |= set(terms, "end", json_string(day_iso(e->end).z));
	bad |= set(method, "quota_before_poc", json_integer(e->hits));
	if (after >= 0 && after < e->hits)
		bad |= set(method, "quota_after_poc", json_integer(e->hits));
	return !bad;
}

static enum rc apply_file(const struct desk *desk, json_t *file, struct applied *ret, struct err *err)
{
	char *json = file ? json_dumps(file, JSON_COMPACT) : NULL;
	enum rc rc =
	        json ? agreement_apply(desk->tx, str_c(json), desk->now_us, ret, err) : FAIL(err, RC_BROKEN, "memori tidak cukup");
	free(json); /* tidy: allow, jansson's */
	return rc;
}

enum rc emergency_apply(const struct desk *desk, const struct emergency *emergency, struct applied *ret, struct err *err)
{
	struct instansi_row instansi;
	struct version base;
	struct str terms_json;
	int last;
	TRY(instansi_lock(desk->tx, emergency->instansi_id, &instansi, err));
	TRY(find_base(desk, emergency, &base, &last, err));
	TRY(agreement_terms_json(desk->tx, emergency->instansi_id, base.number, &terms_json, err));
	json_t *terms = json_loadb(terms_json.at, terms_json.n, 0, NULL);
	bool good = terms && change_terms(terms, emergency);
	json_t *file = good ? json_pack("{s:s, s:{s:s%, s:s%}, s:i, s:O, s:[]}", "format", AGREEMENT_FORMAT, "instansi", "code",
	                                instansi.code.at, instansi.code.n, "name", instansi.name.at, instansi.name.n, "version",
	                                last + 1, "terms", terms, "papers")
	                    : NULL;
	enum rc rc = apply_file(desk, file, ret, err);
	json_decref(file);
	json_decref(terms);
	return rc;
}
