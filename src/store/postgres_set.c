/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_set.c - see postgres_set.h. Both forms are the server's binary ones
 * (array_recv of its sources; "COPY", File Formats, of its manual). */
#include "store/postgres_set.h"

#include <endian.h>
#include <limits.h>
#include <string.h>

#include "base/secret.h"

/* Type OIDs are part of the protocol's stable catalogue (pg_type.dat). */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define OID_BYTEA_ARRAY 1001
#define OID_TEXT_ARRAY 1009
#define OID_INT8_ARRAY 1016

static bool is_integer(char type)
{
	return (type | 0x20) == 'i';
}

Oid set_oid(char type)
{
	return is_integer(type) ? OID_INT8 : (type | 0x20) == 't' ? OID_TEXT : OID_BYTEA;
}

Oid set_array_oid(char type)
{
	return is_integer(type) ? OID_INT8_ARRAY : (type | 0x20) == 't' ? OID_TEXT_ARRAY : OID_BYTEA_ARRAY;
}

static void put_32(struct buf *out, uint32_t n)
{
	uint32_t wire = htobe32(n);
	buf_add(out, str_from((const char *)&wire, sizeof wire));
}

/* Its length, and it; an absent one is a length of -1. */
static void put_value(struct buf *out, char type, const struct value *v)
{
	uint64_t integer = htobe64((uint64_t)v->i);
	struct str bytes = is_integer(type) ? str_from((const char *)&integer, sizeof integer) : v->s;
	if (v->null) {
		put_32(out, UINT32_MAX);
		return;
	}
	if (bytes.n > INT_MAX) {
		out->broken = true;
		return;
	}
	put_32(out, (uint32_t)bytes.n);
	if (bytes.n)
		buf_add(out, bytes);
}

static void put_array(struct buf *out, char type, const struct value *in, size_t step, size_t n)
{
	put_32(out, 1); /* dimension */
	put_32(out, type < 'a');
	put_32(out, set_oid(type));
	put_32(out, (uint32_t)n);
	put_32(out, 1); /* the first is number 1 */
	for (size_t i = 0; i < n; i++)
		put_value(out, type, &in[i * step]);
}

enum rc set_fill(struct sent *ret, const struct query *query, const struct value *in, size_t n, struct buf *arrays, struct err *err)
{
	size_t begins[QUERY_FIELDS_MAX + 1], params = strlen(query->params);
	buf_clear(arrays);
	for (size_t i = 0; i < params; i++) {
		begins[i] = arrays->n;
		put_array(arrays, query->params[i], in + i, params, n);
	}
	begins[params] = arrays->n;
	if (!buf_ok(arrays) || arrays->n > INT_MAX)
		return query_no_room(query, err);
	ret->n = (int)params;
	for (size_t i = 0; i < params; i++) {
		ret->at[i] = arrays->at + begins[i];
		ret->length[i] = (int)(begins[i + 1] - begins[i]);
		ret->binary[i] = 1;
	}
	return RC_OK;
}

enum rc set_copy_rows(const struct query *query, const struct value *in, size_t n, struct buf *out, struct err *err)
{
	static const char head[] = "PGCOPY\n\377\r\n"; /* and its final NUL */
	size_t params = strlen(query->params);
	uint16_t columns = htobe16((uint16_t)params), end = UINT16_MAX;
	buf_clear(out);
	buf_add(out, str_from(head, sizeof head));
	put_32(out, 0); /* flags */
	put_32(out, 0); /* no extension */
	for (size_t i = 0; i < n; i++) {
		buf_add(out, str_from((const char *)&columns, sizeof columns));
		for (size_t k = 0; k < params; k++)
			put_value(out, query->params[k], &in[i * params + k]);
	}
	buf_add(out, str_from((const char *)&end, sizeof end));
	return buf_ok(out) && out->n <= INT_MAX ? RC_OK : query_no_room(query, err);
}

void set_forget(struct buf *arrays)
{
	if (arrays->n)
		secret_wipe(arrays->at, arrays->n);
	buf_clear(arrays);
}
