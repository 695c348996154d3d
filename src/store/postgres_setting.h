/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_setting.h - how the server is set. For driver_postgres.c alone. */
#pragma once
#include "store/postgres_pool.h"

/* As store_setting() in store.h. */
MUST_USE enum rc postgres_setting(struct store *store, const char *name, char out[STORE_SETTING_MAX], struct err *err);
