/* SPDX-License-Identifier: EUPL-1.2
 * policy/sandbox.c - see sandbox.h: like a permit, it can be read everywhere and is made
 * nowhere but in policy.c. */
#include "policy/sandbox.h"

#include "policy/sandbox_inside.h"

struct nik sandbox_permit_nik(const struct sandbox_permit *p)
{
	return p->nik;
}

element_set sandbox_permit_elements(const struct sandbox_permit *p)
{
	return p->elements;
}

enum method sandbox_permit_method(const struct sandbox_permit *p)
{
	return p->method;
}

const struct claim *sandbox_permit_claim(const struct sandbox_permit *p)
{
	return p->claim;
}

bool sandbox_is_open(const struct standing *standing)
{
	if (!standing->terms)
		return false;
	for (enum method m = 0; m < METHOD_COUNT; m++)
		if (standing->terms->methods[m].granted && !standing->poc_passed[m])
			return true;
	return false;
}
