/* SPDX-License-Identifier: EUPL-1.2
 * web/address.h - the eighth element, "alamat sekarang" (P2.1a): one address out of
 * the parts that were granted. */
#pragma once
#include "base/base.h"

#define ADDRESS_LINES 6

/* `parts` is indexed by enum element; absent parts are left out, and so is a line
 * without a part. Codes stand in brackets behind the name they belong to. Returns how
 * many lines were written; texts live in the arena. */
size_t address_lines(struct arena *arena, const struct str parts[ELEMENT_COUNT], struct str lines[ADDRESS_LINES]);
