/* SPDX-License-Identifier: EUPL-1.2
 * journal/sha256.h - SHA-256 (FIPS 180-4), through the fastest library at hand.
 *
 * GnuTLS hashes through nettle, which uses the processor's SHA instructions:
 * 0.24 us for a typical line where libsodium's portable code takes 1.1 us. The
 * journal hashes each entry twice, so here it counts. */
#pragma once
#include "base/base.h"

#define SHA256_SIZE 32

/* The hash of the parts, one after another. Cannot fail. */
void sha256(const struct str *parts, size_t n, unsigned char ret[SHA256_SIZE]);
/* Of a file, from where it stands to its end. RC_BROKEN: it cannot be read. */
MUST_USE enum rc sha256_fd(int fd, unsigned char ret[SHA256_SIZE], struct err *err);
