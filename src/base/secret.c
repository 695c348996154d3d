/* SPDX-License-Identifier: EUPL-1.2
 * base/secret.c - see secret.h. */
#include "base/secret.h"

#include <assert.h>
#include <sodium.h>

enum rc secret_new(struct secret *ret, size_t n, struct err *err)
{
	if (sodium_init() < 0)
		return FAIL(err, RC_BROKEN, "pustaka kriptografi tidak siap");
	ret->at = sodium_malloc(n);
	ret->n = ret->at ? n : 0;
	return ret->at ? RC_OK : FAIL(err, RC_BROKEN, "memori terkunci tidak cukup");
}

enum rc secret_copy(struct secret *ret, struct str bytes, struct err *err)
{
	TRY(secret_new(ret, bytes.n, err));
	if (bytes.n)
		memcpy(ret->at, bytes.at, bytes.n);
	return RC_OK;
}

void secret_free(struct secret *secret)
{
	sodium_free(secret->at);
	*secret = (struct secret){0};
}

void secret_wipe(void *at, size_t n)
{
	sodium_memzero(at, n);
}

void secret_random(void *at, size_t n)
{
	int ready = sodium_init();
	assert(ready >= 0); /* without the kernel's generator nothing here is safe */
	(void)ready;
	randombytes_buf(at, n);
}
