/* SPDX-License-Identifier: EUPL-1.2
 * The file of tokens, and the settings of the request: what is taken, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "jobs/post.h"
#include "jobs/token.h"

static void finding_one(void **state)
{
	static const struct str text = {"# para instansi\n\nBPBD  abc.DEF-1\r\n\tdinkes\tx==\nSATPOL y", 54};
	struct str token;
	(void)state;
	assert_int_equal(tokens_check(text, NULL), RC_OK);
	assert_int_equal(token_find(text, S("bpbd"), &token), RC_OK);
	assert_true(str_eq(token, S("abc.DEF-1")));
	assert_int_equal(token_find(text, S("DINKES"), &token), RC_OK);
	assert_true(str_eq(token, S("x==")));
	assert_int_equal(token_find(text, S("SATPOL"), &token), RC_OK);
	assert_int_equal(token_find(text, S("BPB"), &token), RC_ABSENT);
	assert_int_equal(token_find(text, S("#"), &token), RC_ABSENT);
	assert_int_equal(token_find(S(""), S("BPBD"), &token), RC_ABSENT);
}

static void bad_files(void **state)
{
	static char long_line[POST_TOKEN_MAX + 10];
	static const char *const bad[] = {"BPBD", "BPBD a b", "A x\nB", "BPBD a\nDINKES b\nbpbd c", "BPBD a\"b", "BPBD a\x01" "b",
	                                  "BPBD ü", long_line};
	struct err err;
	(void)state;
	memset(long_line, 'x', sizeof long_line - 1);
	long_line[1] = ' ';
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(tokens_check(str_c(bad[i]), &err), RC_INVALID);
	assert_int_equal(tokens_check(S("A x\nB"), &err), RC_INVALID);
	assert_non_null(strstr(err.what, "baris 2"));
	long_line[POST_TOKEN_MAX + 2] = '\0';
	assert_int_equal(tokens_check(str_c(long_line), &err), RC_OK);
}

#define PIN "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static void settings(void **state)
{
	static const struct {
		const char *url, *pin;
		enum rc rc;
	} table[] = {
	        {"https://atas.example/data_balikan/public", PIN, RC_OK},
	        {"https://192.0.2.1:8443/databalikan", PIN ";" PIN, RC_OK},
	        {"https://[2001:db8::1]/databalikan", PIN, RC_OK},
	        {"https://atas.example", PIN, RC_OK},
	        {"http://127.0.0.1:8080/databalikan", "", RC_OK},
	        {"http://localhost/databalikan", "", RC_OK},
	        {"http://[::1]:8080/databalikan", "", RC_OK},
	        {"http://127.0.0.1.atas.example/databalikan", "", RC_INVALID},
	        {"http://[::1].atas.example/databalikan", "", RC_INVALID},
	        {"http://atas.example/databalikan", PIN, RC_INVALID},
	        {"https://atas.example/databalikan", PIN ";" PIN, RC_OK},
	        {"https://atas.example/databalikan", PIN "; " PIN, RC_INVALID}, /* curl would find neither */
	        {"https://atas.example/databalikan", "", RC_INVALID},
	        {"https://atas.example/databalikan", "sha256//", RC_INVALID},
	        {"https://atas.example/databalikan", PIN ";", RC_INVALID},
	        {"https://atas.example/databalikan", "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", RC_INVALID},
	        {"https://atas.example/databalikan", "kunci.pem", RC_INVALID}, /* curl would take it for a file */
	        {"https://atas.example/databalikan/", PIN, RC_INVALID},
	        {"https://nama:sandi@atas.example/databalikan", PIN, RC_INVALID},
	        {"https://atas.example/databalikan?x=1", PIN, RC_INVALID},
	        {"https://", PIN, RC_INVALID},
	        {"ftp://atas.example/x", PIN, RC_INVALID},
	        {"file:///etc/passwd", PIN, RC_INVALID},
	};
	struct err err;
	(void)state;
	for (size_t i = 0; i < LEN(table); i++) {
		struct post_conf conf = {.url = table[i].url, .pin = table[i].pin, .ca = ""};
		if (post_check(&conf, &err) != table[i].rc)
			print_error("%s %s\n", table[i].url, table[i].pin);
		assert_int_equal(post_check(&conf, &err), table[i].rc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(finding_one),
	        cmocka_unit_test(bad_files),
	        cmocka_unit_test(settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
