/* SPDX-License-Identifier: EUPL-1.2
 * feedback/sandbox.h - data balikan that is only rehearsed (J.II.D).
 *
 * Answered as the real one is, so that a client meets both replies: what is new is saved,
 * what was told a while ago is the same. But nobody's debt is closed, no figure moves and
 * nothing is stored: a keyed hash stays in the memory of this node for an hour, or until it
 * stops, or until others push it out. */
#pragma once
#include "feedback/record.h"

#define SANDBOX_TOLD_S 3600

/* Of n records (content must be there; kejadian_id does not count) of one instansi:
 * RECORD_SAVED or RECORD_SAME. From one thread at a time. */
MUST_USE enum rc sandbox_tell(const struct feedback *feedback, const struct record *records, size_t n, int64_t now_us,
                              enum record_fate *ret, struct err *err);
