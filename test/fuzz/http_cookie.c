/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a Cookie and an Accept-Encoding header: what is found lies inside and
 * holds cookie octets only. */
#include "http/accept.h"
#include "http/cookie.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str header = {(const char *)data, n};
	struct str value = cookie_find(header, S("__Host-"), S("s"));
	if (value.at)
		assert(value.at >= header.at && value.at + value.n <= header.at + n && cookie_octets(value));
	assert(accept_encodings(header) <= (ACCEPT_GZIP | ACCEPT_BR));
	return 0;
}
