/* SPDX-License-Identifier: EUPL-1.2
 * web/alarm_band.h - a journal that a check found not whole, told above every page of the
 * provider's people until a later check finds it whole. */
#pragma once
#include "gate/visit.h"

/* Writes nothing for others, and when there is none. RC_BROKEN: the office cannot be read. */
MUST_USE enum rc alarm_band_write(struct visit *v, struct buf *out, struct err *err);
