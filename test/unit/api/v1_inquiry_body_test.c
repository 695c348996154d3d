/* SPDX-License-Identifier: EUPL-1.2
 * The bodies of /api/v1/verifikasi and /kesesuaian: what is asked, and where a flaw stands. */
#include "api/v1_inquiry_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#define ARENA_MAX 262144
#include "arena.h"

#define NIK "\"nik\":\"3304136101909901\""

static struct v1_inquiry_body read_with(enum method method, const char *json, const char *key)
{
	struct v1_inquiry_body body;
	struct err err = {0};
	const struct v1_inquiry_ask ask = {method, str_c(json), str_c(key)};
	arena_reset(&arena);
	assert_int_equal(v1_inquiry_body_read(&ask, &arena, &body, &err), RC_OK);
	return body;
}

static struct v1_inquiry_body data(const char *json)
{
	return read_with(METHOD_CALL_NIK, json, NULL);
}

static struct v1_inquiry_body verify(const char *json)
{
	return read_with(METHOD_VERIFY, json, NULL);
}

static bool is(struct str s, const char *z)
{
	return str_eq(s, str_c(z));
}

/* One flaw, there, and nothing else of the body left. */
static void flawed(struct v1_inquiry_body body, const char *at)
{
	assert_false(body.unread);
	assert_int_equal(body.flaws_n, 1);
	assert_true(is(body.flaws[0].at, at));
	assert_non_null(body.flaws[0].why);
	assert_true(body.nik.n == 0 && !body.nik_bad && body.wanted == 0 && body.kejadian_id == 0 && !body.key.at);
}

static void what_is_asked(void **state)
{
	(void)state;
	struct v1_inquiry_body body = data("{" NIK "}");
	assert_false(body.unread || body.flaws_n || body.nik_bad);
	assert_int_equal(body.nik.n, INT64_C(3304136101909901));
	assert_true(body.wanted == 0 && body.kejadian_id == 0 && body.document == DOCUMENT_NONE && !body.key.at);
	body = data("{\"elemen\":[\"nik\",\"nama_lgkp\",\"nik\"],\"dokumen\":\"ikd\",\"kejadian\":9007199254740993,\"nik\":"
	            "\"9702030101909999\"}");
	assert_int_equal(body.flaws_n, 0);
	assert_int_equal(body.nik.n, INT64_C(9702030101909999));
	assert_int_equal(body.wanted, ELEMENT_BIT(ELEMENT_NIK) | ELEMENT_BIT(ELEMENT_NAMA_LGKP));
	assert_int_equal(body.document, DOCUMENT_IKD);
	assert_int_equal(body.kejadian_id, INT64_C(9007199254740993));
}

static void what_is_said(void **state)
{
	(void)state;
	struct v1_inquiry_body body = verify("{" NIK ",\"elemen\":{\"nama_lgkp\":\" SITI \",\"no_rt\":\"007\"}}");
	assert_int_equal(body.flaws_n, 0);
	assert_int_equal(body.claim.threshold, V1_THRESHOLD);
	assert_true(is(body.claim.said[ELEMENT_NAMA_LGKP], "SITI") && is(body.claim.said[ELEMENT_NO_RT], "007"));
	assert_int_equal(body.claim.said[ELEMENT_NIK].n, 0);
	assert_int_equal(body.wanted, ELEMENT_BIT(ELEMENT_NAMA_LGKP) | ELEMENT_BIT(ELEMENT_NO_RT));
	for (int n = 0; n <= 100; n += 50) {
		char json[200];
		snprintf(json, sizeof json, "{" NIK ",\"ambang\":%d,\"elemen\":{\"no_rt\":\"7\"}}", n);
		assert_int_equal(verify(json).claim.threshold, n);
	}
}

static void what_is_no_nik_is_no_flaw(void **state)
{
	(void)state;
	static const char *const rows[] = {"330413610190990", " 3304136101909901", "NIK", "3304136101900000", "９702"};
	for (size_t i = 0; i < LEN(rows); i++) {
		char json[200];
		snprintf(json, sizeof json, "{\"nik\":\"%s\"}", rows[i]);
		struct v1_inquiry_body body = data(json);
		assert_true(body.nik_bad && body.flaws_n == 0 && body.nik.n == 0 && body.flaw != NIK_FLAW_NONE);
	}
}

