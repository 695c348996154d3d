/* SPDX-License-Identifier: EUPL-1.2
 * identity/secret_text.c - see secret_text.h. */
#include "identity/secret_text.h"

#include <sodium.h>

#define SECRET_SIZE 32

void secret_text_make(char out[SECRET_TEXT_SIZE])
{
	unsigned char bytes[SECRET_SIZE];
	secret_random(bytes, sizeof bytes);
	sodium_bin2base64(out, SECRET_TEXT_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	secret_wipe(bytes, sizeof bytes);
}

enum rc secret_key_check(struct str key, struct err *err)
{
	bool fits = key.n >= crypto_generichash_KEYBYTES && key.n <= crypto_generichash_KEYBYTES_MAX;
	return fits ? RC_OK : FAIL(err, RC_BROKEN, "kunci kantor tidak siap");
}

struct secret_hash secret_hash(struct str key, struct str secret)
{
	struct secret_hash hash;
	crypto_generichash(hash.at, sizeof hash.at, (const unsigned char *)secret.at, secret.n, (const unsigned char *)key.at,
	                   key.n);
	return hash;
}
