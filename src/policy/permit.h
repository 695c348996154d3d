/* SPDX-License-Identifier: EUPL-1.2
 * policy/permit.h - the second paper: may ask the registry, for this NIK, for
 * these elements, under this version.
 *
 * Opaque: only policy_decide() makes one, after every row of the precedence table
 * was passed and the hit was charged. It lives in the arena of the transaction
 * that charged it and is worth nothing after it. */
#pragma once
#include "base/base.h"

struct permit;

struct nik permit_nik(const struct permit *p);
element_set permit_elements(const struct permit *p);
enum method permit_method(const struct permit *p);
/* METHOD_VERIFY: what is to be compared; of an element that is not in permit_elements()
 * nothing may be said. NULL: nothing is. */
const struct claim *permit_claim(const struct permit *p);
int64_t permit_instansi(const struct permit *p);
int64_t permit_version(const struct permit *p);
bool permit_is_repeat(const struct permit *p);
