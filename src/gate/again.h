/* SPDX-License-Identifier: EUPL-1.2
 * gate/again.h - a call whose tray came to nothing through no fault of its own, before it
 * walks once more (decision 0043). For the files of gate.
 *
 * What may be walked again: every page and inquiry but those of routes with slow work, whose
 * `slow` has put something into v->own that the page may have used up, and errands, whose
 * owners keep state of their own and come again by themselves. What a page leaves in the
 * memory of the visit stays there unused until the answer. */
#pragma once
#include "gate/call.h"

#define AGAIN_WALKS_MAX 3 /* of one call, the first included */
bool again_may(const struct call *call);
/* As it was when it was put on the tray. */
void again_make(struct call *call);
