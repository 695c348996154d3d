/* SPDX-License-Identifier: EUPL-1.2
 * Roles in enum order, and the list of ranges that narrows a user id. */
#include "identity/principal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "identity/narrowing.h"

static void roles_stand_in_enum_order(void **state)
{
	(void)state;
	static const char *const keys[] = {"admin", "auditor", "kepala", "operator", "service"};
	enum role role;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		assert_int_equal(role_at(i)->role, i);
		assert_string_equal(role_at(i)->key, keys[i]);
		assert_true(strlen(role_at(i)->label) > 0);
		assert_int_equal(role_from_key(str_c(keys[i]), &role), RC_OK);
		assert_int_equal(role, i);
	}
	assert_null(role_at(ROLE_COUNT));
	assert_int_equal(role_from_key(S("Admin"), &role), RC_ABSENT);
	assert_int_equal(ROLES_ALL, 31);
}

static void narrowing_has_a_ceiling(void **state)
{
	(void)state;
	struct arena arena;
	struct cidr *ranges;
	struct err err;
	size_t n;
	BUF_AUTO text = BUF(1000);
	arena_init(&arena, 100000);
	assert_int_equal(narrowing_read(S("  "), &arena, &ranges, &n, &err), RC_OK);
	assert_null(ranges);
	assert_int_equal(narrowing_read(S("192.0.2.1,"), &arena, &ranges, &n, &err), RC_INVALID);
	for (int i = 0; i < NARROWING_MAX; i++)
		buf_addf(&text, "%s192.0.2.%d", i ? "," : "", i);
	assert_int_equal(narrowing_read(buf_str(&text), &arena, &ranges, &n, &err), RC_OK);
	assert_int_equal(n, NARROWING_MAX);
	buf_addz(&text, ",192.0.2.99");
	assert_int_equal(narrowing_read(buf_str(&text), &arena, &ranges, &n, &err), RC_LIMIT);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(roles_stand_in_enum_order),
	        cmocka_unit_test(narrowing_has_a_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
