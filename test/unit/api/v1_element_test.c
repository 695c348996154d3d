/* SPDX-License-Identifier: EUPL-1.2
 * The keys of /api/v1 are those of base/element.h in lower case, every one. */
#include "api/v1_element.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void every_element_has_its_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < ELEMENT_COUNT; i++) {
		enum element e;
		struct str key = str_c(v1_element_key((enum element)i));
		assert_true(str_ieq(key, str_c(element_at(i)->key)));
		for (size_t k = 0; k < key.n; k++)
			assert_false(key.at[k] >= 'A' && key.at[k] <= 'Z');
		assert_int_equal(v1_element_from_key(key, &e), RC_OK);
		assert_int_equal(e, i);
		assert_int_equal(v1_element_from_key(str_c(element_at(i)->key), &e), RC_INVALID);
	}
}

static void nothing_else_is_one(void **state)
{
	(void)state;
	enum element e;
	static const char *const rows[] = {"", "nik ", "agama", "NIK", "no_"};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(v1_element_from_key(str_c(rows[i]), &e), RC_INVALID);
	assert_int_equal(v1_element_from_key((struct str){NULL, 0}, &e), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_element_has_its_key),
	        cmocka_unit_test(nothing_else_is_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
