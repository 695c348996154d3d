/* SPDX-License-Identifier: EUPL-1.2
 * gate/health.h - whether this Padan can answer, as it may be told to anybody. (How the
 * machine fares is gate/probe.h, for those who run it.) */
#pragma once
#include "gate/visit.h"

#define HEALTH_MEMORY_US (60 * US_PER_S) /* so long a tray that failed counts as a disturbance */

struct gate_health {
	bool disturbed;      /* a tray failed just now, or the population data cannot be read */
	struct day registry; /* the day the data stands for; n == 0: it cannot be read */
};
/* Within the tray; reads one row of the registry. */
struct gate_health gate_health(struct visit *v);
