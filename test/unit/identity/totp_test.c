/* SPDX-License-Identifier: EUPL-1.2
 * One-time codes, the parts without a store: the test vectors of RFC 6238 and RFC 4648,
 * half minutes, and what an authenticator app scans. */
#include "identity/totp.h"

#include "identity/principal.h"
#include "identity/user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const unsigned char rfc_secret[TOTP_SECRET_SIZE + 1] = "12345678901234567890";

/* RFC 6238 appendix B, SHA-1; its codes have eight digits, ours are the last six. */
static void codes_are_those_of_the_rfc(void **state)
{
	(void)state;
	static const struct {
		int64_t seconds;
		const char *code;
	} vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
	               {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
	for (size_t i = 0; i < LEN(vectors); i++) {
		char code[TOTP_DIGITS + 1];
		assert_int_equal(totp_code(rfc_secret, totp_step(vectors[i].seconds * US_PER_S), code, NULL), RC_OK);
		assert_string_equal(code, vectors[i].code);
	}
}

static void a_step_is_half_a_minute(void **state)
{
	(void)state;
	assert_int_equal(totp_step(0), 0);
	assert_int_equal(totp_step(30 * US_PER_S - 1), 0);
	assert_int_equal(totp_step(30 * US_PER_S), 1);
}

static void base32_is_that_of_the_rfc(void **state)
{
	(void)state;
	char text[TOTP_SECRET_TEXT];
	unsigned char all[TOTP_SECRET_SIZE];
	totp_base32(rfc_secret, text);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	memset(all, 0xff, sizeof all);
	totp_base32(all, text);
	assert_string_equal(text, "77777777777777777777777777777777");
	totp_base32((const unsigned char *)"foobafoobafoobafooba", text); /* RFC 4648 10 */
	assert_string_equal(text, "MZXW6YTBMZXW6YTBMZXW6YTBMZXW6YTB");
}

static void the_uri_holds_everything_and_fits(void **state)
{
	(void)state;
	char base32[TOTP_SECRET_TEXT], uri[TOTP_URI_SIZE];
	char longest[USER_ID_MAX];
	totp_base32(rfc_secret, base32);
	totp_uri(S("operator1"), base32, uri);
	assert_string_equal(uri, "otpauth://totp/Padan:operator1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Padan");
	memset(longest, 'a', sizeof longest);
	totp_uri(str_from(longest, sizeof longest), base32, uri);
	assert_non_null(strstr(uri, "&issuer=Padan"));
}

static void roles_of_the_setting(void **state)
{
	(void)state;
	unsigned roles = 9;
	struct err err = {0};
	assert_int_equal(roles_from_text(S(""), &roles, &err), RC_OK);
	assert_int_equal(roles, 0);
	assert_int_equal(roles_from_text(S("admin, kepala"), &roles, &err), RC_OK);
	assert_int_equal(roles, ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_KEPALA));
	assert_int_equal(roles_from_text(S("admin,chief"), &roles, &err), RC_INVALID);
	assert_non_null(strstr(err.what, "'chief'"));
	assert_int_equal(roles_from_text(S("service"), &roles, &err), RC_INVALID); /* a program has no telephone */
	assert_int_equal(roles_from_text(S("admin,,"), &roles, &err), RC_INVALID);
}

static void how_far_a_password_opens(void **state)
{
	(void)state;
	unsigned heads = ROLE_BIT(ROLE_KEPALA);
	assert_int_equal(user_stage(ROLE_OPERATOR, 0, heads), STAGE_OPEN);
	assert_int_equal(user_stage(ROLE_OPERATOR, 1, heads), STAGE_CODE);
	assert_int_equal(user_stage(ROLE_KEPALA, 0, heads), STAGE_ENROL);
	assert_int_equal(user_stage(ROLE_KEPALA, 1, heads), STAGE_CODE);
	assert_int_equal(user_stage(ROLE_KEPALA, 0, 0), STAGE_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(codes_are_those_of_the_rfc),  cmocka_unit_test(a_step_is_half_a_minute),
	        cmocka_unit_test(base32_is_that_of_the_rfc),   cmocka_unit_test(the_uri_holds_everything_and_fits),
	        cmocka_unit_test(roles_of_the_setting),        cmocka_unit_test(how_far_a_password_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
