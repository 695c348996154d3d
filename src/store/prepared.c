/* SPDX-License-Identifier: EUPL-1.2
 * store/prepared.c - see prepared.h. At most half of the places are ever taken,
 * so a search ends soon and always. */
#include "store/prepared.h"

#include <stdlib.h>

#define PLACES_MIN 64 /* a power of two */

static size_t place_of(const struct prepared_entry *at, size_t places, const struct query *query)
{
	uint64_t hash = (uint64_t)(uintptr_t)query * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(hash >> 32) & (places - 1);
	while (at[i].query && at[i].query != query)
		i = (i + 1) & (places - 1);
	return i;
}

static bool grow(struct prepared *p)
{
	size_t places = p->places ? p->places * 2 : PLACES_MIN;
	struct prepared_entry *at = calloc(places, sizeof *at);
	if (!at)
		return false;
	for (size_t i = 0; i < p->places; i++)
		if (p->at[i].query)
			at[place_of(at, places, p->at[i].query)] = p->at[i];
	free(p->at);
	p->at = at;
	p->places = places;
	return true;
}

const struct prepared_entry *prepared_find(const struct prepared *p, const struct query *query)
{
	if (p->places == 0)
		return NULL;
	const struct prepared_entry *found = &p->at[place_of(p->at, p->places, query)];
	return found->query ? found : NULL;
}

bool prepared_add(struct prepared *p, const struct query *query, void *stmt)
{
	if (p->n >= p->places / 2 && !grow(p))
		return false;
	p->at[place_of(p->at, p->places, query)] = (struct prepared_entry){query, stmt};
	p->n++;
	return true;
}

void prepared_free(struct prepared *p)
{
	free(p->at);
	*p = (struct prepared){0};
}
