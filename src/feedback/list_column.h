/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_column.h - which row of a file is its heading, and which column holds what;
 * for the room `feedback` alone. */
#pragma once
#include "feedback/list.h"

struct list_columns {
	size_t heading;       /* index of that row in the sheet */
	int at[LIST_COLUMNS]; /* column in the file, from 0; -1: the file has none */
};
/* RC_INVALID: no row is a heading, a column stands there twice, or cells are merged from
 * there on; err says which. */
MUST_USE enum rc list_columns_find(const struct sheet *sheet, struct list_columns *ret, struct err *err);
