/* SPDX-License-Identifier: EUPL-1.2
 * journal/order.h - what comes before what, for qsort. */
#pragma once
#include "base/base.h"

static inline int order_ints(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static inline int order_texts(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.at, b.at, n) : 0;
	return order ? order : order_ints((int64_t)a.n, (int64_t)b.n);
}
