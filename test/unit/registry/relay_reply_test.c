/* SPDX-License-Identifier: EUPL-1.2
 * What a reply of the system above says (DOMAIN 4.1), and what is no answer; the question as
 * it is written; as whom each instansi asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "registry/relay_reply.h"

#define NIK "9102030101909901"
#define WRAP(content) "{\"content\":[" content "],\"lastPage\":true,\"quotaLimiter\":199}"

static const struct relay_question data = {
	.method = METHOD_CALL_NIK, .nik = {INT64_C(9102030101909901)}, .elements = ELEMENT_SET_BASE};
static struct claim claim = {.threshold = 90};
static const struct relay_question verify = {
	.method = METHOD_VERIFY, .nik = {INT64_C(9102030101909901)}, .elements = ELEMENT_SET_BASE, .claim = &claim};

static enum relay_trouble read(const struct relay_question *q, int status, const char *body, struct relay_reply *ret,
                               struct arena *arena)
{
	arena_init(arena, 65536);
	return relay_reply_read(status, str_c(body), q, arena, ret);
}

static const struct {
	int status;
	const char *body;
	enum relay_trouble trouble;
	int outcome;
} table[] = {
	{200, WRAP("{\"NIK\":" NIK "}"), RELAY_WELL, 1},
	{200, WRAP("{\"nik\":\"" NIK "\"}"), RELAY_WELL, 1},
	{200, WRAP("{\"RESPONSE_CODE\":\"11\",\"RESPON\":\"apa pun\"}"), RELAY_WELL, 11},
	{200, WRAP("{\"RESPONSE_CODE\":\"12\"}"), RELAY_WELL, 12},
	{200, WRAP("{\"RESPONSE_CODE\":\"13\"}"), RELAY_WELL, 13},
	{200, WRAP("{\"RESPONSE_CODE\":\"14\"}"), RELAY_WELL, 14},
	{200, WRAP("{\"RESPONSE_CODE\":\"15\"}"), RELAY_WELL, 15},
	{200, WRAP("{\"RESPONSE_CODE\":\"05\"}"), RELAY_QUOTA, 5},
	{200, WRAP("{\"RESPONSE_CODE\":\"03\"}"), RELAY_REFUSED, 3},
	{200, WRAP("{\"RESPONSE_CODE\":\"04\"}"), RELAY_REFUSED, 4},
	{200, WRAP("{\"RESPONSE_CODE\":\"07\"}"), RELAY_QUESTION, 7},
	{200, WRAP("{\"RESPONSE_CODE\":\"09\"}"), RELAY_REFUSED, 9},
	{200, WRAP("{\"RESPONSE_CODE\":\"10\"}"), RELAY_REFUSED, 10},
	{200, WRAP("{\"RESPONSE_CODE\":\"16\"}"), RELAY_REFUSED, 16},
	{200, WRAP("{\"RESPONSE_CODE\":\"17\"}"), RELAY_REFUSED, 17},
	{200, WRAP("{\"RESPONSE_CODE\":\"01\",\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{200, WRAP("{\"RESPONSE_CODE\":\"02\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"RESPONSE_CODE\":13}"), RELAY_REPLY, 0},
	{200, WRAP("{\"RESPONSE_CODE\":null,\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{200, WRAP("{\"RESPONSE_CODE\":\"13\",\"response_code\":\"11\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"RESPON\":\"x\",\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":9102030101909902}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":9102030101909901.0}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":9.102030101909901E15}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":\"9.102030101909901E15\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":99999999999999999999}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":-9102030101909901}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":true}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NAMA_LGKP\":\"A\"}"), RELAY_REPLY, 0},
	{200, WRAP("{}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"NO_KK\":12345678901234567}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"NO_RT\":1000}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"NO_RT\":\"-1\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"TGL_LHR\":\"1990-13-01\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"TGL_LHR\":19900101}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"JENIS_KLMIN\":\"1\"}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"ALAMAT\":{}}"), RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK "},{\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{200, WRAP(""), RELAY_REPLY, 0},
	{200, WRAP("[]"), RELAY_REPLY, 0},
	{200, "{\"content\":{\"NIK\":" NIK "}}", RELAY_REPLY, 0},
	{200, "{\"content\":[{\"NIK\":" NIK "}],\"CONTENT\":[{\"RESPONSE_CODE\":\"13\"}]}", RELAY_REPLY, 0},
	{200, "[{\"NIK\":" NIK "}]", RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK "}") " x", RELAY_REPLY, 0},
	{200, "<html>", RELAY_REPLY, 0},
	{200, "", RELAY_REPLY, 0},
	{200, WRAP("{\"NIK\":" NIK ",\"X\":[[[[[[[[[]]]]]]]]]}"), RELAY_REPLY, 0},
	{201, WRAP("{\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{404, WRAP("{\"NIK\":" NIK "}"), RELAY_REPLY, 0},
	{301, WRAP("{\"NIK\":" NIK "}"), RELAY_REDIRECT, 0},
	{429, "", RELAY_BUSY, 0},
	{503, WRAP("{\"NIK\":" NIK "}"), RELAY_BUSY, 0},
};

static void every_reply(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(table); i++) {
		struct arena arena;
		struct relay_reply reply;
		enum relay_trouble trouble = read(&data, table[i].status, table[i].body, &reply, &arena);
		if (trouble != table[i].trouble || (int)reply.outcome != table[i].outcome)
			fail_msg("row %zu: %s: %s, outcome %d", i, table[i].body, relay_trouble_get(trouble)->key,
			         (int)reply.outcome);
		for (int e = 0; trouble == RELAY_REPLY && e < ELEMENT_COUNT; e++)
			assert_null(reply.element[e].at);
		arena_free(&arena);
	}
}

static void is(struct str s, const char *text)
{
	assert_int_equal(s.n, strlen(text));
	assert_memory_equal(s.at, text, s.n);
}

/* Of what was not granted nothing lies in the reply; forms are those of registry/answer.h. */
static void granted_elements_in_our_forms(void **state)
{
	(void)state;
	struct arena arena;
	struct relay_reply r;
	assert_int_equal(read(&data, 200,
	                      WRAP("{\"NIK\":" NIK ",\"NO_KK\":\"9102031203119903\",\"NAMA_LGKP\":\" A\\u0001B \","
	                           "\"TGL_LHR\":\"31-12-1989\",\"JENIS_KLMIN\":\"perempuan\",\"NO_RT\":7,\"NO_RW\":\"002\","
	                           "\"NO_KEC\":3,\"NO_PROP\":91,\"ALAMAT\":null,\"AGAMA\":\"X\",\"TMPT_LHR\":\"\"}"),
	                      &r, &arena),
	                 RELAY_WELL);
	is(r.element[ELEMENT_NIK], NIK);
	is(r.element[ELEMENT_NO_KK], "9102031203119903");
	is(r.element[ELEMENT_NAMA_LGKP], "A B");
	is(r.element[ELEMENT_TGL_LHR], "1989-12-31");
	is(r.element[ELEMENT_JENIS_KLMIN], "Perempuan");
	is(r.element[ELEMENT_NO_RT], "007");
	is(r.element[ELEMENT_NO_RW], "002");
	is(r.element[ELEMENT_NO_KEC], "03");
	is(r.element[ELEMENT_TMPT_LHR], "");
	assert_non_null(r.element[ELEMENT_ALAMAT].at);
	assert_null(r.element[ELEMENT_NO_PROP].at);
	assert_null(r.element[ELEMENT_JENIS_PKRJN].at);
	arena_free(&arena);
}

