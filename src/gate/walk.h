/* SPDX-License-Identifier: EUPL-1.2
 * gate/walk.h - one tray, from BEGIN to the last answer. */
#pragma once
#include "gate/call.h"

/* The tray's `walk`: arg is the gate. */
void walk_tray(void *arg, struct tray_item **items, size_t n);
