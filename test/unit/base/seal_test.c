/* SPDX-License-Identifier: EUPL-1.2
 * Sealing: opens with the same key in the same place, and with nothing else. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct secret key;

static int make_key(void **state)
{
	(void)state;
	if (secret_new(&key, SEAL_KEY_SIZE, NULL) != RC_OK)
		return -1;
	secret_random(key.at, key.n);
	return 0;
}

static int free_key(void **state)
{
	(void)state;
	secret_free(&key);
	return 0;
}

static void opens_again(void **state)
{
	(void)state;
	const struct str plains[] = {S("3304060101909999"), S(""), {NULL, 0}, S("a\0b")};
	for (size_t i = 0; i < LEN(plains); i++) {
		BUF_AUTO sealed = BUF(256), out = BUF(256);
		buf_addz(&out, "<");
		seal_add(&sealed, &key, plains[i], S("debt/7"));
		assert_true(buf_ok(&sealed));
		assert_int_equal(sealed.n, plains[i].n + SEAL_OVERHEAD);
		assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S("debt/7"), NULL), RC_OK);
		assert_true(str_eq(str_sub(buf_str(&out), 1, out.n), plains[i]));
	}
}

static void shows_nothing_and_never_the_same(void **state)
{
	(void)state;
	BUF_AUTO one = BUF(256), two = BUF(256);
	seal_add(&one, &key, S("3304060101909999"), S("a"));
	seal_add(&two, &key, S("3304060101909999"), S("a"));
	assert_null(memmem(one.at, one.n, "3304060101909999", 16));
	assert_int_equal(one.n, two.n);
	assert_memory_not_equal(one.at, two.at, 24);
	assert_memory_not_equal(one.at + 24, two.at + 24, 16);
}

/* Every altered byte, every cut, another place, another key. */
static void opens_with_nothing_else(void **state)
{
	(void)state;
	struct err err;
	BUF_AUTO sealed = BUF(256), out = BUF(256);
	seal_add(&sealed, &key, S("rahasia"), S("totp/17"));
	for (size_t i = 0; i < sealed.n; i++) {
		sealed.at[i] ^= 1;
		assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S("totp/17"), &err), RC_REFUSED);
		sealed.at[i] ^= 1;
		assert_int_equal(seal_open(&out, &key, str_sub(buf_str(&sealed), 0, i), S("totp/17"), &err), RC_REFUSED);
	}
	assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S("totp/18"), &err), RC_REFUSED);
	assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S(""), &err), RC_REFUSED);
	key.at[31] ^= 1;
	assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S("totp/17"), &err), RC_REFUSED);
	key.at[31] ^= 1;
	assert_int_equal(out.n, 0);
	assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S("totp/17"), &err), RC_OK);
}

static void keeps_ceilings(void **state)
{
	(void)state;
	struct err err;
	BUF_AUTO small = BUF(SEAL_OVERHEAD + 6), sealed = BUF(256), out = BUF(6);
	seal_add(&small, &key, S("rahasia"), S(""));
	assert_false(buf_ok(&small));
	seal_add(&sealed, &key, S("rahasia"), S(""));
	assert_int_equal(seal_open(&out, &key, buf_str(&sealed), S(""), &err), RC_LIMIT);
	assert_false(buf_ok(&out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_again),
		cmocka_unit_test(shows_nothing_and_never_the_same),
		cmocka_unit_test(opens_with_nothing_else),
		cmocka_unit_test(keeps_ceilings),
	};
	return cmocka_run_group_tests(tests, make_key, free_key);
}
