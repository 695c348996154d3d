/* SPDX-License-Identifier: EUPL-1.2
 * sheet/unicode.h - the bytes of a text file as UTF-8. */
#pragma once
#include "base/base.h"

/* `file` without its mark: a view of it, or of `arena` when it was UTF-16.
 * RC_INVALID  neither UTF-8 nor UTF-16 with a mark; or a NUL in it, which no text has
 * RC_BROKEN   memory */
MUST_USE enum rc unicode_read(struct str file, struct arena *arena, struct str *ret, struct err *err);
/* Appends the character (not a surrogate, at most U+10FFFF) as UTF-8; returns its bytes, up to 4. */
size_t unicode_put(char *out, uint32_t c);
