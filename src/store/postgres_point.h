/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_point.h - a moment in the write-ahead log by name. For driver_postgres.c alone. */
#pragma once
#include "store/postgres_pool.h"

/* As store_restore_point() in store.h. */
MUST_USE enum rc postgres_restore_point(struct store *store, const char *name, char out[STORE_POINT_MAX], struct err *err);
