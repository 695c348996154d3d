/* SPDX-License-Identifier: EUPL-1.2
 * gate/device.c - see device.h. */
#include "gate/device.h"

#include <sodium.h>

#include "gate/call.h"

#define DEVICE_DAYS 180

static void mac_of(struct str key, int64_t user, const unsigned char *random, unsigned char mac[DEVICE_MAC])
{
	unsigned char text[6 + 8 + DEVICE_RANDOM] = "device";
	memcpy(text + 6, &user, 8);
	memcpy(text + 14, random, DEVICE_RANDOM);
	crypto_generichash(mac, DEVICE_MAC, text, sizeof text, (const unsigned char *)key.at, key.n);
}

void device_make(struct str key, int64_t user, char out[DEVICE_TEXT + 1])
{
	unsigned char bytes[DEVICE_RANDOM + DEVICE_MAC];
	secret_random(bytes, DEVICE_RANDOM);
	mac_of(key, user, bytes, bytes + DEVICE_RANDOM);
	sodium_bin2base64(out, DEVICE_TEXT + 1, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool device_is_of(struct str key, int64_t user, struct str cookie)
{
	unsigned char bytes[DEVICE_RANDOM + DEVICE_MAC], mac[DEVICE_MAC];
	size_t n;
	if (cookie.n != DEVICE_TEXT || base64url_read(cookie, bytes, sizeof bytes, &n) != RC_OK || n != sizeof bytes)
		return false;
	mac_of(key, user, bytes, mac);
	return sodium_memcmp(mac, bytes + DEVICE_RANDOM, DEVICE_MAC) == 0;
}

void device_remember(struct visit *v, int64_t user)
{
	struct str key = secret_str(&v->gate->conf.key);
	char text[DEVICE_TEXT + 1];
	if (device_is_of(key, user, http_cookie(v->rq, COOKIE_DEVICE)))
		return;
	device_make(key, user, text);
	struct str value = arena_str(v->arena, (struct str){text, DEVICE_TEXT});
	http_set_cookie(v->rq, &v->out, COOKIE_DEVICE, value, DEVICE_DAYS * 86400);
}
