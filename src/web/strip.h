/* SPDX-License-Identifier: EUPL-1.2
 * web/strip.h - the state strip: quota, agreement, kejadian and what data balikan is owed,
 * in sight on every page of someone who belongs to an instansi. */
#pragma once
#include "gate/owed.h"

/* Writes nothing for the provider's people. RC_BROKEN: the office cannot be read. */
MUST_USE enum rc strip_write(struct visit *v, const struct gate_owed *owed, struct buf *out, struct err *err);
/* The quota cell alone, sent beside a fresh answer. left < 0: without limit;
 * limit == 0: not known. */
void strip_quota_write(struct buf *out, int64_t left, int64_t limit);
/* The cell of what is owed alone, sent when something was told. */
void strip_owed_write(struct visit *v, const struct gate_owed *owed, struct buf *out);