static void accords_of_what_was_claimed(void **state)
{
	(void)state;
	static const char *const wrong[] = {"\"Sesuai(\"", "\"Sesuai (101)\"", "\"Sesuai (-1)\"", "\"Sesuai (9\"", "\"Cocok\"",
	                                    "1", "null", "\"\"", "\"Sesuai (9) x\""};
	struct arena arena;
	struct relay_reply r;
	claim.said[ELEMENT_NAMA_LGKP] = S("A");
	claim.said[ELEMENT_TGL_LHR] = S("1990-01-01");
	claim.said[ELEMENT_NO_PROP] = S("91"); /* not granted */
	assert_int_equal(read(&verify, 200,
	                      WRAP("{\"NAMA_LGKP\":\"Tidak Sesuai (59)\",\"TGL_LHR\":\"sesuai\",\"NO_PROP\":\"Sesuai\","
	                           "\"ALAMAT\":\"Sesuai (100)\"}"),
	                      &r, &arena),
	                 RELAY_WELL);
	assert_true(r.accords[ELEMENT_NAMA_LGKP].asked && !r.accords[ELEMENT_NAMA_LGKP].same);
	assert_int_equal(r.accords[ELEMENT_NAMA_LGKP].score, 59);
	assert_true(r.accords[ELEMENT_TGL_LHR].same && !r.accords[ELEMENT_TGL_LHR].scored);
	assert_false(r.accords[ELEMENT_NO_PROP].asked || r.accords[ELEMENT_ALAMAT].asked);
	arena_free(&arena);
	for (size_t i = 0; i < LEN(wrong); i++) {
		char body[200];
		snprintf(body, sizeof body, WRAP("{\"NAMA_LGKP\":%s}"), wrong[i]);
		assert_int_equal(read(&verify, 200, body, &r, &arena), RELAY_REPLY);
		arena_free(&arena);
	}
	assert_int_equal(read(&verify, 200, WRAP("{\"ALAMAT\":\"Sesuai (100)\"}"), &r, &arena), RELAY_REPLY);
	arena_free(&arena);
}

