/* SPDX-License-Identifier: EUPL-1.2
 * web/hint.h - why typed digits are no NIK, said from those digits alone (DOMAIN 2:
 * under outcome 15 nothing else may be told). */
#pragma once
#include "base/base.h"

/* `digits` is what nik_strip() left, and `flaw` what nik_from_str() said of it.
 * Writes nothing for NIK_FLAW_NONE. */
void hint_write(struct buf *out, enum nik_flaw flaw, struct str digits);