static void where_a_flaw_stands(void **state)
{
	(void)state;
	static const struct {
		const char *json, *at;
	} of_data[] =
	        {
	                {"", "/nik"},
	                {"{}", "/nik"},
	                {"{\"nik\":3304136101909901}", "/nik"},
	                {"{\"nik\":null}", "/nik"},
	                {"{\"nik\":\" \"}", "/nik"},
	                {"{" NIK ",\"kejadian\":0}", "/kejadian"},
	                {"{" NIK ",\"kejadian\":\"7\"}", "/kejadian"},
	                {"{" NIK ",\"kejadian\":7.0}", "/kejadian"},
	                {"{" NIK ",\"dokumen\":\"sim\"}", "/dokumen"},
	                {"{" NIK ",\"dokumen\":\"\"}", "/dokumen"},
	                {"{" NIK ",\"elemen\":[]}", "/elemen"},
	                {"{" NIK ",\"elemen\":[\"nik\",\"NIK\"]}", "/elemen/1"},
	                {"{" NIK ",\"elemen\":[null]}", "/elemen/0"},
	                {"{" NIK ",\"elemen\":{}}", "/elemen"},
	                {"{" NIK ",\"lain\":1}", ""},
	                {"{" NIK ",\"ambang\":1}", ""},
	        },
	  of_claim[] = {
	          {"{" NIK "}", "/elemen"},
	          {"{" NIK ",\"elemen\":{}}", "/elemen"},
	          {"{" NIK ",\"elemen\":[\"nik\"]}", "/elemen"},
	          {"{" NIK ",\"elemen\":{\"nik\":\"1\"}}", "/elemen"},
	          {"{" NIK ",\"elemen\":{\"no_rt\":7}}", "/elemen/no_rt"},
	          {"{" NIK ",\"elemen\":{\"no_rt\":\"\"}}", "/elemen/no_rt"},
	          {"{" NIK ",\"elemen\":{\"no_rt\":\"7\"},\"ambang\":101}", "/ambang"},
	          {"{" NIK ",\"elemen\":{\"no_rt\":\"7\"},\"ambang\":\"90\"}", "/ambang"},
	  };
	for (size_t i = 0; i < LEN(of_data); i++)
		flawed(data(of_data[i].json), of_data[i].at);
	for (size_t i = 0; i < LEN(of_claim); i++)
		flawed(verify(of_claim[i].json), of_claim[i].at);
}

static void what_is_no_object(void **state)
{
	(void)state;
	static const char *const rows[] = {" ",
	                                   "x",
	                                   "[]",
	                                   "1",
	                                   "null",
	                                   "{" NIK,
	                                   "{" NIK "," NIK "}",
	                                   "{\"nik\":\"a\\u0000\"}",
	                                   "{" NIK ",\"kejadian\":99999999999999999999}",
	                                   "{\"a\":[[[[[[[[[]]]]]]]]]}"};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct v1_inquiry_body body = data(rows[i]);
		assert_true(body.unread && body.flaws_n == 0 && body.nik.n == 0);
	}
}

static void the_key_comes_along(void **state)
{
	(void)state;
	struct v1_inquiry_body body = read_with(METHOD_CALL_NIK, "{" NIK "}", "\"k-1\"");
	assert_true(body.flaws_n == 0 && is(body.key, "k-1"));
	body = read_with(METHOD_CALL_NIK, "{" NIK "}", "");
	flawed(body, "Idempotency-Key");
	assert_true(body.flaws[0].parameter);
	body = read_with(METHOD_CALL_NIK, "{}", "a b");
	assert_int_equal(body.flaws_n, 2);
	assert_true(body.flaws[0].parameter && !body.flaws[1].parameter);
}

static void all_flaws_are_counted(void **state)
{
	(void)state;
	struct v1_inquiry_body body =
	        data("{\"nik\":1,\"kejadian\":\"x\",\"dokumen\":1,\"x\":1,\"elemen\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}");
	assert_int_equal(body.flaws_n, 22);
	assert_true(is(body.flaws[PROBLEM_FLAWS_MAX - 1].at, "/elemen/15"));
}

static void no_memory_is_no_body(void **state)
{
	(void)state;
	struct arena small;
	struct v1_inquiry_body body;
	struct err err = {0};
	const struct v1_inquiry_ask ask = {METHOD_VERIFY, S("{" NIK ",\"elemen\":{\"no_rt\":\"7\"}}"), {NULL, 0}};
	arena_init(&small, 1);
	assert_int_equal(v1_inquiry_body_read(&ask, &small, &body, &err), RC_BROKEN);
	arena_free(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_asked),
	        cmocka_unit_test(what_is_said),
	        cmocka_unit_test(what_is_no_nik_is_no_flaw),
	        cmocka_unit_test(where_a_flaw_stands),
	        cmocka_unit_test(what_is_no_object),
	        cmocka_unit_test(the_key_comes_along),
	        cmocka_unit_test(all_flaws_are_counted),
	        cmocka_unit_test(no_memory_is_no_body),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
