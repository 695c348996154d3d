/* SPDX-License-Identifier: EUPL-1.2
 * identity/secret_text.h - the secrets that programs send: 32 random bytes as base64url,
 * and the keyed hash that stands for one in the store. For this room alone.
 *
 * The hash is taken over the text as it is sent, so that no two texts stand for the same
 * secret, and every ask costs one hash and one look-up, whatever is wrong with it. */
#pragma once
#include "base/base.h"

#define SECRET_TEXT_SIZE 48 /* with the NUL */
#define SECRET_HASH_SIZE 32

struct secret_hash {
	unsigned char at[SECRET_HASH_SIZE];
};
void secret_text_make(char out[SECRET_TEXT_SIZE]);
/* RC_BROKEN: it is no key for secret_hash(). */
MUST_USE enum rc secret_key_check(struct str key, struct err *err);
struct secret_hash secret_hash(struct str key, struct str secret);
static inline struct str secret_hash_str(const struct secret_hash *hash)
{
	return (struct str){(const char *)hash->at, sizeof hash->at};
}
