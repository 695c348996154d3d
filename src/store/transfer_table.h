/* SPDX-License-Identifier: EUPL-1.2
 * store/transfer_table.h - one table that is being moved, and its queries, which are made
 * from the catalogue when the program runs. For store/transfer*.c and the drivers alone. */
#pragma once
#include "store/query.h"

#define TRANSFER_KEY_MAX 8
struct transfer_table {
	const char *name;
	size_t columns_n, key_n;
	const char *column[QUERY_FIELDS_MAX];
	char types[QUERY_FIELDS_MAX + 1]; /* 'I', 'T', 'B' */
	size_t key[TRANSFER_KEY_MAX];     /* which columns, in the order of the key */
	bool numbered;                    /* the key is one integer, which an engine may hand out */
	/* made by transfer_table_texts() */
	const char *names;             /* "a", "b", ... */
	struct query first, next;      /* a page: the highest key before it (next), then how many rows at most */
	struct query last, count, put; /* the highest key; how many rows; one more row */
};
/* RC_BROKEN: no memory. */
MUST_USE enum rc transfer_table_texts(struct transfer_table *table, struct arena *arena, struct err *err);

/* Rows to be written, row after row. */
struct transfer_page {
	const struct transfer_table *table;
	const struct value *at;
	size_t n;
	int64_t before; /* rows of the table that came before these */
};
struct transfer_engine {
	/* Every table in the order they were made in; NULL: the other side knows. */
	enum rc (*catalogue)(struct tx *tx, struct arena *arena, struct transfer_table **ret, size_t *ret_n, struct err *err);
	enum rc (*load)(struct tx *tx, const struct transfer_page *page, struct err *err);
	/* The whole table is there: numbers it hands out come after those. */
	enum rc (*settle)(struct tx *tx, const struct transfer_table *table, struct err *err);
	enum rc (*others)(struct tx *tx, int64_t *ret, struct err *err);
};
