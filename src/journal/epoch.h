/* SPDX-License-Identifier: EUPL-1.2
 * journal/epoch.h - the months whose NIK hashes share a key.
 *
 * An epoch is a WIB calendar month, written YYYYMM as a number (202611) and
 * YYYY-MM as text. NIK hash = BLAKE2b-128 of the sixteen digits, keyed with the
 * 32 bytes of the epoch's key. Whoever has the key can try every NIK there is;
 * whoever has not, and once it is destroyed that is everybody, can match none. */
#pragma once
#include "base/base.h"

#define EPOCH_KEY 32
#define NIK_HASH 16

int epoch_of_us(int64_t us);
/* The first moment after the epoch. */
int64_t epoch_end_us(int epoch);
struct epoch_text {
	char z[16];
};
struct epoch_text epoch_text(int epoch); /* "2026-11" */
/* "YYYY-MM" exactly, years 1800-2199. */
MUST_USE enum rc epoch_from_str(struct str s, int *ret);
void epoch_nik_hash(const unsigned char key[EPOCH_KEY], struct nik nik, unsigned char ret[NIK_HASH]);
