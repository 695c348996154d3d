/* SPDX-License-Identifier: EUPL-1.2
 * gate/stranger.h - what comes from an address and is no good: wrong secrets, unknown
 * tokens, the same refusal all day. Counted under a word of its own (gate/throttle.h); past
 * the first few, for a while, nothing of it is written any more, neither count nor entry. */
#pragma once
#include "gate/visit.h"

/* `word` as no user id could be ("\ntoken"). *ret_wait_s 0: counted, and to be journaled;
 * otherwise how long nothing is. */
MUST_USE enum rc stranger_count(struct visit *v, struct str word, int64_t *ret_wait_s, struct err *err);
