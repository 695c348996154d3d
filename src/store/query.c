/* SPDX-License-Identifier: EUPL-1.2
 * store/query.c - see query.h. Queries go to the transaction's driver; what both
 * drivers need for rows, texts and the wording of errors stands here. */
#include "store/query.h"

#include <string.h>

#include "store/driver.h"

#define ROWS_FIRST 16

enum rc query_one(struct tx *tx, const struct query *query, const struct value *in, struct value *out, struct err *err)
{
	marks_note(tx, query);
	return tx->driver->one(tx, query, in, out, err);
}

enum rc query_many(struct tx *tx, const struct query *query, const struct value *in, size_t max, struct value **ret,
                   size_t *ret_n, struct err *err)
{
	marks_note(tx, query);
	return tx->driver->many(tx, query, in, max, ret, ret_n, err);
}

enum rc query_exec(struct tx *tx, const struct query *query, const struct value *in, int64_t *ret_changed,
                   struct err *err)
{
	marks_note(tx, query);
	return tx->driver->exec(tx, query, in, ret_changed, err);
}

enum rc query_batch(struct tx *tx, const struct query *query, size_t n, const struct value *in, struct value *out,
                    bool *found, struct err *err)
{
	if (n == 0)
		return RC_OK;
	marks_note(tx, query);
	return tx->driver->batch(tx, query, n, in, out, found, err);
}

enum rc query_check(struct store *store, const struct query *query, struct err *err)
{
	return store->driver->check(store, query, err);
}

enum rc query_no_room(const struct query *query, struct err *err)
{
	enum rc rc = FAIL(err, RC_LIMIT, "Data yang diminta terlalu banyak");
	err_detail(err, "%s: transaction arena is full", query_name(query));
	return rc;
}

enum rc rows_next(struct tx *tx, struct rows *rows, const struct query *query, struct value **ret, struct err *err)
{
	if (rows->n == rows->max) {
		enum rc rc = FAIL(err, RC_LIMIT, "Data yang diminta terlalu banyak");
		err_detail(err, "%s: more than %zu rows", query_name(query), rows->max);
		return rc;
	}
	if (rows->n == rows->cap) {
		size_t cap = rows->cap ? rows->cap * 2 : ROWS_FIRST;
		struct value *more = arena_array(&tx->arena, cap, rows->columns * sizeof *more);
		if (!more)
			return query_no_room(query, err);
		if (rows->n)
			memcpy(more, rows->at, rows->n * rows->columns * sizeof *more);
		rows->at = more;
		rows->cap = cap;
	}
	*ret = rows->at + rows->n++ * rows->columns;
	return RC_OK;
}

enum rc value_copy(struct tx *tx, const struct query *query, const void *at, size_t n, struct value *ret,
                   struct err *err)
{
	*ret = (struct value){.s = arena_str(&tx->arena, str_from(n ? at : "", n))};
	return ret->s.at ? RC_OK : query_no_room(query, err);
}

enum rc fail_absent(const struct query *query, struct err *err)
{
	enum rc rc = FAIL(err, RC_ABSENT, "Data tidak ada");
	err_detail(err, "%s: no row", query_name(query));
	return rc;
}

enum rc fail_not_single(const struct query *query, struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Isi basis data tidak seperti yang diharapkan");
	err_detail(err, "%s: more than one row", query_name(query));
	return rc;
}

enum rc fail_null(const struct query *query, size_t column, struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Isi basis data tidak seperti yang diharapkan");
	err_detail(err, "%s: column %zu is NULL", query_name(query), column + 1);
	return rc;
}

enum rc fail_type(const struct query *query, size_t column, struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Isi basis data tidak seperti yang diharapkan");
	err_detail(err, "%s: column %zu has another type", query_name(query), column + 1);
	return rc;
}

enum rc fail_shape(const struct query *query, size_t params, size_t columns, struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Kueri tidak cocok dengan basis data");
	err_detail(err, "%s: the engine sees %zu parameters and %zu columns, we %zu and %zu", query_name(query), params,
	           columns, strlen(query->params), strlen(query->columns));
	return rc;
}
