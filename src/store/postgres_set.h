/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_set.h - values for PostgreSQL: the types they travel as, and a whole batch
 * as one array a parameter. For the files of this driver alone. */
#pragma once
#include "store/postgres_pipeline.h"

/* The server's number of a column's type, and of an array of it. */
Oid set_oid(char type);
Oid set_array_oid(char type);

/* n items of `query` into one array a parameter. They stand in `arrays` until it is used again.
 * RC_LIMIT: too much for one statement. */
MUST_USE enum rc set_fill(struct sent *ret, const struct query *query, const struct value *in, size_t n, struct buf *arrays,
                          struct err *err);
/* The same as rows of COPY ... (FORMAT binary), with head and end, into `out`. */
MUST_USE enum rc set_copy_rows(const struct query *query, const struct value *in, size_t n, struct buf *out, struct err *err);
/* Once it was sent: NIKs are among what stood there. */
void set_forget(struct buf *arrays);
