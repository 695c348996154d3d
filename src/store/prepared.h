/* SPDX-License-Identifier: EUPL-1.2
 * store/prepared.h - which queries one connection has prepared already. For the
 * drivers alone.
 *
 * A query is a constant of the program, so its address is its identity. */
#pragma once
#include "store/query.h"

struct prepared_entry {
	const struct query *query;
	void *stmt; /* the driver's; may be NULL */
};
struct prepared {
	struct prepared_entry *at; /* open addressing; a place without a query is free */
	size_t n, places;
};

/* Where the query stands, or NULL. Valid until the next prepared_add. */
const struct prepared_entry *prepared_find(const struct prepared *prepared, const struct query *query);
/* The query must not be there yet. false: out of memory, nothing was added. */
bool prepared_add(struct prepared *prepared, const struct query *query, void *stmt);
/* The table only; the driver releases its statements first. */
void prepared_free(struct prepared *prepared);
