/* SPDX-License-Identifier: EUPL-1.2
 * http/path.h - the path of a request, decoded once and refused when two readers
 * could understand it differently. */
#pragma once
#include "base/base.h"

/* RC_INVALID: does not begin with '/', a broken escape, an encoded '/', not UTF-8,
 * control characters, a backslash, '#', "//", a "." or ".." segment.
 * RC_LIMIT: the arena is full. */
MUST_USE enum rc path_from_raw(struct str raw, struct arena *arena, struct str *ret);
/* Of a path that was refused: what stands before the first byte that is not plain
 * (A-Z a-z 0-9 / - . _), for telling which door it knocked at and nothing else. */
struct str path_plain_part(struct str raw);
