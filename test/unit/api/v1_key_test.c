/* SPDX-License-Identifier: EUPL-1.2
 * Idempotency-Key: bare and quoted, and what is neither. */
#include "api/v1_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define ARENA_MAX 4096
#include "arena.h"

#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void what_is_a_key(void **state)
{
	(void)state;
	static const struct {
		const char *header, *key;
	} rows[] = {
	        {"a", "a"},           {"\"a\"", "a"},       {" 8e03978e-40d5 ", "8e03978e-40d5"},
	        {X64, X64},           {"\"" X64 "\"", X64}, {"\"a\\\"b\"", "a\"b"},
	        {"\"a\\\\\"", "a\\"}, {"a\"b", "a\"b"},     {"~!;=", "~!;="},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str key;
		arena_reset(&arena);
		assert_int_equal(v1_key_read(str_c(rows[i].header), &arena, &key), RC_OK);
		assert_true(str_eq(key, str_c(rows[i].key)));
	}
}

static void what_is_none(void **state)
{
	(void)state;
	static const char *const rows[] = {
	        "",        " ",        "\"",        "\"\"",  "\"a",       "\"a\"b", "\"a\\\"",      "a b",
	        "\"a b\"", "\"a\\b\"", "\"a\";p=1", "a\x7f", "a\xc3\xa9", X64 "x",  "\"" X64 "x\"",
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str key;
		assert_int_equal(v1_key_read(str_c(rows[i]), &arena, &key), RC_INVALID);
		assert_null(key.at);
	}
	struct str key;
	assert_int_equal(v1_key_read(S("\"a\\\0\""), &arena, &key), RC_INVALID);
	assert_int_equal(v1_key_read((struct str){NULL, 0}, &arena, &key), RC_INVALID);
}

/* Every character a key may hold, and no longer than it may be however it is written. */
static void escapes_do_not_make_it_longer(void **state)
{
	(void)state;
	char header[2 * V1_KEY_MAX + 5];
	for (int n = V1_KEY_MAX; n <= V1_KEY_MAX + 1; n++) {
		struct str key;
		size_t at = 0;
		header[at++] = '"';
		for (int i = 0; i < n; i++) {
			header[at++] = '\\';
			header[at++] = '"';
		}
		header[at++] = '"';
		assert_int_equal(v1_key_read(str_from(header, at), &arena, &key), n > V1_KEY_MAX ? RC_INVALID : RC_OK);
		assert_int_equal(key.n, n > V1_KEY_MAX ? 0 : n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_is_a_key),
	        cmocka_unit_test(what_is_none),
	        cmocka_unit_test(escapes_do_not_make_it_longer),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
