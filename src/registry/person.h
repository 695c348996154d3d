/* SPDX-License-Identifier: EUPL-1.2
 * registry/person.h - a resident with all texts spelt out, as a CSV row has them or
 * the generator makes them. registry/intake.h turns one into a struct resident. */
#pragma once
#include "registry/resident.h"

#define REGION_NAME_MAX 60 /* bytes */
#define WORD_MAX 100       /* bytes of a birthplace or an occupation */

struct region {
	int prop, kab, kec, kel;
	struct str prop_name, kab_name, kec_name, kel_name;
};

struct person {
	struct resident resident; /* without its ids */
	struct str birthplace, job;
	struct region region;
};
