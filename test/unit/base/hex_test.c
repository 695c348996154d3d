/* SPDX-License-Identifier: EUPL-1.2
 * Base16 and base64: the vectors of RFC 4648, and everything that is neither. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* RFC 4648 10 */
static const struct {
	const char *bytes, *hex, *b64, *url;
} vectors[] = {
        {"", "", "", ""},
        {"f", "66", "Zg==", "Zg"},
        {"fo", "666f", "Zm8=", "Zm8"},
        {"foo", "666f6f", "Zm9v", "Zm9v"},
        {"foob", "666f6f62", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "666f6f6261", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "666f6f626172", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xfb\xff\xbf", "fbffbf", "+/+/", "-_-_"},
};

static void writing(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(vectors); i++) {
		BUF_AUTO b = BUF(200);
		hex_add(&b, str_c(vectors[i].bytes));
		assert_true(str_eq(buf_str(&b), str_c(vectors[i].hex)));
		buf_clear(&b);
		base64_add(&b, str_c(vectors[i].bytes));
		assert_true(str_eq(buf_str(&b), str_c(vectors[i].b64)));
		buf_clear(&b);
		base64url_add(&b, str_c(vectors[i].bytes));
		assert_true(str_eq(buf_str(&b), str_c(vectors[i].url)));
	}
}

static void reading(void **state)
{
	(void)state;
	unsigned char out[8];
	size_t n;
	for (size_t i = 0; i < LEN(vectors); i++) {
		size_t want = strlen(vectors[i].bytes);
		assert_int_equal(hex_read(str_c(vectors[i].hex), out, want), RC_OK);
		assert_memory_equal(out, vectors[i].bytes, want);
		assert_int_equal(base64_read(str_c(vectors[i].b64), out, want, &n), RC_OK); /* room for exactly that */
		assert_int_equal(n, want);
		assert_memory_equal(out, vectors[i].bytes, want);
		assert_int_equal(base64url_read(str_c(vectors[i].url), out, want, &n), RC_OK);
		assert_int_equal(n, want);
	}
	assert_int_equal(hex_read(S("0aFf"), out, 2), RC_OK);
	assert_int_equal(out[1], 0xff);
	assert_int_equal(base64_read((struct str){NULL, 0}, out, 8, &n), RC_OK);
	assert_int_equal(n, 0);
}

static void what_is_refused(void **state)
{
	(void)state;
	unsigned char out[64];
	size_t n;
	static const char *const hex[] = {"0", "0g", "0a0", " 0a", "0x"};
	static const char *const b64[] = {"Zg", "Zg=", "Zg===", "Zm9", "Z===", "====", "Zm 9v", "Zm9v\n", "-_-_", "Zh==", "Zm9="};
	static const char *const url[] = {"Zg==", "+/+/", "Z", "Zh", "Zm9", "Zm9v Zm9v", "Zm9v="};
	for (size_t i = 0; i < LEN(hex); i++)
		assert_int_equal(hex_read(str_c(hex[i]), out, strlen(hex[i]) / 2), RC_INVALID);
	for (size_t i = 0; i < LEN(b64); i++)
		if (base64_read(str_c(b64[i]), out, sizeof out, &n) != RC_INVALID)
			fail_msg("%s was read as base64", b64[i]);
	for (size_t i = 0; i < LEN(url); i++)
		if (base64url_read(str_c(url[i]), out, sizeof out, &n) != RC_INVALID)
			fail_msg("%s was read as base64url", url[i]);
	assert_int_equal(base64_read(S("Zm9vYmFyZm9v"), out, 2, &n), RC_LIMIT);
}

static void one_byte_too_many_is_a_limit(void **state)
{
	(void)state;
	unsigned char out[8];
	size_t n;
	for (size_t max = 0; max < 6; max++) {
		assert_int_equal(base64_read(S("Zm9vYmFy"), out, max, &n), RC_LIMIT);
		assert_int_equal(base64url_read(S("Zm9vYmFy"), out, max, &n), RC_LIMIT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(writing),
	        cmocka_unit_test(reading),
	        cmocka_unit_test(what_is_refused),
	        cmocka_unit_test(one_byte_too_many_is_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
