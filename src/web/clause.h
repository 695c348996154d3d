/* SPDX-License-Identifier: EUPL-1.2
 * web/clause.h - a clause id of DOMAIN 1 as an official cites it.
 *
 * "P2.1b" is PKS Pasal 2 ayat (1) huruf b, "J.II.B" is Juknis angka II.B; several stand
 * with " / " between them. */
#pragma once
#include "base/base.h"

/* In the arena; {NULL,0} without memory, "" for "". */
struct str clause_words(struct arena *arena, struct str ids);
