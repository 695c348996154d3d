/* SPDX-License-Identifier: EUPL-1.2
 * The bounded parsers of what clients send: percent-encoding, paths, forms, cookies
 * and content codings, each with what it takes, what it refuses and its ceiling. */
#include "http/accept.h"
#include "http/compress.h"
#include "http/cookie.h"
#include "http/form.h"
#include "http/path.h"
#include "http/percent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena arena;

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, 262144);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void percent_is_decoded_once(void **state)
{
	(void)state;
	char out[64];
	size_t n;
	assert_int_equal(percent_decode(S("a%20b%2B+%25%32%35"), true, out, &n), RC_OK);
	assert_true(str_eq(str_from(out, n), S("a b+ %25")));
	assert_int_equal(percent_decode(S("a+b"), false, out, &n), RC_OK);
	assert_true(str_eq(str_from(out, n), S("a+b")));
	static const char *const bad[] = {"%", "%2", "%g0", "%0g", "a%", "% 1", "%-1"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(percent_decode(str_c(bad[i]), true, out, &n), RC_INVALID);
}

static void paths_are_refused_when_ambiguous(void **state)
{
	(void)state;
	struct str path;
	assert_int_equal(path_from_raw(S("/a%20b/%C3%A9/..c/"), &arena, &path), RC_OK);
	assert_true(str_eq(path, S("/a b/\xc3\xa9/..c/")));
	assert_int_equal(path_from_raw(S("/"), &arena, &path), RC_OK);
	assert_int_equal(path_from_raw(S("/%252e%252e"), &arena, &path), RC_OK);
	assert_true(str_eq(path, S("/%2e%2e"))); /* once */
	static const char *const bad[] = {
	        "",       "a",    "//",   "/a//b", "/.",   "/..",        "/a/../b", "/a/./", "/%2e%2E", "/%2f",
	        "/a%2Fb", "/%00", "/%0a", "/%7f",  "/%ff", "/%ed%a0%80", "/\\",     "/a#b",  "/%",      "/%0",
	};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(path_from_raw(str_c(bad[i]), &arena, &path), RC_INVALID);
	arena.max = arena.used + 4;
	assert_int_equal(path_from_raw(S("/long enough for no room at all"), &arena, &path), RC_LIMIT);
}

static void what_a_bad_path_begins_with_is_told(void **state)
{
	(void)state;
	assert_true(str_eq(path_plain_part(S("/api/v1/%00")), S("/api/v1/")));
	assert_true(str_eq(path_plain_part(S("/api/v1/%zz/masuk")), S("/api/v1/")));
	assert_true(str_eq(path_plain_part(S("//")), S("//")));
	assert_int_equal(path_plain_part(S("%2f")).n, 0);
	assert_int_equal(path_plain_part(S("")).n, 0);
}

static void forms_are_read_field_by_field(void **state)
{
	(void)state;
	struct form form;
	form_parse(S("nik=3304%20+1&kosong=&tanpa&nik=dua&&a%3Db=c=d"), &arena, &form);
	assert_true(form.ok);
	assert_int_equal(form.n, 5);
	assert_true(str_eq(form_find(&form, S("nik")), S("3304  1")));
	assert_true(form_find(&form, S("kosong")).at && form_find(&form, S("kosong")).n == 0);
	assert_true(form_find(&form, S("tanpa")).at != NULL);
	assert_true(str_eq(form_find(&form, S("a=b")), S("c=d")));
	assert_null(form_find(&form, S("lain")).at);
	form_parse(S(""), &arena, &form);
	assert_true(form.ok && form.n == 0);
}

static void a_field_that_is_no_text_spoils_the_form(void **state)
{
	(void)state;
	static const char *const bad[] = {"a=1&b=%ff", "a=1&b=%00", "a=1&b=%", "a=1&b=%1b", "a=1&%c0%80=b"};
	struct form form;
	for (size_t i = 0; i < LEN(bad); i++) {
		form_parse(str_c(bad[i]), &arena, &form);
		assert_false(form.ok);
		assert_true(str_eq(form_find(&form, S("a")), S("1")));
		assert_null(form_find(&form, S("b")).at);
	}
}

static void forms_have_a_ceiling(void **state)
{
	(void)state;
	BUF_AUTO body = BUF(16384);
	struct form form;
	for (int i = 0; i < FORM_FIELDS_MAX; i++)
		buf_addf(&body, "%sf%d=%d", i ? "&" : "", i, i);
	form_parse(buf_str(&body), &arena, &form);
	assert_true(form.ok && form.n == FORM_FIELDS_MAX);
	buf_addz(&body, "&x=1");
	form_parse(buf_str(&body), &arena, &form);
	assert_false(form.ok);
	assert_int_equal(form.n, FORM_FIELDS_MAX);
	arena.max = arena.used;
	form_parse(S("a=1"), &arena, &form);
	assert_false(form.ok);
}

static void cookies_are_found_by_prefix_and_name(void **state)
{
	(void)state;
	struct str jar = S("a=1; __Host-sesi=x.y-z_; sesi=2;b = 3 ;kosong=; rusak=\"q\"; sesi=3");
	assert_true(str_eq(cookie_find(jar, S("__Host-"), S("sesi")), S("x.y-z_")));
	assert_true(str_eq(cookie_find(jar, S(""), S("sesi")), S("2")));
	assert_true(str_eq(cookie_find(jar, S(""), S("b")), S("3")));
	assert_true(cookie_find(jar, S(""), S("kosong")).at != NULL);
	assert_null(cookie_find(jar, S(""), S("rusak")).at);
	assert_null(cookie_find(jar, S(""), S("ses")).at);
	assert_null(cookie_find(jar, S("__Host-"), S("a")).at);
	assert_null(cookie_find((struct str){NULL, 0}, S(""), S("a")).at);
	assert_null(cookie_find(S("a"), S(""), S("a")).at);
	BUF_AUTO many = BUF(4096);
	for (int i = 0; i < COOKIES_MAX; i++)
		buf_addf(&many, "c%d=1;", i);
	buf_addz(&many, "akhir=1");
	assert_null(cookie_find(buf_str(&many), S(""), S("akhir")).at);
}

static void codings_are_weighed(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		unsigned want;
	} rows[] = {
	        {"", 0},
	        {"gzip", ACCEPT_GZIP},
	        {"GZIP", ACCEPT_GZIP},
	        {"gzip, deflate, br", ACCEPT_GZIP | ACCEPT_BR},
	        {"br;q=0.5", ACCEPT_BR},
	        {"gzip;q=0", 0},
	        {"gzip;q=0.000, br", ACCEPT_BR},
	        {"gzip ; q=0.001", ACCEPT_GZIP},
	        {"*", ACCEPT_GZIP | ACCEPT_BR},
	        {"*;q=0", 0},
	        {"gzip;q=0, *", ACCEPT_BR},
	        {"identity", 0},
	        {"gzipx", 0},
	        {",,;;=", 0},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(accept_encodings(str_c(rows[i].header)), rows[i].want);
	assert_int_equal(accept_encodings((struct str){NULL, 0}), 0);
}

static void what_does_not_shrink_is_not_compressed(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(4096);
	assert_int_equal(compress_gzip(S("abc"), &out), RC_LIMIT);
	char same[1000];
	memset(same, 'x', sizeof same);
	buf_clear(&out);
	assert_int_equal(compress_gzip(str_from(same, sizeof same), &out), RC_OK);
	assert_true(out.n > 18 && out.n < 60);
	BUF_AUTO none = BUF(10);
	assert_int_equal(compress_gzip(str_from(same, sizeof same), &none), RC_LIMIT);
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        WITH_ARENA(percent_is_decoded_once),
	        WITH_ARENA(paths_are_refused_when_ambiguous),
	        cmocka_unit_test(what_a_bad_path_begins_with_is_told),
	        WITH_ARENA(forms_are_read_field_by_field),
	        WITH_ARENA(a_field_that_is_no_text_spoils_the_form),
	        WITH_ARENA(forms_have_a_ceiling),
	        WITH_ARENA(cookies_are_found_by_prefix_and_name),
	        WITH_ARENA(codings_are_weighed),
	        WITH_ARENA(what_does_not_shrink_is_not_compressed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
