/* SPDX-License-Identifier: EUPL-1.2
 * gate/throttle.h - slowing a guesser down without locking anybody out.
 *
 * Failures are counted in buckets. A browser that has signed in as this user id
 * before carries a device cookie and has a bucket of its own, so a stranger's
 * failures never touch it. Browsers without one share a bucket per user id and
 * address (of IPv6 the /64: whoever has one address of it has all), so that neither
 * one guesser in a post stops his colleagues (all of them come from one address,
 * DESIGN 9) nor one address another's. Who stands outside every allow-list is counted
 * by his address, whomever he claims to be (gate/login.c). Fewer than THROTTLE_FREE
 * failures cost nothing; that many cost a second, and each further one doubles the
 * wait, up to THROTTLE_WAIT_MAX_S. What comes during the wait is refused unread and
 * does not lengthen it. A success clears the bucket; so does THROTTLE_FORGET_US of
 * quiet. */
#pragma once
#include "base/base.h"

struct tx;

#define THROTTLE_FREE 5
#define THROTTLE_WAIT_MAX_S 900
#define THROTTLE_FORGET_US (INT64_C(3600) * US_PER_S)
#define THROTTLE_BUCKET 16

struct throttle_bucket {
	unsigned char at[THROTTLE_BUCKET];
};
/* `device` absent: a browser we do not know. `user_id` may be anything typed. */
struct throttle_bucket throttle_bucket(struct str key, struct str user_id, const struct addr *peer, struct str device);
/* Seconds this bucket must still wait; 0: go ahead. A clock that stepped back
 * never makes the wait longer than THROTTLE_WAIT_MAX_S. */
MUST_USE enum rc throttle_wait(struct tx *tx, const struct throttle_bucket *bucket, int64_t now_us, int64_t *ret_s,
                               struct err *err);
MUST_USE enum rc throttle_failed(struct tx *tx, const struct throttle_bucket *bucket, int64_t now_us, struct err *err);
MUST_USE enum rc throttle_passed(struct tx *tx, const struct throttle_bucket *bucket, struct err *err);
MUST_USE enum rc throttle_sweep(struct tx *tx, int64_t now_us, struct err *err);
/* The wait after so many failures, in seconds. */
int64_t throttle_wait_after(int64_t failures);
