/* SPDX-License-Identifier: EUPL-1.2
 * gate/walk.h - one tray, from BEGIN to the last answer. */
#pragma once
#include "gate/call.h"

/* The tray's `walk`: arg is the gate. */
void walk_tray(void *arg, struct tray_item **items, size_t n);
/* See visit_early() in gate/early.h: `step` inside an errand, if this visitor comes as far
 * as the page would. Nothing of an answer that was drawn is left. */
typedef enum rc walk_step(struct visit *v, void *arg, struct err *err);
struct walk_early {
	struct call *call;
	walk_step *step;
	void *arg;
	bool entered;
};
MUST_USE enum rc walk_early(struct walk_early *early, struct tx *tx, int64_t now_us, struct err *err);
