/* SPDX-License-Identifier: EUPL-1.2
 * gate/walk.h - one tray, from BEGIN to the last answer. */
#pragma once
#include "gate/call.h"

/* The tray's `walk`: arg is the gate. */
void walk_tray(void *arg, struct tray_item **items, size_t n);
/* For work before the tray that a stranger must not cause: would this visitor come as far
 * as the page now, and who is he (0: nobody)? Everything is asked that the tray asks of a
 * page. Inside an errand; nothing of the answer that was drawn is left. */
struct walk_welcome {
	bool enters;
	int64_t user;
};
MUST_USE enum rc walk_would_enter(struct call *call, struct tx *tx, int64_t now_us, struct walk_welcome *ret, struct err *err);
