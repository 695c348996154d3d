/* SPDX-License-Identifier: EUPL-1.2
 * procedure/desk.h - what a request is worked on with: the transaction, the parsed
 * agreements, the office key and the moment. Borrowed, for one call. */
#pragma once
#include "agreement/agreement.h"
#include "base/base.h"
#include "store/store.h"

struct desk {
	struct tx *tx;
	struct agreement *agreement;
	const struct secret *key; /* for base/seal.h */
	int64_t now_us;
};
static inline struct day desk_today(const struct desk *desk)
{
	return day_of_us(desk->now_us);
}
