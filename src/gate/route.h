/* SPDX-License-Identifier: EUPL-1.2
 * gate/route.h - from method and path to the row that serves it. */
#pragma once
#include "gate/visit.h"

/* The row, or NULL with *ret_status 404 (no such path) or 405 (the path has rows,
 * none for this method). Routes end with a row whose path is NULL. */
const struct route *route_find(const struct route *routes, enum http_method method, struct str path, int *ret_status);
