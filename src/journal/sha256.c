/* SPDX-License-Identifier: EUPL-1.2
 * journal/sha256.c - see sha256.h. What fits the stack goes through the one-shot
 * call, which needs no context from the heap; only a very long text is streamed. */
#include "journal/sha256.h"

#include <assert.h>
#include <errno.h>
#include <gnutls/crypto.h>
#include <unistd.h>

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

static enum rc hash_fd(gnutls_hash_hd_t hash, int fd, struct err *err)
{
	char at[1 << 14];
	for (;;) {
		ssize_t n = read(fd, at, sizeof at);
		if (n == 0)
			return RC_OK;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || gnutls_hash(hash, at, (size_t)n) != 0)
			return FAIL(err, RC_BROKEN, "berkas tidak dapat dibaca");
	}
}

enum rc sha256_fd(int fd, unsigned char ret[SHA256_SIZE], struct err *err)
{
	gnutls_hash_hd_t hash;
	int failed = gnutls_hash_init(&hash, GNUTLS_DIG_SHA256);
	assert(failed == 0);
	enum rc rc = hash_fd(hash, fd, err);
	gnutls_hash_deinit(hash, ret);
	return rc;
}
