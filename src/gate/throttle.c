/* SPDX-License-Identifier: EUPL-1.2
 * gate/throttle.c - see throttle.h. */
#include "gate/throttle.h"

#include <sodium.h>
#include <sys/socket.h>

#include "gate/throttle.sql.h"

#define V6_NETWORK 8 /* bytes: a /64 is one subscriber, who may take any address in it */

static void mix(crypto_generichash_state *h, struct str part)
{
	unsigned char n[4] = {(unsigned char)part.n, (unsigned char)(part.n >> 8), (unsigned char)(part.n >> 16), 0};
	crypto_generichash_update(h, n, sizeof n);
	if (part.n)
		crypto_generichash_update(h, (const unsigned char *)part.at, part.n);
}

struct throttle_bucket throttle_bucket(struct str key, struct str user_id, const struct addr *peer, struct str device)
{
	struct throttle_bucket bucket;
	crypto_generichash_state h;
	char lower[64];
	size_t n = user_id.n < sizeof lower ? user_id.n : sizeof lower;
	for (size_t i = 0; i < n; i++)
		lower[i] = (char)(user_id.at[i] >= 'A' && user_id.at[i] <= 'Z' ? user_id.at[i] + 32 : user_id.at[i]);
	crypto_generichash_init(&h, (const unsigned char *)key.at, key.n, THROTTLE_BUCKET);
	mix(&h, (struct str){lower, n});
	mix(&h, device);
	if (!device.at)
		mix(&h, (struct str){(const char *)peer->at, peer->family == AF_INET6 ? V6_NETWORK : sizeof peer->at});
	crypto_generichash_final(&h, bucket.at, THROTTLE_BUCKET);
	return bucket;
}

static struct str bucket_str(const struct throttle_bucket *bucket)
{
	return (struct str){(const char *)bucket->at, THROTTLE_BUCKET};
}

int64_t throttle_wait_after(int64_t failures)
{
	if (failures < THROTTLE_FREE)
		return 0;
	int64_t doublings = failures - THROTTLE_FREE;
	return doublings >= 10 ? THROTTLE_WAIT_MAX_S : INT64_C(1) << doublings;
}

enum rc throttle_wait(struct tx *tx, const struct throttle_bucket *bucket, int64_t now_us, int64_t *ret_s, struct err *err)
{
	struct sql_throttle_find row;
	enum rc rc = sql_throttle_find(tx, (struct sql_throttle_find_in){.bucket = bucket_str(bucket)}, &row, err);
	*ret_s = 0;
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	int64_t since = now_us - row.last_us;
	int64_t wait = throttle_wait_after(row.failures);
	if (since > THROTTLE_FORGET_US || since < -THROTTLE_WAIT_MAX_S * US_PER_S)
		return RC_OK;
	int64_t left_us = wait * US_PER_S - (since > 0 ? since : 0);
	*ret_s = left_us > 0 ? (left_us + US_PER_S - 1) / US_PER_S : 0;
	return RC_OK;
}

enum rc throttle_failed(struct tx *tx, const struct throttle_bucket *bucket, int64_t now_us, struct err *err)
{
	return sql_throttle_fail(tx,
	                         (struct sql_throttle_fail_in){.bucket = bucket_str(bucket),
	                                                       .now_us = now_us,
	                                                       .forget_us = now_us - THROTTLE_FORGET_US},
	                         NULL, err);
}

enum rc throttle_passed(struct tx *tx, const struct throttle_bucket *bucket, struct err *err)
{
	return sql_throttle_clear(tx, (struct sql_throttle_clear_in){.bucket = bucket_str(bucket)}, NULL, err);
}

enum rc throttle_sweep(struct tx *tx, int64_t now_us, struct err *err)
{
	return sql_throttle_sweep(tx, (struct sql_throttle_sweep_in){.forget_us = now_us - THROTTLE_FORGET_US}, NULL, err);
}
