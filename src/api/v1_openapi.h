/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_openapi.h - GET /api/v1/openapi.json: the interface in its formal form. The
 * document is written in parts, src/api/openapi/, which tools/mkopenapi puts together. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc v1_openapi(struct visit *v, struct err *err);
