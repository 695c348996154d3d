/* SPDX-License-Identifier: EUPL-1.2
 * journal/sha256.c - see sha256.h. What fits the stack goes through the one-shot
 * call, which needs no context from the heap; only a very long text is streamed. */
#include "journal/sha256.h"

#include <assert.h>
#include <gnutls/crypto.h>

#define ONE_SHOT_MAX 4608

static size_t total(const struct str *parts, size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += parts[i].n;
	return sum;
}

static void one_shot(const struct str *parts, size_t n, unsigned char *ret)
{
	unsigned char all[ONE_SHOT_MAX];
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n)
			memcpy(all + used, parts[i].at, parts[i].n);
		used += parts[i].n;
	}
	int rc = gnutls_hash_fast(GNUTLS_DIG_SHA256, all, used, ret);
	assert(rc == 0); /* fails only for an algorithm the library does not have */
	(void)rc;
}

static void streamed(const struct str *parts, size_t n, unsigned char *ret)
{
	gnutls_hash_hd_t hash;
	int rc = gnutls_hash_init(&hash, GNUTLS_DIG_SHA256);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = gnutls_hash(hash, parts[i].at, parts[i].n);
	assert(rc == 0);
	gnutls_hash_deinit(hash, ret);
}

void sha256(const struct str *parts, size_t n, unsigned char ret[SHA256_SIZE])
{
	if (total(parts, n) <= ONE_SHOT_MAX)
		one_shot(parts, n, ret);
	else
		streamed(parts, n, ret);
}
