/* SPDX-License-Identifier: EUPL-1.2
 * store/driver_postgres.c - the scale-out engine behind store/driver.h. */
#include "store/driver.h"

static enum rc postgres_open(const char *url, struct store **ret, struct err *err)
{
	(void)url;
	(void)ret;
	return FAIL(err, RC_BROKEN, "PostgreSQL belum tersedia");
}

const struct driver driver_postgres = {.scheme = "postgres://", .open = postgres_open};
