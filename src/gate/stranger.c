/* SPDX-License-Identifier: EUPL-1.2
 * gate/stranger.c - see stranger.h. */
#include "gate/stranger.h"

#include "gate/call.h"
#include "gate/throttle.h"

enum rc stranger_count(struct visit *v, struct str word, int64_t *ret_wait_s, struct err *err)
{
	struct str key = secret_str(&v->gate->conf.key);
	struct throttle_bucket bucket = throttle_bucket(key, word, http_peer(v->rq), (struct str){NULL, 0});
	TRY(throttle_wait(v->tx, &bucket, v->now_us, ret_wait_s, err));
	return *ret_wait_s ? RC_OK : throttle_failed(v->tx, &bucket, v->now_us, err);
}
