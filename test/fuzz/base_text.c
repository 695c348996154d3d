/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes through base: NIK, numbers, days, hex and base64; what is read is
 * written back the same, what is escaped is text. */
#include "base/base.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void digits(struct str s)
{
	struct nik nik;
	struct day day;
	enum nik_flaw flaw;
	char typed[20];
	int64_t number;
	if (nik_from_str(s, &nik, &flaw) == RC_OK)
		assert(flaw == NIK_FLAW_NONE && str_eq(s, str_c(nik_digits(nik).z)) && nik_check(nik.n) == NIK_FLAW_NONE);
	if (kk_from_str(s, &number) == RC_OK)
		assert(s.n == 16);
	if (day_from_str(s, &day) == RC_OK)
		assert(str_eq(s, str_c(day_iso(day).z)));
	assert(nik_strip(s, typed, sizeof typed) <= sizeof typed);
	if (str_int(s, INT64_MIN, INT64_MAX, &number) == RC_OK) {
		BUF_AUTO text = BUF(32);
		int64_t again;
		buf_add_int(&text, number);
		assert(str_int(buf_str(&text), number, number, &again) == RC_OK);
	}
}

static void codings(struct str s)
{
	unsigned char bytes[256];
	size_t n;
	BUF_AUTO text = BUF(1000);
	if (base64_read(s, bytes, sizeof bytes, &n) == RC_OK) {
		base64_add(&text, str_from((const char *)bytes, n));
		assert(str_eq(buf_str(&text), s));
	}
	buf_clear(&text);
	if (s.n < 400) {
		hex_add(&text, s);
		unsigned char back[400];
		assert(hex_read(buf_str(&text), back, s.n) == RC_OK && (s.n == 0 || memcmp(back, s.at, s.n) == 0));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	BUF_AUTO json = BUF(n * 6 + 2);
	buf_add_json(&json, s);
	assert(buf_ok(&json) && str_is_text(buf_str(&json)));
	digits(s);
	codings(s);
	return 0;
}
