/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_point.c - see postgres_point.h. Naming a moment needs a right that an
 * ordinary role does not have (GRANT EXECUTE ON FUNCTION pg_create_restore_point); the
 * place in the log can be told to anybody. */
#include "store/postgres_point.h"

#include <stdio.h>

#include "store/postgres_wait.h"

static bool ask(struct connection *c, const char *sql, const char *name, char place[32])
{
	bool sent = PQsendQueryParams(c->pg, sql, name != NULL, NULL, &name, NULL, NULL, 0);
	PGresult *result = sent ? postgres_last(c) : NULL;
	bool told = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
	if (told)
		snprintf(place, 32, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	return told;
}

enum rc postgres_restore_point(struct store *store, const char *name, char out[STORE_POINT_MAX], struct err *err)
{
	struct connection *c;
	char place[32];
	TRY(postgres_pool_take(store, NULL, postgres_begin_until(NULL), &c, err));
	bool named = ask(c, "SELECT pg_create_restore_point($1)", name, place);
	bool told = named || ask(c, "SELECT pg_current_wal_lsn()", NULL, place);
	postgres_pool_give(c);
	if (!told)
		return FAIL(err, RC_BROKEN, "Tempat pada log basis data tidak dapat diketahui");
	if (named)
		snprintf(out, STORE_POINT_MAX, "%s (%s)", name, place);
	else
		snprintf(out, STORE_POINT_MAX, "%s", place);
	return RC_OK;
}
