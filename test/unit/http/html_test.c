/* SPDX-License-Identifier: EUPL-1.2
 * The makers of safe markup and paths. */
#include "http/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void pairs_are_percent_encoded(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 4096);
	struct url_pair pairs[] = {{"a", S("x y&z=\xc3\xa9/~")}, {"none", {NULL, 0}}, {"b", S("")}};
	struct url url = url_path(&arena, "/x", pairs, LEN(pairs));
	assert_true(str_eq(url.s, S("/x?a=x%20y%26z%3D%C3%A9%2F~&b=")));
	assert_true(str_eq(url_path(&arena, "/x", NULL, 0).s, S("/x")));
	assert_true(str_eq(URL("/masuk").s, S("/masuk")));
	arena_free(&arena);
}

static void a_full_arena_gives_no_url(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 4);
	struct url_pair pair = {"a", S("0123456789")};
	assert_null(url_path(&arena, "/x", &pair, 1).s.at);
	arena_free(&arena);
}

static void a_path_from_outside_stays_here(void **state)
{
	(void)state;
	static const char *const bad[] = {"",     "x",     "//evil.example", "/\\evil.example", "https://evil.example",
	                                  "/a b", "/a\nb", "/\x80",          "/a\x7f"};
	struct url url;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(url_from_str(str_c(bad[i]), &url), RC_INVALID);
	assert_int_equal(url_from_str(S("/verifikasi?x=1#y"), &url), RC_OK);
	assert_int_equal(url_from_str(S("/"), &url), RC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pairs_are_percent_encoded),
	        cmocka_unit_test(a_full_arena_gives_no_url),
	        cmocka_unit_test(a_path_from_outside_stays_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
