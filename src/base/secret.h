/* SPDX-License-Identifier: EUPL-1.2
 * base/secret.h - keys in memory that is locked, guarded and wiped.
 *
 * libsodium's guarded pages: never swapped, never in a core, wiped when freed.
 * A secret is never printed; there is deliberately no function for it. */
#pragma once
#include "base/str.h"

struct secret {
	unsigned char *at;
	size_t n;
};

/* RC_BROKEN: no (lockable) memory. */
MUST_USE enum rc secret_new(struct secret *ret, size_t n, struct err *err);
/* Copies `bytes`, then the caller wipes its own. */
MUST_USE enum rc secret_copy(struct secret *ret, struct str bytes, struct err *err);
void secret_free(struct secret *secret);
static inline struct str secret_str(const struct secret *s)
{
	return (struct str){(const char *)s->at, s->n};
}
/* Wipe memory in a way no compiler removes. */
void secret_wipe(void *at, size_t n);
/* Random bytes from the kernel's generator. */
void secret_random(void *at, size_t n);
