/* SPDX-License-Identifier: EUPL-1.2
 * registry/answer.c - see answer.h: an answer can be read everywhere, made nowhere
 * but in registry.c. */
#include "registry/answer.h"

#include "registry/answer_inside.h"

enum outcome answer_outcome(const struct answer *a)
{
	return a->outcome;
}

struct str answer_element(const struct answer *a, enum element e)
{
	return a->element[e];
}

struct accord answer_accord(const struct answer *a, enum element e)
{
	return a->accords ? a->accords[e] : (struct accord){0};
}

struct day answer_as_of(const struct answer *a)
{
	return a->as_of;
}
