/* SPDX-License-Identifier: EUPL-1.2
 * web/subject.c - see subject.h. */
#include "web/subject.h"

#define PARAMETER "instansi"

static struct str named(struct visit *v)
{
	return str_trim(http_method(v->rq) == HTTP_POST ? http_form(v->rq, PARAMETER) : http_query(v->rq, PARAMETER));
}

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Instansi itu tidak ada.");
}

/* Codes are compared as instansi_find() does: case does not matter. */
static bool same_code(struct str typed, struct str code)
{
	if (typed.n != code.n)
		return false;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.at[i];
		if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != code.at[i])
			return false;
	}
	return true;
}

static enum rc own(struct visit *v, struct str typed, struct office_subject *ret, struct err *err)
{
	const struct standing *s = &v->standing;
	if (typed.n && !same_code(typed, s->code))
		return absent(err);
	*ret = (struct office_subject){{s->instansi_id, s->code, s->name, s->state}, true};
	return RC_OK;
}

static enum rc of_code(struct visit *v, struct str typed, struct office_subject *ret, struct err *err)
{
	int64_t id;
	enum rc rc = instansi_find(v->tx, typed, &id, err);
	if (rc == RC_ABSENT)
		return absent(err);
	TRY(rc);
	*ret = (struct office_subject){.own = false};
	return instansi_get(v->tx, id, &ret->row, err);
}

enum rc office_subject(struct visit *v, struct office_subject *ret, struct err *err)
{
	struct str typed = named(v);
	return principal_instansi(v->who) ? own(v, typed, ret, err) : of_code(v, typed, ret, err);
}

enum rc office_subject_or_all(struct visit *v, struct office_subject *ret, struct err *err)
{
	if (!principal_instansi(v->who) && named(v).n == 0) {
		*ret = (struct office_subject){.own = false};
		return RC_OK;
	}
	return office_subject(v, ret, err);
}

bool office_subject_seen(const struct visit *v, int64_t instansi_id)
{
	int64_t own = principal_instansi(v->who);
	return own == 0 || own == instansi_id;
}
