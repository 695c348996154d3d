/* SPDX-License-Identifier: EUPL-1.2
 * The client certificate in a proxy's header: three forms, one fingerprint. The bytes
 * need not be a certificate for that; "abc" has a SHA-256 that everybody knows. */
#include "http/client_cert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static enum rc read_header(struct str header, struct fingerprint *ret)
{
	struct arena arena;
	arena_init(&arena, 65536);
	enum rc rc = client_cert_read(header, &arena, ret);
	arena_free(&arena);
	return rc;
}

static void three_forms_are_read(void **state)
{
	(void)state;
	static const char *const forms[] = {
	        ABC,
	        " " ABC "\t",
	        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
	        ":YWJj:",
	        "-----BEGIN%20CERTIFICATE-----%0AYWJj%0A-----END%20CERTIFICATE-----%0A",
	        "-----BEGIN CERTIFICATE-----%0AYW%0AJj%0A-----END CERTIFICATE-----",
	        "-----BEGIN CERTIFICATE----- YW Jj -----END CERTIFICATE-----",
	        /* a chain: its own stands first */
	        "-----BEGIN%20CERTIFICATE-----%0AYWJj%0A-----END%20CERTIFICATE-----%0A"
	        "-----BEGIN%20CERTIFICATE-----%0AAAAA%0A-----END%20CERTIFICATE-----",
	};
	for (size_t i = 0; i < LEN(forms); i++) {
		struct fingerprint f;
		assert_int_equal(read_header(str_c(forms[i]), &f), RC_OK);
		assert_string_equal(fingerprint_text(&f).z, ABC);
	}
}

static void blank_is_none(void **state)
{
	(void)state;
	const struct str blanks[] = {S(""), S("  "), {NULL, 0}};
	for (size_t i = 0; i < LEN(blanks); i++) {
		struct fingerprint f = {.is = true};
		assert_int_equal(read_header(blanks[i], &f), RC_OK);
		assert_false(f.is);
	}
}

static void nonsense_is_none_of_them(void **state)
{
	(void)state;
	static const char *const wrong[] = {
	        "-",
	        "(null)",
	        "YWJj",
	        ":YWJj",
	        "::",
	        ":YW-j:",
	        ABC "00",
	        "-----BEGIN CERTIFICATE-----",
	        "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
	        "-----BEGIN CERTIFICATE-----YWJj",
	        "-----BEGIN CERTIFICATE-----%zzYWJj-----END CERTIFICATE-----",
	        "-----BEGIN PRIVATE KEY-----YWJj-----END PRIVATE KEY-----",
	};
	for (size_t i = 0; i < LEN(wrong); i++) {
		struct fingerprint f;
		assert_int_equal(read_header(str_c(wrong[i]), &f), RC_INVALID);
		assert_false(f.is);
	}
}

static void more_than_a_certificate_is_refused(void **state)
{
	(void)state;
	struct fingerprint f;
	BUF_AUTO text = BUF(65536);
	buf_addc(&text, ':');
	for (int i = 0; i < CLIENT_CERT_DER_MAX / 3 + 2; i++)
		buf_addz(&text, "YWJj");
	buf_addc(&text, ':');
	assert_int_equal(read_header(buf_str(&text), &f), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(three_forms_are_read),
	        cmocka_unit_test(blank_is_none),
	        cmocka_unit_test(nonsense_is_none_of_them),
	        cmocka_unit_test(more_than_a_certificate_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