static void the_question(void **state)
{
	(void)state;
	struct relay_user user = {S("BPBD"), S("UNIT"), S("atas"), S("ra\"hasia\\"), S("192.0.2.7")};
	BUF_AUTO out = BUF(RELAY_BODY_MAX);
	struct relay_question q = verify;
	q.hit[0] = 0xab;
	relay_body_write(&out, &q, &user);
	is(buf_str(&out),
	   "{\"NIK\":\"" NIK "\",\"NAMA_LGKP\":\"A\",\"TGL_LHR\":\"1990-01-01\",\"TRESHOLD\":\"90\","
	   "\"transactionId\":\"ab000000000000000000000000000000\",\"user_id\":\"atas\",\"password\":\"ra\\\"hasia\\\\\","
	   "\"IP_USER\":\"192.0.2.7\"}");
	assert_string_equal(relay_method_key(METHOD_PORTAL), "CALL_NIK");
	assert_string_equal(relay_method_key(METHOD_VERIFY), "CALL_VERIFY_BY_ELEMEN");
}

static void as_whom(void **state)
{
	(void)state;
	static const char *const wrong[] = {"BPBD U u p",
	                                    "BPBD U u p 192.0.2.7 x",
	                                    "BP/BD U u p 192.0.2.7",
	                                    "BPBD ../x u p 192.0.2.7",
	                                    "BPBD U u p localhost",
	                                    "BPBD A u p 192.0.2.7\nbpbd B u p 192.0.2.7"};
	static struct relay_user users[RELAY_USERS_MAX];
	struct err err = {0};
	size_t n;
	struct str two = S("# x\n\n BPBD\tU  u p#1 192.0.2.7\r\nDINKES V v q 2001:db8::1");
	assert_int_equal(relay_users_read(two, users, &n, &err), RC_OK);
	assert_int_equal(n, 2);
	is(users[0].password, "p#1");
	is(users[0].ip_user, "192.0.2.7");
	is(users[1].its_code, "V");
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_int_equal(relay_users_read(str_c(wrong[i]), users, &n, &err), RC_INVALID);
	assert_string_equal(err.what, "baris 2: instansi itu telah disebut di atasnya");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reply),
		cmocka_unit_test(granted_elements_in_our_forms),
		cmocka_unit_test(accords_of_what_was_claimed),
		cmocka_unit_test(the_question),
		cmocka_unit_test(as_whom),
	};
	return cmocka_run_group_tests_name("relay_reply", tests, NULL, NULL);
}
