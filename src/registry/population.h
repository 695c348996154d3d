/* SPDX-License-Identifier: EUPL-1.2
 * registry/population.h - synthetic residents, the same for the same seed on every
 * machine: households on one KK, parents and children of plausible ages, every
 * status, NIKs that are never issued (serials 9900-9999) and never twice.
 *
 * Up to POPULATION_OWN_MAX all live in region 33.04; a nation is spread over made-up
 * kecamatan of every province as well. */
#pragma once
#include "registry/places.h"

#define POPULATION_OWN_MAX 4000000
#define POPULATION_MAX INT64_C(1000000000)

struct population;
/* In `arena`, about 2 MB. RC_INVALID: no such number. RC_LIMIT: no memory. */
MUST_USE enum rc population_new(int64_t residents, uint64_t seed, struct arena *arena, struct population **ret,
                                struct err *err);
/* The next resident, households together, kecamatan after kecamatan; texts stay
 * valid until the call after. false: that was the last. */
bool population_next(struct population *p, struct person *ret);
