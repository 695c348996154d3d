/* SPDX-License-Identifier: EUPL-1.2
 * Tokens of forms, device cookies, routes: what is forged is not believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "gate/csrf.h"
#include "gate/device.h"
#include "gate/route.h"
#include "gate/throttle.h"

static const char key_a[32] = "0123456789abcdef0123456789abcde", key_b[32] = "1123456789abcdef0123456789abcde";
#define KEY(k) ((struct str){k, 32})

static void a_token_holds_for_its_key_alone(void **state)
{
	(void)state;
	char token[CSRF_TOKEN_TEXT + 1], other[CSRF_TOKEN_TEXT + 1];
	csrf_make(KEY(key_a), token);
	csrf_make(KEY(key_a), other);
	assert_string_not_equal(token, other); /* masked anew */
	assert_true(csrf_is_valid(KEY(key_a), str_c(token)));
	assert_true(csrf_is_valid(KEY(key_a), str_c(other)));
	assert_false(csrf_is_valid(KEY(key_b), str_c(token)));
	assert_false(csrf_is_valid(KEY(key_a), (struct str){NULL, 0}));
	assert_false(csrf_is_valid(KEY(key_a), str_sub(str_c(token), 0, CSRF_TOKEN_TEXT - 1)));
}

static void no_changed_character_passes(void **state)
{
	(void)state;
	char token[CSRF_TOKEN_TEXT + 1];
	csrf_make(KEY(key_a), token);
	for (int i = 0; i < CSRF_TOKEN_TEXT - 1; i++) { /* the last character carries 4 unused bits */
		char kept = token[i];
		token[i] = kept == 'A' ? 'B' : 'A';
		assert_false(csrf_is_valid(KEY(key_a), str_c(token)));
		token[i] = kept;
	}
}

static void a_device_cookie_belongs_to_one_user(void **state)
{
	(void)state;
	char cookie[DEVICE_TEXT + 1];
	device_make(KEY(key_a), 7, cookie);
	assert_true(device_is_of(KEY(key_a), 7, str_c(cookie)));
	assert_false(device_is_of(KEY(key_a), 8, str_c(cookie)));
	assert_false(device_is_of(KEY(key_b), 7, str_c(cookie)));
	assert_false(device_is_of(KEY(key_a), 7, S("")));
}

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const struct route routes[] = {
	{.method = HTTP_GET, .path = "/a"},
	{.method = HTTP_POST, .path = "/a", .body_max = 10},
	{.method = HTTP_GET, .path = "/aset/*"},
	{0},
};

static void a_route_is_found_by_method_and_path(void **state)
{
	(void)state;
	int status = 0;
	assert_ptr_equal(route_find(routes, HTTP_GET, S("/a"), &status), &routes[0]);
	assert_ptr_equal(route_find(routes, HTTP_HEAD, S("/a"), &status), &routes[0]);
	assert_ptr_equal(route_find(routes, HTTP_POST, S("/a"), &status), &routes[1]);
	assert_ptr_equal(route_find(routes, HTTP_GET, S("/aset/x.css"), &status), &routes[2]);
	assert_null(route_find(routes, HTTP_POST, S("/aset/x.css"), &status));
	assert_int_equal(status, 405);
	assert_null(route_find(routes, HTTP_GET, S("/a/"), &status));
	assert_int_equal(status, 404);
}

static void waits_grow_and_stay_bounded(void **state)
{
	(void)state;
	assert_int_equal(throttle_wait_after(0), 0);
	assert_int_equal(throttle_wait_after(THROTTLE_FREE - 1), 0);
	assert_int_equal(throttle_wait_after(THROTTLE_FREE), 1);
	assert_int_equal(throttle_wait_after(THROTTLE_FREE + 3), 8);
	assert_int_equal(throttle_wait_after(INT64_MAX), THROTTLE_WAIT_MAX_S);
	for (int64_t f = 1; f < 40; f++)
		assert_true(throttle_wait_after(f) >= throttle_wait_after(f - 1));
}

static void buckets_keep_devices_and_addresses_apart(void **state)
{
	(void)state;
	struct addr one, two;
	assert_int_equal(addr_from_str(S("192.0.2.1"), &one), RC_OK);
	assert_int_equal(addr_from_str(S("192.0.2.2"), &two), RC_OK);
	struct str none = {NULL, 0};
	struct throttle_bucket a = throttle_bucket(KEY(key_a), S("operator1"), &one, none);
	struct throttle_bucket same = throttle_bucket(KEY(key_a), S("OPERATOR1"), &one, none);
	struct throttle_bucket elsewhere = throttle_bucket(KEY(key_a), S("operator1"), &two, none);
	struct throttle_bucket device = throttle_bucket(KEY(key_a), S("operator1"), &one, S("d"));
	struct throttle_bucket device_elsewhere = throttle_bucket(KEY(key_a), S("operator1"), &two, S("d"));
	assert_memory_equal(a.at, same.at, THROTTLE_BUCKET);
	assert_memory_not_equal(a.at, elsewhere.at, THROTTLE_BUCKET);
	assert_memory_not_equal(a.at, device.at, THROTTLE_BUCKET);
	assert_memory_equal(device.at, device_elsewhere.at, THROTTLE_BUCKET);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_holds_for_its_key_alone),
		cmocka_unit_test(no_changed_character_passes),
		cmocka_unit_test(a_device_cookie_belongs_to_one_user),
		cmocka_unit_test(a_route_is_found_by_method_and_path),
		cmocka_unit_test(waits_grow_and_stay_bounded),
		cmocka_unit_test(buckets_keep_devices_and_addresses_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
