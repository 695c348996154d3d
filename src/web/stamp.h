/* SPDX-License-Identifier: EUPL-1.2
 * web/stamp.h - the moment of a watermark as somebody reads it off a photo. */
#pragma once
#include "base/base.h"

struct stamp {
	int64_t from_us, until_us; /* the second or the minute that was read; until: no longer */
};
/* "23-11-2026 09.41.07 WIB", "23/11/2026 9:41", "2026-11-23T09:41": day first or year first
 * (the year with four digits), seconds may be missing; WIB.
 * RC_INVALID: no such moment. */
MUST_USE enum rc stamp_from_str(struct str text, struct stamp *ret);
