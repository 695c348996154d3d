/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_element.h - elements of population data as /api/v1 calls them: the keys of
 * base/element.h in lower case. */
#pragma once
#include "base/base.h"

/* "nama_lgkp" */
const char *v1_element_key(enum element element);
/* Exactly so written. RC_INVALID: there is none. */
MUST_USE enum rc v1_element_from_key(struct str key, enum element *ret);
