/* SPDX-License-Identifier: EUPL-1.2
 * Cursors of /api/v1: they come back as they were, and only to the list they are of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "api/v1_cursor.h"

#define BOUND S("/api/v1/balikan 7 3 open")

static struct secret new_key(void)
{
	struct err err = {0};
	struct secret key;
	assert_int_equal(secret_new(&key, SEAL_KEY_SIZE, &err), RC_OK);
	secret_random(key.at, key.n);
	return key;
}

static void test_round_trip(void **state)
{
	(void)state;
	static const int64_t values[] = {0, 1, -1, 1234567890123456789, INT64_MAX, INT64_MIN};
	struct arena arena;
	struct secret key = new_key();
	arena_init(&arena, 65536);
	for (size_t i = 0; i < LEN(values); i++)
		for (size_t j = 0; j < LEN(values); j++) {
			struct v1_cursor back;
			struct str text = v1_cursor_text(&key, BOUND, (struct v1_cursor){{values[i], values[j]}}, &arena);
			assert_true(text.n > 0 && text.n <= V1_CURSOR_MAX);
			assert_int_equal(v1_cursor_read(&key, BOUND, text, &back), RC_OK);
			assert_true(back.at[0] == values[i] && back.at[1] == values[j]);
		}
	arena_free(&arena);
	secret_free(&key);
}

/* J.III: a cursor is no key to another list, agency or filter, nor one to be made or altered. */
static void test_only_its_own(void **state)
{
	(void)state;
	static const char *const others[] = {"/api/v1/balikan 8 3 open", "/api/v1/balikan 7 4 open", "/api/v1/balikan 7 3 ",
	                                     "/api/v1/jurnal 7 3 open", ""};
	struct arena arena;
	struct v1_cursor back;
	struct secret key = new_key(), foreign = new_key();
	arena_init(&arena, 65536);
	struct str text = v1_cursor_text(&key, BOUND, (struct v1_cursor){{41, 42}}, &arena);
	for (size_t i = 0; i < LEN(others); i++)
		assert_int_equal(v1_cursor_read(&key, str_c(others[i]), text, &back), RC_INVALID);
	assert_int_equal(v1_cursor_read(&foreign, BOUND, text, &back), RC_INVALID);
	for (size_t i = 0; i < text.n; i++) {
		struct str bent = arena_str(&arena, text);
		((char *)(uintptr_t)bent.at)[i] = bent.at[i] == 'A' ? 'B' : 'A';
		assert_int_equal(v1_cursor_read(&key, BOUND, bent, &back), RC_INVALID);
		assert_int_equal(v1_cursor_read(&key, BOUND, str_sub(text, 0, i), &back), RC_INVALID);
	}
	assert_int_equal(v1_cursor_read(&key, BOUND, arena_printf(&arena, "%.*sAAAA", STR_ARG(text)), &back), RC_INVALID);
	arena_free(&arena);
	secret_free(&key);
	secret_free(&foreign);
}

/* Equal rows do not show as equal cursors, and no row number can be read. */
static void test_tells_nothing(void **state)
{
	(void)state;
	struct arena arena;
	struct secret key = new_key();
	arena_init(&arena, 65536);
	struct str one = v1_cursor_text(&key, BOUND, (struct v1_cursor){{5, 0}}, &arena);
	struct str two = v1_cursor_text(&key, BOUND, (struct v1_cursor){{5, 0}}, &arena);
	assert_false(str_eq(one, two));
	assert_int_equal(one.n, two.n);
	arena_free(&arena);
	secret_free(&key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_round_trip),
	        cmocka_unit_test(test_only_its_own),
	        cmocka_unit_test(test_tells_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
