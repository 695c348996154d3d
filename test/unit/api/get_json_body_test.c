/* SPDX-License-Identifier: EUPL-1.2
 * The body of get_json (DOMAIN 4.1): every spelling clients use, and what is malformed. */
#include "api/get_json_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#define WHO "\"user_id\":\"a\",\"password\":\"b\",\"IP_USER\":\"192.0.2.1\""
#define NIK "\"NIK\":\"3304136101909901\""

static struct arena arena;

static struct get_json_body read_bytes(struct str json)
{
	struct get_json_body body;
	struct err err = {0};
	arena_reset(&arena);
	assert_int_equal(get_json_body_read(json, &arena, &body, &err), RC_OK);
	return body;
}

static struct get_json_body read_text(const char *json)
{
	return read_bytes(str_c(json));
}

static bool is(struct str s, const char *z)
{
	return str_eq(s, str_c(z));
}

static void every_spelling_of_a_key(void **state)
{
	(void)state;
	static const char *const users[] = {"user_id", "USER_ID", "User_Id"}, *const words[] = {"password", "PASSWORD"};
	static const char *const addresses[] = {"IP_USER", "ip_user", "ip_users", "IP_USERS", "ip_address", "IP_ADDRESS"};
	char json[400];
	for (size_t u = 0; u < LEN(users); u++)
		for (size_t w = 0; w < LEN(words); w++)
			for (size_t a = 0; a < LEN(addresses); a++) {
				snprintf(json, sizeof json,
				         "{\"%s\":\" a \",\"%s\":\" b \",\"%s\":\"192.0.2.1\",\"nik\":\"3304136101909901\"}",
				         users[u], words[w], addresses[a]);
				struct get_json_body body = read_text(json);
				assert_false(body.malformed || body.unread || body.nik_bad);
				assert_true(is(body.user_id, "a") && is(body.password, " b ") && is(body.ip_user, "192.0.2.1"));
				assert_int_equal(body.nik.n, INT64_C(3304136101909901));
			}
}

static void numbers_keep_every_digit(void **state)
{
	(void)state;
	struct get_json_body body =
	        read_text("{" WHO ",\"NIK\":9702030101909999,\"NO_KK\":9702031203119993,\"NO_RT\":7,\"NO_RW\":\"007\"}");
	assert_false(body.malformed || body.flawed || body.nik_bad);
	assert_int_equal(body.nik.n, INT64_C(9702030101909999));
	assert_true(is(body.claim.said[ELEMENT_NO_KK], "9702031203119993"));
	assert_true(is(body.claim.said[ELEMENT_NO_RT], "7") && is(body.claim.said[ELEMENT_NO_RW], "007"));
	assert_int_equal(body.said, ELEMENT_BIT(ELEMENT_NO_KK) | ELEMENT_BIT(ELEMENT_NO_RT) | ELEMENT_BIT(ELEMENT_NO_RW));
}

static void blank_and_null_are_absent(void **state)
{
	(void)state;
	struct get_json_body body =
	        read_text("{" NIK ",\"user_id\":\" \",\"password\":null,\"NAMA_LGKP\":\" \",\"ALAMAT\":\"\",\"TGL_LHR\":null}");
	assert_false(body.malformed || body.flawed);
	assert_true(body.user_id.n == 0 && body.password.n == 0 && body.ip_user.n == 0 && body.transaction.at == NULL);
	assert_int_equal(body.said, 0);
	assert_int_equal(body.kejadian_id, 0);
	assert_int_equal(body.claim.threshold, GET_JSON_THRESHOLD);
	assert_true(read_text("{" WHO ",\"NIK\":\" \"}").malformed);
}

static void a_nik_is_never_an_element_to_compare(void **state)
{
	(void)state;
	struct get_json_body body = read_text("{" WHO "," NIK "}");
	assert_int_equal(body.said, 0);
	assert_int_equal(body.claim.said[ELEMENT_NIK].n, 0);
}

static void thresholds(void **state)
{
	(void)state;
	static const struct {
		const char *json;
		int threshold; /* -1: flawed */
	} rows[] = {
	        {"\"TRESHOLD\":\"90\"", 90},     {"\"TRESHOLD\":90", 90},     {"\"THRESHOLD\":\" 0 \"", 0},
	        {"\"treshold\":100", 100},       {"\"TRESHOLD\":\" \"", 100}, {"\"TRESHOLD\":null", 100},
	        {"\"TRESHOLD\":101", -1},        {"\"TRESHOLD\":-1", -1},     {"\"TRESHOLD\":90.0", -1},
	        {"\"TRESHOLD\":\"banyak\"", -1}, {"\"TRESHOLD\":[90]", -1},   {"\"TRESHOLD\":true", -1},
	};
	char json[400];
	for (size_t i = 0; i < LEN(rows); i++) {
		snprintf(json, sizeof json, "{" WHO "," NIK ",%s}", rows[i].json);
		struct get_json_body body = read_text(json);
		assert_false(body.malformed);
		assert_int_equal(body.flawed, rows[i].threshold < 0);
		if (!body.flawed)
			assert_int_equal(body.claim.threshold, rows[i].threshold);
	}
}

