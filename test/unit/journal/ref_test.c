/* SPDX-License-Identifier: EUPL-1.2
 * References: a permutation of forty bits, told apart by key, forgiving to readers. */
#include "journal/ref.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const unsigned char key[REF_KEY] = {1, 2, 3}, other_key[REF_KEY] = {1, 2, 4};
#define NUMBER_END (INT64_C(1) << REF_BITS)

static void a_number_comes_back(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 5000; i++) {
		/* small ones, large ones, and every log */
		int64_t number = i < 2000 ? i : i < 4000 ? NUMBER_END - 1 - i : (i % 64 << 34) + i * 7919;
		struct ref_text ref = ref_of(key, number);
		int64_t back = -1;
		assert_int_equal(strlen(ref.z), 9);
		assert_int_equal(ref.z[4], '-');
		assert_int_equal(strspn(ref.z, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 9);
		assert_int_equal(ref_read(key, str_c(ref.z), &back), RC_OK);
		assert_int_equal(back, number);
	}
}

/* Neighbours look unrelated, and another key gives other references. */
static void neighbours_look_unrelated(void **state)
{
	(void)state;
	int same = 0, same_key = 0;
	for (int64_t i = 0; i < 1000; i++) {
		struct ref_text a = ref_of(key, i), b = ref_of(key, i + 1), c = ref_of(other_key, i);
		for (int at = 0; at < 9; at++) {
			same += at != 4 && a.z[at] == b.z[at];
			same_key += at != 4 && a.z[at] == c.z[at];
		}
	}
	/* eight thousand characters, one in 32 equal by chance: 250, deviation 16 */
	assert_in_range(same, 150, 350);
	assert_in_range(same_key, 150, 350);
}

static void readers_are_forgiven(void **state)
{
	(void)state;
	/* the reference that has a 1 and a 0 in it, so that the look-alikes are tried */
	for (int64_t number = 0; number < 100000; number++) {
		struct ref_text ref = ref_of(key, number);
		char *one = strchr(ref.z, '1'), *zero = strchr(ref.z, '0');
		if (!one || !zero)
			continue;
		char typed[32];
		int64_t back;
		snprintf(typed, sizeof typed, " %.2s-%.2s %s-", ref.z, ref.z + 2, ref.z + 5);
		assert_int_equal(ref_read(key, str_c(typed), &back), RC_OK);
		assert_int_equal(back, number);
		for (size_t i = 0; i < 3; i++) {
			*one = "IlL"[i];
			*zero = "OoO"[i];
			assert_int_equal(ref_read(key, str_c(ref.z), &back), RC_OK);
			assert_int_equal(back, number);
		}
		return;
	}
	fail();
}

static void lower_case_is_read(void **state)
{
	(void)state;
	struct ref_text ref = ref_of(key, 77);
	int64_t back;
	for (char *c = ref.z; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	assert_int_equal(ref_read(key, str_c(ref.z), &back), RC_OK);
	assert_int_equal(back, 77);
}

static void everything_else_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"",          "-",         "7K2M-94Q",  "7K2M-94QXX",
					   "7K2M-94QU", "7K2M_94QX", "7K2M.94QX", "7K2M-94Q\xff"};
	int64_t number;
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(ref_read(key, str_c(rows[i]), &number), RC_INVALID);
	assert_int_equal(ref_read(key, str_from("7K2M\00094QX", 9), &number), RC_INVALID);
	assert_int_equal(ref_read(key, (struct str){NULL, 0}, &number), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_comes_back),        cmocka_unit_test(neighbours_look_unrelated),
		cmocka_unit_test(readers_are_forgiven),       cmocka_unit_test(lower_case_is_read),
		cmocka_unit_test(everything_else_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
