/* SPDX-License-Identifier: EUPL-1.2
 * Secrets: made, copied, freed, wiped; random bytes that differ. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/embed.h"

EMBED(sample, "test/unit/base/embedded.txt");

static void made_and_freed(void **state)
{
	(void)state;
	struct secret secret;
	struct err err;
	assert_int_equal(secret_new(&secret, 32, &err), RC_OK);
	assert_int_equal(secret.n, 32);
	memset(secret.at, 7, 32);
	secret_free(&secret);
	assert_null(secret.at);
	assert_int_equal(secret.n, 0);
	secret_free(&secret); /* twice is fine */
	assert_int_equal(secret_copy(&secret, S("kunci"), &err), RC_OK);
	assert_true(str_eq(secret_str(&secret), S("kunci")));
	secret_free(&secret);
	assert_int_equal(secret_copy(&secret, (struct str){NULL, 0}, &err), RC_OK);
	assert_int_equal(secret.n, 0);
	secret_free(&secret);
}

static void wiped(void **state)
{
	(void)state;
	char bytes[] = "rahasia", zero[sizeof bytes] = {0};
	secret_wipe(bytes, sizeof bytes);
	assert_memory_equal(bytes, zero, sizeof bytes);
}

static void random_bytes_differ(void **state)
{
	(void)state;
	unsigned char a[32] = {0}, b[32] = {0};
	secret_random(a, sizeof a);
	secret_random(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
}

static void a_data_file_inside_the_program(void **state)
{
	(void)state;
	assert_true(str_eq(EMBEDDED(sample), S("satu\ndua\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(made_and_freed),
	        cmocka_unit_test(wiped),
	        cmocka_unit_test(random_bytes_differ),
	        cmocka_unit_test(a_data_file_inside_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
