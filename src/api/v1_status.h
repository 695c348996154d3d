/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_status.h - GET /api/v1/status: does the service answer, and when will it not (I5.5).
 * Whoever shows a token also reads how his own agency stands; a stranger reads of none. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc v1_status(struct visit *v, struct err *err);
