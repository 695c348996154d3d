/* SPDX-License-Identifier: EUPL-1.2
 * gate/device.h - the cookie by which a browser shows that it has signed in as this
 * user id before. It opens nothing; it only keeps a stranger's failures from being
 * counted against the owner (gate/throttle.h). Nothing is stored: 16 random bytes
 * and a MAC over them and the user id. */
#pragma once
#include "gate/visit.h"

#define COOKIE_DEVICE "perangkat"
#define DEVICE_RANDOM 16
#define DEVICE_MAC 16
#define DEVICE_TEXT 43

/* DEVICE_TEXT characters and a NUL. */
void device_make(struct str key, int64_t user, char out[DEVICE_TEXT + 1]);
/* Is the cookie one of ours, for this user? */
bool device_is_of(struct str key, int64_t user, struct str cookie);
/* Set the cookie on the answer, unless this browser has it. */
void device_remember(struct visit *v, int64_t user);
