/* SPDX-License-Identifier: EUPL-1.2
 * report/board_inside.h - what the files of report/board.h share; for them alone. */
#pragma once
#include "report/board.h"

bool board_by_weeks(struct day first, struct day last);
size_t board_column_of(struct day first, struct day day, bool weeks);
struct day board_column_begin(struct day first, size_t i, bool weeks);
void board_add(struct spread_sum *sum, const struct spread_sum *more);
