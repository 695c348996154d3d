/* SPDX-License-Identifier: EUPL-1.2
 * api/store.h - the data-balikan web service (J.III, DOMAIN 4.2, doc/data-balikan.md):
 * POST <base>/api/store with a bearer token, in three encodings.
 *
 * All or nothing: a request with a flaw stores nothing and hears of every flaw. What was
 * told before is no flaw; only when all of it was, the answer is 400 and says so. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc api_store(struct visit *v, struct err *err);
