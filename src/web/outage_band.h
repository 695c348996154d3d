/* SPDX-License-Identifier: EUPL-1.2
 * web/outage_band.h - planned outages, told on every page to those they concern: from
 * OUTAGE_NOTICE_US before one begins until it is over. */
#pragma once
#include "gate/visit.h"

/* Writes nothing when there is none. RC_BROKEN: the office cannot be read. */
MUST_USE enum rc outage_band_write(struct visit *v, struct buf *out, struct err *err);
/* "26-11-2026 22.00 sampai 23.30 WIB", with both days where it ends on another one. */
struct str outage_span(struct arena *arena, int64_t begin_us, int64_t end_us);
