/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_usage.h - GET /api/v1/pemakaian: how much the agency asked, by day, method and
 * outcome, as the journal has it (P8). */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc v1_usage(struct visit *v, struct err *err);
MUST_USE enum rc v1_usage_after(struct visit *v, struct err *err);
