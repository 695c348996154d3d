/* SPDX-License-Identifier: EUPL-1.2
 * What a proxy's header says of a client certificate: whatever comes, none or one, and its
 * fingerprint read again is the same. */
#include <assert.h>

#include "http/client_cert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void header(struct str s)
{
	struct arena arena;
	struct fingerprint one, again;
	arena_init(&arena, 1 << 20);
	enum rc rc = client_cert_read(s, &arena, &one);
	assert(rc == RC_OK || !one.is);
	if (one.is) {
		assert(client_cert_read(str_c(fingerprint_text(&one).z), &arena, &again) == RC_OK);
		assert(fingerprint_eq(&one, &again));
	}
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	header(s);
	return 0;
}
