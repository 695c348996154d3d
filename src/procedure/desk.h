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
	bool two_persons; /* office.two_persons */
};
static inline struct day desk_today(const struct desk *desk)
{
	return day_of_us(desk->now_us);
}
/* An attempt: what is done between the two is undone together unless rc is RC_OK. The
 * words of `err` survive. */
MUST_USE static inline enum rc desk_attempt(const struct desk *desk, struct err *err)
{
	return tx_savepoint(desk->tx, err);
}
MUST_USE static inline enum rc desk_settle(const struct desk *desk, enum rc rc, struct err *err)
{
	struct err why = {0};
	enum rc ended = rc == RC_OK ? tx_release(desk->tx, &why) : tx_undo(desk->tx, &why);
	if (ended != RC_OK)
		*err = why;
	return ended;
}
