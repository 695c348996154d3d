/* SPDX-License-Identifier: EUPL-1.2
 * web/remark.c - see remark.h. */
#include "web/remark.h"

struct str remark_of(struct visit *v, const struct remark *rows)
{
	struct str key = http_query(v->rq, "catatan");
	for (; rows->key; rows++)
		if (str_eq(key, str_c(rows->key)))
			return str_c(rows->text);
	return S("");
}
