/* SPDX-License-Identifier: EUPL-1.2
 * registry/reveal.h - from a stored row to the texts of the granted elements. */
#pragma once
#include "registry/answer_inside.h"
#include "registry/view.h"

/* Fill answer->element for every element of `granted`, and no other. Texts are
 * copied into `arena`.
 * RC_BROKEN  the row names a dictionary entry that is not there
 * RC_LIMIT   the arena is full */
MUST_USE enum rc reveal(const struct view *view, struct nik nik, const struct sql_resident_find *row, element_set granted,
                        struct arena *arena, struct answer *answer, struct err *err);
