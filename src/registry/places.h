/* SPDX-License-Identifier: EUPL-1.2
 * registry/places.h - where synthetic residents live: the kecamatan of region 33.04,
 * and, for a whole nation, made-up ones of every province. */
#pragma once
#include "registry/chance.h"
#include "registry/person.h"

#define PLACES_OWN 20      /* the kecamatan of 33.04 */
#define PLACES_NATION 7468 /* those, and made-up ones */

struct place {
	struct region region; /* without a desa */
	char names[3][REGION_NAME_MAX]; /* room for made-up names */
};

/* The n-th kecamatan. */
void place_get(int n, struct place *ret);
/* One of its desa or kelurahan: fills kel and kel_name. */
void place_village(int n, struct chance *chance, struct region *ret, char room[REGION_NAME_MAX]);
static inline int place_code(const struct region *r) /* PPKKCC */
{
	return r->prop * 10000 + r->kab * 100 + r->kec;
}

/* Where people of 33.04 who were first registered elsewhere come from. */
struct origin {
	int code; /* PPKKCC */
	const char *birthplace;
};
#define ORIGINS 24
const struct origin *origin_at(int n);
