/* SPDX-License-Identifier: EUPL-1.2
 * web/card.h - the answer card's rows: the granted elements in clause order, as an
 * official reads them. */
#pragma once
#include "base/base.h"

struct page_answer_row;

#define CARD_ROWS_MAX ELEMENT_COUNT

/* `parts` is indexed by enum element; what is absent was not granted and makes no
 * row. `rows` has room for CARD_ROWS_MAX. Place and date of birth share a row, the
 * parts of the address too. Texts live in the arena. Returns how many were written. */
size_t card_rows(struct arena *arena, const struct str parts[ELEMENT_COUNT], struct page_answer_row *rows);
