/* SPDX-License-Identifier: EUPL-1.2
 * gate/csrf.c - see csrf.h. */
#include "gate/csrf.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

static void mac_of(struct str key, unsigned char mac[CSRF_MAC])
{
	static const unsigned char label[] = "padan csrf";
	assert(key.n == 32);
	crypto_generichash(mac, CSRF_MAC, label, sizeof label - 1, (const unsigned char *)key.at, key.n);
}

void csrf_make(struct str key, char out[CSRF_TOKEN_TEXT + 1])
{
	unsigned char token[2 * CSRF_MAC], mac[CSRF_MAC];
	mac_of(key, mac);
	secret_random(token, CSRF_MAC);
	for (size_t i = 0; i < CSRF_MAC; i++)
		token[CSRF_MAC + i] = token[i] ^ mac[i];
	sodium_bin2base64(out, CSRF_TOKEN_TEXT + 1, token, sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool csrf_is_valid(struct str key, struct str token)
{
	unsigned char bytes[2 * CSRF_MAC], mac[CSRF_MAC];
	size_t n;
	if (token.n != CSRF_TOKEN_TEXT || base64url_read(token, bytes, sizeof bytes, &n) != RC_OK || n != sizeof bytes)
		return false;
	mac_of(key, mac);
	for (size_t i = 0; i < CSRF_MAC; i++)
		bytes[CSRF_MAC + i] ^= bytes[i];
	return sodium_memcmp(bytes + CSRF_MAC, mac, CSRF_MAC) == 0;
}

void csrf_key_of_cookie(struct str gate_key, struct str cookie, unsigned char out[32])
{
	crypto_generichash(out, 32, (const unsigned char *)(cookie.at ? cookie.at : ""), cookie.n,
	                   (const unsigned char *)gate_key.at, gate_key.n);
}

bool csrf_origin_is_ours(const struct http_request *rq, struct str ours)
{
	struct str origin = http_header(rq, "Origin");
	if (origin.at && ours.n)
		return str_ieq(origin, ours);
	if (origin.at) {
		struct str scheme = http_is_tls(rq) ? S("https://") : S("http://");
		return str_starts(origin, scheme) && str_ieq(str_sub(origin, scheme.n, origin.n), http_header(rq, "Host"));
	}
	struct str site = http_header(rq, "Sec-Fetch-Site");
	return !site.at || str_eq(site, S("same-origin")) || str_eq(site, S("none"));
}
