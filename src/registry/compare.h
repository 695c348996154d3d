/* SPDX-License-Identifier: EUPL-1.2
 * registry/compare.h - a claim beside what the registry holds (kesesuaian); for the room
 * `registry` alone. Pure. */
#pragma once
#include "base/base.h"

/* The elements something is said of. NULL: none. */
element_set compare_asked(const struct claim *claim);
/* ELEMENT_COUNT accords in `arena`, for those of `asked`; nothing of `held`, which has the
 * texts of answer_element(), is in them. NULL: the arena is full. */
const struct accord *compare(const struct claim *claim, element_set asked, const struct str held[ELEMENT_COUNT],
                             struct arena *arena);