static void what_is_no_body(void **state)
{
	(void)state;
	static const char *const rows[] = {
	        "",
	        " ",
	        "x",
	        "[]",
	        "\"x\"",
	        "1",
	        "null",
	        "{",
	        "{}x",
	        "{\"a\":1,}",
	        "{\"a\":\"\\ud800\"}",
	        "{\"a\":\"\\u0000\"}",
	        "{\"a\":\"\xff\"}",
	        "{\"NIK\":1,\"NIK\":2}",
	        "{\"NIK\":99999999999999999999}",
	        "\xef\xbb\xbf{}",
	        "{\"a\":[[[[[[[[1]]]]]]]]}",
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct get_json_body body = read_text(rows[i]);
		assert_true(body.unread && body.malformed);
		assert_true(body.user_id.n == 0 && body.nik.n == 0 && body.said == 0);
	}
	char *large = test_malloc(GET_JSON_BODY_MAX + 1);
	memset(large, ' ', GET_JSON_BODY_MAX + 1);
	memcpy(large, "{}", 2);
	assert_false(read_bytes(str_from(large, GET_JSON_BODY_MAX)).unread);
	assert_true(read_bytes(str_from(large, GET_JSON_BODY_MAX + 1)).unread);
	test_free(large);
	assert_true(read_bytes(str_from("{\"a\0\":1}", 8)).unread);
	assert_false(read_text("{\"a\":[[[[[[[1]]]]]]],\"b\":\"[[[[[[[[[[[[\"}").unread);
}

static void what_is_malformed_though_it_is_json(void **state)
{
	(void)state;
	static const char *const rows[] = {
	        "{" WHO "}",
	        "{" WHO ",\"NIK\":true}",
	        "{" WHO ",\"NIK\":3304136101909901.0}",
	        "{" WHO ",\"NIK\":[\"x\"]}",
	        "{" WHO "," NIK ",\"nik\":1}",
	        "{" WHO "," NIK ",\"ip_address\":\"192.0.2.1\"}",
	        "{" WHO "," NIK ",\"KEJADIAN\":0}",
	        "{" WHO "," NIK ",\"KEJADIAN\":\"x\"}",
	        "{" WHO "," NIK ",\"KEJADIAN\":1.5}",
	        "{" WHO "," NIK ",\"transactionId\":{}}",
	        "{" WHO "," NIK ",\"TRESHOLD\":1,\"THRESHOLD\":1}",
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct get_json_body body = read_text(rows[i]);
		assert_true(body.malformed && !body.unread);
	}
	assert_true(read_text("{\"user_id\":[],\"password\":\"b\",\"IP_USER\":\"x\"," NIK "}").malformed);
}

static void strict_about_the_nik(void **state)
{
	(void)state;
	static const char *const rows[] = {"\" 3304136101909901\"",
	                                   "\"3304 1361 0190 9901\"",
	                                   "\"330413610190990\"",
	                                   "330413610190990",
	                                   "-3304136101909901",
	                                   "0",
	                                   "\"x\"",
	                                   "\"3304136101900000\""};
	char json[400];
	for (size_t i = 0; i < LEN(rows); i++) {
		snprintf(json, sizeof json, "{" WHO ",\"NIK\":%s}", rows[i]);
		struct get_json_body body = read_text(json);
		assert_true(body.nik_bad && !body.malformed && body.nik.n == 0 && body.flaw != NIK_FLAW_NONE);
	}
}

static void elements_of_the_wrong_kind(void **state)
{
	(void)state;
	struct get_json_body body = read_text("{" WHO "," NIK ",\"NAMA_LGKP\":[\"x\"],\"NO_RT\":1}");
	assert_true(body.flawed && !body.malformed);
	assert_int_equal(body.said, ELEMENT_BIT(ELEMENT_NO_RT));
}

static void purpose_and_key(void **state)
{
	(void)state;
	struct get_json_body body = read_text("{" WHO "," NIK ",\"kejadian\":\" 7 \",\"TRANSACTIONID\":42}");
	assert_false(body.malformed);
	assert_int_equal(body.kejadian_id, 7);
	assert_true(is(body.transaction, "42"));
}

static void no_memory_is_told(void **state)
{
	(void)state;
	struct arena small;
	struct get_json_body body;
	struct err err = {0};
	arena_init(&small, 8);
	assert_int_equal(get_json_body_read(S("{" WHO "," NIK "}"), &small, &body, &err), RC_BROKEN);
	arena_free(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_spelling_of_a_key),
	        cmocka_unit_test(numbers_keep_every_digit),
	        cmocka_unit_test(blank_and_null_are_absent),
	        cmocka_unit_test(a_nik_is_never_an_element_to_compare),
	        cmocka_unit_test(thresholds),
	        cmocka_unit_test(what_is_no_body),
	        cmocka_unit_test(what_is_malformed_though_it_is_json),
	        cmocka_unit_test(strict_about_the_nik),
	        cmocka_unit_test(elements_of_the_wrong_kind),
	        cmocka_unit_test(purpose_and_key),
	        cmocka_unit_test(no_memory_is_told),
	};
	arena_init(&arena, 262144);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
