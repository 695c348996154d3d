/* SPDX-License-Identifier: EUPL-1.2
 * base/seal.h - bytes that only a key opens, and only in their own place.
 *
 * XChaCha20-Poly1305 with a random nonce: 24 bytes of nonce, the ciphertext, 16 of
 * tag. The associated data `ad` says where the bytes belong ("totp/17"): it is not
 * stored, and what was sealed for one row does not open in another. Lengths show;
 * nothing else does. */
#pragma once
#include "base/buf.h"
#include "base/secret.h"

#define SEAL_KEY_SIZE 32
#define SEAL_OVERHEAD 40

/* Append the sealed form of `plain`: plain.n + SEAL_OVERHEAD bytes. `out` is sticky as
 * ever. The key has SEAL_KEY_SIZE bytes (asserted). */
void seal_add(struct buf *out, const struct secret *key, struct str plain, struct str ad);
/* The same into memory of the caller's: plain.n + SEAL_OVERHEAD bytes. */
void seal_write(unsigned char *out, const struct secret *key, struct str plain, struct str ad);
/* Append what was sealed; after a failure `out` holds no byte of it.
 * RC_REFUSED: another key, another place, or altered bytes. RC_LIMIT: it does not
 * fit below the ceiling of `out`, which is broken then. */
MUST_USE enum rc seal_open(struct buf *out, const struct secret *key, struct str sealed, struct str ad, struct err *err);
