/* SPDX-License-Identifier: EUPL-1.2
 * The table of the web services has no hole, stays on its own side of the two doors, and
 * every refusal is JSON. */
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void every_row_is_whole(void **state)
{
	(void)state;
	size_t n = 0;
	for (const struct route *r = api_routes; r->path; r++, n++) {
		assert_true(api_owns(str_c(r->path)));
		assert_non_null(r->page);
		assert_int_equal(r->flags, ROUTE_PUBLIC); /* no session stands for a token, so no form can be forged */
		assert_int_equal(r->roles, 0);
		assert_true(r->method != HTTP_POST || (r->body_max > 0 && r->act != ACT_COUNT));
	}
	assert_true(n > 0);
}

static void no_path_stands_twice(void **state)
{
	(void)state;
	for (const struct route *a = api_routes; a->path; a++)
		for (const struct route *b = a + 1; b->path; b++)
			assert_false(a->method == b->method && strcmp(a->path, b->path) == 0);
}

static void whose_a_path_is(void **state)
{
	(void)state;
	static const char *const ours[] = {"/data_balikan", "/data_balikan/", "/databalikan/api/store", "/databalikan/x"};
	static const char *const not_ours[] = {"", "/", "/balikan", "/data_balikan2", "/databalikanx/api", "/DATABALIKAN/api"};
	for (size_t i = 0; i < LEN(ours); i++)
		assert_true(api_owns(str_c(ours[i])));
	for (size_t i = 0; i < LEN(not_ours); i++)
		assert_false(api_owns(str_c(not_ours[i])));
	assert_false(api_owns((struct str){NULL, 0}));
}

static void every_refusal_is_json(void **state)
{
	(void)state;
	static const int statuses[] = {400, 403, 404, 405, 408, 409, 413, 429, 431, 500, 503};
	for (size_t i = 0; i < LEN(statuses); i++) {
		BUF_AUTO body = BUF(4096);
		assert_string_equal(api_refuse_body(statuses[i], &body), "application/json");
		buf_addc(&body, 0);
		assert_true(buf_ok(&body));
		assert_memory_equal(body.at, "{\"message\":\"", 12);
		assert_int_equal(body.at[body.n - 2], '}');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(no_path_stands_twice),
		cmocka_unit_test(whose_a_path_is),
		cmocka_unit_test(every_refusal_is_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
