/* SPDX-License-Identifier: EUPL-1.2
 * Arenas: zeroed, aligned, bounded, broken for good until reset, and wiped. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void zeroed_and_aligned(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 20);
	for (int round = 0; round < 3; round++) {
		for (size_t size = 1; size < 300; size += 3) {
			unsigned char *p = arena_alloc(&a, size);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < size; i++)
				assert_int_equal(p[i], 0);
			memset(p, 0xaa, size);
		}
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	arena_free(&a);
	arena_free(&a);
	assert_non_null(arena_alloc(&a, 10)); /* may be used again */
	arena_free(&a);
}

static void the_ceiling_holds(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 64);
	assert_non_null(arena_alloc(&a, 48));
	assert_null(arena_alloc(&a, 17));
	assert_true(a.broken);
	assert_null(arena_alloc(&a, 1)); /* stays broken */
	arena_reset(&a);
	assert_false(a.broken);
	assert_non_null(arena_alloc(&a, 64));
	assert_null(arena_alloc(&a, 1));
	arena_reset(&a);
	volatile size_t everything = SIZE_MAX; /* hidden from the compiler, which would complain */
	assert_null(arena_alloc(&a, everything));
	arena_reset(&a);
	assert_null(arena_array(&a, SIZE_MAX / 2, 3));
	assert_true(a.broken);
	arena_free(&a);
}

static void large_blocks(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 20);
	char *small = arena_alloc(&a, 100), *large = arena_alloc(&a, 100000), *after = arena_alloc(&a, 100);
	assert_true(small && large && after);
	memset(large, 'x', 100000);
	memset(after, 'y', 100);
	assert_int_equal(large[99999], 'x');
	arena_free(&a);
}

static void texts(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1000);
	struct str s = arena_str(&a, str_from("abcdef", 3));
	assert_int_equal(s.n, 3);
	assert_string_equal(s.at, "abc");
	assert_null(arena_str(&a, (struct str){NULL, 0}).at);
	assert_string_equal(arena_str(&a, S("")).at, "");
	struct str p = arena_printf(&a, "%d %s", 5, "x");
	assert_string_equal(p.at, "5 x");
	assert_int_equal(p.n, 3);
	assert_null(arena_printf(&a, "%2000d", 1).at);
	assert_true(a.broken);
	assert_null(arena_str(&a, S("x")).at);
	arena_free(&a);
}

static void what_was_there_is_wiped(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1000);
	char *p = arena_alloc(&a, 32);
	memcpy(p, "a secret that must not stay", 28);
	arena_reset(&a); /* the first block is kept, so it may be looked at */
	for (int i = 0; i < 32; i++)
		assert_int_equal(((volatile char *)p)[i], 0);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(zeroed_and_aligned),
	        cmocka_unit_test(the_ceiling_holds),
	        cmocka_unit_test(large_blocks),
	        cmocka_unit_test(texts),
	        cmocka_unit_test(what_was_there_is_wiped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
