/* SPDX-License-Identifier: EUPL-1.2
 * Bodies of /api/v1 against a table of fields: kinds, lengths, what is required, what is
 * not known; each flaw with its place, never with what was sent. */
#include "api/v1_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#define ARENA_MAX 262144
#include "arena.h"

static const struct v1_field fields[] = {
        {"teks", V1_TEXT, true, 4},
        {"angka", V1_INT, false, 0},
        {"isi", V1_OBJECT, false, 1},
        {"daftar", V1_LIST, false, 2},
};
static const struct v1_field lists[] = {{"daftar", V1_LIST, true, 2}, {"isi", V1_OBJECT, true, 2}};

/* The pointers of all flaws, one after the other, each with a blank behind it. */
static const char *flaws_of(const char *json, const struct v1_field *table, size_t n)
{
	static char said[1024];
	struct err err = {0};
	V1_BODY_AUTO body;
	size_t at = 0;
	arena_reset(&arena);
	assert_int_equal(v1_body_open(str_c(json), &arena, &body, &err), RC_OK);
	v1_body_check(&body, body.root, S(""), table, n);
	said[0] = '\0';
	for (size_t i = 0; i < body.flaws_n && i < PROBLEM_FLAWS_MAX; i++) {
		assert_non_null(body.flaws[i].why);
		at += (size_t)snprintf(said + at, sizeof said - at, "%.*s ", STR_ARG(body.flaws[i].at));
	}
	return said;
}

static void each_kind_of_field(void **state)
{
	(void)state;
	static const struct {
		const char *json, *flaws;
	} rows[] = {
	        {"{\"teks\":\"abcd\"}", ""},
	        {"{\"teks\":\"ab\",\"angka\":-7,\"isi\":{},\"daftar\":[]}", ""},
	        {"{}", "/teks "},
	        {"", "/teks "},
	        {"{\"teks\":\"\"}", "/teks "},
	        {"{\"teks\":\"  \"}", "/teks "},
	        {"{\"teks\":\"abcde\"}", "/teks "},
	        {"{\"teks\":\"\xc3\xa9\xc3\xa9\xc3\xa9\"}", "/teks "}, /* six bytes */
	        {"{\"teks\":\"a\\n\"}", "/teks "},
	        {"{\"teks\":\"a\\u007f\"}", "/teks "},
	        {"{\"teks\":7}", "/teks "},
	        {"{\"teks\":null}", "/teks "},
	        {"{\"teks\":\"a\",\"angka\":1.0}", "/angka "},
	        {"{\"teks\":\"a\",\"angka\":\"1\"}", "/angka "},
	        {"{\"teks\":\"a\",\"angka\":null}", "/angka "},
	        {"{\"teks\":\"a\",\"angka\":true}", "/angka "},
	        {"{\"teks\":\"a\",\"isi\":[]}", "/isi "},
	        {"{\"teks\":\"a\",\"isi\":{\"a\":1,\"b\":2}}", "/isi "},
	        {"{\"teks\":\"a\",\"daftar\":{}}", "/daftar "},
	        {"{\"teks\":\"a\",\"daftar\":[1,2,3]}", "/daftar "},
	        {"{\"teks\":1,\"angka\":\"x\"}", "/teks /angka "},
	        {"{\"teks\":\"a\",\"Teks\":\"a\"}", " "},
	        {"{\"teks\":\"a\",\"lain\":1,\"lagi\":2}", " "},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_string_equal(flaws_of(rows[i].json, fields, LEN(fields)), rows[i].flaws);
	assert_string_equal(flaws_of("{\"daftar\":[],\"isi\":{}}", lists, LEN(lists)), "/daftar /isi ");
}

static void what_is_no_object(void **state)
{
	(void)state;
	static const char *const rows[] = {" ",
	                                   "[]",
	                                   "\"x\"",
	                                   "1",
	                                   "null",
	                                   "true",
	                                   "{",
	                                   "{}x",
	                                   "{\"a\":1,\"a\":1}",
	                                   "{\"a\":\"\\u0000\"}",
	                                   "{\"a\\u0000\":1}",
	                                   "{\"a\":\"\xe9\"}",
	                                   "{\"a\":1e999}",
	                                   "\xef\xbb\xbf{}",
	                                   "{\"a\":01}"};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct err err = {0};
		struct v1_body body;
		assert_int_equal(v1_body_open(str_c(rows[i]), &arena, &body, &err), RC_INVALID);
		assert_null(body.root);
	}
}

static void depth_and_size_have_ceilings(void **state)
{
	(void)state;
	for (int depth = V1_DEPTH_MAX; depth <= V1_DEPTH_MAX + 1; depth++) {
		BUF_AUTO json = BUF(1024);
		struct err err = {0};
		V1_BODY_AUTO body;
		buf_addz(&json, "{\"a\":");
		for (int i = 1; i < depth; i++)
			buf_addc(&json, '[');
		for (int i = 1; i < depth; i++)
			buf_addc(&json, ']');
		buf_addc(&json, '}');
		assert_int_equal(v1_body_open(buf_str(&json), &arena, &body, &err), depth > V1_DEPTH_MAX ? RC_INVALID : RC_OK);
	}
	BUF_AUTO json = BUF(1 << 20);
	struct err err = {0};
	struct v1_body body;
	buf_addz(&json, "{\"a\":[0");
	for (int i = 0; i < V1_MEMBERS_MAX; i++)
		buf_addz(&json, ",0");
	buf_addz(&json, "]}");
	assert_int_equal(v1_body_open(buf_str(&json), &arena, &body, &err), RC_INVALID);
}

static void no_more_flaws_are_kept_than_told(void **state)
{
	(void)state;
	struct err err = {0};
	V1_BODY_AUTO body;
	arena_reset(&arena);
	assert_int_equal(v1_body_open(S("{}"), &arena, &body, &err), RC_OK);
	for (int i = 0; i < 3 * PROBLEM_FLAWS_MAX; i++)
		v1_body_flaw(&body, S("/balikan/3"), i % 2 ? "nik" : NULL, "Harus diisi.");
	assert_int_equal(body.flaws_n, 3 * PROBLEM_FLAWS_MAX);
	assert_true(str_eq(body.flaws[0].at, S("/balikan/3")) && str_eq(body.flaws[1].at, S("/balikan/3/nik")));
}

static void values_as_checked(void **state)
{
	(void)state;
	struct err err = {0};
	V1_BODY_AUTO body;
	assert_int_equal(v1_body_open(S("{\"a\":\"x\",\"b\":9007199254740993,\"c\":1.5}"), &arena, &body, &err), RC_OK);
	assert_true(str_eq(v1_text(body.root, "a"), S("x")));
	assert_null(v1_text(body.root, "b").at);
	assert_null(v1_text(body.root, "z").at);
	assert_int_equal(v1_int(body.root, "b", 7), INT64_C(9007199254740993));
	assert_int_equal(v1_int(body.root, "c", 7), 7);
	assert_int_equal(v1_int(body.root, "z", 7), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_kind_of_field),
	        cmocka_unit_test(what_is_no_object),
	        cmocka_unit_test(depth_and_size_have_ceilings),
	        cmocka_unit_test(no_more_flaws_are_kept_than_told),
	        cmocka_unit_test(values_as_checked),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
