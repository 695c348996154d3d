/* SPDX-License-Identifier: EUPL-1.2
 * api/json_shape.h - how deep and how large a JSON text would become, before a parser makes
 * it so. Pure. */
#pragma once
#include "base/base.h"

/* Not a parser: of a text that is no JSON it says anything, but it never counts fewer levels
 * or members than jansson would make. */
bool json_shape_fits(struct str json, int depth_max, int members_max);
