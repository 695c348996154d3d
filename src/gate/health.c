/* SPDX-License-Identifier: EUPL-1.2
 * gate/health.c - see health.h. */
#include "gate/health.h"

#include "gate/call.h"
#include "registry/registry.h"

struct gate_health gate_health(struct visit *v)
{
	struct gate_health health = {0};
	struct err err = {0};
	struct gate *gate = v->gate;
	int64_t failed_us = gate->failed_us;
	health.disturbed = failed_us && v->now_us - failed_us < HEALTH_MEMORY_US;
	if (registry_as_of(gate->conf.registry, &health.registry, &err) != RC_OK) {
		health.registry = (struct day){0};
		health.disturbed = true;
	}
	return health;
}
