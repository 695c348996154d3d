/* SPDX-License-Identifier: EUPL-1.2
 * The table of the web services has no hole, stays on its own side of the two doors, and
 * every refusal is JSON. */
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define KNOWN                                                                                                                      \
	(unsigned)(ROUTE_PUBLIC | ROUTE_PROGRAM | ROUTE_ANY_CASE | ROUTE_BEARER | ROUTE_BEARER_MAY | ROUTE_ENDED | ROUTE_DEBT |    \
	           ROUTE_SANDBOX)

static void every_row_is_whole(void **state)
{
	(void)state;
	size_t n = 0;
	for (const struct route *r = api_routes; r->path; r++, n++) {
		assert_true(api_owns(str_c(r->path)));
		assert_non_null(r->page);
		/* no session stands for a token, so no form can be forged */
		assert_true(!(r->flags & ROUTE_PUBLIC) == !!(r->flags & ROUTE_BEARER));
		assert_true(!r->inquiry || (r->flags & (ROUTE_PROGRAM | ROUTE_BEARER)));
		assert_true(r->inquiry || !(r->flags & ROUTE_PROGRAM));
		assert_true((unsigned)r->scope < SCOPE_COUNT);
		assert_true((r->flags & ROUTE_BEARER) || r->scope == 0);
		assert_false(r->flags & ~KNOWN);
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
	static const char *const ours[] = {"/data_balikan", "/data_balikan/", "/databalikan/api/store", "/databalikan/x",
	                                  "/dukcapil", "/DUKCAPIL/get_json/x", "/api/v1", "/api/v1/x"};
	static const char *const not_ours[] = {"", "/", "/balikan", "/data_balikan2", "/databalikanx/api", "/DATABALIKAN/api",
	                                      "/dukcapil2", "/x/dukcapil", "/api", "/api/v2", "/api/v11", "/API/v1/token"};
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
		assert_string_equal(api_refuse_body(statuses[i], S("/databalikan/api/store"), &body), "application/json");
		buf_addc(&body, 0);
		assert_true(buf_ok(&body));
		assert_memory_equal(body.at, "{\"message\":\"", 12);
		assert_int_equal(body.at[body.n - 2], '}');
	}
}

/* Clients of get_json read one shape alone: their own mistake is 07, ours is no content. */
static void refusals_of_get_json_are_envelopes(void **state)
{
	(void)state;
	static const int statuses[] = {400, 404, 405, 413, 429, 500, 503};
	for (size_t i = 0; i < LEN(statuses); i++) {
		bool theirs = statuses[i] < 429;
		BUF_AUTO body = BUF(4096);
		assert_string_equal(api_refuse_body(statuses[i], S("/Dukcapil/get_json/A/B"), &body), "application/json");
		struct str text = buf_str(&body), mistake = S("{\"content\":[{\"RESPONSE_CODE\":\"07\"");
		struct str begin = theirs ? mistake : S("{\"content\":[],");
		assert_true(str_starts(text, begin) && text.at[text.n - 1] == '}');
	}
}

/* RFC 9457 */
static void refusals_of_v1_are_problems(void **state)
{
	(void)state;
	static const int statuses[] = {400, 404, 405, 413, 429, 500, 503};
	for (size_t i = 0; i < LEN(statuses); i++) {
		BUF_AUTO body = BUF(4096);
		assert_string_equal(api_refuse_body(statuses[i], S("/api/v1/verifikasi"), &body), "application/problem+json");
		assert_true(str_starts(buf_str(&body), S("{\"type\":\"/api/v1/problems/")));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(no_path_stands_twice),
		cmocka_unit_test(whose_a_path_is),
		cmocka_unit_test(every_refusal_is_json),
		cmocka_unit_test(refusals_of_get_json_are_envelopes),
		cmocka_unit_test(refusals_of_v1_are_problems),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
