/* SPDX-License-Identifier: EUPL-1.2
 * http/percent.h - percent-encoding undone, once (RFC 3986 2.1). */
#pragma once
#include "base/base.h"

/* Decode into `out`, which has room for s.n bytes (it may be s.at itself);
 * `plus` turns '+' into a blank (forms, queries). RC_INVALID: '%' without two hex digits. */
MUST_USE enum rc percent_decode(struct str s, bool plus, char *out, size_t *ret_n);
