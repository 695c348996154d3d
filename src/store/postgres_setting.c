/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_setting.c - see postgres_setting.h. Asked on a connection of the pool, so that what a
 * database or a role has of its own is in it; reading needs no right. */
#include "store/postgres_setting.h"

#include <stdio.h>

#include "store/postgres_wait.h"

enum rc postgres_setting(struct store *store, const char *name, char out[STORE_SETTING_MAX], struct err *err)
{
	struct connection *c;
	TRY(postgres_pool_take(store, NULL, postgres_begin_until(NULL), &c, err));
	bool sent = PQsendQueryParams(c->pg, "SELECT current_setting($1, true)", 1, NULL, &name, NULL, NULL, 0);
	PGresult *result = sent ? postgres_last(c) : NULL;
	bool told = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
	bool known = told && !PQgetisnull(result, 0, 0);
	if (known)
		snprintf(out, STORE_SETTING_MAX, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	postgres_pool_give(c);
	if (!told)
		return FAIL(err, RC_BROKEN, "Setelan peladen basis data tidak dapat diketahui");
	return known ? RC_OK : FAIL(err, RC_ABSENT, "Peladen tidak mengenal setelan itu");
}
