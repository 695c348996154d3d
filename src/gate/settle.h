/* SPDX-License-Identifier: EUPL-1.2
 * gate/settle.h - what became of a COMMIT that went out and of which nobody has heard
 * (DESIGN 9, decision 0043). */
#pragma once
#include "gate/call.h"

/* Look, until a moment on the steady clock, whether the last entry of that tray stands in the
 * journal, in a transaction that writes.
 * RC_OK      it does: the tray is durable, wherever a commit has to be
 * RC_ABSENT  it does not and never will: nothing happened, it may walk again
 * RC_BROKEN  it cannot be known in time */
MUST_USE enum rc settle(struct gate *gate, const struct journal_mark *mark, int64_t until_us, struct err *err);
