/* SPDX-License-Identifier: EUPL-1.2
 * base/seal.c - see seal.h. */
#include "base/seal.h"

#include <assert.h>
#include <sodium.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

static_assert(NONCE + TAG == SEAL_OVERHEAD, "seal.h tells the size");
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SEAL_KEY_SIZE, "seal.h tells the size");

void seal_write(unsigned char *out, const struct secret *key, struct str plain, struct str ad)
{
	assert(key->n == SEAL_KEY_SIZE);
	secret_random(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, (const unsigned char *)plain.at, plain.n,
	                                           (const unsigned char *)ad.at, ad.n, NULL, out, key->at);
}

void seal_add(struct buf *out, const struct secret *key, struct str plain, struct str ad)
{
	if (plain.n > SIZE_MAX - SEAL_OVERHEAD)
		out->broken = true;
	if (!buf_room(out, plain.n + SEAL_OVERHEAD))
		return;
	seal_write((unsigned char *)out->at + out->n, key, plain, ad);
	out->n += plain.n + SEAL_OVERHEAD;
}

enum rc seal_open(struct buf *out, const struct secret *key, struct str sealed, struct str ad, struct err *err)
{
	assert(key->n == SEAL_KEY_SIZE);
	if (sealed.n < SEAL_OVERHEAD)
		return FAIL(err, RC_REFUSED, "Data tersegel rusak");
	size_t n = sealed.n - SEAL_OVERHEAD;
	if (!buf_room(out, n))
		return FAIL(err, RC_LIMIT, "Data tersegel terlalu besar");
	const unsigned char *from = (const unsigned char *)sealed.at;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)out->at + out->n, NULL, NULL, from + NONCE, n + TAG,
	                                               (const unsigned char *)ad.at, ad.n, from, key->at) != 0)
		return FAIL(err, RC_REFUSED, "Data tersegel tidak dapat dibuka: kunci lain, tempat lain, atau rusak");
	out->n += n;
	return RC_OK;
}
