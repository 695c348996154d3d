/* SPDX-License-Identifier: EUPL-1.2
 * Fingerprints as people copy them, and that nothing is no match for nothing. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define PLAIN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define COLONS                                                                                                                     \
	"00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"

static void both_spellings_are_read(void **state)
{
	(void)state;
	struct fingerprint a, b;
	assert_int_equal(fingerprint_from_str(S(PLAIN), &a), RC_OK);
	assert_int_equal(fingerprint_from_str(S(COLONS), &b), RC_OK);
	assert_true(fingerprint_eq(&a, &b));
	assert_string_equal(fingerprint_text(&b).z, PLAIN);
	assert_int_equal(a.at[31], 0xff);
}

static void nothing_else_is_one(void **state)
{
	(void)state;
	static const char *const wrong[] = {
	        "",
	        "0011",
	        PLAIN "0",
	        COLONS ":",
	        ":" COLONS,
	        "g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
	        "0:011:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
	        "00-11-22-33-44-55-66-77-88-99-AA-BB-CC-DD-EE-FF-00-11-22-33-44-55-66-77-88-99-AA-BB-CC-DD-EE-FF",
	};
	for (size_t i = 0; i < LEN(wrong); i++) {
		struct fingerprint f = {.is = true};
		assert_int_equal(fingerprint_from_str(str_c(wrong[i]), &f), RC_INVALID);
		assert_false(f.is);
		assert_string_equal(fingerprint_text(&f).z, "");
	}
}

static void nothing_matches_nothing(void **state)
{
	(void)state;
	struct fingerprint none = {0}, zero = {.is = true}, one = {.is = true, .at = {[31] = 1}};
	assert_false(fingerprint_eq(&none, &none));
	assert_false(fingerprint_eq(&none, &zero));
	assert_true(fingerprint_eq(&zero, &zero));
	assert_false(fingerprint_eq(&zero, &one));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(both_spellings_are_read),
	        cmocka_unit_test(nothing_else_is_one),
	        cmocka_unit_test(nothing_matches_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
