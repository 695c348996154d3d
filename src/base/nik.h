/* SPDX-License-Identifier: EUPL-1.2
 * base/nik.h - Nomor Induk Kependudukan and Nomor Kartu Keluarga, once parsed.
 *
 * PPKKCC DDMMYY SSSS (DOMAIN 3). Sixteen digits do not fit a double from
 * province 91 on (2^53), so they live in int64 and never anywhere else.
 * Being well formed says nothing about the person: old regions, wrong dates and
 * sex mismatches are legal. Only what can never have been issued is refused. */
#pragma once
#include "base/str.h"

struct nik {
	int64_t n; /* 0: none */
};

/* Why digits are not a NIK; the portal turns it into a hint drawn from the
 * typed digits alone. Order is the order of checking. */
enum nik_flaw {
	NIK_FLAW_NONE,
	NIK_FLAW_LENGTH,   /* not 16 characters */
	NIK_FLAW_DIGIT,    /* something else than digits */
	NIK_FLAW_PROVINCE, /* never an issued province code, historic ones included */
	NIK_FLAW_KAB,      /* kabupaten/kota 00 */
	NIK_FLAW_KEC,      /* kecamatan 00 */
	NIK_FLAW_DAY,      /* not 01-31 or 41-71 */
	NIK_FLAW_MONTH,    /* not 01-12 */
	NIK_FLAW_DATE,     /* a day no year allows for that month */
	NIK_FLAW_SERIAL    /* 0000 */
};

/* Sixteen digits, nothing else. RC_INVALID fills *ret_flaw (NULL allowed). */
MUST_USE enum rc nik_from_str(struct str s, struct nik *ret, enum nik_flaw *ret_flaw);
/* The same check on a number as stored or as a JSON integer. */
enum nik_flaw nik_check(int64_t n);
/* 16 digits, any date: a family card carries the date of registration. */
MUST_USE enum rc kk_from_str(struct str s, int64_t *ret);
/* The portal lets people type blanks, dots and dashes between groups
 * (DOMAIN 3). Writes what is left, at most `max` bytes, and returns its length;
 * other characters stay, so that the check above can name them. */
size_t nik_strip(struct str typed, char *out, size_t max);
/* Does a NIK or a KK stand in a free text? Sixteen digits with nothing but blanks, dots and
 * dashes between them do; with other signs that are no letters, when they could be one. */
bool nik_stands_in(struct str text);

struct nik_text {
	char z[20];
};
struct nik_text nik_digits(struct nik nik);  /* 3304130101909999 */
struct nik_text nik_grouped(struct nik nik); /* 330413 010190 9999 */
struct nik_text nik_masked(struct nik nik);  /* 330413 ****** **99: for pages that only recognise */

static inline int nik_region(struct nik nik) /* PPKKCC */
{
	return (int)(nik.n / INT64_C(10000000000));
}
static inline int nik_serial(struct nik nik)
{
	return (int)(nik.n % 10000);
}
