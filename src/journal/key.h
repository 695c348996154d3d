/* SPDX-License-Identifier: EUPL-1.2
 * journal/key.h - keys that lie in the database wrapped under the master key.
 *
 * Wrapped: 24 bytes of nonce, then XChaCha20-Poly1305 of the 32 key bytes, with
 * the key's name as associated data, so that no row can stand in for another.
 * Names: "epoch/2026-11" (shared by all nodes), "ref", "slip", "sign/0" (one per
 * log: the seed of its Ed25519 pair). */
#pragma once
#include "base/base.h"

#define KEY_SIZE 32
#define KEY_WRAPPED 72

struct tx;
struct key_name {
	char z[24];
};
struct key_name key_name_epoch(int epoch);
struct key_name key_name_sign(int log_id);

/* RC_REFUSED: wrapped under another master key, or under another name. */
MUST_USE enum rc key_unwrap(const struct secret *master, const char *name, struct str wrapped, unsigned char ret[KEY_SIZE],
                            struct err *err);
/* The wrapped key of that name, made now if there is none.
 * RC_ABSENT: it was destroyed. */
MUST_USE enum rc key_find_or_make(struct tx *tx, const struct secret *master, const char *name, int64_t now_us,
                                  struct str *ret_wrapped, struct err *err);
/* RC_ABSENT: never made, or destroyed. */
MUST_USE enum rc key_find(struct tx *tx, const char *name, struct str *ret_wrapped, struct err *err);
