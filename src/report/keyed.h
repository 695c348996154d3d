/* SPDX-License-Identifier: EUPL-1.2
 * report/keyed.h - rows found by a key of bytes, while they are being counted. For this room
 * alone. They stand in the order in which they came; who writes them out sorts them. */
#pragma once
#include "base/base.h"

#define KEYED_MAX 65536 /* rows of one table */
struct keyed {
	struct arena *arena;
	size_t row_size, n, room;
	char *rows;
	struct str *keys;
	uint32_t *slots; /* number of a row, plus 1; 0 free */
	size_t slots_n;  /* a power of two */
};
void keyed_init(struct keyed *keyed, struct arena *arena, size_t row_size);
/* The row of that key, made of zeros when there was none; valid until the next one is made. *ret_key
 * (NULL allowed) is the key, as long as the arena lives.
 * RC_LIMIT: KEYED_MAX rows are there */
MUST_USE enum rc keyed_row(struct keyed *keyed, struct str key, void **ret, struct str *ret_key, struct err *err);
