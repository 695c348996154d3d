/* SPDX-License-Identifier: EUPL-1.2
 * web/incident_band.h - the clock of an incident (P2.2g): above every page of the provider's
 * people and of the head it concerns, as long as somebody is still to be told. */
#pragma once
#include "gate/visit.h"
#include "procedure/incident.h"

MUST_USE enum rc incident_band_write(struct visit *v, struct buf *out, struct err *err);
/* "sisa 41 jam 12 menit", "lewat 3 jam 5 menit". */
struct str incident_left(struct arena *arena, const struct incident *incident, int64_t now_us);
/* "lembaga dan subjek data": who is still to be told; "" nobody. */
struct str incident_untold(const struct incident *incident);
