/* SPDX-License-Identifier: EUPL-1.2
 * journal/ref.h - references: entry numbers as people write and read them aloud.
 *
 * "7K2M-94QX" is forty bits in Crockford's base32: the entry number (6 bits of
 * log, 34 bits of place) through a keyed permutation, so that neighbours look
 * unrelated and nobody can count inquiries by comparing two slips. */
#pragma once
#include "journal/journal.h"

#define REF_BITS 40
#define REF_KEY 32

/* 0 <= number < 2^40. */
struct ref_text ref_of(const unsigned char key[REF_KEY], int64_t number);
/* Lower case, blanks and dashes are accepted; I and L read as 1, O as 0.
 * RC_INVALID: not eight characters of the alphabet. */
MUST_USE enum rc ref_read(const unsigned char key[REF_KEY], struct str text, int64_t *ret_number);
/* `n` characters for the highest 5n bits of `bits`, left-aligned in 64. */
void ref_base32(uint64_t bits, size_t n, char *out);
