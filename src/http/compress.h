/* SPDX-License-Identifier: EUPL-1.2
 * http/compress.h - gzip of an answer, in memory that is wiped afterwards. */
#pragma once
#include "base/base.h"

#define COMPRESS_MIN 200 /* smaller bodies gain nothing */

/* Append the gzip form of `s` to `out`. RC_LIMIT: it would not be smaller than
 * `s`, or memory ran out; `out` is then to be thrown away. */
MUST_USE enum rc compress_gzip(struct str s, struct buf *out);
