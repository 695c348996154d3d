/* SPDX-License-Identifier: EUPL-1.2
 * policy/permit.c - see permit.h: a permit can be read everywhere, made nowhere
 * but in policy.c. */
#include "policy/permit.h"

#include "policy/permit_inside.h"

struct nik permit_nik(const struct permit *p)
{
	return p->nik;
}

element_set permit_elements(const struct permit *p)
{
	return p->elements;
}

enum method permit_method(const struct permit *p)
{
	return p->method;
}

const struct claim *permit_claim(const struct permit *p)
{
	return p->claim;
}

int64_t permit_instansi(const struct permit *p)
{
	return p->instansi_id;
}

int64_t permit_version(const struct permit *p)
{
	return p->version_id;
}

bool permit_is_repeat(const struct permit *p)
{
	return p->repeat;
}
