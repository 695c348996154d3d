/* SPDX-License-Identifier: EUPL-1.2
 * gate/share.h - nobody takes all the places there are for slow work.
 *
 * Argon2 runs for whoever asks, two at a time, and few may wait for it. One address
 * (of IPv6 the /64) holds at most SHARE_MAX of those places, so that a flood of
 * sign-ins from one of them leaves the others theirs. Programs have places apart from those
 * of people: an agency's program and its people come from one address. Addresses are counted by keyed
 * hash in a fixed table: two that meet in one slot share its places. */
#pragma once
#include <stdatomic.h>

#include "base/base.h"

#define SHARE_MAX 8
#define SHARE_SLOTS 1024

struct share {
	_Atomic int held[2 * SHARE_SLOTS]; /* of people and of programs, side by side */
};

/* Take a place for `peer`; *ret_slot is what share_give() wants.
 * RC_LIMIT: it holds SHARE_MAX already; nothing was taken. */
MUST_USE enum rc share_take(struct share *share, struct str key, const struct addr *peer, bool program, int *ret_slot);
void share_give(struct share *share, int slot);
