/* SPDX-License-Identifier: EUPL-1.2
 * base/nik.c - see nik.h. */
#include "base/nik.h"

#include <stdio.h>

#define DIGITS 16

/* Issued province codes, historic ones included (DOMAIN 3). */
static bool province_exists(int code)
{
	static const struct {
		int first, last;
	} issued[] = {{11, 21}, {31, 36}, {51, 54}, {61, 65}, {71, 76}, {81, 82}, {91, 97}};
	for (size_t i = 0; i < sizeof issued / sizeof *issued; i++)
		if (code >= issued[i].first && code <= issued[i].last)
			return true;
	return false;
}

/* The longest a month ever is: 29-02-YY passes if either century has it, and
 * year 00 does (2000), as does every YY divisible by four. */
static int month_longest(int month, int yy)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1] + (month == 2 && yy % 4 == 0);
}

enum nik_flaw nik_check(int64_t n)
{
	if (n < INT64_C(1000000000000000) || n > INT64_C(9999999999999999))
		return NIK_FLAW_LENGTH;
	int serial = (int)(n % 10000), yy = (int)(n / 10000 % 100), mm = (int)(n / 1000000 % 100);
	int dd = (int)(n / 100000000 % 100), kec = (int)(n / INT64_C(10000000000) % 100);
	int kab = (int)(n / INT64_C(1000000000000) % 100), prov = (int)(n / INT64_C(100000000000000));
	if (!province_exists(prov))
		return NIK_FLAW_PROVINCE;
	if (kab == 0)
		return NIK_FLAW_KAB;
	if (kec == 0)
		return NIK_FLAW_KEC;
	/* The range first: dd % 40 alone would let 81-99 pass. */
	if (!((dd >= 1 && dd <= 31) || (dd >= 41 && dd <= 71)))
		return NIK_FLAW_DAY;
	if (mm < 1 || mm > 12)
		return NIK_FLAW_MONTH;
	if (dd % 40 > month_longest(mm, yy))
		return NIK_FLAW_DATE;
	return serial == 0 ? NIK_FLAW_SERIAL : NIK_FLAW_NONE;
}

enum rc nik_from_str(struct str s, struct nik *ret, enum nik_flaw *ret_flaw)
{
	int64_t n = 0;
	enum nik_flaw flaw = s.n == DIGITS ? NIK_FLAW_NONE : NIK_FLAW_LENGTH;
	for (size_t i = 0; i < s.n && flaw != NIK_FLAW_DIGIT; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			flaw = NIK_FLAW_DIGIT;
	if (flaw == NIK_FLAW_NONE) {
		flaw = NIK_FLAW_PROVINCE; /* a leading zero is a province nobody issued */
		if (s.at[0] != '0' && str_int(s, 0, INT64_MAX, &n) == RC_OK)
			flaw = nik_check(n);
	}
	if (ret_flaw)
		*ret_flaw = flaw;
	if (flaw != NIK_FLAW_NONE)
		return RC_INVALID;
	ret->n = n;
	return RC_OK;
}

enum rc kk_from_str(struct str s, int64_t *ret)
{
	if (s.n != DIGITS || s.at[0] == '0')
		return RC_INVALID;
	return str_int(s, INT64_C(1000000000000000), INT64_C(9999999999999999), ret);
}

size_t nik_strip(struct str typed, char *out, size_t max)
{
	size_t n = 0;
	typed = str_trim(typed);
	for (size_t i = 0; i < typed.n && n < max; i++)
		if (!strchr(" .-", typed.at[i]) || typed.at[i] == '\0')
			out[n++] = typed.at[i];
	return n;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Any sixteen in a row of the digits between two letters that could have been issued. */
static bool nik_hides_in(struct str text)
{
	const int64_t top = INT64_C(10000000000000000); /* ten to the sixteenth */
	int64_t last = 0;
	int digits = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i];
		if (is_letter(c))
			digits = 0;
		if (c < '0' || c > '9')
			continue;
		last = (last * 10 + (c - '0')) % top;
		digits++;
		if (digits >= DIGITS && nik_check(last) == NIK_FLAW_NONE)
			return true;
	}
	return false;
}

bool nik_stands_in(struct str text)
{
	int digits = 0;
	for (size_t i = 0; i < text.n && digits < DIGITS; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (c == '\0' || !strchr(" .-", c))
			digits = 0;
	}
	return digits == DIGITS || nik_hides_in(text);
}

struct nik_text nik_digits(struct nik nik)
{
	struct nik_text t;
	snprintf(t.z, sizeof t.z, "%016lld", (long long)nik.n);
	return t;
}

struct nik_text nik_grouped(struct nik nik)
{
	struct nik_text t, d = nik_digits(nik);
	snprintf(t.z, sizeof t.z, "%.6s %.6s %.4s", d.z, d.z + 6, d.z + 12);
	return t;
}

struct nik_text nik_masked(struct nik nik)
{
	struct nik_text t, d = nik_digits(nik);
	snprintf(t.z, sizeof t.z, "%.6s ****** **%.2s", d.z, d.z + 14);
	return t;
}
